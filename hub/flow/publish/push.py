"""Send what is ready, in small steps that may each be the last: re-read, note, send, note the answer.

A crash between any two is safe: what was noted as sending and has no answer is taken as unsure, and
the next pull shows whether it landed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from connectors.contract import Connector, RawRecord, Receipt, Write
from connectors.errors import ContractBroken, Denied, Refused, Transient, Unsure
from hub.flow.decide.decisions import recalled
from hub.flow.errors import PublishStopped
from hub.flow.hub import Hub
from hub.flow.publish.lookup import settle_creations
from hub.flow.publish.recheck import Checked, checked
from hub.golden import cell as cells
from hub.golden import roll as rolls
from hub.golden.record import SourceRecord
from hub.mapping.spec import ObjectMapping, SystemMapping
from hub.store import ledger, outbox, plans, queue, records
from hub.store.change import Change
from hub.store.engine import Connection
from hub.store.runs import Counts

CANARY, WAVE = 20, 100
"""The first wave and the others; a mistake in a mapping shows before thousands have it."""
UNHEARD = "no answer came"
FEW_REFUSED = 10
TOO_MANY_REFUSED = 0.5
"""The share of a wave that, refused, stops the rest."""


@dataclass(slots=True)
class Wave:
    """Changes sent together."""

    changes: Sequence[Change]
    records: Mapping[int, SourceRecord]
    seen: Mapping[str, RawRecord]
    receipts: dict[str, Receipt] = field(default_factory=dict)


def push(hub: Hub, system: str) -> Counts:
    """Send every ready change of a system; counts by answer.

    Raises Denied and ContractBroken as they come, and Transient when the system cannot be reached:
    what was not sent stays ready.
    """
    mapping = hub.mapping(system)
    counts: Counts = Counts(sent=0, done=0, refused=0)
    _close_unanswered(hub, system)
    if not _has_work(hub, system):
        return counts
    connector = hub.connect(mapping)
    for obj in mapping.objects.values():
        settle_creations(hub, mapping, connector, obj)
        counts += _push_object(hub, mapping, connector, obj)
    return counts


def _close_unanswered(hub: Hub, system: str) -> None:
    """What an earlier run sent and never heard of: the cells know it is in flight, the next pull shows it."""
    with hub.store.begin() as connection:
        stale = outbox.changes(connection, system, ["sending"])
        _unheard(connection, hub, stale, "no answer was stored")
        ledger.enter(connection, [(one, one.raw_key or "", "unsure") for one in stale], hub.now())


def _unheard(connection: Connection, hub: Hub, changes: Sequence[Change], message: str) -> None:
    """A creation is looked up before it is tried again; an update is planned again once it would show."""
    at = hub.now()
    creations = [one.id for one in changes if one.action == "create"]
    updates = [one for one in changes if one.action != "create"]
    outbox.mark(connection, creations, "unsure", at, message)
    outbox.mark(connection, [one.id for one in updates], "unanswered", at, message)
    for one in updates:
        queue.enqueue(connection, [one.system], [one.golden_id], at)


def _has_work(hub: Hub, system: str) -> bool:
    with hub.store.read() as connection:
        return bool(outbox.changes(connection, system, ["ready", "unsure"], limit=1))


def _push_object(hub: Hub, mapping: SystemMapping, connector: Connector, obj: ObjectMapping) -> Counts:
    """Wave by wave, the first a small one. Raises PublishStopped where most of a wave is refused."""
    counts: Counts = Counts()
    size = CANARY if obj.facets and connector.sheet.objects[obj.name].writable else 0
    while size:
        with hub.store.read() as connection:
            ready = outbox.changes(connection, mapping.system, ["ready"], limit=size, obj=obj.name)
        batch = _one_each(ready)
        if not batch:
            return counts
        answered = _push_wave(hub, mapping, connector, obj, batch)
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


def _push_wave(
    hub: Hub, mapping: SystemMapping, connector: Connector, obj: ObjectMapping, batch: Sequence[Change]
) -> Counts:
    checks = checked(hub, mapping, connector, obj, batch)
    ready = [one for one in checks if one.send]
    wave = Wave(
        [one.change for one in ready],
        {one.row: one.record for one in ready if one.row is not None and one.record is not None},
        {one.change.raw_key: one.seen for one in ready if one.change.raw_key and one.seen},
    )
    _note_sending(hub, checks, wave)
    unsent = _send(hub, connector, obj, wave)
    counts = _note_answers(hub, wave)
    counts.update(Counter(one.outcome for one in checks if not one.send))
    if unsent is not None:
        raise unsent
    return counts


def _note_sending(hub: Hub, checks: Sequence[Checked], wave: Wave) -> None:
    """Before the request leaves: what is in flight, and what need not be sent at all."""
    at = hub.now()
    unsent = [one for one in checks if not one.send]
    with hub.store.begin() as connection:
        _mark_all(connection, [(one.change.id, one.outcome, one.message) for one in unsent], at)
        outbox.mark(connection, [one.id for one in wave.changes], "sending", at)
        seen = [one.record for one in unsent if one.record is not None]
        leaving = [_in_flight(record, one, at) for one, record in _updates(wave)]
        records.save_cells(connection, [*seen, *leaving])


def _mark_all(connection: Connection, marks: Iterable[tuple[str, str, str]], at: str) -> None:
    """Changes with the state and message each gets."""
    alike: dict[tuple[str, str], list[str]] = {}
    for change_id, state, message in marks:
        alike.setdefault((state, message), []).append(change_id)
    for (state, message), change_ids in alike.items():
        outbox.mark(connection, change_ids, state, at, message)


def _updates(wave: Wave) -> Iterator[tuple[Change, SourceRecord]]:
    for one in wave.changes:
        if one.record_id is not None and one.record_id in wave.records:
            yield one, wave.records[one.record_id]


def _in_flight(record: SourceRecord, change: Change, at: str) -> SourceRecord:
    sent_cells = {
        name: cells.sent(record.cells.get(name), both["after"], at)
        for name, both in change.fields.items()
        if name not in change.lists
    }
    sent_rolls = {
        name: rolls.sent(record.rolls.get(name), tuple(both["after"]), at)
        for name, both in change.fields.items()
        if name in change.lists
    }
    return replace(record, cells={**record.cells, **sent_cells}, rolls={**record.rolls, **sent_rolls})


def _send(hub: Hub, connector: Connector, obj: ObjectMapping, wave: Wave) -> Transient | Denied | None:
    """Send a wave in the system's own batches; what got no answer is put back, and why is returned."""
    for some in _slices(wave.changes, connector.sheet.objects[obj.name].batch_size):
        try:
            receipts = _push_slice(connector, obj, wave, some)
        except (Transient, Denied) as error:
            _put_back(hub, wave)
            return error
        wave.receipts |= {one.ref: one for one in receipts}
        if missing := [one.id for one in some if one.id not in wave.receipts]:
            raise ContractBroken(
                f"{connector.name}: {len(missing)} writes got no receipt", system=connector.name
            )
    return None


def _slices(changes: Sequence[Change], size: int) -> Iterator[Sequence[Change]]:
    for start in range(0, len(changes), size):
        yield changes[start : start + size]


def _push_slice(
    connector: Connector, obj: ObjectMapping, wave: Wave, some: Sequence[Change]
) -> list[Receipt]:
    writes = [Write(one.id, one.raw_key, one.data, wave.seen.get(one.raw_key or "")) for one in some]
    try:
        return connector.push(obj.name, writes)
    except Unsure as error:
        return [Receipt(one.id, "unsure", message=str(error)) for one in some]
    except Refused as error:
        return [Receipt(one.id, "refused", message=str(error)) for one in some]


def _put_back(hub: Hub, wave: Wave) -> None:
    """What has no answer is ready again. Its cells stay in flight: an update that failed may have landed."""
    unsent = [one.id for one in wave.changes if one.id not in wave.receipts]
    with hub.store.begin() as connection:
        outbox.mark(connection, unsent, "ready", hub.now())
    wave.changes = [one for one in wave.changes if one.id in wave.receipts]


def _note_answers(hub: Hub, wave: Wave) -> Counts:
    """Store what became of a wave; counts by answer."""
    at = hub.now()
    answered = [(one, wave.receipts[one.id]) for one in wave.changes]
    refused = [one for one, receipt in answered if receipt.status == "refused"]
    with hub.store.begin() as connection:
        _unheard(connection, hub, [one for one, receipt in answered if receipt.status == "unsure"], UNHEARD)
        known = [(one.id, it.status, it.message) for one, it in answered if it.status != "unsure"]
        _mark_all(connection, known, at)
        outbox.created(connection, _made(answered))
        ledger.enter(connection, list(_written(answered)), at)
        records.save_cells(connection, list(_recalled(answered, wave, at)))
        for one in filter(_several, refused):
            outbox.split(connection, one, outbox.plan_of(connection, one.id), at)
    counts: Counts = Counter(receipt.status for _, receipt in answered)
    counts["sent"] = len(answered)
    # A field offered alone after a refusal is likely to be the reason for it: that is no news.
    counts["refused at once"] = sum(one.message != outbox.ALONE for one in refused)
    return counts


Answered = Sequence[tuple[Change, Receipt]]


def _made(answered: Answered) -> dict[str, str]:
    """Creation → the key the system gave its record."""
    done = [(one, it) for one, it in answered if it.status == "done" and one.action == "create"]
    return {one.id: it.key or "" for one, it in done}


def _written(answered: Answered) -> Iterator[ledger.Written]:
    for one, receipt in answered:
        if receipt.status in ("done", "unsure"):
            yield one, receipt.key or one.raw_key or "", receipt.status


def _recalled(answered: Answered, wave: Wave, at: str) -> Iterator[SourceRecord]:
    """The records of changes that certainly did not happen."""
    for one, receipt in answered:
        happened = receipt.status in ("done", "unsure")
        if not happened and one.record_id is not None and one.record_id in wave.records:
            refused = receipt.status == "refused" and not _several(one)
            yield recalled(wave.records[one.record_id], one, at if refused else None)


def _several(change: Change) -> bool:
    """Whether each of its fields is offered alone when they were refused together."""
    return change.action == "update" and len(change.fields) > 1
