"""Values as the shared customer schema knows them, and how two of them compare."""

from collections.abc import Mapping
from typing import TypeAlias, Union

import orjson
from typing_extensions import TypeAliasType

Value = TypeAliasType("Value", Union[str, int, float, bool, "dict[str, Value]", "list[Value]"])
"""A shared value. Empty is None, never an empty string, list or object."""

Slots: TypeAlias = tuple[str | None, ...]
"""A list field as one system holds it: one entry a place it has, None where that place is empty."""

Several: TypeAlias = tuple[tuple[str, str], ...]
"""What stands in one place that may hold more than one value: each value, and the fingerprint of its text."""


def canonical(value: Value | None) -> str:
    """The one text of a value: equal values have equal texts, whatever the order of their keys."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def parts_of(value: object) -> Mapping[str, Value]:
    """Part → what it holds; none for what has no parts."""
    return value if isinstance(value, dict) else {}


def once(slots: Slots) -> Slots:
    """The slots with a second showing of one element as an empty place."""
    return tuple(one if one not in slots[:place] else None for place, one in enumerate(slots))


def same(left: Value | None, right: Value | None) -> bool:
    """Whether two values say the same, judged on the parts that both of them have.

    A system that holds no country says nothing about the country; so a composite value is compared
    on common parts, and two composites with none in common do not say the same.
    """
    if isinstance(left, dict) and isinstance(right, dict):
        common = left.keys() & right.keys()
        return bool(common) and all(left[part] == right[part] for part in common)
    return left == right
