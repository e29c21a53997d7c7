"""What stands where in a document. Documents are loose: what has not the type it should have is nothing."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

Json = Mapping[str, Any]
DEEPEST = 50
"""References one after the other, before they are taken for a ring."""


def inner(node: Any, name: str) -> Json:
    """The object a node has under a name; an empty one for anything else, for documents are loose."""
    found = node.get(name) if isinstance(node, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def listed(node: Any, name: str) -> list[Any]:
    """The list a node has under a name; an empty one for anything else."""
    found = node.get(name) if isinstance(node, Mapping) else None
    return found if isinstance(found, list) else []


def references(node: Any) -> Iterator[str]:
    """Every reference, but for those in examples."""
    if isinstance(node, Mapping):
        if isinstance(ref := node.get("$ref"), str):
            yield ref
        for name, one in node.items():
            yield from references(one) if name not in ("example", "examples") else ()
    elif isinstance(node, list):
        for one in node:
            yield from references(one)


def resolved(document: Json, node: Any) -> Json:
    """What a node stands for: itself, or what its ``$ref`` points to; anything, where that is nowhere."""
    for _ in range(DEEPEST):
        if not isinstance(node, Mapping):
            break
        if not isinstance(node.get("$ref"), str):
            return node
        node = at(document, steps_of(local(node["$ref"])))
    return {}


def steps_of(ref: str) -> list[str]:
    steps = ref.removeprefix("#/").split("/")
    return [unquote(step).replace("~1", "/").replace("~0", "~") for step in steps]


def local(ref: str) -> str:
    if not ref.startswith("#/"):
        raise ValueError(
            f"the document refers to another file ({ref}): bundle it into one, and put that there"
        )
    return ref


def at(node: Any, steps: Sequence[str]) -> Any:
    for step in steps:
        if isinstance(node, list) and step.isdecimal() and int(step) < len(node):
            node = node[int(step)]
        else:
            node = node.get(step) if isinstance(node, Mapping) else None
    return node
