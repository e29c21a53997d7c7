"""From admitted records to golden ones: who is who, which claims survive, who must be told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hub.flow.bulk import bulk
from hub.flow.cluster import Held, cluster, held_after, moves, store
from hub.flow.components import components
from hub.flow.compose import compose
from hub.flow.describe import Records
from hub.flow.hub import Hub, Matching
from hub.flow.land import Counts
from hub.flow.rescore import rescore
from hub.golden.record import SourceRecord
from hub.store import golden as goldens
from hub.store import queue, records, watermarks
from hub.store.engine import Connection
from hub.store.golden import Golden
from hub.store.records import Mark


@dataclass(frozen=True, slots=True)
class Task:
    """What one reconcile works on."""

    run_id: str
    marks: Mapping[int, Mark]
    """Row id → the change that is reconciled."""
    matching: Matching


def reconcile(hub: Hub, run_id: str) -> Counts:
    """Compose the golden records of everything that changed; counts.

    Where ``customer.yml`` changed that is everything: the same history gives what the new rules say.
    Works in batches, each a transaction: killed between two, the next run goes on with what is left.
    """
    matching = hub.matching()
    rescore(hub, _uncompared(hub), matching)
    with hub.store.read() as connection:
        task = Task(run_id, records.unreconciled(connection), matching)
    counts: Counts = Counts(records=len(task.marks), golden_changed=0)
    for rows in components(hub, task.marks):
        counts.update(_settled(hub, rows, task))
    return counts


def _uncompared(hub: Hub) -> dict[int, Mark]:
    """Whose evidence changed: their own, that of their employer, or the rules by which all is judged."""
    with hub.store.begin() as connection:
        if watermarks.renewed(connection, "*", hub.mappings.identity_print):
            records.soil_all(connection)
        marks = records.uncompared(connection)
        others = records.employees(connection, marks) - marks.keys()
        return records.soil(connection, others, compare=True) | marks


@bulk()
def _settled(hub: Hub, rows: Sequence[int], task: Task) -> Counts:
    """Cluster and compose whole components, and queue who must be told.

    Nobody else moves identities, so all is worked out on one moment's view, and writing takes no longer
    than it must: on SQLite it holds up every other writer.
    """
    with hub.store.read() as connection:
        members = records.by_ids(connection, rows)
        assignment, before = cluster(connection, task.matching, members)
        moved, changed = moves(members, assignment, before)
        after = held_after(assignment)
        dirty = {row: members[row] for row in members.keys() & task.marks.keys()}
        concerned = changed | {after[one.key] for one in dirty.values()}
        composed = _composed(connection, hub, members, after, concerned)
    with hub.store.begin() as connection:
        store(connection, assignment, moved, hub.now())
        saved = goldens.save(connection, composed, hub.now(), task.run_id)
        # Ids merged away are news too: what waits to be sent for them gives way.
        news = changed | saved.says_else | assignment.redirects.keys()
        _queue(connection, hub, news, dirty, after)
        records.reconciled(connection, {row: task.marks[row] for row in dirty})
    return Counts(
        composed=len(composed),
        golden_changed=saved.changed,
        issued=len(assignment.issued),
        merged=len(assignment.redirects),
        split=len(assignment.splits),
    )


def _composed(
    connection: Connection, hub: Hub, members: Records, after: Held, concerned: set[str]
) -> list[Golden]:
    pins = goldens.pins(connection, concerned, hub.now())
    held: dict[str, list[SourceRecord]] = {golden_id: [] for golden_id in sorted(concerned)}
    for one in sorted(members.values(), key=lambda each: each.key):
        if after[one.key] in held:
            held[after[one.key]].append(one)
    return [compose(hub.mappings, golden_id, some, pins) for golden_id, some in held.items()]


def _queue(connection: Connection, hub: Hub, news: set[str], dirty: Records, after: Held) -> None:
    """News is for every system; a record that merely looks other than before is for its own."""
    own: dict[str, set[str]] = {system: set(news) for system in hub.mappings.systems}
    for one in dirty.values():
        own.setdefault(one.key.system, set()).add(after[one.key])
    for system in sorted(own.keys() & hub.mappings.systems.keys()):
        queue.enqueue(connection, [system], own[system], hub.now())
