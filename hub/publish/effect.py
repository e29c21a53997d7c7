"""What a write does to what stands in a cell, in the words a guard counts by. Pure."""

from collections.abc import Sequence
from typing import Literal, get_args

from hub.model.opinion import Opinion, Unit, unit_of
from hub.model.value import Value

Effect = Literal["emptied", "poorer", "replaced", "edited", "fact", "filled"]
"""``emptied``: a value or a part of it is gone. ``poorer``: it says less. ``replaced``: it says otherwise,
and nobody typed that; ``edited``: somebody did, elsewhere. ``fact``: of a field one department answers for.
``filled``: nothing stood there, or the same in other words."""
EFFECTS: tuple[Effect, ...] = get_args(Effect)


def effect(opinion: Opinion, before: Value | None, after: Value | None, *, edited: bool) -> Effect:
    """What a write does to one value; the worst of what it does to its units."""
    found = [_unit_effect(opinion, unit, before, after) for unit in opinion.units]
    worst = min(found, key=EFFECTS.index)
    return "edited" if worst == "replaced" and edited else worst


def _unit_effect(opinion: Opinion, unit: Unit, before: Value | None, after: Value | None) -> Effect:
    was, becomes = unit_of(opinion, unit, before), unit_of(opinion, unit, after)
    if was is None or was == becomes:
        return "filled"
    if becomes is None:
        return "emptied"
    if _only_lost(was, becomes):
        return "emptied"
    if opinion.covers(unit, was, becomes):
        return "emptied" if _lost_part(was, becomes) else "poorer"
    said = opinion.same(unit, was, becomes) or opinion.covers(unit, becomes, was)
    return "filled" if said else "replaced"


def _only_lost(was: Value, becomes: Value) -> bool:
    """Whether a part is gone, the others as they were: without its door a home is another, and poorer."""
    return isinstance(was, dict) and isinstance(becomes, dict) and becomes.items() < was.items()


def _lost_part(was: Value, becomes: Value) -> bool:
    return isinstance(was, dict) and isinstance(becomes, dict) and bool(was.keys() - becomes.keys())


def list_effect(before: Sequence[str | None], after: Sequence[str | None], *, edited: bool) -> Effect:
    """What a write does to the places of a list field."""
    held, kept = {one for one in before if one}, {one for one in after if one}
    gone, new = held - kept, kept - held
    if len(gone) > len(new):
        return "emptied"
    if gone:
        return "edited" if edited else "replaced"
    return "filled"


def replaces(before: object, after: object) -> bool:
    """Whether a write goes over what stands there, be it in other words; not where it only fills."""
    if isinstance(before, list):
        return not {one for one in before if one is not None} <= {*after} if isinstance(after, list) else True
    if isinstance(before, dict) and isinstance(after, dict):
        return any(after.get(part) != one for part, one in before.items())
    return before is not None and before != after
