"""Plan what to write to one system: golden projected, against what the system shows; then the guard."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

from hub.flow.compare import FieldWish, facet_of, wishes
from hub.flow.hub import Hub
from hub.flow.land import Counts
from hub.golden.record import SourceRecord
from hub.mapping.paths import Path, put
from hub.mapping.spec import Facet, SystemMapping
from hub.model.instant import Instant
from hub.model.keys import RecordKey
from hub.publish.guard import Limits, Size, reasons
from hub.store import golden as goldens
from hub.store import outbox, plans, queue, raw, records
from hub.store.change import Change
from hub.store.engine import Connection
from hub.store.golden import Golden
from hub.store.plans import Hold

WAITED = "in place of one that waits for a person's decision"
"""What is said of a change until its plan has been judged."""
BATCH = 500
"""Customers planned in one transaction."""


@dataclass(slots=True)
class Draft:
    """A plan in the making."""

    changes: list[Change] = field(default_factory=list)
    waiting: set[str] = field(default_factory=set)
    """Golden ids with a cell in flight: to be looked at again."""
    clears: int = 0
    creates: int = 0
    waited: set[str] = field(default_factory=set)
    """Golden ids with a change that a person has not yet decided on."""


def plan(hub: Hub, system: str, run_id: str) -> Counts:
    """Plan every customer queued for a system; then the guard judges the plan as a whole.

    Changes are drafts until it has: whatever the batch size, a plan is held or let go as one.
    """
    mapping = hub.mapping(system)
    total = Counts(changes=0, creates=0, clears=0, waited=0)
    plan_id = _begin(hub, mapping, run_id)
    last = ""
    while ids := _next(hub, system, last):
        with hub.store.begin() as connection:
            # Taken off first: who queues one of them meanwhile waits, and is looked at next time.
            queue.dequeue(connection, system, ids)
            draft = _draft(connection, hub, mapping, ids)
            outbox.add_changes(connection, plan_id, _marked(draft), hub.now())
            queue.enqueue(connection, [system], draft.waiting, hub.now())
        waited = sum(one.golden_id in draft.waited for one in draft.changes)
        total.update(changes=len(draft.changes), creates=draft.creates, clears=draft.clears, waited=waited)
        last = ids[-1]
    return _judge(hub, mapping, plan_id, total)


def _begin(hub: Hub, mapping: SystemMapping, run_id: str) -> str:
    """A new plan; customers with drafts of one that never reached its guard are planned once more."""
    plan_id = str(uuid4())
    with hub.store.begin() as connection:
        left = outbox.changes(connection, mapping.system, ["draft"], limit=None)
        queue.enqueue(connection, [mapping.system], {one.golden_id for one in left}, hub.now())
        plans.add_plan(connection, plan_id, mapping.system, hub.now(), run_id)
    return plan_id


def _next(hub: Hub, system: str, last: str) -> list[str]:
    with hub.store.read() as connection:
        return queue.queued(connection, system, last, BATCH)


def _draft(connection: Connection, hub: Hub, mapping: SystemMapping, ids: Sequence[str]) -> Draft:
    draft = Draft()
    known = goldens.by_ids(connection, ids)
    held = records.of_golden(connection, ids, mapping.system)
    _supersede(connection, hub, mapping, ids, draft)
    settled = {name: hub.settled_in(connection, mapping.system, name) for name in mapping.objects}
    raws = raw.shown(connection, mapping.system, _raw_keys(held))
    creating = outbox.being_created(connection, mapping.system, ids)
    for golden_id in sorted(known):
        if golden_id in draft.waiting:
            continue
        golden, here = known[golden_id], held.get(golden_id, {})
        for row, record in sorted(here.items()):
            _plan_record(hub, mapping, golden, row, record, raws, settled, draft)
        if not here and golden_id not in creating:
            _plan_creation(hub, mapping, golden, settled, draft)
    return draft


def _marked(draft: Draft) -> list[Change]:
    """The changes, with a note on those that a person was asked about: a crash must not lose it."""
    return [replace(one, message=WAITED) if one.golden_id in draft.waited else one for one in draft.changes]


def _supersede(
    connection: Connection, hub: Hub, mapping: SystemMapping, ids: Sequence[str], draft: Draft
) -> None:
    """Older changes of these customers give way; one that is being sent is waited for."""
    older = outbox.open_for(connection, mapping.system, ids)
    gone = [one.id for one in older if one.state in ("draft", "held", "ready")]
    outbox.mark(connection, gone, "superseded", hub.now())
    draft.waited = {one.golden_id for one in older if one.state == "held" or one.message == WAITED}
    draft.waiting |= {one.golden_id for one in older if one.state in ("sending", "unsure")}


def _raw_keys(held: Mapping[str, Mapping[int, SourceRecord]]) -> set[tuple[str, str]]:
    return {(one.object, one.raw_key) for some in held.values() for one in some.values()}


def _plan_record(
    hub: Hub,
    mapping: SystemMapping,
    golden: Golden,
    row: int,
    record: SourceRecord,
    raws: Mapping[tuple[str, str], Mapping[str, Any]],
    settled: Mapping[str, Instant],
    draft: Draft,
) -> None:
    shown = raws.get((record.object, record.raw_key))
    facet = facet_of(mapping, record, shown) if shown is not None and not record.deleted else None
    if facet is None:
        return
    found = list(wishes(hub, mapping, facet, record, golden.document, settled[record.object]))
    if any(one.wish.exempt == "in_flight" for one in found):
        draft.waiting.add(golden.golden_id)
    if writes := [one for one in found if one.wish.write]:
        draft.clears += sum(one.clears for one in writes)
        draft.changes.append(
            _change(mapping, record.object, golden, writes, "update", row=row, raw_key=record.raw_key)
        )


def _plan_creation(
    hub: Hub, mapping: SystemMapping, golden: Golden, settled: Mapping[str, Instant], draft: Draft
) -> None:
    target = mapping.creatable(golden.kind)
    if target is None:
        return
    obj, facet = target
    if facet.create_when is None or not facet.create_when.allows(golden.document, frozenset(golden.systems)):
        return
    nobody = SourceRecord(RecordKey(mapping.system, golden.kind, "new"), obj, "new")
    found = [
        one
        for one in wishes(hub, mapping, facet, nobody, golden.document, settled[obj])
        if one.wish.write and not one.clears
    ]
    draft.creates += 1
    draft.changes.append(_change(mapping, obj, golden, found, "create", facet=facet))


def _change(
    mapping: SystemMapping,
    obj: str,
    golden: Golden,
    writes: Sequence[FieldWish],
    action: str,
    *,
    row: int | None = None,
    raw_key: str | None = None,
    facet: Facet | None = None,
) -> Change:
    fields = {
        one.field: {"before": one.before, "after": one.after, "data": _nested(one.written or {})}
        for one in writes
    }
    marked = facet.golden_id if facet else None
    own = _nested({marked: golden.golden_id}) if marked else {}
    return Change(
        str(uuid4()), mapping.system, obj, golden.golden_id, row, raw_key, action, fields, own, state="draft"
    )


def _nested(written: Mapping[Path, object]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for where, value in written.items():
        put(data, where, value)
    return data


def _judge(hub: Hub, mapping: SystemMapping, plan_id: str, total: Counts) -> Counts:
    at = hub.now()
    with hub.store.begin() as connection:
        why = _concerns(connection, mapping, total) if total["changes"] else ()
        hold = Hold(str(uuid4()), plan_id, mapping.system, why, "open", at) if why else None
        if hold:
            plans.add_hold(connection, hold)
        plans.release(connection, plan_id, total, hold.id if hold else None)
        plans.close_empty_holds(connection, mapping.system, at)
    total.update(planned=total["changes"], held=total["changes"] if hold else 0)
    return total


def _concerns(connection: Connection, mapping: SystemMapping, total: Counts) -> tuple[str, ...]:
    """Why a person must look at a plan of this size first."""
    guard = mapping.guard
    limits = Limits(guard.max_changes, guard.max_share, guard.max_creates, guard.max_clears)
    known = records.count(connection, mapping.system)
    first = not plans.ever_released(connection, mapping.system)
    size = Size(total["changes"], total["creates"], total["clears"], known, first, total["waited"])
    return reasons(size, limits)
