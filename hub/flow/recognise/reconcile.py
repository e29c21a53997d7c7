"""From admitted records to golden ones: who is who, which claims survive, who must be told."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from hub.flow.bulk import bulk
from hub.flow.hub import Hub, Matching
from hub.flow.recognise.cluster import Held, Records, cluster, held_after, moves, store
from hub.flow.recognise.components import components
from hub.flow.recognise.compose import compose
from hub.flow.recognise.crew import crew
from hub.flow.recognise.let_go import let_go
from hub.flow.recognise.rescore import rescore
from hub.flow.recognise.ruled import renewed
from hub.golden.consent import ADDRESSES
from hub.golden.record import SourceRecord
from hub.identity.connected import connected
from hub.identity.ids import Assignment
from hub.model.instant import Instant
from hub.model.keys import RecordKey
from hub.store import answers, due, identity, queue, records, refusals
from hub.store import golden as goldens
from hub.store.due import Mark
from hub.store.engine import Connection
from hub.store.golden import Changes, Fields, Golden
from hub.store.identity import Judgement
from hub.store.refusals import Refusal
from hub.store.runs import Counts

BATCH = 10_000
"""Records settled in one transaction, at most, but a component is never torn."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Whole components, to be settled."""

    rows: Sequence[int]
    dirty: frozenset[int]
    """Those whose change is reconciled."""
    at: Instant
    matching: Matching


@dataclass(frozen=True, slots=True)
class Settled:
    """What is to be stored of a batch."""

    assignment: Assignment
    moved: Mapping[int, str]
    """Row id → its golden id from now on, where that is another."""
    known: int
    """How many of those had one."""
    regrouped: set[str]
    """The ids whose membership changes."""
    composed: int
    changes: Changes
    dirty: Mapping[int, tuple[str, str]]
    """Row id → its system and its golden id from now on, for those whose change is reconciled."""
    let_go: Sequence[Refusal]
    """What was refused about addresses that are somebody else's, or nobody's, from now on."""


def reconcile(hub: Hub, run_id: str) -> Counts:
    """Compose the golden records of everything that changed; counts.

    Where ``customer.yml`` changed that is everything: the same history gives what the new rules say.
    Works in batches, each a transaction: killed between two, the next run goes on with what is left.
    """
    matching, uncompared = hub.matching(), _uncompared(hub)
    with hub.store.read() as connection:
        waiting = due.count(connection)
    with crew(hub, waiting) as able:
        rescore(able, uncompared, matching)
        with hub.store.read() as connection:
            marks = due.unreconciled(connection)
        counts: Counts = Counts(records=len(marks), golden_changed=0)
        batches = (
            Batch(rows, frozenset(marks.keys() & rows), hub.now(), matching)
            for rows in components(hub, marks, able.share(len(marks), BATCH))
        )
        for found in able.find(_worked_out, batches):
            counts.update(_settled(hub, found, marks, run_id))
    # Who has an address now that somebody refused to be reached at is composed with that, at once.
    if counts.pop("booked", 0):
        counts.update(reconcile(hub, run_id))
    return counts


def _uncompared(hub: Hub) -> dict[int, Mark]:
    """Whose evidence changed: their own, that of their employer, or the rules by which all is judged."""
    with hub.store.begin() as connection:
        if renewed(connection, hub):
            due.soil_all(connection)
        if over := goldens.end_pins(connection, hub.now()):
            due.soil(connection, identity.members(connection, over), compare=False)
        marks = due.uncompared(connection)
        others = records.employees(connection, marks) - marks.keys()
        return due.soil(connection, others, compare=True) | marks


def _worked_out(hub: Hub, batch: Batch) -> Settled:
    """Cluster and compose whole components.

    Nobody else moves identities, so all is worked out on one moment's view, and writing takes no longer
    than it must: on SQLite it holds up every other writer.
    """
    with hub.store.read() as connection:
        members = records.by_ids(connection, batch.rows)
        decisions = identity.judgements(connection, {one.key for one in members.values()})
        assignment, before = cluster(connection, batch.matching, members, decisions)
        moved, regrouped = moves(members, assignment, before)
        after = held_after(assignment)
        dirty = {row: (members[row].key.system, after[members[row].key]) for row in batch.dirty}
        concerned = regrouped | {golden_id for _, golden_id in dirty.values()}
        composed = _composed(connection, hub, members, after, concerned, decisions, batch.at)
        changes = goldens.changes(connection, composed)
        gone = _their_own(let_go(connection, composed, changes.says_else), members, after)
    known = sum(members[row].key in before for row in moved)
    return Settled(replace(assignment, ids={}), moved, known, regrouped, len(composed), changes, dirty, gone)


@bulk()
def _settled(hub: Hub, found: Settled, marks: Mapping[int, Mark], run_id: str) -> Counts:
    """Store who is who and what was composed, and queue who must be told."""
    assignment = found.assignment
    with hub.store.begin() as connection:
        store(connection, assignment, found.moved, hub.now())
        goldens.store(connection, found.changes, hub.now(), run_id)
        # Ids merged away are news too: what waits to be sent for them gives way.
        news = {**found.changes.says_else, **dict.fromkeys([*found.regrouped, *assignment.redirects])}
        _queue(connection, hub, news, found.dirty.values())
        due.reconciled(connection, {row: marks[row] for row in found.dirty})
        booked = refusals.book_new(connection, found.let_go)
    return Counts(
        composed=found.composed,
        golden_changed=len(found.changes.rows),
        issued=len(assignment.issued),
        merged=len(assignment.redirects),
        split=len(assignment.splits),
        moved=found.known,
        booked=booked,
    )


def _composed(
    connection: Connection,
    hub: Hub,
    members: Records,
    after: Held,
    concerned: set[str],
    decisions: Iterable[Judgement],
    at: Instant,
) -> list[Golden]:
    pins = goldens.pins(connection, concerned, at)
    given = answers.of_records(connection, members)
    refused = refusals.of_addresses(connection, _addresses(members))
    joined = _joined(after, decisions)
    held: dict[str, list[SourceRecord]] = {golden_id: [] for golden_id in sorted(concerned)}
    for one in sorted(members.values(), key=lambda each: each.key):
        if after[one.key] in held:
            held[after[one.key]].append(one)
    return [
        compose(
            hub.mappings,
            golden_id,
            some,
            pins,
            given,
            refused,
            confirmed=_confirmed(some, joined.get(golden_id, ())),
        )
        for golden_id, some in held.items()
    ]


def _addresses(members: Records) -> set[str]:
    """Every address said of these records."""
    return {address for one in members.values() for address in _told(one)}


def _their_own(gone: Sequence[Refusal], members: Records, after: Held) -> list[Refusal]:
    """These refusals without those of addresses that only records told which are somebody else's by now.

    Such a one was never an address of who refused: the two were taken for one.
    """
    tellers: dict[str, set[str]] = {}
    for one in members.values() if gone else ():
        for address in _told(one):
            tellers.setdefault(address, set()).add(after[one.key])
    return [one for one in gone if (mine := after[one.record]) in tellers.get(one.address, {mine})]


def _told(one: SourceRecord) -> Iterator[str]:
    """Every address ever told in a record, one that was taken away too."""
    for name in {*ADDRESSES.values()} & one.rolls.keys():
        yield from one.rolls[name].claims


def _joined(after: Held, decisions: Iterable[Judgement]) -> dict[str, list[tuple[RecordKey, RecordKey]]]:
    """Golden id → the pairs of its records that somebody said are one customer."""
    found: dict[str, list[tuple[RecordKey, RecordKey]]] = {}
    for one in decisions:
        if one.same and (golden_id := after.get(one.low)) and golden_id == after.get(one.high):
            found.setdefault(golden_id, []).append((one.low, one.high))
    return found


def _confirmed(some: Sequence[SourceRecord], joined: Collection[tuple[RecordKey, RecordKey]]) -> bool:
    """Whether people said of all of these that they are one customer."""
    if not joined:
        return False
    number = {one.key: at for at, one in enumerate(some)}
    return len(connected(range(len(some)), [(number[low], number[high]) for low, high in joined])) == 1


def _queue(
    connection: Connection, hub: Hub, news: Mapping[str, Fields], dirty: Iterable[tuple[str, str]]
) -> None:
    """News is for every system that minds it; a record that merely looks other than before is for its own."""
    minded = {name: mapping.minded for name, mapping in hub.mappings.systems.items()}
    own: dict[str, set[str]] = {
        name: {golden_id for golden_id, fields in news.items() if fields is None or fields & mine}
        for name, mine in minded.items()
    }
    for system, golden_id in dirty:
        own.setdefault(system, set()).add(golden_id)
    for system in sorted(own.keys() & hub.mappings.systems.keys()):
        queue.enqueue(connection, [system], own[system], hub.now())
