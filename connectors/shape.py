"""Small truths about JSON that every connector needs."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from connectors.contract import Json

Item = TypeVar("Item")

NONE = type(None)
TEXT, WHOLE, MAYBE_TEXT = (str,), (int,), (str, NONE)
"""Shapes of single values, for :func:`fits`: the types that may stand there; a bool is no number."""


def fits(value: Any, shape: Any) -> bool:
    """Whether a value has a shape.

    A shape is a tuple of types, a list of one shape (a list of those), or an object of shapes (an
    object that has at least these names).
    """
    if isinstance(shape, dict):
        return isinstance(value, dict) and all(
            name in value and fits(value[name], one) for name, one in shape.items()
        )
    if isinstance(shape, list):
        return isinstance(value, list) and all(fits(one, shape[0]) for one in value)
    return type(value) in shape


def inside(data: Any, name: str) -> Json:
    """The object at ``name``; an empty one where there is none."""
    found = data.get(name) if isinstance(data, dict) else None
    return found if isinstance(found, dict) else {}


def members(data: Any, name: str) -> list[Json]:
    """The objects in the list at ``name``; none where there is no list."""
    found = data.get(name) if isinstance(data, dict) else None
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def emptied(data: Json, empty: Any) -> Json:
    """``data`` with every None, at any depth, replaced by what the system takes for "empty it"."""
    return {
        name: emptied(value, empty) if isinstance(value, dict) else empty if value is None else value
        for name, value in data.items()
    }


def at(data: Mapping[str, Any], path: str) -> Any:
    """The value at a dotted path, or None."""
    found: Any = data
    for step in path.split("."):
        found = found.get(step) if isinstance(found, dict) else None
    return found


def batches(items: Sequence[Item], size: int) -> Iterator[list[Item]]:
    """``items`` in order, ``size`` at a time."""
    source = iter(items)
    while batch := list(islice(source, size)):
        yield batch


def listed(option: str | None) -> list[str]:
    """The names in a comma separated option, without blanks."""
    return [name.strip() for name in (option or "").split(",") if name.strip()]
