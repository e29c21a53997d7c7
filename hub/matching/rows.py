"""What a row of somebody's file says, in the shared schema's words; what cannot be read says nothing."""

import re
from collections.abc import Mapping, Sequence

from hub.codecs import CodecError, codec
from hub.codecs.memory import remembered
from hub.mapping.spec import GoldenField
from hub.model.value import Value

Given = Mapping[str, Sequence[str]]
"""Role → the texts that stand in the columns of that role."""

_PLACE = ("street", "house_number", "house_number_addition", "postal_code", "city")
_NAMES = ("given_name", "family_name_prefix", "family_name")
_DATE = re.compile(r"([0-9]{4})[-/. ]?([0-9]{2})[-/. ]?([0-9]{2})(?:[T ].*)?")
_TURNED = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})")
Fields = Mapping[str, GoldenField]
_FIELDS = {
    **dict.fromkeys(("name", *_NAMES), "name"),
    **dict.fromkeys(_PLACE, "address"),
    **{"email": "emails", "phone": "phones", "birth_date": "birth_date", "legal_name": "legal_name"},
}
"""Role → the shared field whose placeholders say nothing there."""


HOME = "NL"
"""Where a row tells no country its national numbers are read as of here, all alike: only to compare them."""


def said(given: Given, fields: Fields) -> dict[str, Value]:
    """The values of a row by shared field, those it has; ``fields``: of its kind, with their placeholders."""
    given = {role: [text for text in texts if _tells(role, text, fields)] for role, texts in given.items()}
    address = _address(given)
    country = str(address.get("country", ""))
    whole: dict[str, Value] = {
        "name": _name(given),
        "address": address,
        "emails": _all("email", given, "", fields),
        "phones": _all("phone", given, country or HOME, fields),
        "birth_date": day
        if _tells("birth_date", day := birth_date(_one("birth_date", given)), fields)
        else "",
        "number": _one("number", given),
        "legal_name": _one("legal_name", given),
        "vat_number": re.sub(r"[^A-Z0-9]", "", _one("vat_number", given).upper()),
        "coc_number": re.sub(r"[^0-9]", "", _one("coc_number", given)),
        "domain": str(_read("domain", _one("domain", given)) or ""),
    }
    return {name: one for name, one in whole.items() if one}


def birth_date(text: str) -> str:
    """``1951-07-15`` of ``19510715``, ``1951/07/15``, ``15-7-1951``, and ``7/15/1951`` where only that fits.

    A day that no calendar has stays: to compare with, a slip of the pen is better than nothing.
    """
    if found := _DATE.fullmatch(text):
        return "-".join(found.groups())
    if found := _TURNED.fullmatch(text):
        day, month, year = found.groups()
        if int(month) > 12:
            day, month = month, day
        return f"{year}-{int(month):02}-{int(day):02}"
    return text


def _tells(role: str, text: str, fields: Fields) -> bool:
    """Whether a text is no placeholder (``unknown``, ``0612345678``), as the data office lists them."""
    field = fields.get(_FIELDS.get(role, ""))
    return field is None or text.strip().casefold() not in field.placeholders


def _one(role: str, given: Given) -> str:
    return next((text for text in given.get(role, ()) if text), "")


def _address(given: Given) -> dict[str, Value]:
    found: dict[str, Value] = {name: text for name in _PLACE if (text := _one(name, given))}
    if "street" in found and "house_number" not in found:
        cut = _read("street_line", str(found["street"]))
        found |= cut if isinstance(cut, dict) else {}
    country = _read("country", _one("country", given))
    return found | ({"country": country} if country else {})


def _name(given: Given) -> dict[str, Value]:
    parts: dict[str, Value] = {name: text for name in _NAMES if (text := _one(name, given))}
    whole = _read("dutch_name", _one("name", given)) if not parts else None
    return whole if isinstance(whole, dict) else parts


def _all(role: str, given: Given, country: str, fields: Fields) -> list[Value]:
    values = (str(_read(role, text, country) or "") for text in given.get(role, ()))
    return [one for one in values if one and _tells(role, one, fields)]


def _read(name: str, text: str, country: str = "") -> Value | None:
    return _known(text, name, country) if text else None


@remembered
def _known(text: str, name: str, country: str) -> Value | None:
    try:
        return codec(name).read(text, {"country": country} if country else {})
    except CodecError:
        return None
