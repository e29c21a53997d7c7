"""Small truths about JSON that every connector needs."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from connectors.contract import Json

Item = TypeVar("Item")


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
