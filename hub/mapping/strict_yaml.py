"""YAML as people mean it: every value a text, every key once.

Plain YAML turns the country NO into false, 0555567 into a number and 12:30:00 into 45000.
"""

from typing import Any

import yaml

LARGEST = 200_000
"""Characters of a file; the longest of ours has fifty thousand."""
MOST = 20_000
"""Values in a file, each use of an anchor counted: a few lines of anchors can stand for a billion."""


class BadFile(ValueError):
    """A file people write has mistakes; the message lists each with its place and what to do."""


class _Strict(yaml.constructor.BaseConstructor):
    """Texts only; a key twice is a mistake, not a choice of the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            name = _name(key)
            if name in seen:
                raise BadFile(f"{_line(key)}: '{name}' is there twice; keep one of them")
            seen.add(name)
        return super().construct_mapping(node, deep=deep)


class _Quick(_Strict, yaml.CBaseLoader):
    """By libyaml, in a quarter of the time."""


class _Telling(_Strict, yaml.BaseLoader):
    """Tells what is wrong in words a person can do something with."""


def _name(key: yaml.Node) -> str:
    if not isinstance(key, yaml.ScalarNode):
        raise BadFile(f"{_line(key)}: a name must be a text, not a list or an object; write name: value")
    if key.value == "<<" and not key.style:
        raise BadFile(f"{_line(key)}: '<<' merges nothing here; write the lines out")
    return str(key.value)


def parse(text: str, place: str) -> dict[str, Any]:
    """The document in ``text``. Raises BadFile, naming ``place``, when it is no mapping."""
    if len(text) > LARGEST:
        raise BadFile(f"{place}: larger than {LARGEST} characters; this is no file somebody wrote")
    try:
        document = _read(text)
    except BadFile as error:
        raise BadFile(f"{place}, {error}") from None
    except yaml.YAMLError as error:
        raise BadFile(f"{place}{_where(error)}: not valid YAML; {_problem(error)}. {_REMEDY}") from None
    except RecursionError:
        raise BadFile(f"{place}: nested too deeply; write it flatter") from None
    if not isinstance(document, dict):
        found = {type(None): "nothing", str: "a text", list: "list"}[type(document)]
        raise BadFile(f"{place}: expected 'name: value' lines at the top level, found {found}")
    return document


_REMEDY = "Correct the line: indent with blanks, no tabs; put texts with : # [ { or * in quotes"


def _read(text: str) -> Any:
    try:
        return _document(_Quick(text))
    except yaml.YAMLError:
        return _document(_Telling(text))


def _document(loader: _Quick | _Telling) -> Any:
    try:
        node = loader.get_single_node()
        if node is None:
            return None
        _weigh(node, {})
        return loader.construct_document(node)
    finally:
        loader.dispose()


def _weigh(node: yaml.Node, known: dict[int, int]) -> int:
    """How many values a node stands for. Raises BadFile where they are too many, or it holds itself."""
    if id(node) in known:
        if not known[id(node)]:
            raise BadFile(f"{_line(node)}: an anchor stands within itself; write the lines out")
        return known[id(node)]
    known[id(node)] = 0
    inner = node.value if isinstance(node, yaml.SequenceNode | yaml.MappingNode) else []
    parts = [part for one in inner for part in (one if isinstance(one, tuple) else (one,))]
    known[id(node)] = weight = 1 + sum(_weigh(part, known) for part in parts)
    if weight > MOST:
        raise BadFile(f"{_line(node)}: more than {MOST} values, anchors counted; use fewer of them")
    return weight


def _line(node: yaml.Node) -> str:
    return f"line {node.start_mark.line + 1}"


def _where(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f", line {mark.line + 1}" if mark else ""


def _problem(error: yaml.YAMLError) -> str:
    return str(getattr(error, "problem", None) or getattr(error, "reason", None) or type(error).__name__)
