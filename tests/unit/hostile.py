"""Answers of the real shape, bent: what a vendor's bug, a broken proxy or a hostile system may send."""

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

NASTY: list[Any] = [
    None,
    True,
    0,
    -1,
    2**63,
    10**40,
    1.5,
    1e308,
    "",
    " ",
    "x",
    "a#b/c?d",
    "..",
    "\x00",
    "\ud800",
    "9999-12-31T23:59:59Z",
    "0001-01-01T00:00:00+23:59",
    "x" * 2000,
    [],
    {},
    [None],
    [[]],
    ["x"],
    [{}],
    {"a": 1},
    {"id": {}},
    float("nan"),
    float("inf"),
]
"""One of each kind; ``json.dumps`` writes half characters as escapes and NaN as a bare word."""

Place = tuple[Any, Any]
"""A container and the name or number in it."""


def bent(body: Any, dice: random.Random, times: int = 1) -> Any:
    """A copy of ``body`` in which some places hold something else, nothing, or twice the same."""
    whole = {"body": copy.deepcopy(body)}
    for _ in range(times):
        container, name = dice.choice(list(_places(whole)))
        _bend(container, name, dice)
    return whole.get("body")


def _places(value: Any) -> Iterator[Place]:
    named = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in list(named):
        yield value, name
        yield from _places(inner)


def _bend(container: Any, name: Any, dice: random.Random) -> None:
    how = dice.choice(["replace", "replace", "replace", "drop", "wrap", "double", "deep"])
    if how == "replace":
        container[name] = copy.deepcopy(dice.choice(NASTY))
    elif how == "drop":
        del container[name]
    elif how == "wrap":
        container[name] = [container[name]]
    elif how == "double" and isinstance(container, list):
        container.insert(name, copy.deepcopy(container[name]))
    elif how == "deep":
        container[name] = deep(300)


def deep(levels: int) -> Any:
    """A list in a list in a list."""
    found: Any = []
    for _ in range(levels):
        found = [found]
    return found


def written(body: Any) -> bytes:
    """The bytes of an answer; None is no body at all."""
    return b"" if body is None else json.dumps(body).encode()
