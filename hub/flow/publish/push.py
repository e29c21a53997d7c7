"""Send what is ready, in small steps that may each be the last: re-read, note, send, note the answer.

A crash between any two is safe: what was noted as sending and has no answer is taken as unsure, and
the next pull shows whether it landed.
"""

from collections.abc import Iterator, Sequence

from connectors.contract import Connector
from hub.flow.errors import PublishStopped
from hub.flow.hub import Hub
from hub.flow.publish.answers import unheard
from hub.flow.publish.desk import Desk
from hub.flow.publish.exchange import exchange
from hub.flow.publish.lookup import settle_creations
from hub.flow.publish.order import moves, parking, restoring, steps
from hub.mapping.spec import ObjectMapping, SystemMapping
from hub.store import ledger, outbox, plans, records
from hub.store.change import Change
from hub.store.runs import Counts

CANARY, WAVE = 20, 100
"""The first wave and the others; a mistake in a mapping shows before thousands have it."""
LEFT_PARKED = "it was put aside so that another record could take its value, and was refused the new one"
STUCK = "records exchange values here, and the mapping names nothing to park one by"
FEW_REFUSED = 10
TOO_MANY_REFUSED = 0.5
"""The share of a wave that, refused, stops the rest."""


def push(hub: Hub, system: str) -> Counts:
    """Send every ready change of a system; counts by answer.

    Raises Denied and ContractBroken as they come, and Transient when the system cannot be reached:
    what was not sent stays ready.
    """
    mapping = hub.mapping(system)
    counts: Counts = Counts(sent=0, done=0, accepted=0, refused=0)
    if not _has_work(hub, system):
        return counts
    connector = hub.connect(mapping)
    for obj in mapping.objects.values():
        settle_creations(hub, mapping, connector, obj)
        counts += _push_object(hub, mapping, connector, obj)
    return counts


def close_unanswered(hub: Hub, system: str) -> None:
    """What an earlier run sent and never heard of: the cells know it is in flight, the next pull shows it."""
    with hub.store.read() as connection:
        stale = outbox.changes(connection, system, ["sending"])
    if not stale:
        return
    with hub.store.begin() as connection:
        unheard(connection, hub, stale, "no answer was stored")
        ledger.enter(connection, [(one, one.raw_key or "", "unsure") for one in stale], hub.now())


def _has_work(hub: Hub, system: str) -> bool:
    with hub.store.read() as connection:
        return bool(outbox.changes(connection, system, ["ready", "unsure"], limit=1))


def _push_object(hub: Hub, mapping: SystemMapping, connector: Connector, obj: ObjectMapping) -> Counts:
    """Wave by wave, the first a small one. Raises PublishStopped where most of a wave is refused."""
    counts = _push_moves(Desk(hub, mapping, connector, obj))
    size = CANARY if obj.facets and connector.sheet.objects[obj.name].writable else 0
    while size:
        with hub.store.read() as connection:
            ready = outbox.changes(connection, mapping.system, ["ready"], limit=size, obj=obj.name)
        batch = _one_each(ready)
        if not batch:
            return counts
        answered = _push_wave(Desk(hub, mapping, connector, obj), batch)
        counts += answered
        fresh = [one for one in batch if one.message != outbox.ALONE]
        if answered["refused at once"] > max(FEW_REFUSED, TOO_MANY_REFUSED * len(fresh)):
            _stop(hub, mapping, obj, answered["refused at once"], len(fresh))
        size = WAVE
    return counts


def _stop(hub: Hub, mapping: SystemMapping, obj: ObjectMapping, refused: int, sent: int) -> None:
    """The rest waits for a person: a mistake in a mapping is not made thousands of times."""
    why = f"{refused} of {sent} {obj.name} sent were refused"
    with hub.store.begin() as connection:
        plans.hold_ready(connection, mapping.system, why, hub.now())
    raise PublishStopped(
        f"{mapping.system}: {why}; the rest is held. Look at the reasons with klantbeeld plan, correct the "
        "mapping or the values, then release or reject what is held"
    )


def _one_each(ready: Sequence[Change]) -> list[Change]:
    """At most one change a record: the second is judged against what the first left."""
    first = {one.raw_key or one.id: one for one in reversed(ready)}
    return list(reversed(first.values()))


def _push_moves(desk: Desk) -> Counts:
    """What must go in order first: values that no two records may share."""
    counts: Counts = Counts()
    sheet = desk.connector.sheet.objects[desk.obj.name]
    if not sheet.unique or not sheet.writable:
        return counts
    system, name = desk.mapping.system, desk.obj.name
    with desk.hub.store.read() as connection:
        ready = outbox.changes(connection, system, ["ready"], limit=None, obj=name, chained=True)
    found = moves(desk.obj, sheet, ready)
    parked = []
    for step in steps(found):
        if step.parked is not None:
            parked.append(step.parked)
            counts += _park(desk, *step.parked)
        for batch in _rounds(step.changes):
            counts += _push_wave(desk, batch)
    for change, field in parked:
        counts += _unpark(desk, change, field)
    return counts


def _rounds(changes: Sequence[Change]) -> Iterator[Sequence[Change]]:
    """At most one change a record at a time."""
    left = list(changes)
    while left:
        yield (batch := _one_each(left))
        sent = {one.id for one in batch}
        left = [one for one in left if one.id not in sent]


def _park(desk: Desk, change: Change, name: str) -> Counts:
    """Take a value out of the way; where the mapping has no place for it a person must."""
    with desk.hub.store.begin() as connection:
        record = records.by_ids(connection, [change.record_id or -1]).get(change.record_id or -1)
        lens = record and desk.mapping.lens(desk.obj.name, record.key.kind, record.key.key, name)
        parked = parking(lens, change, name) if lens else None
        if parked is None:
            plans.hold_one(connection, change, f"{name}: {STUCK}", desk.hub.now())
            return Counts()
        outbox.add_changes(connection, outbox.plan_of(connection, change.id), [parked], desk.hub.now())
    return exchange(desk, [parked])


def _unpark(desk: Desk, change: Change, name: str) -> Counts:
    """What was parked in vain shows again what it showed; where another has that by now a person is asked."""
    with desk.hub.store.begin() as connection:
        failed = outbox.still(connection, [change], "refused")
        record = records.by_ids(connection, [change.record_id or -1]).get(change.record_id or -1)
        lens = record and desk.mapping.lens(desk.obj.name, record.key.kind, record.key.key, name)
        back = restoring(lens, change, name) if failed and lens else None
        if back is None:
            return Counts()
        outbox.add_changes(connection, outbox.plan_of(connection, change.id), [back], desk.hub.now())
    counts = exchange(desk, [back])
    with desk.hub.store.begin() as connection:
        if outbox.still(connection, [back], "refused"):
            plans.hold_one(connection, change, f"{name}: {LEFT_PARKED}", desk.hub.now())
    return counts


def _push_wave(desk: Desk, wave: Sequence[Change]) -> Counts:
    """In the system's own batches, each looked at right before it is written."""
    counts: Counts = Counts()
    size = desk.connector.sheet.objects[desk.obj.name].batch_size
    for start in range(0, len(wave), size):
        counts += exchange(desk, wave[start : start + size])
    return counts
