"""A field of which a file reads more places than before, or fewer: what stands at the others goes on. Pure.

Claims belong to places. Nobody typed: nothing here says, takes back or dates anything.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from hub.golden.cell import Cell
from hub.golden.claims import Claim, Sent
from hub.golden.roll import Roll
from hub.model.instant import Instant
from hub.model.opinion import Opinion, unit_of
from hub.model.value import Slots, Value


class New(NamedTuple):
    """What stands at places that are read from now on, and since when at the latest."""

    value: Mapping[str, Value]
    at: Instant


def narrowed(cell: Cell, parts: Collection[str]) -> Cell:
    """The cell of a value with parts, of which only these are still read."""
    sent = [(one.value, Sent(_kept(one.value, parts), one.at)) for one in cell.flight]
    return cell._replace(
        base=_kept(cell.base, parts),
        claim=_narrowed(cell.claim, parts) if cell.claim else None,
        intent=_kept(cell.intent, parts),
        flight=tuple(one for was, one in sent if was is None or one.value is not None),
        former=tuple(one for it in cell.former if (one := _kept(it, parts)) is not None),
    )


def _narrowed(claim: Claim, parts: Collection[str]) -> Claim | None:
    """What was typed keeps its times, be it at a place that is lost: a move was one."""
    value = _kept(claim.value, parts)
    removed = tuple(one for it in claim.removed if (one := _kept(it, parts)) is not None)
    if value is None and not (claim.value is None and removed):
        return None
    over = tuple(it._replace(value=one) for it in claim.over if (one := _kept(it.value, parts)) is not None)
    return claim._replace(value=value, removed=removed, over=over)


def _kept(value: Value | None, parts: Collection[str]) -> Value | None:
    if not isinstance(value, dict):
        return value
    return {name: one for name, one in value.items() if name in parts} or None


def widened(cell: Cell, new: New, opinion: Opinion) -> Cell:
    """The cell with what stands at places that are read from now on: it belongs to whoever said the rest."""
    if not new.value:
        return cell
    return cell._replace(
        base=_joined(cell.base, new.value),
        claim=_widened(cell, new, opinion),
        intent=_joined(cell.intent, new.value) if cell.intent is not None else None,
        flight=tuple(
            one if one.value is None else Sent(_joined(one.value, new.value), one.at) for one in cell.flight
        ),
    )


def _joined(value: Value | None, more: Mapping[str, Value]) -> Value:
    return {**(value if isinstance(value, dict) else {}), **more}


def _widened(cell: Cell, new: New, opinion: Opinion) -> Claim | None:
    """The claim with what stands beside it, unit by unit: not beside what the hub wrote over it."""
    was = cell.claim
    said: dict[str, Value] = dict(was.value) if was and isinstance(was.value, dict) else {}
    for unit, parts in opinion.units.items():
        stands, told = (unit_of(opinion, unit, one) for one in (cell.base, was.value if was else None))
        gone = any(unit_of(opinion, unit, one) is not None for one in (was.removed if was else ()))
        if stands == told and not (gone and told is None):
            said |= {name: one for name, one in new.value.items() if not parts or name in parts}
    if not said or (was and said == was.value):
        return was
    if was is None:
        return Claim(said, new.at, "first")
    if was.value is not None:
        return was._replace(value=said)
    away = sorted(part for part in opinion.typed(was.removed, said) if part.startswith("-"))
    return was._replace(value=said, typed=dict.fromkeys(away, was.at))


def slots(roll: Roll, before: Sequence[int | None], stands: Sequence[str | None], at: Instant) -> Roll:
    """The list read at other places.

    ``before``: of each its slot until now, None for a new one; ``stands``: what stands there.
    """

    def moved(old: Slots) -> Slots:
        known = [number if number is not None and number < len(old) else None for number in before]
        return tuple(
            new if number is None else old[number] for number, new in zip(known, stands, strict=True)
        )

    base = moved(roll.base)
    shown = frozenset(one for one in base if one is not None)
    first = {one: Claim(one, at, "first") for one in shown - roll.held - roll.claims.keys() - roll.ours}
    flight = tuple(
        Sent(list(moved(tuple(one.value))), one.at)  # type: ignore[arg-type]
        for one in roll.flight
        if isinstance(one.value, list)
    )
    return roll._replace(base=base, claims={**roll.claims, **first}, ours=roll.ours & shown, flight=flight)
