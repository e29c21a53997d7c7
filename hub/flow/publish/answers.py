"""What became of a batch: stored in one transaction, and believed only as far as it was seen."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from hub.flow.decide.decisions import offer_freed, recalled
from hub.flow.hub import Hub
from hub.flow.publish.desk import Batch, Desk, Stands
from hub.flow.publish.order import moves
from hub.flow.publish.recheck import as_it_stands, seen_after, seen_made
from hub.flow.publish.taken import Answered, not_taken
from hub.golden.record import SourceRecord
from hub.store import ledger, outbox, queue, raw, records
from hub.store.change import Change
from hub.store.engine import Connection
from hub.store.runs import Counts

UNHEARD = "no answer came"
UNSEEN = "answered, and not seen yet"


@dataclass(frozen=True, slots=True)
class Looked:
    """What the records showed right after a batch was written."""

    records: dict[int, SourceRecord] = field(default_factory=dict)
    seen: dict[str, Collection[str]] = field(default_factory=dict)
    """Change → its fields that were there."""
    ignored: dict[str, Collection[str]] = field(default_factory=dict)
    """Change → its fields of which what stood there still did."""


def note_answers(desk: Desk, batch: Batch) -> Counts:
    """Store what became of a batch; counts by answer."""
    at = desk.hub.now()
    answered = [(one, batch.receipts[one.id]) for one in batch.changes]
    with desk.hub.store.begin() as connection:
        unsure = [one for one, receipt in answered if receipt.status == "unsure"]
        unheard(connection, desk.hub, unsure, UNHEARD)
        stands = raw.data(connection, desk.mapping.system, desk.obj.name, sorted(batch.after))
        looked = _looked(desk, batch, stands)
        answered = list(not_taken(connection, answered, looked.ignored, at))
        marks = list(_marks(answered, looked.seen))
        mark_all(connection, marks, at)
        outbox.created(connection, _made(answered))
        ledger.enter(connection, list(_written(answered, looked.seen)), at)
        records.save_cells(connection, _after(answered, batch.records, looked.records, at))
        _keep_seen(connection, desk, batch, stands, at)
        _offer_freed(connection, desk, answered, at)
        refused = [one for one, receipt in answered if receipt.status == "refused"]
        for one in filter(_several, refused):
            outbox.split(connection, one, outbox.plan_of(connection, one.id), at)
    counts: Counts = Counter([*(state for _, state, _ in marks), *("unsure" for _ in unsure)])
    counts["sent"] = len(batch.changes)
    # A field offered alone after a refusal is likely to be the reason for it: that is no news. And of one
    # record several fields may be refused.
    counts["refused at once"] = len({one.raw_key or one.id for one in refused if one.message != outbox.ALONE})
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


def _looked(desk: Desk, batch: Batch, stands: Stands) -> Looked:
    """The records by what they showed right after the write."""
    looked = Looked()
    for one in batch.changes:
        key, row = batch.receipts[one.id].key or one.raw_key or "", one.record_id or -1
        if key not in batch.after or batch.receipts[one.id].status != "done":
            continue
        seen = batch.after[key]
        if one.action == "create":
            looked.seen[one.id] = seen_made(desk.mapping, desk.obj, one, seen)
        elif row in batch.records:
            record = looked.records.get(row, batch.records[row])
            answer, before = key in batch.answers, stands.get(key, {})
            after, looked.ignored[one.id] = seen_after(
                desk.mapping, desk.obj, record, seen, before, list(one.fields), answer
            )
            looked.records[row] = after
            looked.seen[one.id] = [name for name in one.fields if after.is_settled([name])]
    return looked


def _marks(
    answered: Sequence[Answered], seen: Mapping[str, Collection[str]]
) -> Iterator[tuple[str, str, str]]:
    """Change, state and message: done is only what was seen to be there."""
    for one, receipt in answered:
        if receipt.status == "unsure":
            continue
        if receipt.status == "done" and not one.fields.keys() <= {*seen.get(one.id, ())}:
            yield one.id, "accepted", UNSEEN
        else:
            yield one.id, receipt.status, receipt.message


def _made(answered: Sequence[Answered]) -> dict[str, str]:
    """Creation → the key the system gave its record."""
    done = [(one, it) for one, it in answered if it.status == "done" and one.action == "create"]
    return {one.id: it.key or "" for one, it in done}


def _written(answered: Sequence[Answered], seen: Mapping[str, Collection[str]]) -> Iterator[ledger.Written]:
    """What is known of each value that may have been written."""
    for one, receipt in answered:
        key = receipt.key or one.raw_key or ""
        if receipt.status == "unsure":
            yield one, key, "unsure"
        elif receipt.status == "done":
            there = {name: both for name, both in one.fields.items() if name in seen.get(one.id, ())}
            rest = {name: both for name, both in one.fields.items() if name not in there}
            yield replace(one, fields=there), key, "done"
            yield replace(one, fields=rest), key, "accepted"


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


def mark_all(connection: Connection, marks: Iterable[tuple[str, str, str]], at: str) -> None:
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
