"""One batch: looked at, noted, written, and looked at once more. Each step may be the last.

The look and the write wait for the system's limits together, before the look, and every try looks again: so
nothing that was looked at grows old while the hub waits.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from connectors.contract import Connector, RawRecord, Receipt, Write
from connectors.errors import ConnectorError, ContractBroken, Refused, Transient, Unsure
from hub.flow.decide.decisions import offer_freed, recalled
from hub.flow.hub import Hub
from hub.flow.publish.order import moves
from hub.flow.publish.recheck import Checked, as_it_stands, checked, seen_after
from hub.flow.publish.taken import Answered, not_taken
from hub.flow.publish.whole import whole
from hub.golden import cell as cells
from hub.golden import roll as rolls
from hub.golden.record import SourceRecord
from hub.mapping.paths import places, shows
from hub.mapping.spec import ObjectMapping, SystemMapping
from hub.store import ledger, outbox, queue, raw, records
from hub.store.change import Change
from hub.store.engine import Connection
from hub.store.runs import Counts

UNHEARD = "no answer came"
UNSEEN = "answered, and not seen yet"
TRIES = 8
"""More often a system that asks to wait is not asked again in one run; the connector gives up before that."""


Stands = Mapping[str, Mapping[str, Any]]
"""Key → the record as it was last received."""


@dataclass(slots=True)
class Batch:
    """Changes sent together."""

    changes: Sequence[Change]
    records: dict[int, SourceRecord]
    seen: Mapping[str, RawRecord]
    receipts: dict[str, Receipt] = field(default_factory=dict)
    after: dict[str, RawRecord] = field(default_factory=dict)
    """Key → the record right after the write."""
    answers: frozenset[str] = frozenset()
    """The keys of those that the very answer showed, with all that was written."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Whom one exchange is with."""

    hub: Hub
    mapping: SystemMapping
    connector: Connector
    obj: ObjectMapping


def exchange(desk: Desk, changes: Sequence[Change]) -> Counts:
    """Send these changes; counts by answer. Where Transient or Denied is raised they are ready again."""
    for _ in range(TRIES - 1):
        try:
            return _once(desk, changes)
        except Unsure:
            raise
        except Transient:
            with desk.hub.store.read() as connection:
                changes = outbox.still(connection, changes, "ready")
    return _once(desk, changes)


def _once(desk: Desk, changes: Sequence[Change]) -> Counts:
    desk.connector.ready(desk.obj.name, len(changes))
    checks = checked(desk.hub, desk.mapping, desk.connector, desk.obj, changes)
    ready = [one for one in checks if one.send]
    batch = Batch(
        [one.change for one in ready],
        {one.row: one.record for one in ready if one.row is not None and one.record is not None},
        {one.change.raw_key: one.seen for one in ready if one.change.raw_key and one.seen},
    )
    _note_sending(desk, checks, batch)
    if batch.changes:
        _send(desk, batch)
        _look_again(desk, batch)
    counts = _note_answers(desk, batch)
    counts.update(Counter(one.outcome for one in checks if not one.send))
    return counts


def _note_sending(desk: Desk, checks: Sequence[Checked], batch: Batch) -> None:
    """Before the request leaves: what is in flight, and what need not be sent at all."""
    at = desk.hub.now()
    unsent = [one for one in checks if not one.send]
    for row, record in _leaving(batch, at):
        batch.records[row] = record
    with desk.hub.store.begin() as connection:
        _mark_all(connection, [(one.change.id, one.outcome, one.message) for one in unsent], at)
        outbox.mark(connection, [one.id for one in batch.changes], "sending", at)
        seen = [one.record for one in unsent if one.record is not None]
        records.save_cells(connection, [*seen, *batch.records.values()])


def _leaving(batch: Batch, at: str) -> Iterator[tuple[int, SourceRecord]]:
    for one in batch.changes:
        if one.record_id is not None and one.record_id in batch.records:
            yield one.record_id, _in_flight(batch.records[one.record_id], one, at)


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


def _send(desk: Desk, batch: Batch) -> None:
    """Send; what gets no answer because the system cannot be reached is put back, and the error goes on."""
    try:
        receipts = _receipts(desk, batch)
    except ConnectorError as error:
        if not isinstance(error, ContractBroken):
            _put_back(desk, batch)
        raise
    batch.receipts = {one.ref: one for one in receipts}
    if missing := [one.id for one in batch.changes if one.id not in batch.receipts]:
        name = desk.connector.name
        raise ContractBroken(f"{name}: {len(missing)} writes got no receipt", system=name)


def _receipts(desk: Desk, batch: Batch) -> list[Receipt]:
    writes = [_write(desk, batch, one) for one in batch.changes]
    try:
        return desk.connector.push(desk.obj.name, writes)
    except Unsure as error:
        return [Receipt(one.id, "unsure", message=str(error)) for one in batch.changes]
    except Refused as error:
        return [Receipt(one.id, "refused", message=str(error)) for one in batch.changes]


def _write(desk: Desk, batch: Batch, change: Change) -> Write:
    """What is sent: of a unit with a changed place all of it, as it was just seen."""
    seen = batch.seen.get(change.raw_key or "")
    record = batch.records.get(change.record_id or -1)
    data = change.data
    if seen is not None and record is not None:
        data = whole(desk.mapping, record, change, seen.data)
    return Write(change.id, change.raw_key, data, seen)


def _put_back(desk: Desk, batch: Batch) -> None:
    """What has no answer is ready again. Its cells stay in flight: an update that failed may have landed."""
    with desk.hub.store.begin() as connection:
        outbox.mark(connection, [one.id for one in batch.changes], "ready", desk.hub.now())


def _look_again(desk: Desk, batch: Batch) -> None:
    """What the records show right after: by the very answers, or by a look. A look that fails is none."""
    told = [(one, batch.receipts[one.id]) for one in batch.changes]
    done = [(one, receipt) for one, receipt in told if receipt.status == "done" and receipt.key]
    batch.after = {
        it.key: it.record for one, it in done if it.key and it.record and _shows(it.record, one.data)
    }
    batch.answers = frozenset(batch.after)
    unknown = [it.key for _, it in done if it.key and it.key not in batch.answers]
    try:
        batch.after |= desk.connector.fetch(desk.obj.name, unknown) if unknown else {}
    except ConnectorError:
        return


def _shows(record: RawRecord, written: Mapping[str, Any]) -> bool:
    """Whether an answer shows every place that was written; many show some fields of a record only."""
    return all(shows(record.data, where) for where in places(written))


def _note_answers(desk: Desk, batch: Batch) -> Counts:
    """Store what became of a batch; counts by answer."""
    at = desk.hub.now()
    answered = [(one, batch.receipts[one.id]) for one in batch.changes]
    with desk.hub.store.begin() as connection:
        unsure = [one for one, receipt in answered if receipt.status == "unsure"]
        unheard(connection, desk.hub, unsure, UNHEARD)
        stands = raw.data(connection, desk.mapping.system, desk.obj.name, sorted(batch.after))
        looked, ignored = _looked(desk, batch, stands)
        answered = list(not_taken(connection, answered, ignored, at))
        _mark_all(connection, list(_marks(answered, looked)), at)
        outbox.created(connection, _made(answered))
        ledger.enter(connection, list(_written(answered)), at)
        records.save_cells(connection, _after(answered, batch.records, looked, at))
        _keep_seen(connection, desk, batch, stands, at)
        _offer_freed(connection, desk, answered, at)
        refused = [one for one, receipt in answered if receipt.status == "refused"]
        for one in filter(_several, refused):
            outbox.split(connection, one, outbox.plan_of(connection, one.id), at)
    counts: Counts = Counter(receipt.status for _, receipt in answered)
    counts["sent"] = len(answered)
    # A field offered alone after a refusal is likely to be the reason for it: that is no news.
    counts["refused at once"] = sum(one.message != outbox.ALONE for one in refused)
    return counts


def _offer_freed(connection: Connection, desk: Desk, answered: Sequence[Answered], at: str) -> None:
    """Whoever was refused a value that a record has just let go of may have it now."""
    sheet = desk.connector.sheet.objects[desk.obj.name]
    freed: dict[str, set[str]] = {}
    for one in moves(desk.obj, sheet, (it for it, receipt in answered if receipt.status == "done")):
        freed.setdefault(one.field, set()).update(one.frees)
    if any(freed.values()):
        offer_freed(connection, desk.mapping.system, desk.obj.name, freed, at)


def _keep_seen(connection: Connection, desk: Desk, batch: Batch, stands: Stands, at: str) -> None:
    seen = {
        key: (one, as_it_stands(desk.mapping, desk.obj, one, stands.get(key, {})).data)
        for key, one in batch.after.items()
        if not one.deleted
    }
    raw.looked(connection, desk.mapping.system, desk.obj.name, seen, at)


def _looked(
    desk: Desk, batch: Batch, stands: Stands
) -> tuple[dict[int, SourceRecord], dict[str, frozenset[str]]]:
    """The records by what they showed right after the write, and change → its fields that were ignored."""
    looked: dict[int, SourceRecord] = {}
    ignored: dict[str, frozenset[str]] = {}
    for one in batch.changes:
        key, row = batch.receipts[one.id].key or one.raw_key or "", one.record_id or -1
        if row in batch.records and key in batch.after and batch.receipts[one.id].status == "done":
            record, seen = looked.get(row, batch.records[row]), batch.after[key]
            answer, before = key in batch.answers, stands.get(key, {})
            looked[row], ignored[one.id] = seen_after(
                desk.mapping, desk.obj, record, seen, before, list(one.fields), answer
            )
    return looked, ignored


def _marks(
    answered: Sequence[Answered], looked: Mapping[int, SourceRecord]
) -> Iterator[tuple[str, str, str]]:
    """Change, state and message: done is only what was seen to be there."""
    for one, receipt in answered:
        if receipt.status == "unsure":
            continue
        seen = one.record_id is None or _is_seen(one, looked.get(one.record_id))
        if receipt.status == "done" and not seen:
            yield one.id, "accepted", UNSEEN
        else:
            yield one.id, receipt.status, receipt.message


def _is_seen(change: Change, record: SourceRecord | None) -> bool:
    return record is not None and record.is_settled(change.fields)


def _made(answered: Sequence[Answered]) -> dict[str, str]:
    """Creation → the key the system gave its record."""
    done = [(one, it) for one, it in answered if it.status == "done" and one.action == "create"]
    return {one.id: it.key or "" for one, it in done}


def _written(answered: Sequence[Answered]) -> Iterator[ledger.Written]:
    for one, receipt in answered:
        if receipt.status in ("done", "unsure"):
            yield one, receipt.key or one.raw_key or "", receipt.status


def _after(
    answered: Sequence[Answered],
    before: Mapping[int, SourceRecord],
    looked: Mapping[int, SourceRecord],
    at: str,
) -> list[SourceRecord]:
    """The records that are others than ``before``: as looked at, without what certainly did not happen."""
    found = {**before, **looked}
    for one, receipt in answered:
        happened, row = receipt.status in ("done", "unsure"), one.record_id or -1
        if not happened and row in found:
            refused = receipt.status == "refused" and not _several(one)
            found[row] = recalled(found[row], one, at if refused else None)
    return [one for row, one in found.items() if one is not before.get(row)]


def _several(change: Change) -> bool:
    """Whether each of its fields is offered alone when they were refused together."""
    return change.action == "update" and len(change.fields) > 1


def _mark_all(connection: Connection, marks: Iterable[tuple[str, str, str]], at: str) -> None:
    """Changes with the state and message each gets."""
    alike: dict[tuple[str, str], list[str]] = {}
    for change_id, state, message in marks:
        alike.setdefault((state, message), []).append(change_id)
    for (state, message), change_ids in alike.items():
        outbox.mark(connection, change_ids, state, at, message)


def unheard(connection: Connection, hub: Hub, changes: Sequence[Change], message: str) -> None:
    """A creation is looked up before it is tried again; an update is planned again once it would show."""
    at = hub.now()
    creations = [one.id for one in changes if one.action == "create"]
    updates = [one for one in changes if one.action != "create"]
    outbox.mark(connection, creations, "unsure", at, message)
    outbox.mark(connection, [one.id for one in updates], "unanswered", at, message)
    for one in updates:
        queue.enqueue(connection, [one.system], [one.golden_id], at)
