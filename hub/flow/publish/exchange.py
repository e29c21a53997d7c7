"""One batch: looked at, noted, written, and looked at once more. Each step may be the last.

The look and the write wait for the system's limits together, before the look, and every try looks again: so
nothing that was looked at grows old while the hub waits.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from connectors.contract import RawRecord, Receipt, Write
from connectors.errors import ConnectorError, ContractBroken, Refused, Transient, Unsure
from hub.codecs.contract import CodecError
from hub.flow.publish.answers import mark_all, note_answers
from hub.flow.publish.desk import Batch, Desk
from hub.flow.publish.recheck import Checked, checked
from hub.flow.publish.whole import whole
from hub.golden import cell as cells
from hub.golden import roll as rolls
from hub.golden.record import SourceRecord
from hub.mapping.paths import places, shows
from hub.store import outbox, records
from hub.store.change import Change
from hub.store.runs import Counts

TRIES = 8
"""More often a system that asks to wait is not asked again in one run; the connector gives up before that."""


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
    counts = note_answers(desk, batch)
    counts.update(Counter(one.outcome for one in checks if not one.send))
    return counts


def _note_sending(desk: Desk, checks: Sequence[Checked], batch: Batch) -> None:
    """Before the request leaves: what is in flight, and what need not be sent at all."""
    at = desk.hub.now()
    unsent = [one for one in checks if not one.send]
    for row, record in _leaving(batch, at):
        batch.records[row] = record
    with desk.hub.store.begin() as connection:
        mark_all(connection, [(one.change.id, one.outcome, one.message) for one in unsent], at)
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
    drawn = [_write(desk, batch, one) for one in batch.changes]
    unfit = [one for one in drawn if isinstance(one, Receipt)]
    writes = [one for one in drawn if isinstance(one, Write)]
    try:
        return [*unfit, *(desk.connector.push(desk.obj.name, writes) if writes else ())]
    except Unsure as error:
        return [*unfit, *(Receipt(one.ref, "unsure", message=str(error)) for one in writes)]
    except Refused as error:
        return [*unfit, *(Receipt(one.ref, "refused", message=str(error)) for one in writes)]


def _write(desk: Desk, batch: Batch, change: Change) -> Write | Receipt:
    """What is sent: of a unit with a changed place all of it, as it was just seen; or why nothing can be."""
    seen = batch.seen.get(change.raw_key or "")
    record = batch.records.get(change.record_id or -1)
    data = change.data
    if seen is not None and record is not None:
        try:
            data = whole(desk.mapping, record, change, seen.data)
        except CodecError as error:
            return Receipt(change.id, "refused", message=str(error))
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
