"""Several records that are one by now: each field goes on as that one said it who shows it still. Pure.

A merge is no edit: what one of them showed and the new one shows was typed (or put there by the hub) when it
was. Only what none of them showed was typed since; and where one of them was never read, not even that: it is
that one's, seen for the first time.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

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


@dataclass(frozen=True, slots=True)
class Joined:
    """What a record goes on as."""

    record: SourceRecord
    left: SourceRecord
    """What it said and the new one does not show, for one that was never read says otherwise there."""


def joined(
    record: SourceRecord,
    others: Sequence[SourceRecord],
    shown: Shown,
    opinions: Mapping[str, Opinion],
    *,
    unread: bool = False,
) -> Joined:
    """``record``, which goes on as what it and ``others`` were merged into and which a reading ``shown``.

    ``unread``: another one that was merged with them was never read.
    """
    told = [record, *others]
    strange = {name for name, value in shown.values.items() if unread and _is_strange(told, name, value)}
    strange |= {name for name, slots in shown.slots.items() if unread and _are_strange(told, name, slots)}
    left = replace(
        record,
        cells={name: one for name, one in record.cells.items() if name in strange},
        rolls={name: one for name, one in record.rolls.items() if name in strange},
    )
    shown = replace(
        shown,
        values={name: one for name, one in shown.values.items() if name not in strange},
        slots={name: one for name, one in shown.slots.items() if name not in strange},
    )
    went_on = _joined(_without(record, strange), others, shown, opinions)
    return Joined(went_on, left)


def _is_strange(told: Sequence[SourceRecord], name: str, value: Value | None) -> bool:
    """Whether none of them showed this value, or any part of it, or is about to."""
    if value is None:
        return False
    known: list[Value | None] = []
    for one in told:
        if cell := one.cells.get(name):
            known += [cell.base, *(sent.value for sent in cell.flight)]
    if value in known:
        return False
    if not isinstance(value, dict):
        return True
    parts = {(part, str(one)) for had in known if isinstance(had, dict) for part, one in had.items()}
    return not all((part, str(one)) in parts for part, one in value.items())


def _are_strange(told: Sequence[SourceRecord], name: str, slots: Slots) -> bool:
    """Whether an element stands there that none of them had, or is about to have."""
    known: set[str | None] = {None}
    for one in told:
        if roll := one.rolls.get(name):
            known |= roll.held
            lists = (sent.value for sent in roll.flight if isinstance(sent.value, list))
            known |= {str(each) for some in lists for each in some if each is not None}
    return not {*slots} <= known


def _without(record: SourceRecord, names: Collection[str]) -> SourceRecord:
    return replace(
        record,
        cells={name: one for name, one in record.cells.items() if name not in names},
        rolls={name: one for name, one in record.rolls.items() if name not in names},
        shown={name: one for name, one in record.shown.items() if name not in names},
    )


def _joined(
    record: SourceRecord, others: Sequence[SourceRecord], shown: Shown, opinions: Mapping[str, Opinion]
) -> SourceRecord:
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
