"""Dotted paths into a system's record: ``properties.firstname``."""

from collections.abc import Collection, Iterator, Mapping
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


def shows(document: Mapping[str, Any], where: Path) -> bool:
    """Whether a record says anything at a path, be it that nothing stands there.

    A key that is absent says nothing: an abolished field, a partial answer.
    """
    found: Any = document
    for step in where:
        if not isinstance(found, Mapping) or step not in found:
            return False
        found = found[step]
    return True


def places(document: Mapping[str, Any], before: Path = ()) -> Iterator[Path]:
    """The paths at which a document says anything; of an object in it, what it holds."""
    for step, found in document.items():
        if isinstance(found, Mapping) and found:
            yield from places(found, (*before, step))
        else:
            yield (*before, step)


def put(document: dict[str, Any], where: Path, value: Any) -> None:
    """Set what stands at a path, making the objects on the way."""
    for step in where[:-1]:
        document = document.setdefault(step, {})
    document[where[-1]] = value


def filled_in(
    document: Mapping[str, Any], before: Mapping[str, Any], paths: Collection[Path]
) -> dict[str, Any]:
    """The document with what it does not show at these paths as it was shown before."""
    whole: dict[str, Any] = dict(document)
    for where in paths:
        if not shows(document, where) and shows(before, where):
            _graft(whole, where, get(before, where))
    return whole


def laid_over(document: Mapping[str, Any], written: Mapping[Path, Any]) -> dict[str, Any]:
    """The document with these values at these paths."""
    whole: dict[str, Any] = dict(document)
    for where, value in written.items():
        _graft(whole, where, value)
    return whole


def _graft(document: dict[str, Any], where: Path, value: Any) -> None:
    """As :func:`put`, with the objects on the way copied: they are somebody else's."""
    for step in where[:-1]:
        inner = document.get(step)
        document[step] = dict(inner) if isinstance(inner, Mapping) else {}
        document = document[step]
    document[where[-1]] = value
