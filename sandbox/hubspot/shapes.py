"""Reading request bodies as strictly as HubSpot's own document describes them."""

from collections.abc import Mapping
from typing import Any

from sandbox.hubspot.forms import invalid

ABSENT = object()


def strict_object(given: Any, required: Mapping[str, Any], optional: Mapping[str, Any]) -> dict[str, Any]:
    """``given``, checked to be an object of exactly these fields; raises HubSpot's 400 otherwise.

    ``required`` and ``optional`` map a field to the Python type (or union) its value must have.
    """
    if not isinstance(given, dict):
        raise invalid("Invalid input JSON: an object was expected.")
    unknown = sorted(given.keys() - required.keys() - optional.keys())
    if unknown:
        raise invalid(f"Invalid input JSON: unrecognized field(s) {', '.join(unknown)}.")
    missing = sorted(required.keys() - given.keys())
    if missing:
        raise invalid(f"Invalid input JSON: some required fields were not set: [{', '.join(missing)}].")
    for name, kind in {**required, **optional}.items():
        value = given.get(name, ABSENT)
        if value is not ABSENT and not _fits(value, kind):
            raise invalid(f"Invalid input JSON: field {name} has the wrong type.")
    return given


def _fits(value: Any, kind: Any) -> bool:
    return isinstance(value, kind) and isinstance(value, bool) == (kind is bool)


def inputs(given: Any, optional: Mapping[str, Any], at_most: int = 100) -> tuple[dict[str, Any], list[Any]]:
    """A batch body and its ``inputs``."""
    body = strict_object(given, {"inputs": list}, optional)
    if not 0 < len(body["inputs"]) <= at_most:
        raise invalid(f"A batch takes 1 to {at_most} inputs, {len(body['inputs'])} were given.")
    return body, body["inputs"]


def whole_number(text: str | None, default: int, low: int, high: int, name: str) -> int:
    """A query parameter that must be a number within bounds."""
    if text is None:
        return default
    if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
        raise invalid(f"Invalid {name}: it must be a number between {low} and {high}.")
    return int(text)


def names(values: list[str]) -> list[str]:
    """A query parameter that takes a list: repeated, or separated by commas."""
    return [name for value in values for name in value.split(",") if name]
