"""Several records that are one by now: each field goes on as that one said it who shows it still. Pure.

A merge is no edit: what one of them showed and the new one shows was typed (or put there by the hub) when it
was. Only what none of them showed was typed since.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hub.golden.cell import Cell
from hub.golden.claims import Claim
from hub.golden.record import Shown, SourceRecord
from hub.golden.regroup import New, widened
from hub.golden.roll import Roll
from hub.model.opinion import Opinion
from hub.model.value import Slots, Value


def unlike(record: SourceRecord, shown: Shown) -> tuple[int, int]:
    """How little a reading is like what a record showed: fields that differ, and fewer that agree first."""
    bases = {name: cell.base for name, cell in record.cells.items() if cell.base is not None}
    alike = sum(shown.values.get(name) == value for name, value in bases.items())
    return len(bases) - alike, -alike


def joined(
    record: SourceRecord, others: Sequence[SourceRecord], shown: Shown, opinions: Mapping[str, Opinion]
) -> SourceRecord:
    """``record``, which goes on as what it and ``others`` were merged into and which a reading ``shown``."""
    cells = {
        name: _cell(
            [one.cells[name] for one in (record, *others) if name in one.cells], value, opinions.get(name)
        )
        for name, value in shown.values.items()
    }
    rolls = {
        name: _roll([one.rolls[name] for one in (record, *others) if name in one.rolls], slots)
        for name, slots in shown.slots.items()
    }
    now = {name: one for name, one in cells.items() if one is not None}
    lists = {name: one for name, one in rolls.items() if one is not None}
    stands = {name for name, one in now.items() if one.base == shown.values[name]}
    stands |= {name for name, one in lists.items() if one.base == shown.slots[name]}
    prints = {name: one for name, one in shown.prints.items() if name in stands}
    return replace(
        record,
        cells={**record.cells, **now},
        rolls={**record.rolls, **lists},
        shown={**record.shown, **prints},
    )


def _cell(cells: Sequence[Cell], value: Value | None, opinion: Opinion | None) -> Cell | None:
    """The cell of whoever shows this, or soon will; of several who show its parts one that has them all."""
    if value is None:  # no merge empties: who had something had it taken away
        return next((one for one in cells if one.base is not None), cells[0] if cells else None)
    for one in cells:
        if value == one.base or any(value == it.value for it in one.flight):
            return one
    if isinstance(value, dict) and opinion is not None:
        for one in cells:
            if (whole := _whole(one, cells, value, opinion)) is not None:
                return whole
    return cells[0] if cells else None


def _whole(cell: Cell, cells: Sequence[Cell], value: Mapping[str, Value], opinion: Opinion) -> Cell | None:
    """The cell with the parts that others have; None where something stands there that nobody had."""
    mine = cell.base if isinstance(cell.base, dict) else {}
    if not mine.items() <= value.items():
        return None
    said: dict[str, Value] = {}
    at = ""
    for name in value.keys() - mine.keys():
        of = [one for one in cells if isinstance(one.base, dict) and one.base.get(name) == value[name]]
        if not of:
            return None
        told = [one.claim for one in of if one.claim and not one.overwritten]
        if told:
            said[name] = value[name]
            at = max(at, told[0].at)
    return widened(cell, New(said, at), opinion)._replace(base=dict(value))


def _roll(rolls: Sequence[Roll], slots: Slots) -> Roll | None:
    """The first list with the elements that others had and that stand here now, as they were said there.

    What had to make room for one of those nobody took away.
    """
    if not rolls:
        return None
    own, *others = rolls
    if slots == own.base or any(list(slots) == one.value for one in own.flight):
        return own
    come = {
        element: one for one in reversed(others) for element in one.held & {*slots} if element not in own.held
    }
    theirs = {element for one in others for element in one.held}
    room = {was for was, now in zip(own.base, slots, strict=False) if was != now and now in theirs}
    stood = [one for one in own.base if one is not None and not (one in room and one not in slots)]
    base = tuple(slots) if {*stood, *come} == {*slots} - {None} else (*stood, *come)
    claims: dict[str, Claim] = {one: of.claims[one] for one, of in come.items() if one in of.claims}
    ours = {one for one, of in come.items() if one in of.ours}
    return own._replace(base=base, claims={**own.claims, **claims}, ours=own.ours & {*base} | ours)
