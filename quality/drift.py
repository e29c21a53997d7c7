"""Which fields a system sends that its mapping neither uses nor ignores by name."""

import re
from collections.abc import Iterable, Iterator

_INDEX = re.compile(r"\[[^\]]*\]")


def paths(document: object) -> set[str]:
    """The dotted paths of all leaves: ``address.city``, ``tags[]``, ``contact_people[].email``.

    A leaf is a scalar, null, or an object or list without content.
    """
    return set(_leaves(document, ""))


def unmapped(document_paths: Iterable[str], known: Iterable[str], ignored: Iterable[str] = ()) -> set[str]:
    """The document's paths that neither ``known`` nor ``ignored`` covers.

    A name covers itself, all below it (``custom_fields`` covers ``custom_fields[].value``), and its
    parents while they are empty (``address.city`` covers a null ``address``). Selectors count as
    lists: ``emails[0]`` is ``emails[]``.
    """
    covering = {_steps(name) for name in (*known, *ignored)}
    above = {steps[:depth] for steps in covering for depth in range(1, len(steps))}
    return {path for path in document_paths if not _covered(_steps(path), covering, above)}


def _covered(steps: tuple[str, ...], covering: set[tuple[str, ...]], above: set[tuple[str, ...]]) -> bool:
    return steps in above or any(steps[:depth] in covering for depth in range(1, len(steps) + 1))


def _steps(path: str) -> tuple[str, ...]:
    return tuple(step for step in _INDEX.sub(".[]", path).split(".") if step)


def _leaves(value: object, at: str) -> Iterator[str]:
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from _leaves(inner, f"{at}.{name}" if at else str(name))
    elif isinstance(value, list) and value:
        for inner in value:
            yield from _leaves(inner, f"{at}[]")
    elif at:
        yield at
