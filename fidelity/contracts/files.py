"""The vendors' files, YAML or JSON, read as JSON has it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from fidelity.contracts.nodes import Json

SUFFIXES = (".yaml", ".yml", ".json")
_NUMBERS = {
    "int": re.compile(r"-?(0|[1-9][0-9]*)$"),
    "float": re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+([eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+)$"),
}
_TEXTS = ("timestamp", "value", "int", "float", "bool")
"""YAML 1.1 sees these in more texts than JSON does: ``no``, ``010``, ``12:30:00``, ``2020-01-01``, ``=``."""
_TAG = "tag:yaml.org,2002:"


class _Loader(yaml.CSafeLoader):
    """Names are text whatever they look like, and a tag nobody knows changes nothing."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        self.flatten_mapping(node)
        return {_name(key): self.construct_object(value, deep=deep) for key, value in node.value}


def _name(key: yaml.Node) -> str:
    if not isinstance(key, yaml.ScalarNode):
        raise yaml.constructor.ConstructorError(None, None, "a name must be a text", key.start_mark)
    return str(key.value)


def _untagged(loader: Any, node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return node.value


def _float(loader: Any, node: yaml.Node) -> float:
    return float(node.value)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if tag.removeprefix(_TAG) not in _TEXTS]
    for first, rules in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(f"{_TAG}bool", re.compile(r"(true|True|TRUE|false|False|FALSE)$"), list("tTfF"))
for _kind, _pattern in _NUMBERS.items():
    _Loader.add_implicit_resolver(f"{_TAG}{_kind}", _pattern, list("-0123456789"))
_Loader.add_constructor(f"{_TAG}float", _float)
_Loader.add_constructor(None, _untagged)


def documents(folder: Path) -> Iterator[tuple[Path, Json]]:
    """Every file in a folder and those below it that describes paths. ValueError for one nobody can read."""
    for file in sorted(one for one in folder.rglob("*") if one.suffix in SUFFIXES):
        try:
            read: Any = yaml.load(file.read_text("utf-8-sig"), _Loader)  # noqa: S506 - a SafeLoader, see above
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise ValueError(f"{file}: {' '.join(str(error).split())}. Put a readable one there") from error
        if isinstance(read, dict) and isinstance(read.get("paths"), dict):
            yield file, read
