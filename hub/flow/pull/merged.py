"""A record that its system made of others: it goes on as one of them did, under the new key.

The same rows have the new key, so who it is, what was written there and what is on its way there go with
them. The old key stays, as that of a record that is gone and one customer with the new one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from hub.flow.pull.adopt import begun
from hub.flow.pull.judging import Judged, undated
from hub.flow.shown import showing
from hub.golden.merged import Joined, joined, unlike
from hub.golden.record import SourceRecord
from hub.mapping.spec import ObjectMapping, SystemMapping
from hub.model.instant import Instant
from hub.model.keys import RecordKey
from hub.store import records, rename
from hub.store.change import Change
from hub.store.engine import Connection
from hub.store.identity import Judgement
from hub.store.raw import Raw

Before = Mapping[str, Sequence[SourceRecord]]
"""Key of a record that was merged away and is known → what it held, under the new key."""


@dataclass(frozen=True, slots=True)
class Heir:
    """What a new record goes on as."""

    key: str
    before: str
    """The key it had."""
    records: list[SourceRecord]
    left: list[SourceRecord]
    """What stays the word of the old key."""


def merging(
    connection: Connection,
    system: str,
    obj: ObjectMapping,
    batch: Sequence[Raw],
    held: Mapping[str, Sequence[SourceRecord]],
) -> dict[str, Before]:
    """Raw key → the known records it was made of, for those of a batch that were not known themselves."""
    new = {
        one.key: one.swallowed for one in batch if one.swallowed and one.key not in held and not one.deleted
    }
    old = records.by_raw(connection, system, obj.name, [key for some in new.values() for key in some])
    found = {
        key: {one: _went_under(old[one], key) for one in some if one in old} for key, some in new.items()
    }
    return {key: some for key, some in found.items() if any(some.values())}


def _went_under(some: Sequence[SourceRecord], key: str) -> list[SourceRecord]:
    """What a record held; nothing, where it went on as another long ago."""
    return [_renamed(one, key) for one in some] if any(map(_known, some)) else []


def _known(record: SourceRecord) -> bool:
    """Whether it says anything: the old key of one that went on keeps what the new one does not show."""
    return bool(record.cells or record.rolls)


def _renamed(record: SourceRecord, key: str) -> SourceRecord:
    return replace(record, key=_under(record.key, record.raw_key, key), raw_key=key)


def _under(key: RecordKey, before: str, now: str) -> RecordKey:
    """The key of a customer in a record that has another key itself."""
    return key._replace(key=now + key.key.removeprefix(before))


def keys(merging: Mapping[str, Before]) -> set[RecordKey]:
    """Of whom they tell."""
    return {one.key for before in merging.values() for some in before.values() for one in some}


def heirs(
    mapping: SystemMapping,
    judged: Sequence[Judged],
    merging: Mapping[str, Before],
    made: Mapping[str, Sequence[Change]],
    lag: timedelta,
) -> Iterator[Heir]:
    """What the new records of a batch go on as; ``made``: raw key → by which changes the hub created it."""
    for each in judged:
        read = merging.get(each.raw.key, {})
        created = _unread(mapping, each, made.get(each.raw.key, ()), lag)
        if read or created:
            yield _heir(each, read, created)


def _unread(mapping: SystemMapping, judged: Judged, made: Sequence[Change], lag: timedelta) -> Before:
    """What the hub created and nobody had read when it was merged: as it is before its first reading."""
    readings = [one.reading for one in judged.admitted]
    if not (judged.raw.swallowed and readings):
        return {}
    return {
        one.raw_key or judged.raw.key: [begun(mapping, each, judged.raw, one, lag) for each in readings]
        for one in made
    }


def _heir(judged: Judged, read: Before, created: Before) -> Heir:
    """The record goes on as that one which it is most like: one that was read, and of those a living one.

    Of what any of them showed already its history tells nothing new. ``created``: what was never read.
    """
    before = {**read, **created}
    shown = {one.reading.key: showing(one.reading) for one in judged.admitted}

    def order(key: str) -> tuple[bool, bool, list[tuple[int, int]]]:
        some = before[key]
        unlikeness = [unlike(one, shown[one.key]) for one in some if one.key in shown]
        return key in created, all(one.deleted for one in some), unlikeness

    first, *others = sorted(filter(before.get, before), key=order)
    rest = [one for key in others for one in before[key]]
    opinions = {one.reading.key: one.reading.opinions for one in judged.admitted}
    strangers = bool(created) or not {*judged.raw.swallowed} <= read.keys()
    joining = [
        joined(one, _of(one.key, rest), shown[one.key], opinions[one.key], unread=strangers)
        if one.key in shown
        else Joined(one, replace(one, cells={}, rolls={}))
        for one in before[first]
    ]
    known = {one.record.key: one.record for one in joining}
    judged.admitted = [
        undated(one, known[one.reading.key], one.reading.typed) if one.reading.key in known else one
        for one in judged.admitted
    ]
    return Heir(judged.raw.key, first, list(known.values()), [one.left for one in joining])


def _of(key: RecordKey, some: Sequence[SourceRecord]) -> list[SourceRecord]:
    return [one for one in some if one.key == key]


def go_on(connection: Connection, system: str, obj: ObjectMapping, heir: Heir) -> None:
    """Give the rows the new key; under the old one stays what the new record does not show."""
    if heir.before != heir.key:
        rename.record(connection, system, obj.name, heir.before, heir.key)
        records.save(connection, [_gone(one, obj.name, heir) for one in heir.left])


def _gone(left: SourceRecord, obj: str, heir: Heir) -> SourceRecord:
    key = _under(left.key, heir.key, heir.before)
    return SourceRecord(key, obj, heir.before, deleted=True, cells=left.cells, rolls=left.rolls)


def judgements(
    mapping: SystemMapping, obj: ObjectMapping, batch: Sequence[Raw], at: Instant
) -> Iterator[Judgement]:
    """A merge made in the system says that both are one customer."""
    kinds = {facet.kind for facet in obj.facets if not facet.suffix}
    for one in batch:
        for kind in sorted(kinds) if one.merged_into else ():
            loser = RecordKey(mapping.system, kind, one.key)
            winner = RecordKey(mapping.system, kind, one.merged_into or "")
            yield Judgement(loser, winner, True, mapping.system, f"merged in {mapping.title}", at)
