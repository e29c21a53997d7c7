"""YAML as people mean it: every value a text, every key once.

Plain YAML turns the country NO into false, 0555567 into a number and 12:30:00 into 45000.
"""

from typing import Any

import yaml


class BadFile(ValueError):
    """A file people write has mistakes; the message lists each with its place and what to do."""


class _Strict(yaml.BaseLoader):
    """Texts only; a key twice is a mistake, not a choice of the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                line = key.start_mark.line + 1
                raise BadFile(f"line {line}: '{key.value}' is there twice; keep one of them")
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


def parse(text: str, place: str) -> dict[str, Any]:
    """The document in ``text``. Raises BadFile, naming ``place``, when it is no mapping."""
    try:
        document = yaml.load(text, Loader=_Strict)  # noqa: S506 - BaseLoader builds texts, lists and dicts only
    except BadFile as error:
        raise BadFile(f"{place}, {error}") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise BadFile(f"{place}{line}: not valid YAML; {getattr(error, 'problem', error)}") from None
    if not isinstance(document, dict):
        raise BadFile(
            f"{place}: expected 'name: value' lines at the top level, found {type(document).__name__}"
        )
    return document
