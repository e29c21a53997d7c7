"""What people decide about writing: release a held plan, reject it, or offer what was refused once more."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from hub.flow.errors import NotFound
from hub.flow.faults import store_faults
from hub.flow.hub import Hub
from hub.flow.present import trusted
from hub.golden import cell as cells
from hub.golden import roll as rolls
from hub.golden.cell import Cell
from hub.golden.claims import Refused
from hub.golden.record import SourceRecord
from hub.golden.roll import Roll
from hub.model.instant import DAWN, Instant
from hub.model.value import canonical
from hub.store import outbox, plans, queue, records
from hub.store.change import Change
from hub.store.engine import Connection
from hub.store.outbox import SETTLED
from hub.store.plans import Hold

BLOCKED = ("refused", "rejected")


def decide(
    hub: Hub, hold_id: str, *, approve: bool, who: str, why: str, only: Collection[str] | None = None
) -> int:
    """Release or reject what a hold keeps back; returns how many changes that concerns. Raises NotFound.

    ``only``: of these changes; the others go on waiting. A rejected value, an emptying too, is not proposed
    again for its cell until somebody types it, or until :func:`offer_again`.
    """
    with store_faults():
        if approve:
            return _decided(hub, hold_id, "approved", who, why, only)
        with hub.store.alone(f"system {_system_of(hub, hold_id)}"):  # for it changes cells
            return _decided(hub, hold_id, "rejected", who, why, only)


def _system_of(hub: Hub, hold_id: str) -> str:
    with hub.store.read() as connection:
        return _open_hold(connection, hold_id).system


def _open_hold(connection: Connection, hold_id: str) -> Hold:
    for one in plans.holds(connection, "open"):
        if one.id == hold_id:
            return one
    raise NotFound(f"no open hold '{hold_id}'; klantbeeld plan lists them")


def _decided(hub: Hub, hold_id: str, state: str, who: str, why: str, only: Collection[str] | None) -> int:
    with hub.store.begin() as connection:
        trusted(connection)
        found = _open_hold(connection, hold_id)
        if only is not None and not {one.id for one in plans.held_by(connection, hold_id)} <= {*only}:
            found = plans.set_apart(connection, found, only)
        mine = plans.held_by(connection, found.id)
        if state == "rejected":
            _block(connection, mine, hub.now())
        else:
            _judge_again(connection, found, mine, hub.now())
        return plans.decide(connection, found.id, state, who, why, hub.now())


def _judge_again(connection: Connection, found: Hold, approved: Sequence[Change], at: Instant) -> None:
    """What comes of the same edit and is held for other systems is planned and judged anew there.

    Until then it waits where it does: who rejects it there meanwhile is heard.
    """
    causes = {(one.golden_id, name) for one in approved for name in one.fields}
    others = [
        one
        for one in outbox.held_for(connection, {golden_id for golden_id, _ in causes})
        if one.system != found.system and {(one.golden_id, name) for name in one.fields} <= causes
    ]
    outbox.note(connection, [one.id for one in others], SETTLED)
    for one in others:
        queue.enqueue(connection, [one.system], [one.golden_id], at)


def offer_again(hub: Hub, system: str) -> int:
    """Forget that a system or a person refused values there: they are planned anew. Returns how many."""
    hub.mapping(system)
    with store_faults(), hub.store.alone(f"system {system}"), hub.store.begin() as connection:
        refused = outbox.changes(connection, system, BLOCKED, limit=None)
        rows = sorted({one.record_id for one in refused if one.record_id is not None})
        held = records.by_ids(connection, rows)
        records.save_cells(connection, [_unblocked(one) for one in held.values()])
        outbox.mark(connection, [one.id for one in refused], "released", hub.now())
        queue.enqueue(connection, [system], {one.golden_id for one in refused}, hub.now())
    return len(refused)


def offer_freed(
    connection: Connection, system: str, obj: str, freed: Mapping[str, Collection[str] | None], at: Instant
) -> int:
    """Offer again what a system refused and may take now; returns how many.

    ``freed``: field → values that some record of the object does not hold any more; None: any may be taken.
    """
    refused = [
        (one, name)
        for one in outbox.changes(connection, system, ["refused"], limit=None, obj=obj)
        for name, both in one.fields.items()
        if name in freed and _takes(both["after"], freed[name])
    ]
    held = records.by_ids(connection, sorted({one.record_id for one, _ in refused if one.record_id}))
    for one, name in refused:
        if one.record_id in held:
            held[one.record_id] = _offered(held[one.record_id], name, one.answered_at or "")
    records.save_cells(connection, held.values())
    outbox.mark(connection, [one.id for one, _ in refused], "released", at)
    queue.enqueue(connection, [system], {one.golden_id for one, _ in refused}, at)
    return len(refused)


def _takes(after: Any, freed: Collection[str] | None) -> bool:
    some = after if isinstance(after, list) else [after]
    return any(freed is None or canonical(one).casefold() in freed for one in some if one is not None)


def _block(connection: Connection, rejected: Sequence[Change], at: Instant) -> None:
    rows = sorted({one.record_id for one in rejected if one.record_id is not None})
    held = records.by_ids(connection, rows)
    for one in rejected:
        if one.record_id is not None and one.record_id in held:
            held[one.record_id] = recalled(held[one.record_id], one, refused=at)
    records.save_cells(connection, held.values())


def recalled(record: SourceRecord, change: Change, refused: Instant | None = None) -> SourceRecord:
    """The record when a change certainly did not happen; one ``refused`` then is not offered again."""
    back_cells = {
        name: cells.recalled(record.cells.get(name) or Cell(), both["after"], refused)
        for name, both in change.fields.items()
        if name not in change.lists
    }
    back_rolls = {
        name: rolls.recalled(record.rolls.get(name) or Roll(), tuple(both["after"]), refused)
        for name, both in change.fields.items()
        if name in change.lists
    }
    return replace(record, cells={**record.cells, **back_cells}, rolls={**record.rolls, **back_rolls})


def _unblocked(record: SourceRecord) -> SourceRecord:
    """The record without refusals in any of its fields."""
    return replace(
        record,
        cells={name: one._replace(refused=(), tries=0) for name, one in record.cells.items()},
        rolls={name: one._replace(refused=(), tries=0) for name, one in record.rolls.items()},
    )


def _offered(record: SourceRecord, name: str, at: Instant) -> SourceRecord:
    """The record without what its system refused of a field at that moment, or at one that nobody noted.

    What a person rejected since stays so.
    """
    cell, roll = record.cells.get(name), record.rolls.get(name)
    cells_ = {name: cell._replace(refused=_others(cell.refused, at), tries=0)} if cell else {}
    rolls_ = {name: roll._replace(refused=_others(roll.refused, at), tries=0)} if roll else {}
    return replace(record, cells={**record.cells, **cells_}, rolls={**record.rolls, **rolls_})


def _others(refused: Sequence[Refused], at: Instant) -> tuple[Refused, ...]:
    return tuple(one for one in refused if one.at not in (at, DAWN))
