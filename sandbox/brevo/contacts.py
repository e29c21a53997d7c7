"""The contacts of one account: finding, checking, storing, and what each of that leaves behind."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sandbox.brevo.attributes import Attributes
from sandbox.brevo.forms import no_contact, taken
from sandbox.core.finding import Index, Order
from sandbox.core.stamps import iso_ms
from sandbox.core.table import Ids, Json, Table
from sandbox.core.world import World

IDENTIFIERS = ("email", "sms", "ext_id")
"""What names one contact besides its id; each value belongs to one contact at most."""
_MIXED = 2_654_435_761
"""Brevo's document says in which order contacts of different moments are listed, and nothing of those of one:
here these are mixed, always in the same way, so that nobody counts on their ids."""
Held = tuple[str, str]
"""(identifier, value)"""
Test = Callable[[Mapping[str, Any]], bool]
"""Whether a contact is among those asked for."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A write whose values were checked; ``key`` None creates."""

    key: str | None
    email: str | None = field(default=None, repr=False)
    """A new address, in lower case; None leaves it."""
    attributes: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """Name → value, None to clear."""
    flags: Mapping[str, bool] = field(default_factory=dict)
    lists: frozenset[int] = frozenset()
    unlinked: frozenset[int] = frozenset()


class Contacts:
    """Contacts in Brevo's own shape. A write that changes nothing leaves ``modifiedAt`` as it was."""

    def __init__(self, world: World, attributes: Attributes) -> None:
        self.attributes = attributes
        self._world, self._table, self._ids = world, Table(), Ids(1)
        self._holders = self._table.found_by(Index(_held))
        self._created = self._table.found_by(Order(_creation))
        self._modified = self._table.found_by(Order(lambda row: (row["modifiedAt"],)))

    def load(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Take the contacts of a seed."""
        self._table.load((str(row["id"]), row) for row in rows)
        self._ids.seen(key for key, _ in self._table.items())

    def oldest_first(
        self, modified: str | None, created: str | None, wanted: Sequence[Test] = ()
    ) -> Sequence[str]:
        """The keys of contacts modified and created after these moments, and as ``wanted``, by creation."""
        if modified is None and not wanted:
            return self._created[self._created.through(created or "") :]
        since = self._modified[self._modified.through(modified or "") :]
        found = [row for row in map(self._table.look, since) if row["createdAt"] > (created or "")]
        passing = [row for row in found if all(test(row) for test in wanted)]
        return [str(row["id"]) for row in sorted(passing, key=_creation)]

    def look(self, key: str) -> Mapping[str, Any]:
        """One contact itself: no copy, do not touch."""
        return self._table.look(key)

    def get(self, key: str) -> Json | None:
        """A copy of one contact."""
        return self._table.get(key)

    def find(self, identifier: str, value: str) -> str | None:
        """The key of the contact with that id, e-mail address, telephone number or ext_id."""
        if identifier == "id":
            return value if value in self._table else None
        return self._holders.one((identifier, value.lower() if identifier == "email" else value))

    def store(self, draft: Draft, actor: str) -> str:
        """Carry out a checked write; returns the contact's key. 400 where an identifier is taken."""
        before = self._table.get(draft.key) if draft.key else None
        if before is not None and draft.email and draft.email == before.get("email"):
            raise taken("update", "email")  # the address it has already is somebody's: its own
        now = iso_ms(self._world.clock.now())
        row = _applied(before or self._new(now), draft)
        self._refuse_taken(row, "create" if before is None else "update")
        if row != before:
            row["modifiedAt"] = now
            row["id"] = row["id"] or int(self._ids.new())
            self._table.put(str(row["id"]), row)
        self._journal(actor, "create" if before is None else "update", before, row)
        return str(row["id"])

    def delete(self, key: str, actor: str) -> None:
        """Remove a contact for good."""
        before = self._table.get(key)
        if before is None:
            raise no_contact()
        self._table.drop(key)
        self._journal(actor, "delete", before, None)

    def forget(self, name: str) -> None:
        """Drop the values of an attribute that was taken away: no contact counts as modified by that."""
        held = [key for key, row in self._table.items() if name in row["attributes"]]
        for key in held:
            row = self._table.look(key)
            left = {n: v for n, v in row["attributes"].items() if n != name}
            self._table.put(key, {**row, "attributes": left})

    def _new(self, now: str) -> Json:
        return {
            "id": 0,
            "emailBlacklisted": False,
            "smsBlacklisted": False,
            "createdAt": now,
            "modifiedAt": now,
            "listIds": [],
            "attributes": {},
        }

    def _refuse_taken(self, row: Mapping[str, Any], verb: str) -> None:
        for identifier, value in _held(row):
            if any(key != str(row["id"]) for key in self._holders.keys((identifier, value))):
                raise taken(verb, identifier)

    def _journal(
        self,
        actor: str,
        action: Literal["create", "update", "delete"],
        before: Json | None,
        after: Json | None,
    ) -> None:
        key = str((after or before or {})["id"])
        was, became = _flat(before or {}), _flat(after or {})
        self._world.journal.record("brevo", actor, "contacts", key, action, was, became)


def _creation(row: Mapping[str, Any]) -> tuple[str, int]:
    """Where a contact stands in the listing."""
    return row["createdAt"], int(row["id"]) * _MIXED % 2**32


def _applied(row: Json, draft: Draft) -> Json:
    attributes = {**row["attributes"], **draft.attributes}
    row = {**row, **draft.flags, "attributes": {n: v for n, v in attributes.items() if v is not None}}
    row["listIds"] = sorted((set(row["listIds"]) | draft.lists) - draft.unlinked)
    return {**row, "email": draft.email} if draft.email else row


def _held(row: Mapping[str, Any]) -> list[Held]:
    attributes = row.get("attributes", {})
    values = (row.get("email"), attributes.get("SMS"), attributes.get("EXT_ID"))
    return [(name, value) for name, value in zip(IDENTIFIERS, values, strict=True) if value]


def _flat(row: Mapping[str, Any]) -> Json:
    """What a person could have edited, by dotted path."""
    own = {n: v for n, v in row.items() if n not in ("id", "createdAt", "modifiedAt", "attributes")}
    return own | {f"attributes.{name}": value for name, value in row.get("attributes", {}).items()}
