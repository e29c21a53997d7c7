"""Why a value did not become the golden one, in words for the person who typed it."""

from collections.abc import Mapping

from hub.golden.survivorship import Pin
from hub.model.rule import Rule

_BECAUSE: Mapping[str, str] = {
    "only": "only {systems} may decide this field",
    "first_of": "trusted in this order: {systems}",
    "consent": "a no stands until {systems} dates a later yes",
    "total": "the sum of what {systems} holds",
    "union": "removed since",
    "strictest": "a stricter value stands",
}


def why_not(rule: Rule | None, *, edited: bool, pin: Pin | None = None) -> str:
    """The reason a claim lost under this rule. ``edited``: it was typed over something, not a first sight."""
    if pin is not None:
        return f"pinned by {pin.who}: {pin.why}"
    if rule is None:
        return "the field has no rule any more"
    if rule.name in _BECAUSE:
        return _BECAUSE[rule.name].format(systems=", ".join(rule.systems))
    if rule.name == "most_agreed" and not edited:
        return "an edit outranks it, or more systems say otherwise"
    return "another edit is later" if edited else "another value is later"
