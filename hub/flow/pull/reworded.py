"""What the hub sent, and what was refused, in the words of a file that reads the same places otherwise."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from hub.golden.claims import Refused
from hub.golden.record import SourceRecord
from hub.golden.roll import Roll
from hub.golden.state import FORMER, Cell
from hub.mapping.lens import Lens
from hub.mapping.places import as_read_now, element_as_read_now
from hub.model.value import Slots, Value


def reworded(record: SourceRecord, name: str, lenses: tuple[Lens, Lens]) -> SourceRecord:
    """What the hub sent, and what was refused, as the system would show it by the new rules."""
    cell, roll = record.cells.get(name), record.rolls.get(name)
    if cell and (cell.flight or cell.refused):
        turned = partial(as_read_now, *lenses)
        return replace(record, cells={**record.cells, name: _cell_anew(cell, turned)})
    if roll and (roll.flight or roll.refused):
        return replace(record, rolls={**record.rolls, name: _roll_anew(roll, lenses)})
    return record


def _cell_anew(cell: Cell, turned: "partial[Value | None]") -> Cell:
    return cell._replace(
        flight=tuple(one._replace(value=turned(one.value)) for one in cell.flight),
        refused=_both(cell.refused, [one._replace(value=turned(one.value)) for one in cell.refused]),
    )


def _both(as_refused: Sequence[Refused], as_read_now: Sequence[Refused]) -> tuple[Refused, ...]:
    """What was refused, in the words of then and of now: it still is when the file is put back."""
    new = [one for one in as_read_now if one not in as_refused]
    return (*as_refused, *new)[-FORMER:]


def _roll_anew(roll: Roll, lenses: tuple[Lens, Lens]) -> Roll:
    def turned(slots: Any) -> Any:
        some: Slots = tuple(slots) if isinstance(slots, list) else ()
        found = [element_as_read_now(*lenses, one) for one in some]
        return found if isinstance(slots, list) else slots

    return roll._replace(
        flight=tuple(one._replace(value=turned(one.value)) for one in roll.flight),
        refused=_both(roll.refused, [one._replace(value=turned(one.value)) for one in roll.refused]),
    )
