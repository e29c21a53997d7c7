"""Writing parties: one call a write, with Tryton's own optimistic lock.

Changes come at the flat paths of :mod:`connectors.tryton.records` and go out as changes of the lists:
the first active e-mail is edited in place, a new one is created, an emptied one is deactivated (it may
be named on documents, and can come back). The lock covers the party and everything that is touched
below it, so that somebody who edits the e-mail itself is noticed too.
"""

import json
from collections.abc import Sequence
from typing import Any

from connectors.contract import Json, RawRecord, Receipt, Write
from connectors.outcome import Answer, Kind
from connectors.redact import redact
from connectors.shape import MAYBE_TEXT, WHOLE, fits
from connectors.tryton.records import ADDRESS, ID, MECHANISMS, VAT, first, records
from connectors.tryton.rpc import Rpc, error_name, words
from connectors.tryton.sheet import PARTY_FIELDS

_ANSWERED: frozenset[Kind] = frozenset({"ok", "refused", "broken"})
_LOST: frozenset[Kind] = frozenset({"unsure", "unreached"})
_OWN = ("name", "code", "active")
_WRITABLE = frozenset({*_OWN, *MECHANISMS, "lang", "vat", "address"})


class Unwritable(Exception):
    """The change names something that Tryton does not have; the message says what, without values."""


class Writing:
    """Sends the writes of one batch."""

    def __init__(self, rpc: Rpc) -> None:
        self.rpc = rpc
        self._known: dict[str, dict[str, int]] = {}

    def push(self, writes: Sequence[Write]) -> list[Receipt]:
        """One receipt a write. Once something was sent, losing contact gives ``unsure``, not an error."""
        receipts: list[Receipt] = []
        for write in writes:
            try:
                receipts.append(self._send(write, _LOST if receipts else frozenset({"unsure"})))
            except Unwritable as error:
                receipts.append(Receipt(write.ref, "refused", write.key, message=str(error)))
        return receipts

    def _send(self, write: Write, lost: frozenset[Kind]) -> Receipt:
        if write.key is None:
            values = self._values(_EMPTY, write.data)
            answer = self.rpc.call("party.party", "create", [values], write=True, accept=_ANSWERED | lost)
            return self._receipt(write, answer)
        seen = write.seen or self._fetch(write.key)
        if seen is None:
            return Receipt(write.ref, "gone", write.key)
        values = self._values(seen.data, write.data)
        context = {"_timestamp": json.loads(seen.version)} if seen.version else {}
        answer = self.rpc.call(
            "party.party",
            "write",
            [int(write.key)],
            values,
            context=context,
            write=True,
            accept=_ANSWERED | lost,
        )
        return self._receipt(write, answer)

    def _receipt(self, write: Write, answer: Answer) -> Receipt:
        if answer.kind in _LOST:
            return Receipt(write.ref, "unsure", write.key)
        if answer.kind == "ok":
            return Receipt(write.ref, "done", write.key or _made(answer))
        if error_name(answer) == "ConcurrencyException":
            return Receipt(write.ref, "conflict", write.key, message="edited in the meantime")
        if write.key and self._fetch(write.key) is None:
            return Receipt(write.ref, "gone", write.key)
        return Receipt(write.ref, "refused", write.key, message=redact(words(answer)))

    def _fetch(self, key: str) -> RawRecord | None:
        found = records(self.rpc.read("party.party", [["id", "=", int(key)]], PARTY_FIELDS), "parties")
        return found[0] if found else None

    def _values(self, now: Json, change: Json) -> Json:
        """What to hand to Tryton for a party that now looks like ``now``."""
        if unknown := sorted(change.keys() - _WRITABLE):
            raise Unwritable(f"the connector cannot write {', '.join(unknown)}: correct the mapping")
        values: Json = {name: change[name] for name in _OWN if name in change}
        if "lang" in change:
            values["lang"] = self._id("ir.lang", change["lang"])
        lists = {
            "contact_mechanisms": [
                step for kind in MECHANISMS if kind in change for step in _mechanism(now, kind, change[kind])
            ],
            "identifiers": _identifier(now, change["vat"]) if "vat" in change else [],
            "addresses": self._address(now, change["address"]) if "address" in change else [],
        }
        return {**values, **{many: steps for many, steps in lists.items() if steps}}

    def _address(self, now: Json, change: Json | None) -> list[Any]:
        current = first(now["addresses"], active=True)
        if change is None:
            return _deactivate(current)
        if unknown := sorted(change.keys() - set(ADDRESS)):
            raise Unwritable(f"the connector cannot write address {', '.join(unknown)}: correct the mapping")
        models = {"country": "country.country", "subdivision": "country.subdivision"}
        values = {
            name: self._id(models[name], value) if name in models else value for name, value in change.items()
        }
        if current:
            return [["write", [current["id"]], values]]
        return [["create", [values]]] if any(value is not None for value in values.values()) else []

    def _id(self, model: str, code: str | None) -> int | None:
        """The id behind a code, such as ``NL`` or ``nl``."""
        if code is None:
            return None
        if model not in self._known:
            found = self.rpc.read(model, [], ["code"]).fitting({**ID, "code": MAYBE_TEXT}, "result")
            self._known[model] = {str(one["code"]): one["id"] for one in found}
        if code not in self._known[model]:
            raise Unwritable(f"Tryton has no {model} with this code: import it there, or correct the value")
        return self._known[model][code]


def _made(answer: Answer) -> str:
    """The id of the party that was created."""
    if not fits(made := answer.object()["result"], [WHOLE]) or not made:
        raise answer.broken(("result",), "a list with the new id")
    return str(made[0])


_EMPTY: Json = {"contact_mechanisms": [], "addresses": [], "identifiers": []}


def _mechanism(now: Json, kind: str, value: str | None) -> list[Any]:
    return _entry(now["contact_mechanisms"], kind, "value", value)


def _identifier(now: Json, value: str | None) -> list[Any]:
    return _entry(now["identifiers"], VAT, "code", value)


def _entry(entries: list[Json], kind: str, field: str, value: str | None) -> list[Any]:
    """The steps that make ``value`` the first active entry of this kind."""
    current = first(entries, type=kind, active=True)
    if value is None:
        return _deactivate(current)
    if current:
        return [["write", [current["id"]], {field: value}]]
    hidden = first(entries, type=kind, **{field: value})
    if hidden:
        return [["write", [hidden["id"]], {"active": True}]]
    return [["create", [{"type": kind, field: value}]]]


def _deactivate(current: Json | None) -> list[Any]:
    return [["write", [current["id"]], {"active": False}]] if current else []
