"""Writing parties: one call a write, with Tryton's own optimistic lock.

Changes come at the flat paths of :mod:`connectors.tryton.records` and go out as changes of the lists
(:mod:`connectors.tryton.entries`): the first active e-mail is edited in place, a new one is created, an
emptied one is deactivated (it may be named on documents, and can come back). The lock covers the party and
everything that is touched below it, so that somebody who edits the e-mail itself is noticed too.

What cannot be written is refused in words before anything is sent; the hub then offers the other fields
of that write alone. A party's ``code`` is given at its creation, and never changed.
"""

import json
from collections.abc import Sequence
from typing import Any

from connectors.contract import Json, RawRecord, Receipt, Write
from connectors.outcome import Answer, Kind
from connectors.redact import redact
from connectors.shape import MAYBE_TEXT, WHOLE, fits, inside
from connectors.tryton.entries import VAT, Unwritable, in_front, steps, taken_away
from connectors.tryton.records import ADDRESS, ID, MECHANISMS, records, shown
from connectors.tryton.rpc import Rpc, error_name, words
from connectors.tryton.sheet import PARTY_FIELDS
from connectors.tryton.street import in_pieces, line, parted, same, unparted

_ANSWERED: frozenset[Kind] = frozenset({"ok", "refused", "broken"})
_LOST: frozenset[Kind] = frozenset({"unsure", "unreached"})
_OWN = ("name", "active")
_PLACES = {"country": "country.country", "subdivision": "country.subdivision"}
_WRITABLE = frozenset({*_OWN, *MECHANISMS, "code", "lang", "vat", "address"})


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
        if not values:
            return Receipt(write.ref, "done", write.key)
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
        if "code" in change:
            values |= _code(now, change["code"])
        if "lang" in change:
            values["lang"] = self._id("ir.lang", change["lang"])
        lists = {
            "contact_mechanisms": [
                step
                for kind in MECHANISMS
                if kind in change
                for step in steps(now["contact_mechanisms"], kind, "value", change[kind])
            ],
            "identifiers": steps(now["identifiers"], VAT, "code", change["vat"]) if "vat" in change else [],
            "addresses": self._address(now, change["address"]) if "address" in change else [],
        }
        return {**values, **{many: found for many, found in lists.items() if found}}

    def _address(self, now: Json, change: Json | None) -> list[Any]:
        active = [one for one in now["addresses"] if one["active"]]
        if change is None:
            return taken_away(active, active[1:], "address")
        if unknown := sorted(change.keys() - set(ADDRESS)):
            raise Unwritable(f"the connector cannot write address {', '.join(unknown)}: correct the mapping")
        if not active:
            values = self._columns(None, change)
            return [["create", [values]]] if any(value is not None for value in values.values()) else []
        wanted = {**shown(active[0]), **change}
        if len(active) > 1 and not any(wanted.values()) and any(shown(active[0]).values()):
            return taken_away(active, active[1:], "address")
        if further := next((one for one in active[1:] if _is(one, wanted)), None):
            return in_front(active, further)
        values = self._columns(active[0], change)
        return [["write", [active[0]["id"]], values]] if values else []

    def _columns(self, current: Json | None, change: Json) -> Json:
        """The fields of an address for what a mapping calls its parts."""
        values = {
            name: self._id(_PLACES[name], value) if name in _PLACES else value
            for name, value in change.items()
            if name != "street"
        }
        return {**values, **self._street(current, change)} if "street" in change else values

    def _street(self, current: Json | None, change: Json) -> Json:
        """A line stays a line; pieces stay pieces where they would show just what is wanted."""
        wanted, before = change["street"], current or {}
        country = change.get("country", before.get("country"))
        if current and same(line(current), wanted) and country == before.get("country"):
            return {}  # pieces take no street, not even the very line they show
        if not current or not in_pieces(current):
            return {"street_unstructured": wanted}
        place = self._id(_PLACES["country"], country)
        ways = parted(current, wanted) if wanted else ()
        found = next((one for one in ways if self._shows(one, place, wanted)), None)
        return {**found, "street_unstructured": None} if found else unparted(wanted)

    def _shows(self, pieces: Json, country: int | None, wanted: str) -> bool:
        """Whether these pieces would be read as this line: Tryton is asked, for every country has its way."""
        asked = {**pieces, "country": country}
        answer = self.rpc.call("party.address", "on_change_with", asked, ["street"], accept=_ANSWERED)
        street = inside(answer.body, "result").get("street")
        return isinstance(street, str) and same(line({**pieces, "street": street}), wanted)

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


def _code(now: Json, code: str | None) -> Json:
    """The code of a new party; of one there is nothing, where it has this code, for it cannot be changed."""
    code = code and code.strip()
    if "code" not in now:
        return {"code": code}
    if code == now["code"]:
        return {}
    raise Unwritable("Tryton gives a party its code once, for good: write it never in the mapping")


def _is(address: Json, wanted: Json) -> bool:
    """Whether an address already says just that."""
    found = shown(address)
    return all(
        same(found[name], wanted[name]) if name == "street" else found[name] == wanted[name]
        for name in ADDRESS
    )
