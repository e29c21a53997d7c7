"""The judge of the small files people write (mappings, rules), in messages for the one who wrote them."""

from collections.abc import Iterable, Mapping
from typing import Any

import jsonschema_rs
from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from quality.shapes import nearest
from quality.suggest import did_you_mean

_SHOWN = 60
_LISTED = 12


def check_file(document: object, schema: Mapping[str, Any], place: str) -> list[str]:
    """One line a mistake, in the order of the file; [] when there is none.

    ``mappings/zendesk.yml, fields.email.codec: 'lowcase' is not allowed. Allowed: lowercase, text.
    Did you mean 'lowercase'?`` These files hold rules, not people, so the value is shown.
    """
    # The quick one first: most files have no mistake, and every process reads them.
    if jsonschema_rs.Draft202012Validator(dict(schema), validate_formats=True).is_valid(document):
        return []
    validator = Draft202012Validator(dict(schema), format_checker=FormatChecker())
    errors = sorted(
        validator.iter_errors(document), key=lambda error: [str(step) for step in error.absolute_path]
    )
    lines = (line for error in errors for part in nearest(error) for line in _lines(part, place))
    return list(dict.fromkeys(lines))


def check_schema(schema: object, place: str, wanted: Iterable[str]) -> list[str]:
    """Whether a schema file is JSON Schema 2020-12 and defines all that is wanted; one line a mistake."""
    kinds = schema.get("$defs") if isinstance(schema, dict) else None
    known: Mapping[str, Any] = kinds if isinstance(kinds, dict) else {}
    missing = [name for name in wanted if not _has_properties(known.get(name))]
    if missing:
        return [f"{place}, $defs.{name}: 'properties' are missing; add them." for name in missing]
    whole: Any = schema
    return [line for name in wanted for line in _uncompiled({"$ref": f"#/$defs/{name}", **whole}, place)][:1]


def _has_properties(kind: object) -> bool:
    return isinstance(kind, dict) and isinstance(kind.get("properties"), dict)


def _uncompiled(schema: Mapping[str, Any], place: str) -> list[str]:
    try:
        jsonschema_rs.Draft202012Validator(dict(schema))
    except jsonschema_rs.ValidationError as error:
        where = ".".join(map(str, error.instance_path))
        if not where:
            return [f"{place}: {error.message}; correct the $ref, or add what it names."]
        return [f"{place}, {where}: {_shown(error.instance)} is no JSON Schema (2020-12); correct it there."]
    return []


def _lines(error: ValidationError, place: str) -> list[str]:
    where = ".".join(str(step) for step in error.absolute_path)
    return [f"{place}, {at}: {said}" if at else f"{place}: {said}" for at, said in _said(error, where)]


def _said(error: ValidationError, where: str) -> list[tuple[str, str]]:
    rule = str(error.validator)
    argument: Any = error.validator_value
    found: Any = error.instance
    if rule == "additionalProperties" and isinstance(found, dict):
        known = _known_names(error.schema)
        unknown = [str(name) for name in found if name not in known and not _by_pattern(error.schema, name)]
        return [(_step(where, name), f"unknown name.{_choices(name, known)}") for name in unknown]
    if rule == "required":
        missing = [name for name in argument if name not in found]
        return [(where, f"'{name}' is missing; add it.") for name in missing]
    if rule in ("enum", "const"):
        allowed = argument if rule == "enum" else [argument]
        return [(where, f"{_shown(found)} is not allowed.{_choices(str(found), map(str, allowed))}")]
    if rule == "type":
        wanted = argument if isinstance(argument, str) else " or ".join(argument)
        return [(where, f"{_shown(found)} is not allowed. Allowed: {wanted}.")]
    return [(where, f"{_shown(found)} is not allowed. Allowed: {_allowed(rule, argument, error.schema)}.")]


def _allowed(rule: str, argument: Any, schema: Any) -> str:
    """The rule; of a pattern what its author says of it, for few people read patterns."""
    words = schema.get("description") if rule == "pattern" and isinstance(schema, Mapping) else None
    return words or f"{rule} {_shown(argument)}"


def _known_names(schema: Any) -> list[str]:
    return list(schema.get("properties", ())) if isinstance(schema, Mapping) else []


def _by_pattern(schema: Any, name: object) -> bool:
    patterns = schema.get("patternProperties", {}) if isinstance(schema, Mapping) else {}
    return any(Draft202012Validator({"pattern": pattern}).is_valid(str(name)) for pattern in patterns)


def _choices(word: str, allowed: Iterable[str]) -> str:
    names = list(allowed)
    listed = ", ".join(names[:_LISTED]) + (", …" if len(names) > _LISTED else "")
    return f" Allowed: {listed or 'nothing'}.{did_you_mean(word, names)}"


def _step(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
