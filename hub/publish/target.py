"""What one cell should show of a golden value: in whose words, and what while nothing is decided. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hub.golden.cell import Cell
from hub.model.opinion import Opinion, Standing, Unit, joined_units, unit_of
from hub.model.value import Value


@dataclass(frozen=True, slots=True)
class Stand:
    """A golden value and why each unit of it stands."""

    value: Value | None
    """Of what is undecided what all candidates share."""
    standing: Mapping[Unit, Standing]
    opinion: Opinion
    candidates: Mapping[Unit, Sequence[Value]] = field(default_factory=dict)
    """Unit → the values between which nothing decides."""
    typed: frozenset[Unit] = frozenset()
    """Those of them of which all candidates were typed over something else."""

    @property
    def cut(self) -> Value | None:
        """The whole value as it is cut, whichever candidate may stand."""
        told = {
            unit: self.candidates[unit][0]
            if self.candidates.get(unit)
            else unit_of(self.opinion, unit, self.value)
            for unit in self.opinion.units
        }
        return joined_units(self.opinion, told)

    def undecided(self) -> bool:
        """Whether nothing decides at least one unit."""
        return "undecided" in self.standing.values()


@dataclass(frozen=True, slots=True)
class Target:
    """What a cell should show."""

    value: Value | None
    disputed: bool = False
    """Something in it is as its own people left it because nothing decides between several values."""


def target(stand: Stand, cell: Cell, own_cut: Opinion) -> Target:
    """What a cell should show of a golden value. ``own_cut``: how its system cuts a value.

    Unit by unit: while undecided, what its own people last said, or between edits what stands; where its own
    people say the same in other words, theirs; else the golden value's.
    """
    if not stand.undecided() and stand.value == cell.base:
        return Target(stand.value)
    if not stand.standing and (cell.base is None or cell.placed):
        return Target(stand.value)
    if stand.value is None and cell.nobodys:
        return Target(cell.base)  # what nobody typed gives way to a value, not to nothing
    said = _aligned(own_cut, cell.claim.value if cell.claim else None, stand.cut)
    shown = _aligned(own_cut, cell.base, stand.cut)
    empty = cell.claim is None  # nothing, or what nobody typed
    shares = {unit: _share(stand, unit, cell, said, shown, empty=empty) for unit in stand.opinion.units}
    # Cut otherwise and the same for all that: nobody's cut is put right.
    kept = shown is not None and all(
        one == unit_of(stand.opinion, unit, shown) for unit, one in shares.items()
    )
    value = cell.base if kept else joined_units(stand.opinion, shares)
    return Target(value, stand.undecided() and not (empty and value is None))


def _aligned(cut: Opinion, value: Value | None, golden: Value | None) -> Value | None:
    return value if value is None or golden is None else cut.aligned(value, golden)


def _share(
    stand: Stand, unit: Unit, cell: Cell, said: Value | None, shown: Value | None, *, empty: bool
) -> Value | None:
    standing = stand.standing.get(unit, "unopposed")
    golden, own, theirs = (unit_of(stand.opinion, unit, one) for one in (stand.value, shown, said))
    if standing == "undecided":
        return _meanwhile(stand, unit, own, theirs, empty=empty)
    if cell.placed and own != theirs:  # what the hub put there; beside it their own words may stand
        own = None
    if own is None or golden is None:
        return golden
    if standing not in ("edited", "authority", "majority") and _is_default(cell):
        return own
    if standing != "edited" and stand.opinion.covers(unit, own, golden):
        return own
    travels = standing == "edited" and not _is_edit(cell)
    return own if stand.opinion.same(unit, own, golden) and not travels else golden


def _meanwhile(
    stand: Stand, unit: Unit, own: Value | None, theirs: Value | None, *, empty: bool
) -> Value | None:
    """What stands until somebody decides: between two edits nobody is written whose own is neither of them.

    Of first sights it must be the same whichever came first, so what the hub put there goes.
    """
    asked = stand.candidates.get(unit, ())
    mine = theirs is not None and any(stand.opinion.same(unit, theirs, one) for one in asked)
    if unit in stand.typed and own is not None and not mine:
        return own
    return unit_of(stand.opinion, unit, stand.value) if empty else theirs


def _is_edit(cell: Cell) -> bool:
    """Whether a person typed it there: in his words it stays."""
    return cell.claim is not None and cell.claim.how == "edit"


def _is_default(cell: Cell) -> bool:
    return cell.claim is not None and cell.claim.how == "default"
