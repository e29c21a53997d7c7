"""What systems do not take: whose value, in their own words, who has it already, and what to do about it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from connectors.registry import connector_class
from hub.flow.hub import Hub
from hub.flow.publish.order import unique_places
from hub.flow.publish.taken import NOT_TAKEN
from hub.mapping.paths import shows
from hub.mapping.spec import SystemMapping
from hub.model.instant import Instant
from hub.model.keys import Kind, RecordKey
from hub.store import golden as goldens
from hub.store import identity, outbox, raw, records
from hub.store.change import Change
from hub.store.engine import Connection
from hub.views.changes import FieldChange, field_changes
from hub.views.holders import holder
from hub.views.naming import name_of
from hub.views.sentences import Lang, Sentences, sentences
from hub.views.standing import Standing, standing

SAID = 300
"""Characters of a system's own words that are shown."""


@dataclass(frozen=True, slots=True)
class Refused:
    """What one system does not take of one customer."""

    system: str
    title: str
    record: str | None
    """None: a record that was to be created."""
    golden_id: str
    kind: Kind
    customer: str
    fields: tuple[FieldChange, ...]
    """What stands there, and what is wanted; one field, but of a record to be created."""
    said: str
    """The system's own words, without values; empty where it said nothing."""
    at: Instant
    holder: str | None
    """The record that shows the value, where one is known."""
    holder_name: str
    seen: str
    """Of a system that said yes what the hub saw: a sentence in the reader's language; else empty."""
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
    return _told(hub, connection, outbox.answered_no(connection, systems), limit, words)


def refused_of(
    hub: Hub, connection: Connection, golden_id: str, rows: Collection[int], words: Sentences
) -> tuple[Refused, ...]:
    """What any system does not take of one customer, whose records are ``rows``."""
    told = outbox.answered_no(connection, hub.mappings.systems, golden_id, rows)
    mine = _told(hub, connection, told, None, words).refused
    return tuple(one for one in mine if one.golden_id == golden_id)


def _told(
    hub: Hub, connection: Connection, told: Sequence[Change], limit: int | None, words: Sentences
) -> Refusals:
    found = standing(hub, connection, told)
    listed = found[:limit]
    return Refusals(tuple(_Telling(hub, connection, words).each(listed)), len(found))


@dataclass(frozen=True, slots=True)
class _Telling:
    """Puts refusals into words."""

    hub: Hub
    connection: Connection
    words: Sentences

    def each(self, some: Sequence[Standing]) -> Iterator[Refused]:
        for one in some:
            yield self._told(one)

    def _told(self, one: Standing) -> Refused:
        change, mapping = one.change, self.hub.mappings.systems[one.change.system]
        mine = one.record.key if one.record else None
        fields, ignored = tuple(field_changes(change)), change.message == NOT_TAKEN
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
            one.golden.kind,
            name_of(one.golden),
            fields,
            "" if ignored else _cut(change.message),
            change.answered_at or change.made_at,
            str(has) if has else None,
            self._name(has),
            self.words("refused.seen", **place) if ignored else "",
            self.words(
                f"todo.{'missing' if self._is_missing(mapping, one) else _todo(change, has)}", **place
            ),
            self.words(f"again.{_again(mapping, one, has)}", **place),
        )

    def _holder(
        self, mapping: SystemMapping, fields: Sequence[FieldChange], mine: RecordKey | None
    ) -> RecordKey | None:
        found = (
            holder(self.connection, mapping.system, one.name, one.before, one.after, mine) for one in fields
        )
        return next(filter(None, found), None)

    def _is_missing(self, mapping: SystemMapping, one: Standing) -> bool:
        """Whether it is for a field of ours that nobody has made in the system."""
        if one.record is None or one.change.message != NOT_TAKEN:
            return False
        obj, key = one.record.object, one.record.key
        data = raw.data(self.connection, mapping.system, obj, [one.record.raw_key])
        ours, shown = mapping.provisions(obj), data.get(one.record.raw_key, {})
        lenses = (mapping.lens(obj, key.kind, key.key, name) for name in one.change.fields)
        paths = [part.path for lens in lenses if lens for part in lens.parts]
        return any(where[-1] in ours and not shows(shown, where) for where in paths)

    def _name(self, key: RecordKey | None) -> str:
        row = records.ids(self.connection, [key]).get(key) if key else None
        golden_id = identity.golden_of(self.connection, [row]).get(row) if row is not None else None
        known = goldens.by_ids(self.connection, [golden_id]) if golden_id else {}
        return name_of(known[golden_id]) if golden_id in known else ""

    def _source(self, one: Standing) -> str:
        """Where the wanted value comes from."""
        origins = (one.golden.provenance.get(name, {}).get("from") for name in one.change.fields)
        return next(filter(None, origins), one.golden.golden_id)


def _todo(change: Change, has: RecordKey | None) -> str:
    if has:
        return "holder"
    if change.action == "create":
        return "create"
    return "not_taken" if change.message == NOT_TAKEN else "other"


def _again(mapping: SystemMapping, one: Standing, has: RecordKey | None) -> str:
    if one.record is None:
        return "create"
    sheet = connector_class(mapping.connector).sheet.objects[one.record.object]
    (name,) = one.change.fields
    lens = mapping.lens(one.record.object, one.record.key.kind, one.record.key.key, name)
    return "freed" if has and lens and unique_places(lens, sheet) else "typed"


def _cut(said: str) -> str:
    return said if len(said) <= SAID else f"{said[:SAID]}…"
