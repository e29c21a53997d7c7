"""A shared value in one line, as people say it."""

from collections.abc import Mapping
from typing import Any

_PARTS = (
    *("given_name", "family_name_prefix", "family_name"),
    *("street", "house_number", "house_number_addition", "second_line", "postal_code", "city", "country"),
)
"""The parts of names and addresses, in the order they are spoken."""
_LINE = ("street", "house_number", "house_number_addition", "as_typed")
"""What a line as somebody typed it stands for."""


def spoken(shown: Any, empty: str = "") -> str:
    """A shared value in one line; ``empty`` where there is none."""
    if isinstance(shown, Mapping):
        if typed := shown.get("as_typed"):
            rest = {part: one for part, one in shown.items() if part not in _LINE}
            return f"{typed} {spoken(rest)}" if rest else str(typed)
        return " ".join(
            str(shown[part]) for part in (*_PARTS, *sorted(shown.keys() - _PARTS)) if part in shown
        )
    if isinstance(shown, list | tuple):
        return ", ".join(str(one) for one in shown if one is not None) or empty
    return empty if shown is None else str(shown)
