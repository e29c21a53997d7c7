"""What is left of a wish without what its cell does not take: part by part, element by element. Pure.

A refusal holds until somebody types that very thing after it; that something beside it changed frees nothing.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hub.golden.cell import Cell
from hub.golden.roll import Roll
from hub.model.instant import Instant
from hub.model.opinion import Opinion, Unit, joined_units, unit_of
from hub.model.value import Value


class Typed(NamedTuple):
    """After when a golden value was typed; empty where nobody typed it over something else."""

    last: Instant = ""
    of: Mapping[str, Instant] = {}
    """Unit, or element of a list → the same of it alone, where the field has more than one."""

    def after(self, which: str) -> Instant:
        """After when a unit or an element was typed."""
        return self.of.get(which, "") if self.of else self.last


def unrefused(cell: Cell, value: Value | None, opinion: Opinion, typed: Typed) -> Value | None:
    """The value with what the cell shows where it does not take what is wanted of a unit."""
    if not cell.refused or value is None:
        return value
    shares: dict[str, Value | None] = {}
    for unit in opinion.units:
        wanted, shown = unit_of(opinion, unit, value), unit_of(opinion, unit, cell.base)
        spared = wanted != shown and any(
            one.at >= typed.after(unit) and _is_it(unit_of(opinion, unit, _whole(one.value)), wanted, unit)
            for one in cell.refused
        )
        shares[unit] = shown if spared else wanted
    return joined_units(opinion, shares)


def _is_it(refused: Value | None, wanted: Value | None, unit: Unit) -> bool:
    """Whether what was refused is what is wanted; of a whole, be it that a file reads more of it, or less."""
    if unit or not isinstance(refused, dict) or not isinstance(wanted, dict):
        return refused == wanted
    return refused.items() <= wanted.items() or wanted.items() <= refused.items()


def unrefused_elements(roll: Roll | None, elements: Sequence[str], typed: Typed) -> list[str]:
    """The elements the record takes, and in place of each it does not one that it shows."""
    if roll is None or not roll.refused:
        return list(elements)
    left = [
        one
        for one in elements
        if one in roll.base
        or not any(one in _slots(it.value) and it.at >= typed.after(one) for it in roll.refused)
    ]
    others = [one for one in roll.base if one is not None and one not in elements]
    return [*left, *others[: len(elements) - len(left)]]


def _whole(value: object) -> Value | None:
    found: Value | None = value if isinstance(value, dict | str) else None
    return found


def _slots(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()
