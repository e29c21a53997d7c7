"""What was answered as done, and not seen at once, is done where a pull has shown it; the ledger follows."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from hub.flow.hub import Hub
from hub.golden.record import SourceRecord
from hub.model.unique import new_id
from hub.model.value import Value
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
    for one, record in _records(connection, system, accepted):
        there = [name for name in one.fields if record.is_settled([name])]
        if len(there) < len(one.fields) and not record.is_unseen(one.fields, settled[one.object]):
            continue
        gone = [name for name in one.fields if name not in there]
        ledger.settle(connection, one, there, "done")
        ledger.settle(connection, one, gone, ledger.IGNORED)
        ledger.put_instead(connection, one, _shares(one, record, gone))
        _mark(connection, hub, one, there, gone)


def _shares(change: Change, record: SourceRecord, names: Sequence[str]) -> dict[str, Value]:
    """Field of which a share of what was sent has come to stand there → what does."""
    some = {name: cell for name in names if (cell := record.cells.get(name)) and cell.placed}
    return {
        name: cell.base
        for name, cell in some.items()
        if cell.base is not None and cell.base != change.fields[name]["before"]
    }


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
