"""What was answered as done, and not seen at once, is done where a pull has shown it; the ledger follows."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from hub.flow.decide.decisions import recalled
from hub.flow.hub import Hub
from hub.golden.record import SourceRecord
from hub.model.keys import RecordKey
from hub.model.unique import new_id
from hub.store import ledger, outbox, queue, records
from hub.store.change import Change
from hub.store.engine import Connection

UNSEEN = "answered as done, and a pull since did not show it: planned anew"


def tick_off(connection: Connection, hub: Hub, system: str) -> None:
    """Field by field: what a pull has shown is done; what it should have shown and did not is planned anew.

    A record that was created is there, whatever of its fields is not.
    """
    accepted = outbox.changes(connection, system, ["accepted"], limit=None)
    settled = {obj: hub.settled_in(connection, system, obj) for obj in {one.object for one in accepted}}
    missed: dict[RecordKey, SourceRecord] = {}
    for one, read in _records(connection, system, accepted):
        record = missed.get(read.key, read)
        coming = [name for name in one.fields if record.in_flight(name)]
        if coming and not record.is_unseen(one.fields, settled[one.object]):
            continue
        there = [name for name in one.fields if name not in coming and not _typed_over(one, record, name)]
        gone = [name for name in one.fields if name not in there]
        ledger.settle(connection, one, there, "done")
        ledger.settle(connection, one, coming, ledger.IGNORED)
        ledger.put_instead(connection, one, _shares(one, record, gone))
        if gone:  # it is awaited no longer: whoever types that very thing from now on has typed it
            missed[record.key] = recalled(record, replace(one, fields={it: one.fields[it] for it in gone}))
        _mark(connection, hub, one, there, gone)
    records.save_cells(connection, list(missed.values()))


def _typed_over(change: Change, record: SourceRecord, name: str) -> bool:
    """Whether a pull showed another thing that somebody typed: nobody knows whether ours ever stood there."""
    both, cell, roll = change.fields[name], record.cells.get(name), record.rolls.get(name)
    if roll is not None:
        before, after = ({one for one in both[it] or () if one} for it in ("before", "after"))
        return bool(after - roll.held or (before - after) & roll.held)
    edited = cell is not None and cell.claim is not None and cell.claim.how == "edit" and not cell.placed
    return edited and cell is not None and cell.base != both["after"]


def _shares(change: Change, record: SourceRecord, names: Sequence[str]) -> dict[str, Any]:
    """Field of which a share of what was sent has come to stand there → what does."""
    stands: dict[str, Any] = {
        name: cell.base for name in names if (cell := record.cells.get(name)) and cell.placed
    }
    stands |= {name: list(roll.base) for name in names if (roll := record.rolls.get(name)) and roll.ours}
    return {name: one for name, one in stands.items() if one and one != change.fields[name]["before"]}


def _records(
    connection: Connection, system: str, accepted: Sequence[Change]
) -> Iterator[tuple[Change, SourceRecord]]:
    """Each change with its record, where that has been read; of a creation the one that came of it."""
    held = records.by_ids(connection, [one.record_id for one in accepted if one.record_id is not None])
    made: dict[tuple[str, str], SourceRecord] = {}
    for obj in {one.object for one in accepted if one.action == "create"}:
        keys = [
            one.raw_key for one in accepted if one.object == obj and one.action == "create" and one.raw_key
        ]
        for key, facets in records.by_raw(connection, system, obj, keys).items():
            made[obj, key] = facets[0]
    for one in accepted:
        record = (
            made.get((one.object, one.raw_key or ""))
            if one.action == "create"
            else held.get(one.record_id or -1)
        )
        if record is not None:
            yield one, record


def _mark(
    connection: Connection, hub: Hub, change: Change, there: Sequence[str], gone: Sequence[str]
) -> None:
    at = hub.now()
    if not gone:
        outbox.mark(connection, [change.id], "done", at)
        return
    rest = replace(
        change, id=new_id(), action="update", fields={name: change.fields[name] for name in gone}, own={}
    )
    whole = change.action == "update" and not there
    if not whole:
        outbox.mark(connection, [change.id], "done", at)
        outbox.narrow(connection, change.id, {name: change.fields[name] for name in there})
        outbox.add_changes(connection, outbox.plan_of(connection, change.id), [rest], at)
    outbox.mark(connection, [change.id if whole else rest.id], "superseded", at, UNSEEN)
    queue.enqueue(connection, [change.system], [change.golden_id], at)
