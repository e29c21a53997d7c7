"""Reading what a request gives: identifiers, moments, numbers, and the body of a write."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sandbox.brevo.attributes import Attributes
from sandbox.brevo.contacts import Draft
from sandbox.brevo.forms import invalid
from sandbox.brevo.sms import digits
from sandbox.core.operation import Call
from sandbox.core.stamps import iso_ms, parse

IDENTIFIER_TYPES = {"contact_id": "id", "email_id": "email", "phone_id": "sms", "ext_id": "ext_id"}
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}")
_FLAGS = ("emailBlacklisted", "smsBlacklisted")


def identified(call: Call) -> tuple[str, str]:
    """Which contact the path means: (id | email | sms | ext_id, value)."""
    value, given = call.path["identifier"], call.one("identifierType")
    if given is not None and given not in IDENTIFIER_TYPES:
        raise invalid(f"identifierType should be one of {', '.join(IDENTIFIER_TYPES)}")
    kind = IDENTIFIER_TYPES[given] if given else "email" if "@" in value else "id"
    if kind == "id" and not value.isdecimal():
        raise invalid("Invalid email address or id")
    return kind, digits(value) if kind == "sms" else value


def whole(call: Call, name: str, default: int, largest: int | None = None) -> int:
    """A query parameter that counts something."""
    text = call.one(name)
    if text is None:
        return default
    if not text.isdecimal() or len(text) > 15 or (largest is not None and int(text) > largest):
        raise invalid(f"{name} should be a number from 0{f' to {largest}' if largest else ''}")
    return int(text)


def moment(call: Call, name: str) -> str | None:
    """A query parameter that is a date-time, in the form the stamps have."""
    text = call.one(name)
    if text is None:
        return None
    try:
        return iso_ms(_utc(text))
    except (ValueError, OverflowError):
        raise invalid(f"{name} should be a UTC date-time (YYYY-MM-DDTHH:mm:ss.SSSZ)") from None


def draft(key: str | None, body: Any, known: Attributes) -> Draft:
    """The write a body asks for; 400 for what cannot be stored."""
    given = mapping(body)
    attributes = dict(mapping(given.get("attributes") or {}))
    moved = attributes.pop("EMAIL", None)
    if "ext_id" in given:
        attributes["EXT_ID"] = given["ext_id"]
    flags = {name: given[name] for name in _FLAGS if name in given}
    if not all(isinstance(flag, bool) for flag in flags.values()):
        raise invalid("emailBlacklisted and smsBlacklisted should be boolean")
    return Draft(
        key,
        address(moved if key else moved or given.get("email")),
        known.accepted(attributes),
        flags,
        _lists(given, "listIds"),
        _lists(given, "unlinkListIds"),
    )


def address(value: Any) -> str | None:
    """An e-mail address in the lower case Brevo keeps; None for none, 400 for what is no address."""
    if value is None or value == "":
        return None
    if not isinstance(value, str) or not _EMAIL.fullmatch(value):
        raise invalid("Invalid email address")
    return value.lower()


def mapping(value: Any) -> Mapping[str, Any]:
    """A JSON object; 400 for anything else."""
    if not isinstance(value, dict):
        raise invalid("Input should be a JSON object")
    return value


def _lists(given: Mapping[str, Any], name: str) -> frozenset[int]:
    numbers = given.get(name) or []
    if not isinstance(numbers, list) or not all(isinstance(number, int) for number in numbers):
        raise invalid(f"{name} should be an array of list ids")
    return frozenset(numbers)


def _utc(text: str) -> datetime:
    return parse(text if re.search(r"(Z|[+-]\d\d:?\d\d)$", text) else f"{text}Z")
