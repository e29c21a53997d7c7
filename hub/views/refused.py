"""What systems do not take: whose value, in their own words, who has it already, and what to do about it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from connectors.registry import connector_class
from hub.flow.hub import Hub
from hub.flow.publish.compare import FieldWish, facet_of, wishes
from hub.flow.publish.order import unique_places
from hub.flow.publish.taken import NOT_TAKEN
from hub.golden.record import SourceRecord
from hub.mapping.spec import SystemMapping
from hub.model.instant import Instant
from hub.model.keys import RecordKey
from hub.store import golden as goldens
from hub.store import identity, outbox, raw, records
from hub.store.change import Change
from hub.store.engine import Connection
from hub.store.golden import Golden
from hub.views.changes import FieldChange, field_changes
from hub.views.holders import holder
from hub.views.naming import name_of
from hub.views.sentences import Lang, Sentences, sentences

SAID = 300
"""Characters of a system's own words that are shown."""
PART = 500
"""Records looked at together."""


@dataclass(frozen=True, slots=True)
class Refused:
    """What one system does not take of one customer."""

    system: str
    title: str
    record: str | None
    """None: a record that was to be created."""
    golden_id: str
    customer: str
    fields: tuple[FieldChange, ...]
    """What stands there, and what is wanted; one field, but of a record to be created."""
    said: str
    """The system's own words, without values."""
    at: Instant
    holder: str | None
    """The record that shows the value, where one is known."""
    holder_name: str
    todo: str
    """What to do, and when it is offered again: sentences in the reader's language."""
    again: str


@dataclass(frozen=True, slots=True)
class Refusals:
    """What stands refused, the latest first."""

    refused: tuple[Refused, ...]
    total: int
    """There may be more than are listed."""


def refused(hub: Hub, systems: Collection[str], limit: int | None = None, lang: Lang = "en") -> Refusals:
    """What these systems do not take and the hub still wants there."""
    with hub.store.read() as connection:
        return refused_in(hub, connection, systems, limit, sentences(lang))


def refused_in(
    hub: Hub, connection: Connection, systems: Collection[str], limit: int | None, words: Sentences
) -> Refusals:
    """The same, within a reading."""
    return _standing(hub, connection, outbox.answered_no(connection, systems), limit, words)


def refused_of(
    hub: Hub, connection: Connection, golden_id: str, rows: Collection[int], words: Sentences
) -> tuple[Refused, ...]:
    """What any system does not take of one customer, whose records are ``rows``."""
    told = outbox.answered_no(connection, hub.mappings.systems, golden_id, rows)
    mine = _standing(hub, connection, told, None, words).refused
    return tuple(one for one in mine if one.golden_id == golden_id)


def _standing(
    hub: Hub, connection: Connection, told: Sequence[Change], limit: int | None, words: Sentences
) -> Refusals:
    found = [*_updates(hub, connection, told), *_creations(connection, told)]
    found.sort(key=lambda one: one.change.answered_at or "", reverse=True)
    listed = found[:limit]
    return Refusals(tuple(_Telling(hub, connection, words).each(listed)), len(found))


@dataclass(frozen=True, slots=True)
class _Standing:
    """A refusal that stands: the change as it would be offered today."""

    change: Change
    golden: Golden
    record: SourceRecord | None


def _updates(hub: Hub, connection: Connection, told: Sequence[Change]) -> Iterator[_Standing]:
    """Of each field of a record its latest no, where the field is still wanted otherwise and not offered."""
    latest: dict[int, dict[str, Change]] = {}
    for one in told:
        alone = one.action == "update" and (len(one.fields) == 1 or one.state == "rejected")
        if alone and one.record_id is not None:
            for name in one.fields:
                latest.setdefault(one.record_id, {}).setdefault(name, one)
    rows = list(latest)
    for start in range(0, len(rows), PART):
        for row, record, golden, wish in _wanted(hub, connection, rows[start : start + PART]):
            change = latest[row].get(wish.field)
            if change is not None and change.state == "refused":
                both = {"before": wish.before, "after": wish.after}
                now = replace(change, fields={wish.field: both}, golden_id=golden.golden_id)
                yield _Standing(now, golden, record)


def _wanted(
    hub: Hub, connection: Connection, rows: Sequence[int]
) -> Iterator[tuple[int, SourceRecord, Golden, FieldWish]]:
    """What is wanted in these records and not offered, for it was refused."""
    held = records.by_ids(connection, rows)
    of = identity.golden_of(connection, rows)
    known = goldens.by_ids(connection, {*of.values()})
    shown: dict[tuple[str, str, str], Mapping[str, Any]] = {}
    for system in {one.key.system for one in held.values()} & hub.mappings.systems.keys():
        mine = {(one.object, one.raw_key) for one in held.values() if one.key.system == system}
        shown |= {(system, *where): data for where, data in raw.shown(connection, system, mine).items()}
    for row, record in held.items():
        golden = known.get(of.get(row, ""))
        data = shown.get((record.key.system, record.object, record.raw_key))
        if golden is None or data is None or record.deleted:
            continue
        mapping = hub.mappings.systems[record.key.system]
        if facet := facet_of(mapping, record, data):
            settled = hub.settled_in(connection, record.key.system, record.object)
            for wish in wishes(hub, mapping, facet, record, golden, settled):
                if wish.wish.exempt == "refused":
                    yield row, record, golden, wish


def _creations(connection: Connection, told: Sequence[Change]) -> Iterator[_Standing]:
    """Records that could not be made, of customers who have none there still."""
    made = {(one.system, one.golden_id): one for one in reversed(told) if one.action == "create"}
    some = {where: one for where, one in made.items() if one.state == "refused"}
    known = goldens.by_ids(connection, {golden_id for _, golden_id in some})
    for (system, golden_id), change in some.items():
        if golden_id in known and not records.of_golden(connection, [golden_id], system).get(golden_id):
            yield _Standing(change, known[golden_id], None)


@dataclass(frozen=True, slots=True)
class _Telling:
    """Puts refusals into words."""

    hub: Hub
    connection: Connection
    words: Sentences

    def each(self, some: Sequence[_Standing]) -> Iterator[Refused]:
        for one in some:
            yield self._told(one)

    def _told(self, one: _Standing) -> Refused:
        change, mapping = one.change, self.hub.mappings.systems[one.change.system]
        mine = one.record.key if one.record else None
        fields = tuple(field_changes(change))
        has = self._holder(mapping, fields, mine)
        place = {
            "system": mapping.title,
            "key": mapping.system,
            "record": str(mine or change.golden_id),
            "holder": str(has or ""),
            "source": self._source(one),
        }
        return Refused(
            mapping.system,
            mapping.title,
            str(mine) if mine else None,
            change.golden_id,
            name_of(one.golden),
            fields,
            _cut(change.message),
            change.answered_at or change.made_at,
            str(has) if has else None,
            self._name(has),
            self.words(f"todo.{_todo(change, has)}", **place),
            self.words(f"again.{_again(mapping, one, has)}", **place),
        )

    def _holder(
        self, mapping: SystemMapping, fields: Sequence[FieldChange], mine: RecordKey | None
    ) -> RecordKey | None:
        found = (
            holder(self.connection, mapping.system, one.name, one.before, one.after, mine) for one in fields
        )
        return next(filter(None, found), None)

    def _name(self, key: RecordKey | None) -> str:
        row = records.ids(self.connection, [key]).get(key) if key else None
        golden_id = identity.golden_of(self.connection, [row]).get(row) if row is not None else None
        known = goldens.by_ids(self.connection, [golden_id]) if golden_id else {}
        return name_of(known[golden_id]) if golden_id in known else ""

    def _source(self, one: _Standing) -> str:
        """Where the wanted value comes from."""
        origins = (one.golden.provenance.get(name, {}).get("from") for name in one.change.fields)
        return next(filter(None, origins), one.golden.golden_id)


def _todo(change: Change, has: RecordKey | None) -> str:
    if has:
        return "holder"
    if change.action == "create":
        return "create"
    return "not_taken" if change.message == NOT_TAKEN else "other"


def _again(mapping: SystemMapping, one: _Standing, has: RecordKey | None) -> str:
    if one.record is None:
        return "create"
    sheet = connector_class(mapping.connector).sheet.objects[one.record.object]
    (name,) = one.change.fields
    lens = mapping.lens(one.record.object, one.record.key.kind, one.record.key.key, name)
    return "freed" if has and lens and unique_places(lens, sheet) else "typed"


def _cut(said: str) -> str:
    return said if len(said) <= SAID else f"{said[:SAID]}…"
