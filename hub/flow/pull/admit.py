"""From landed records to admitted customers: mapped, judged one by one and as a batch, and observed."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

import structlog

from connectors.registry import connector_class
from hub.flow.bulk import bulk
from hub.flow.decide.decisions import offer_freed
from hub.flow.errors import CountsDoNotAddUp
from hub.flow.hub import Hub
from hub.flow.pull import merged, refusing
from hub.flow.pull.adopt import begun, creations, tie
from hub.flow.pull.back import as_before, back_empty, emptied, only_hidden
from hub.flow.pull.batch import judge_batch_of
from hub.flow.pull.changed import freed
from hub.flow.pull.emptied import Tally, beside, doubt
from hub.flow.pull.judging import Judged, judge
from hub.flow.pull.landed import landed
from hub.flow.pull.raced import raced
from hub.flow.pull.remap import keep_up
from hub.flow.pull.stood import stood
from hub.flow.pull.unsaid import unsaid
from hub.flow.pull.waited import waited
from hub.flow.shown import NOT_KNOWN, showing
from hub.golden.claims import Reading, Rules, Why, late_from
from hub.golden.record import SourceRecord, read_again, waiting
from hub.identity.features import EVIDENCE
from hub.mapping.paths import Path
from hub.mapping.read import CustomerReading
from hub.mapping.spec import FACTS, ObjectMapping, SystemMapping
from hub.model.instant import Instant, shift
from hub.model.keys import RecordKey
from hub.store import identity as identities
from hub.store import ledger, outbox, quarantine, raw, records
from hub.store.change import Change
from hub.store.engine import Connection
from hub.store.runs import Counts

_log = structlog.get_logger(__name__)
NOTHING_WAITS: Mapping[str, Why] = MappingProxyType({})
BATCH = 5_000
"""Records judged and admitted together; bounds the memory of a first load."""


def admit(hub: Hub, system: str, run_id: str) -> Counts:
    """Admit everything landed and not yet admitted; counts customers by outcome.

    Raises BatchStopped where a batch rule says no; then none of that batch is admitted.
    """
    mapping = hub.mapping(system)
    keep_up(hub, system)
    counts: Counts = Counter(admitted=0, quarantined=0)
    for obj in mapping.objects.values():
        tally = Tally()
        while batch := _pending(hub, mapping, obj):
            counts += _admit_batch(hub, mapping, obj, batch, run_id, tally)
    return counts


def _pending(hub: Hub, mapping: SystemMapping, obj: ObjectMapping) -> list[raw.Raw]:
    with hub.store.read() as connection:
        return raw.pending(connection, mapping.system, obj.name, BATCH)


@bulk()
def _admit_batch(
    hub: Hub, mapping: SystemMapping, obj: ObjectMapping, batch: list[raw.Raw], run_id: str, tally: Tally
) -> Counts:
    # Nobody else touches this system's cells meanwhile, so only writing needs the writer's turn.
    raw_keys = [one.key for one in batch]
    with hub.store.read() as connection:
        held = records.by_raw(connection, mapping.system, obj.name, raw_keys)
        merging = merged.merging(connection, mapping.system, obj, batch, held)
        new = [one for one in batch if one.key not in held and not one.deleted]
        made = creations(connection, mapping.system, obj, new)
        accepted = quarantine.accepted(connection, mapping.system, obj.name, raw_keys)
        strangers = quarantine.never_admitted(connection, mapping.system, obj.name, raw_keys)
    known = {one.key: one for some in held.values() for one in some}
    judged = judge(hub, mapping, obj, batch, {*known, *merged.keys(merging)})
    heirs = [*merged.heirs(mapping, judged, merging, made, hub.lag(mapping.system))]
    for heir in heirs:
        held.pop(heir.before, None)
        held[heir.key] = heir.records
    known = {one.key: one for some in held.values() for one in some}
    with hub.store.read() as connection:
        doubt(connection, mapping, obj, judged, known, accepted, tally)
    unsaid(mapping, obj, judged, known)
    judge_batch_of(hub, mapping, obj, judged)
    counts = _count(judged)
    with hub.store.read() as connection:
        since = stood(connection, mapping, obj, judged, known)
    hidden = only_hidden(known, batch)
    observed = {
        each.raw.key: list(
            _observed(
                mapping, obj, each, held.get(each.raw.key, []), made.get(each.raw.key, ()), since, hidden
            )
        )
        for each in judged
    }
    with hub.store.read() as connection:
        written_over = list(raced(connection, mapping, obj, batch, observed))
    for it in written_over:
        observed = _instead(observed, it.record)
    counts["raced"] = len(written_over)
    seen_now = [one for seen in observed.values() for one in seen]
    otherwise = _otherwise(seen_now, held) | {one.key for it in heirs for one in it.records}
    with hub.store.begin() as connection:
        for heir in heirs:
            merged.go_on(connection, mapping.system, obj, heir)
        quarantine.release(connection, mapping.system, obj.name, raw_keys)
        quarantine.hold(connection, [one for each in judged for one in _held(obj, each, observed)], run_id)
        records.save(connection, seen_now, otherwise)
        ledger.note_raced(connection, {one.entry: one.stood for one in written_over})
        for raw_key, some in made.items():
            for change in some if (seen := observed[raw_key]) else ():
                _tie(connection, hub, seen[0].key, change)
        for decision in merged.judgements(mapping, obj, batch, hub.now()):
            identities.judge(connection, decision)
        refusing.book(connection, judged, seen_now, known)
        raw.settle(connection, batch)
        if gone := freed(mapping, obj, seen_now, known, strangers=bool(strangers)):
            offer_freed(connection, mapping.system, obj.name, gone, hub.now())
    return counts


def _instead(
    observed: Mapping[str, list[SourceRecord]], record: SourceRecord
) -> dict[str, list[SourceRecord]]:
    """The records with one as it is now known to be."""
    return {
        raw_key: [record if one.key == record.key else one for one in some]
        for raw_key, some in observed.items()
    }


def _otherwise(seen: Sequence[SourceRecord], held: Mapping[str, Sequence[SourceRecord]]) -> set[RecordKey]:
    """The records whose evidence is not what it was; new ones are among them."""
    before = {one.key: one.evidence(EVIDENCE) for some in held.values() for one in some}
    return {one.key for one in seen if one.evidence(EVIDENCE) != before.get(one.key)}


def _tie(connection: Connection, hub: Hub, key: RecordKey, change: Change) -> None:
    if decision := tie(connection, key, change, hub.now()):
        identities.judge(connection, decision)
    outbox.created(connection, {change.id: key.key.split("#")[0]})


def _count(judged: Sequence[Judged]) -> Counts:
    counts: Counts = Counter()
    for one in judged:
        counts["admitted"] += len(one.admitted)
        counts["quarantined"] += len(one.held)
        counts["deleted"] += one.raw.deleted
        counts["not a customer"] += not (one.raw.deleted or one.admitted or one.held)
        counts["records"] += 1
        counts["several"] += max(0, len(one.admitted) + len(one.held) - 1)
    whole = counts["admitted"] + counts["quarantined"] + counts["deleted"] + counts["not a customer"]
    if whole != counts["records"] + counts["several"]:
        raise CountsDoNotAddUp(f"admission: {dict(counts)}")
    return counts


def observed(
    before: SourceRecord,
    one: CustomerReading,
    when: Reading,
    lag: timedelta,
    waits: Mapping[str, Why] = NOTHING_WAITS,
    stood: Mapping[str, Instant] = NOT_KNOWN,
) -> SourceRecord:
    """A source record after it was read, once more or for the first time; ``lag``: of its system.

    ``waits``: the fields of what stands there that the reading leaves out, and why. ``stood``: since when at
    least those read for the first time show what they do.
    """
    rules = Rules(lag, opinions=one.opinions, defaults=one.defaults, nobodys=one.nobodys)
    told = showing(one, stood)
    seen = read_again(beside(before, one.slots), told, when, rules)
    # A fact goes with the facet it was told of: what the record now is may tell none.
    said = {*one.values, *one.absent, *waits}
    cells = {name: it for name, it in seen.cells.items() if name not in FACTS or name in said}
    kept = {*waits, *before.stale}
    links = {name: key for name, key in before.links.items() if name in kept} | dict(one.links)
    stale = {name: place for name, place in before.stale.items() if name not in one.links}
    unread = {name: before.unread.get(name, when.since) for name in one.absent}
    held = waiting(before, waits, told, when)
    return replace(seen, cells=cells, links=links, stale=stale, held=held, unread=unread)


def _observed(
    mapping: SystemMapping,
    obj: ObjectMapping,
    judged: Judged,
    held: Sequence[SourceRecord],
    made: Sequence[Change],
    stands: Mapping[RecordKey, Mapping[str, Instant]],
    hidden: frozenset[Path],
) -> Iterator[SourceRecord]:
    """The source records after this reading; those the record no longer holds are deleted."""
    before = {one.key: one for one in held}
    one = judged.raw
    sheet = connector_class(mapping.connector).sheet
    lag = sheet.visibility_lag
    since = shift(one.since, -lag)
    when = Reading(one.read_at, since, one.stamp, early=late_from(since, one.stamp, sheet.horizon))
    born = obj.made.at(one.data, one.read_at) if obj.made and not made else None
    for each in judged.admitted:
        reading = each.reading
        known = before.pop(reading.key, None) or begun(mapping, reading, one, next(iter(made), None), lag)
        start = landed(mapping, known if known.made else replace(known, made=born), one)
        start = waited(mapping, start, reading, lag)
        before_that = stands.get(reading.key, NOT_KNOWN)
        back = back_empty(mapping, known, reading, one.unshown | hidden)
        seen = observed(
            start, as_before(known, reading, back) if back else reading, when, lag, each.waits, before_that
        )
        yield replace(emptied(seen, back), unshown=one.unshown)
    waiting = {each.key for each in judged.held}
    for gone in before.values():
        if gone.key not in waiting and (not gone.deleted or (gone.retired and one.deleted)):
            yield replace(gone, deleted=True, retired=None)


def _held(
    obj: ObjectMapping, judged: Judged, seen: Mapping[str, Sequence[SourceRecord]]
) -> Iterator[quarantine.Held]:
    """What waits of one landed record: whole customers, and fields of those that are known."""
    yield from judged.held
    known = {one.key: one for one in seen[judged.raw.key]}
    for one in judged.admitted:
        for name, why in one.reasons.items():
            since = known[one.reading.key].held[name].at
            yield quarantine.Held(one.reading.key, obj.name, judged.raw.key, why, since, name)
