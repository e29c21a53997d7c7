"""Dotted paths into a system's record: ``properties.firstname``."""

from collections.abc import Mapping
from typing import Any

Path = tuple[str, ...]


def path(text: str) -> Path:
    """A path as written in a mapping."""
    return tuple(text.split("."))


def get(document: Mapping[str, Any], where: Path) -> Any:
    """What stands at a path; None where nothing does."""
    found: Any = document
    for step in where:
        if not isinstance(found, Mapping):
            return None
        found = found.get(step)
    return found


def put(document: dict[str, Any], where: Path, value: Any) -> None:
    """Set what stands at a path, making the objects on the way."""
    for step in where[:-1]:
        document = document.setdefault(step, {})
    document[where[-1]] = value
