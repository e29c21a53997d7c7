"""Why a value did not become the golden one, in words for the person who typed it."""

from collections.abc import Mapping
from typing import Any

from hub.golden.testimony import Pin
from hub.model.opinion import Opinion, all_said, unit_of
from hub.model.rule import Rule
from hub.model.value import Value

_BECAUSE: Mapping[str, str] = {
    "only": "only {systems} may decide this field",
    "first_of": "trusted in this order: {systems}",
    "consent": "a no stands until {systems} dates a later yes",
    "total": "the sum of what {systems} holds",
    "union": "removed since",
    "strictest": "a stricter value stands",
}
_STANDS: Mapping[str, str] = {
    "undecided": "nothing decides between it and other values: klantbeeld disputes",
    "majority": "more systems say otherwise, or something else speaks against it",
    "fuller": "what stands says more",
    "unopposed": "what stands says more",
}
_HOW: Mapping[str, str] = {
    "default": "filled in by the system itself: nobody claims it",
    "first": "somebody edited it; what a record shows when it is first read beats no edit",
    "edit": "another edit is later",
}


def why_not(
    rule: Rule | None,
    claim: Mapping[str, Any],
    stands: Value | None,
    standing: Mapping[str, str],
    opinion: Opinion,
    pin: Pin | None = None,
) -> str:
    """The reason a claim lost. ``claim``: its value, how it was made; ``standing``: why ``stands`` does."""
    if pin is not None:
        return f"pinned by {pin.who}: {pin.why}"
    if rule is None:
        return "the field has no rule any more"
    if rule.name in _BECAUSE:
        return _BECAUSE[rule.name].format(systems=", ".join(rule.systems))
    if claim["how"] == "default":
        return _HOW["default"]
    if _says_less(claim["value"], stands, opinion):
        return _STANDS["fuller"]
    reasons = [standing.get(unit, "unopposed") for unit in _apart(claim["value"], stands, opinion)]
    reason = next((one for one in ("undecided", "majority") if one in reasons), "")
    return _STANDS[reason] if reason else _HOW[claim["how"]]


def _apart(value: Value | None, stands: Value | None, opinion: Opinion) -> list[str]:
    """The units in which a value says something else."""
    return [unit for unit in opinion.units if unit_of(opinion, unit, value) != unit_of(opinion, unit, stands)]


def _says_less(value: Value | None, stands: Value | None, opinion: Opinion) -> bool:
    if value is None or stands is None:
        return False
    return all_said(opinion, opinion.aligned(value, stands), stands, covered=True)
