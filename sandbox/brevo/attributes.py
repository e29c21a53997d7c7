"""The attributes an account knows; a contact holds values for these and no others."""

from collections.abc import Mapping
from datetime import date
from math import isfinite
from typing import Any

from sandbox.brevo.forms import invalid, no_attribute
from sandbox.brevo.sms import digits

CATEGORIES = ("normal", "transactional", "category", "calculated", "global")
TYPES = ("text", "date", "float", "boolean")
BUILT_IN = {
    "FIRSTNAME": "text",
    "LASTNAME": "text",
    "SMS": "text",
    "EXT_ID": "text",
    "STREET": "text",
    "POSTCODE": "text",
    "CITY": "text",
    "COUNTRY": "text",
    "BIRTHDATE": "date",
    "LANGUAGE": "text",
}
"""Name → type of what this account has from the start."""


class Attributes:
    """Names and types, and what a given value becomes."""

    def __init__(self) -> None:
        self.types = dict(BUILT_IN)

    def listed(self) -> list[dict[str, str]]:
        """As ``GET /contacts/attributes`` shows them."""
        return [{"name": n, "category": "normal", "type": t} for n, t in self.types.items()]

    def create(self, name: str, kind: str) -> None:
        """Add a normal attribute; 400 where the name is taken or the type unknown."""
        if not name.isidentifier():
            raise invalid("Attribute name should be alphanumeric")
        if name.upper() in self.types:
            raise invalid("Attribute name must be unique")
        if kind not in TYPES:
            raise invalid("Invalid attribute type")
        self.types[name.upper()] = kind

    def delete(self, name: str) -> None:
        """Take an attribute away; 404 where there is none."""
        if self.types.pop(name.upper(), None) is None:
            raise no_attribute()

    def shown(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """What a contact shows of its values: those of attributes there are; what is empty is left out."""
        return {name: value for name, value in values.items() if name in self.types}

    def accepted(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """What of ``given`` is stored: name → value, or None to clear.

        Unknown names and values of the wrong type are dropped without a word, as Brevo does; only a
        telephone number that is none is refused. An empty text is a value of a text attribute and of no
        other, so a date, a number or a boolean is not cleared by it.
        """
        values = {name: self._value(name, value) for name, value in given.items() if name in self.types}
        return {name: value for name, value in values.items() if value is not _WRONG}

    def _value(self, name: str, value: Any) -> Any:
        if value is None or (value == "" and self.types[name] != "text"):
            return _WRONG
        if value == "":
            return None
        if name == "SMS":
            return digits(value)
        return _TYPED[self.types[name]](value)


_WRONG = object()


def _text(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return _WRONG
    return str(value)


def _number(value: Any) -> Any:
    """A number, and no text that looks like one: "values that don't match the attribute type" are ignored."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _WRONG
    number = float(value)
    return number if isfinite(number) else _WRONG


def _date(value: Any) -> Any:
    try:
        return date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        return _WRONG


def _boolean(value: Any) -> Any:
    return value if isinstance(value, bool) else _WRONG


_TYPED = {"text": _text, "float": _number, "date": _date, "boolean": _boolean}
