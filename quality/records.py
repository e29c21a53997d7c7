"""The one judge of customer documents: JSON Schema 2020-12 by jsonschema-rs, formats included."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

import jsonschema_rs
import orjson

_SHOWN = 80
_DEEPEST = 200
_MOST = 100
"""Reasons given for one document; a hundred say as much as a million."""

_STRICT = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_SUBCLASS


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a document was not admitted: one place, one broken rule."""

    path: str
    """Where, ``emails/0``; empty for the document itself."""
    rule: str
    """The schema's keyword, or ``json`` for what no JSON can hold."""
    allowed: str
    """What would be right, in a few words."""
    value: str
    """What is there, at most 80 characters; personal, so for the quarantine and no log."""


class RecordJudge:
    """Tells every reason why a document breaks the schema; compiled once, safe to share.

    A document that is not plain JSON (numbers that are none, half characters, keys that are no text,
    endless nesting) is told only so: a schema has nothing to say about it.
    """

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self._validator = jsonschema_rs.Draft202012Validator(dict(schema), validate_formats=True)

    def reasons(self, document: object) -> tuple[Reason, ...]:
        """All reasons, up to a hundred; () for a document that fits. Raises nothing."""
        odd = () if _plain(document) else tuple(islice(_oddities(document, ()), _MOST))
        return odd or tuple(islice(self._broken(document), _MOST))

    def _broken(self, document: object) -> Iterator[Reason]:
        try:
            for error in self._validator.iter_errors(document):
                yield from _reasons(error)
        except ValueError:  # a Python type that is no JSON and that orjson lets through, such as a UUID
            yield _odd((), "plain JSON", document)


def _plain(document: object) -> bool:
    """A fast yes. orjson refuses what JSON cannot hold, but writes NaN as null: then look closer."""
    try:
        return b"null" not in orjson.dumps(document, option=_STRICT) or _finite(document)
    except (TypeError, ValueError):
        return False


def _finite(value: object) -> bool:
    if isinstance(value, dict):
        return all(map(_finite, value.values()))
    if isinstance(value, list | tuple):
        return all(map(_finite, value))
    return not isinstance(value, float) or math.isfinite(value)


def _oddities(value: object, path: tuple[str, ...]) -> Iterator[Reason]:
    if len(path) > _DEEPEST:
        yield _odd(path, f"at most {_DEEPEST} levels", "…")
    elif isinstance(value, dict):
        yield from _odd_keys(value, path)
        for key, inner in value.items():
            yield from _oddities(inner, (*path, _key(key)))
    elif isinstance(value, list | tuple):
        for at, inner in enumerate(value):
            yield from _oddities(inner, (*path, str(at)))
    elif problem := _odd_scalar(value):
        yield _odd(path, problem, value)


def _odd_keys(value: dict[Any, Any], path: tuple[str, ...]) -> Iterator[Reason]:
    for key in value:
        if not isinstance(key, str) or not _encodable(key):
            yield _odd((*path, _key(key)), "text as name of a field", key)


def _odd_scalar(value: object) -> str:
    """What should have been there instead; nothing for a plain value."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, str):
        return "" if _encodable(value) else "text without half characters"
    if isinstance(value, int):
        return "" if -(2**63) <= value < 2**64 else "a whole number of 64 bits"
    if isinstance(value, float):
        return "" if math.isfinite(value) else "a finite number"
    return "text, a number, true, false, null, a list or an object"


def _reasons(error: jsonschema_rs.ValidationError) -> Iterator[Reason]:
    path = tuple(map(str, error.instance_path))
    rule, detail, found = error.kind.name, error.kind.as_dict(), error.instance
    if rule == "required":
        yield Reason("/".join((*path, detail["property"])), rule, "must be given", "")
    elif rule in ("additionalProperties", "unevaluatedProperties"):
        for name in detail["unexpected"]:
            value = found[name] if isinstance(found, dict) else None
            yield Reason("/".join((*path, name)), rule, "no field of this name", shown(value))
    else:
        yield Reason("/".join(path), rule, _allowed(rule, detail), shown(found))


def _allowed(rule: str, detail: Mapping[str, Any]) -> str:
    """``maximum: 5``, ``format: email``, ``enum: a, b``: the rule with its own argument."""
    arguments = [value for value in detail.values() if rule not in ("anyOf", "oneOf", "not", "propertyNames")]
    if not arguments:
        return f"what the schema says under {rule}"
    first = arguments[0]
    listed = ", ".join(map(str, first)) if isinstance(first, list) else str(first)
    return f"{rule}: {listed}"[:200]


def shown(value: object) -> str:
    """A value as at most 80 printable ASCII characters; never raises."""
    if isinstance(value, dict | list | tuple | set | frozenset):
        return f"{type(value).__name__} of {len(value)}"
    if isinstance(value, str):
        return ascii(value[:_SHOWN])[:_SHOWN]
    if isinstance(value, bool | float | None):
        return repr(value)
    if isinstance(value, int):
        return str(value) if abs(value) < 2**64 else f"int of {value.bit_length()} bits"
    return type(value).__name__[:_SHOWN]


def _odd(path: tuple[str, ...], allowed: str, value: object) -> Reason:
    return Reason("/".join(path), "json", allowed, shown(value))


def _key(key: object) -> str:
    return key if isinstance(key, str) and _encodable(key) else shown(key)


def _encodable(text: str) -> bool:
    return text.isascii() or not any(0xD800 <= ord(letter) <= 0xDFFF for letter in text)
