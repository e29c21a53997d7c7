"""The records of one kind: writing, archiving, merging, and what each of that leaves behind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sandbox.core.index import LaggedIndex
from sandbox.core.stamps import iso_ms
from sandbox.core.table import Ids, Json, Table
from sandbox.core.world import World
from sandbox.hubspot.forms import invalid_properties, not_found, taken
from sandbox.hubspot.history import History
from sandbox.hubspot.kinds import CONTACTS, Kind
from sandbox.hubspot.lookup import Lookup
from sandbox.hubspot.properties import Property, built_in, for_people, normal, problems

SEARCH_LAG = timedelta(seconds=10)
SLOW_ENTRY = timedelta(seconds=50)
"""HubSpot says "a few moments" and names no bound: some entries are a minute late, and out of order."""
Claimed = set[tuple[str, str]]
"""(property, value) pairs earlier inputs of the same batch have taken."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A write that passed every check; ``key`` None creates."""

    key: str | None
    values: Mapping[str, str | None] = field(repr=False)


class Records:
    """Live and archived records in HubSpot's own shape, each with all its properties."""

    def __init__(self, kind: Kind, world: World) -> None:
        self.kind, self._world = kind, world
        self.known: dict[str, Property] = built_in(kind)
        self.retired: dict[str, Property] = {}
        """Archived properties."""
        self.groups = {kind.group: f"{kind.singular.capitalize()} information"}
        """Property groups: name → label."""
        self.live, self.archived = Table(), Table()
        self.history = History(kind.modified)
        self.index = LaggedIndex(world.clock, SEARCH_LAG, SLOW_ENTRY)
        self.lookup = Lookup(self.index)
        self._ids = Ids(90_000_000_001)
        self._holders: dict[tuple[str, str], str] = {}
        self._leads: dict[str, str] = {}
        """Id of a record that was merged away → that of the record it is part of by now."""

    def load(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Take records of a seed: ``{id, createdAt, updatedAt, archived?, properties}``."""
        complete = [self._complete(row) for row in rows]
        self._ids.seen(row["id"] for row in complete)
        self.archived.load((row["id"], row) for row in complete if row["archived"])
        self.live.load((row["id"], row) for row in complete if not row["archived"])
        for key, row in self.live.items():
            self._hold(key, row["properties"])
            self.index.load(key, row)

    def _complete(self, row: Mapping[str, Any]) -> Json:
        own = {
            "hs_object_id": row["id"],
            "createdate": row["createdAt"],
            self.kind.modified: row["updatedAt"],
        }
        unknown = row["properties"].keys() - self.known.keys()
        if unknown:
            raise ValueError(f"seed, {self.kind.name} {row['id']}: unknown properties {sorted(unknown)}")
        properties = {k: normal(k, v) for k, v in {**row["properties"], **own}.items() if v is not None}
        return {**row, "archived": bool(row.get("archived")), "properties": properties}

    def find(self, value: str, id_property: str | None = None) -> str | None:
        """The key of the live record with that id, or with that value of a unique property.

        The id of a record that was merged away leads to the one it became part of.
        """
        if id_property is None:
            key = self._leads.get(value, value)
            return key if key in self.live else None
        return self._holders.get((id_property, normal(id_property, value) or ""))

    def draft(self, key: str | None, given: Mapping[str, Any], claimed: Claimed) -> Draft:
        """Check a write and raise HubSpot's refusal; nothing is stored yet. A null changes nothing."""
        given = {name: value for name, value in given.items() if value is not None}
        wrong = list(problems(self.known, given))
        if wrong:
            raise invalid_properties(wrong)
        values = {name: normal(name, value) for name, value in given.items()}
        self._claim(key, values, claimed)
        return Draft(key, values)

    def _claim(self, key: str | None, values: Mapping[str, str | None], claimed: Claimed) -> None:
        pairs = {(n, v) for n, v in values.items() if v is not None and self.known[n].unique}
        for name, value in sorted(pairs):
            holder = self._holders.get((name, value), key)
            if holder == key and (name, value) not in claimed:
                continue
            if name == "email":
                raise taken(self.kind.singular.capitalize(), holder or "unknown")
            message = f"{holder or 'another record'} already has that value."
            raise invalid_properties(
                [{"name": name, "error": "CONFLICTING_UNIQUE_VALUE", "message": message}]
            )
        claimed |= pairs

    def store(self, draft: Draft, actor: str) -> Json:
        """Carry out a checked write; returns the whole record. Without a change the record is not touched."""
        if actor != "human" and (wrong := list(for_people(self.known, draft.values))):
            raise invalid_properties(wrong)
        now = iso_ms(self._world.clock.now())
        before = self.live.get(draft.key) if draft.key else None
        row = before or self._new(now)
        was = dict(row["properties"])
        properties = {k: v for k, v in {**was, **draft.values}.items() if v is not None}
        if before is None or properties != was:
            row = {**row, "updatedAt": now, "properties": {**properties, self.kind.modified: now}}
            self._put(row, was, actor)
        self._journal(actor, "create" if before is None else "update", row["id"], before, row)
        return row

    def archive(self, key: str, actor: str) -> None:
        """Move a live record to the archive."""
        row = self._off(key)
        self._journal(actor, "delete", key, row, None)

    def merge(self, key: str, loser: str, actor: str) -> Json:
        """Both become a new record with an id of its own, to which theirs lead; ``key``'s values win."""
        before, other = self.live.get(key), self.live.get(loser)
        if before is None or other is None:
            raise not_found(self.kind.singular.upper(), [k for k in (key, loser) if k not in self.live])
        now = iso_ms(self._world.clock.now())
        for one in (key, loser):
            self._off(one)
        row = self._new(now)
        made = min(before["createdAt"], other["createdAt"])
        own = {"hs_object_id": row["id"], "createdate": made, self.kind.modified: now}
        mine, theirs = before["properties"], other["properties"]
        row = {**row, "createdAt": made, "properties": {**theirs, **mine, **_joined(mine, theirs), **own}}
        gone = {key, loser}
        self._leads.update((old, row["id"]) for old, to in self._leads.items() if to in gone)
        self._leads.update((old, row["id"]) for old in gone)
        self.history.join(row, before, other)
        self._put(row, row["properties"], actor)
        self._journal(actor, "merge", row["id"], before, row)
        for one, was in ((key, before), (loser, other)):
            self._journal(actor, "delete", one, was, None)
        return row

    def _new(self, now: str) -> Json:
        key = self._ids.new()
        own = {"hs_object_id": key, "createdate": now, self.kind.modified: now}
        if self.kind is CONTACTS:
            own["lifecyclestage"] = "lead"
        return {"id": key, "properties": own, "createdAt": now, "updatedAt": now, "archived": False}

    def _put(self, row: Json, was: Mapping[str, str], actor: str) -> None:
        self.history.note(row, was, actor)
        self._release(row["id"], was)
        self._hold(row["id"], row["properties"])
        self.live.put(row["id"], row)
        self.index.put(row["id"], self.live.look(row["id"]))

    def _off(self, key: str) -> Json:
        row = self.live.get(key)
        if row is None:
            raise not_found(self.kind.singular.upper(), [key])
        now = iso_ms(self._world.clock.now())
        self._release(key, row["properties"])
        self.live.drop(key)
        self.archived.put(key, {**row, "archived": True, "archivedAt": now, "updatedAt": now})
        self.index.put(key, None)
        return row

    def _unique_pairs(self, properties: Mapping[str, str]) -> list[tuple[str, str]]:
        pairs = [(n, v) for n, v in properties.items() if n in self.known and self.known[n].unique]
        more = properties.get("hs_additional_emails", "")
        return pairs + [("email", address) for address in more.split(";") if address]

    def _hold(self, key: str, properties: Mapping[str, str]) -> None:
        self._holders.update((pair, key) for pair in self._unique_pairs(properties))

    def _release(self, key: str, properties: Mapping[str, str]) -> None:
        for pair in self._unique_pairs(properties):
            if self._holders.get(pair) == key:
                del self._holders[pair]

    def _journal(self, actor: str, action: Any, key: str, before: Json | None, after: Json | None) -> None:
        was, became = ((row or {}).get("properties", {}) for row in (before, after))
        self._world.journal.record("hubspot", actor, self.kind.name, key, action, was, became)


def _joined(mine: Mapping[str, str], theirs: Mapping[str, str]) -> dict[str, str]:
    """What a merge leaves of both: their ids and those they swallowed, and addresses not the main one."""
    out = {}
    swallowed = [one.get(name) for one in (mine, theirs) for name in ("hs_object_id", "hs_merged_object_ids")]
    out["hs_merged_object_ids"] = ";".join(part for part in swallowed if part)
    if "email" in mine and "email" in theirs:
        extra = [mine.get("hs_additional_emails"), theirs["email"], theirs.get("hs_additional_emails")]
        out["hs_additional_emails"] = ";".join(part for part in extra if part)
    return out
