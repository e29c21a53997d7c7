"""What a row of somebody's file says, in the shared schema's words; what cannot be read says nothing."""

import re
from collections.abc import Callable, Mapping, Sequence

from hub.codecs import CodecError, codec
from hub.codecs.memory import remembered
from hub.identity.letters import plain
from hub.mapping.spec import GoldenField
from hub.matching.reading.cells import several
from hub.matching.reading.dates import Dates
from hub.matching.reading.homes import COUNTRIES
from hub.matching.reading.lookalikes import as_house, as_number
from hub.matching.reading.streets import behind, house
from hub.model.value import Value

Given = Mapping[str, Sequence[str]]
"""Role → the texts that stand in the columns of that role."""

_PLACE = ("street", "house_number", "house_number_addition", "postal_code", "city")
_NAMES = ("given_name", "family_name_prefix", "family_name")
_MORE_NAMES = ("middle_name", "name_suffix")
Fields = Mapping[str, GoldenField]
_FIELDS = {
    **dict.fromkeys(("name", *_NAMES, *_MORE_NAMES), "name"),
    **dict.fromkeys(_PLACE, "address"),
    **{"email": "emails", "phone": "phones", "birth_date": "birth_date", "legal_name": "legal_name"},
}
"""Role → the shared field whose placeholders say nothing there."""
_DIGITS: Mapping[str, Callable[[str], str]] = {
    **dict.fromkeys(("birth_date", "phone"), as_number),
    "house_number": as_house,
}
"""Role → how letters that look like digits are read there."""

DMY = Dates()
"""As dates are read where no column of them decides."""
HOME = COUNTRIES[0]
"""Where nothing tells a country national numbers are read as of here, all alike: only to compare them."""


def said(given: Given, fields: Fields, home: str = HOME, dates: Dates = DMY) -> dict[str, Value]:
    """The values of a row by shared field, those it has; ``fields``: of its kind, with their placeholders.

    ``home``: the country (ISO 2) of its national telephone numbers where the row tells none; ``dates``: how
    its birth dates are written. ``facts`` has a text for each column of facts, empty where it says nothing.
    """
    facts: list[Value] = [plain(text) for text in given.get("fact", ())]
    given = {
        role: [_DIGITS.get(role, str)(text) for text in texts if _tells(role, text, fields)]
        for role, texts in given.items()
    }
    address = _address(given)
    country = str(address.get("country", ""))
    day = dates.read(_one("birth_date", given))
    whole: dict[str, Value] = {
        "name": _name(given),
        "address": address,
        "emails": _all("email", given, _mail, fields),
        "phones": _all("phone", given, lambda text: _phone(text, country, home), fields),
        "birth_date": day if _tells("birth_date", day, fields) else "",
        "number": _one("number", given),
        "legal_name": _one("legal_name", given),
        "vat_number": re.sub(r"[^A-Z0-9]", "", _one("vat_number", given).upper()),
        "coc_number": re.sub(r"[^0-9]", "", _one("coc_number", given)),
        "domain": str(_read("domain", _one("domain", given)) or ""),
        "facts": facts if any(facts) else [],
    }
    return {name: one for name, one in whole.items() if one}


def reads(role: str, text: str, fields: Fields, home: str = HOME, dates: Dates = DMY) -> str:
    """A cell of a role as it is read, for a person to look at; empty where it cannot be."""
    if role in ("kind", "employer", *_MORE_NAMES):
        return text
    return _together(next(iter(said({role: [text]}, fields, home, dates).values()), ""))


def _together(value: Value) -> str:
    if isinstance(value, dict):
        return " ".join(str(value[part]) for part in (*_NAMES, *_PLACE, "country") if part in value)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _tells(role: str, text: str, fields: Fields) -> bool:
    """Whether a text is no placeholder (``unknown``, ``0612345678``), as the data office lists them."""
    field = fields.get(_FIELDS.get(role, ""))
    return field is None or text.strip().casefold() not in field.placeholders


def _one(role: str, given: Given) -> str:
    return next((text for text in given.get(role, ()) if text), "")


def _address(given: Given) -> dict[str, Value]:
    found: dict[str, Value] = {name: text for name in _PLACE if (text := _one(name, given))}
    if "house_number" in found:
        number, addition = house(str(found["house_number"]))
        more = {"house_number_addition": addition} if addition else {}
        found = {**more, **found, "house_number": number}
    elif "street" in found:
        cut = _read("street_line", behind(str(found["street"])))
        found |= cut if isinstance(cut, dict) else {}
    country = _read("country", _one("country", given))
    return found | ({"country": country} if country else {})


def _name(given: Given) -> dict[str, Value]:
    told = {name: [_one(name, given)] for name in _NAMES}
    if told["given_name"][0]:
        told["given_name"].append(_one("middle_name", given))
    if told["family_name"][0]:
        told["family_name"].append(_one("name_suffix", given))
    parts: dict[str, Value] = {name: text for name in _NAMES if (text := " ".join(filter(None, told[name])))}
    whole = _read("dutch_name", _one("name", given)) if not parts else None
    return whole if isinstance(whole, dict) else parts


def _all(role: str, given: Given, read: Callable[[str], str], fields: Fields) -> list[Value]:
    values = (read(one) for text in given.get(role, ()) if text for one in several(role, text))
    return [one for one in dict.fromkeys(values) if one and _tells(role, one, fields)]


def _mail(text: str) -> str:
    return str(_read("email", text) or "")


def _phone(text: str, country: str, home: str) -> str:
    """A number of the row's country, else of the file's where it is none there."""
    number = str(_read("phone", text, country or home) or "")
    if number.startswith("+") or country in ("", home):
        return number
    again = str(_read("phone", text, home) or "")
    return again if again.startswith("+") else number


def _read(name: str, text: str, country: str = "") -> Value | None:
    return _known(text, name, country) if text else None


@remembered
def _known(text: str, name: str, country: str) -> Value | None:
    try:
        return codec(name).read(text, {"country": country} if country else {})
    except CodecError:
        return None
