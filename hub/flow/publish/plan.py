"""Plan what to write to one system, customer by customer; then the guard judges the plan as a whole."""

from collections.abc import Sequence

from hub.flow.bulk import bulk
from hub.flow.hub import Hub
from hub.flow.publish.draft import Draft, drafts
from hub.flow.publish.judge import judge
from hub.flow.publish.seen import tick_off
from hub.mapping.spec import SystemMapping
from hub.model.unique import new_id
from hub.store import outbox, plans, queue
from hub.store.engine import Connection
from hub.store.runs import Counts

BATCH = 500
"""Customers planned in one transaction."""


def plan(hub: Hub, system: str, run_id: str) -> Counts:
    """Plan every customer queued for a system; then the guard judges the plan as a whole.

    Changes are drafts until it has: whatever the batch size, a plan is held or let go as one.
    """
    mapping = hub.mapping(system)
    total = Counts(changes=0, creates=0, clears=0, waited=0)
    plan_id = _begin(hub, mapping, run_id)
    last = ""
    while queued := _next(hub, system, last):
        total.update(_planned(hub, mapping, plan_id, queued))
        last = max(queued)
    return judge(hub, mapping, plan_id, total)


def _begin(hub: Hub, mapping: SystemMapping, run_id: str) -> str:
    """A new plan; customers with drafts of one that never reached its guard are planned once more."""
    plan_id = new_id()
    with hub.store.begin() as connection:
        left = outbox.changes(connection, mapping.system, ["draft"], limit=None)
        queue.enqueue(connection, [mapping.system], {one.golden_id for one in left}, hub.now())
        plans.add_plan(connection, plan_id, mapping.system, hub.now(), run_id)
        tick_off(connection, hub, mapping.system)
    return plan_id


def _next(hub: Hub, system: str, last: str) -> dict[str, queue.Mark]:
    with hub.store.read() as connection:
        return queue.queued(connection, system, last, BATCH)


@bulk()
def _planned(hub: Hub, mapping: SystemMapping, plan_id: str, queued: dict[str, queue.Mark]) -> Counts:
    """Draw up drafts for some customers on one moment's view, and store them in a short transaction.

    Nobody else moves this system's records and changes meanwhile. Who changes one of these customers
    queues them anew: then their draft is dropped, and the next plan looks at them.
    """
    with hub.store.read() as connection:
        drawn = list(drafts(connection, hub, mapping, sorted(queued)))
    with hub.store.begin() as connection:
        taken = queue.take(connection, mapping.system, queued)
        valid = [one for one in drawn if one.golden_id in taken]
        _store(connection, hub, mapping, plan_id, valid)
    return Counts(
        changes=sum(len(one.changes) for one in valid),
        creates=sum(one.creates for one in valid),
        clears=sum(one.clears for one in valid),
        waited=sum(len(one.kept) for one in valid),
    )


def _store(
    connection: Connection, hub: Hub, mapping: SystemMapping, plan_id: str, valid: Sequence[Draft]
) -> None:
    at = hub.now()
    outbox.mark(connection, [gone for one in valid for gone in one.outdated], "superseded", at)
    outbox.add_changes(connection, plan_id, [change for one in valid for change in one.changes], at)
    again = {one.golden_id for one in valid if one.in_flight}
    queue.enqueue(connection, [mapping.system], again, at)
