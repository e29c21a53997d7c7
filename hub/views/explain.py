"""Why a value did not become the golden one, in words for the person who typed it."""

from collections.abc import Mapping
from typing import Any

from hub.golden.testimony import Pin
from hub.model.opinion import Opinion, all_said, unit_of
from hub.model.rule import Rule
from hub.model.value import Value
from hub.views.naming import Telling

_BECAUSE = frozenset({"only", "first_of", "consent", "total", "union", "strictest"})
"""Rules that say by themselves why a claim lost."""


def why_not(
    rule: Rule | None,
    claim: Mapping[str, Any],
    stands: Value | None,
    standing: Mapping[str, str],
    opinion: Opinion,
    tell: Telling,
    pin: Pin | None = None,
) -> str:
    """The reason a claim lost. ``claim``: its value, how it was made; ``standing``: why ``stands`` does."""
    words = tell.words
    if pin is not None:
        return words("lost.pin", who=pin.who, why=pin.why)
    if rule is None:
        return words("lost.no_rule")
    if rule.name in _BECAUSE:
        return words(f"lost.{rule.name}", systems=", ".join(map(tell.system, rule.systems)))
    if claim["how"] == "default":
        return words("lost.default")
    if _says_less(claim["value"], stands, opinion):
        return words("lost.fuller")
    reasons = [standing.get(unit, "unopposed") for unit in _apart(claim["value"], stands, opinion)]
    reason = next((one for one in ("undecided", "majority") if one in reasons), claim["how"])
    return words(f"lost.{reason}")


def _apart(value: Value | None, stands: Value | None, opinion: Opinion) -> list[str]:
    """The units in which a value says something else."""
    return [unit for unit in opinion.units if unit_of(opinion, unit, value) != unit_of(opinion, unit, stands)]


def _says_less(value: Value | None, stands: Value | None, opinion: Opinion) -> bool:
    if value is None or stands is None:
        return False
    return all_said(opinion, opinion.aligned(value, stands), stands, covered=True)
