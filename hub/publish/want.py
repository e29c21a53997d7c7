"""What one cell should become: a change, nothing, or a reason why not. Pure.

The comparison is between *projections*: what the system would make of the golden value, against what
it shows. A system that cuts names short is not rewritten for ever.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from hub.golden.cell import Cell
from hub.golden.claims import Refused, in_flight
from hub.golden.roll import Roll
from hub.model.instant import Instant
from hub.model.value import Slots, Value

Exempt = Literal[
    "disputed",
    "no_clearing",
    "consent",
    "refused",
    "in_flight",
    "frozen",
    "not_overwritten",
    "unreadable",
    "quarantined",
    "not_shown",
    "emptied",
    "placeholder",
    "altered",
    "unwritable",
]
"""Why a cell that differs is left alone; counted beside the agreement."""

FREEZE = 6
"""So many unseen writes in a row, and the cell is put to a person instead of being written again."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What the mapping allows in this cell."""

    write: Literal["always", "if_empty", "never"] = "always"
    clear: bool = False
    take_back: bool = True
    """Off for consent: the hub never turns a *no* into a *yes*, not even one it placed itself."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What to do with one cell: write ``value``, or leave it for the reason in ``exempt``."""

    agrees: bool
    write: bool = False
    value: Value | None = None
    exempt: Exempt | None = None


AGREED = Wish(agrees=True)


def want(
    cell: Cell | None, golden: Value | None, policy: Policy, settled: Instant, typed: Instant = ""
) -> Wish:
    """The wish for a cell whose golden value, projected into its system, is ``golden``.

    ``settled``: writes sent before it would have been seen by now (see ``in_flight``). ``typed``: what stands
    was typed after that; a refusal from before holds no longer.
    """
    held = cell or Cell()
    if held.altered and golden is not None and golden == held.intent:
        return Wish(agrees=False, exempt="altered")
    if _agrees(held, golden):
        return AGREED
    if reason := _forbidden(held, golden, policy):
        return Wish(agrees=False, exempt=reason)
    if reason := _waits(held, golden, settled, typed):
        return Wish(agrees=False, exempt=reason)
    return Wish(agrees=False, write=True, value=golden)


def _agrees(cell: Cell, golden: Value | None) -> bool:
    if golden == cell.base:
        return True
    return cell.placed and golden is not None and golden == cell.intent


def _forbidden(cell: Cell, golden: Value | None, policy: Policy) -> Exempt | None:
    if golden is None and not policy.take_back:
        return "consent"
    if golden is None and not (policy.clear or cell.placed):
        return "no_clearing"
    if policy.write == "if_empty" and cell.base is not None and not (cell.placed or cell.nobodys):
        return "not_overwritten"
    return None


def _waits(cell: Cell, golden: Value | None, settled: Instant, typed: Instant) -> Exempt | None:
    if in_flight(cell.flight, settled):
        return "in_flight"
    if _is_refused(cell.refused, golden, typed):
        return "refused"
    if cell.tries >= FREEZE:
        return "frozen"
    return None


def _is_refused(refused: Sequence[Refused], value: Value | None, typed: Instant) -> bool:
    """Whether this very value, or this emptying, was refused and nobody typed it since."""
    return any(one.value == value and one.at >= typed for one in refused)


def want_roll(
    roll: Roll | None,
    golden: Sequence[str],
    places: int,
    policy: Policy,
    settled: Instant,
    typed: Instant = "",
) -> tuple[Wish, Slots]:
    """The wish for a list field with ``places`` slots, and the slots it should show.

    A place that holds any golden element agrees; only places that hold something else, or nothing
    while a golden element is missing, are written.
    """
    held = roll or Roll(base=(None,) * places)
    wanted = _arranged(held, golden, places, policy)
    if wanted == held.base:
        return _leftover(held, golden, policy), wanted
    if reason := _roll_waits(held, wanted, settled, typed):
        return Wish(agrees=False, exempt=reason), wanted
    return Wish(agrees=False, write=True), wanted


def _arranged(roll: Roll, golden: Sequence[str], places: int, policy: Policy) -> Slots:
    base = (*roll.base, *(None,) * places)[:places]
    missing = [one for one in golden if one not in base]
    own = [one for one in missing if None not in base and _says(roll, one)]
    slots: list[str | None] = []
    for one in base:
        if own and one in roll.ours and not _says(roll, one):
            one = None  # what its own people say goes before what the hub put over it
            missing.sort(key=lambda it: it not in own)
            own.pop(0)
        slots.append(_filled(one, golden, missing, roll, policy))
    return tuple(slots)


def _says(roll: Roll, element: str | None) -> bool:
    """Whether people said of an element that it holds, in this very record."""
    claim = roll.claims.get(element) if element else None
    return claim is not None and claim.value is not None


def _filled(
    one: str | None, golden: Sequence[str], missing: list[str], roll: Roll, policy: Policy
) -> str | None:
    if one in golden:
        return one
    if one is not None and policy.write == "if_empty" and one not in roll.ours:
        return one
    if missing:
        return missing.pop(0)
    if one is not None and not policy.clear and one not in roll.ours:
        return one
    return None


def _leftover(roll: Roll, golden: Sequence[str], policy: Policy) -> Wish:
    """Nothing to write; a stranger left standing is exempt, with the reason."""
    if all(one in golden for one in roll.held):
        return AGREED
    return Wish(agrees=False, exempt="not_overwritten" if policy.write == "if_empty" else "no_clearing")


def _roll_waits(roll: Roll, wanted: Slots, settled: Instant, typed: Instant) -> Exempt | None:
    if in_flight(roll.flight, settled):
        return "in_flight"
    if _is_refused(roll.refused, list(wanted), typed):  # type: ignore[arg-type]
        return "refused"
    if roll.tries >= FREEZE:
        return "frozen"
    return None
