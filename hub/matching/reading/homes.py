"""Where the national telephone numbers of a file are from."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import phonenumbers

COUNTRIES = (
    "NL",
    "BE",
    "DE",
    "FR",
    "GB",
    "LU",
    "AT",
    "CH",
    "ES",
    "IT",
    "PT",
    "DK",
    "SE",
    "NO",
    "IE",
    "PL",
    "US",
)
"""Where they may be from (ISO 2); of two in which as many are valid the first."""
_NATIONAL = re.compile(r"(?!00)[0-9(][0-9 ()./-]{6,18}")
MANY = 300
"""Numbers that are tried."""


@dataclass(frozen=True, slots=True)
class Home:
    """The country a file is of."""

    country: str = COUNTRIES[0]
    """ISO 2."""
    why: str = "none is told"


def home_of(countries: Iterable[str], numbers: Sequence[str]) -> Home:
    """``countries``: as read (ISO 2) of the rows that tell one; ``numbers``: telephones as they stand.

    Numbers that tell their country count too: some countries' numbering takes nearly any digits.
    """
    counted = Counter(filter(None, countries))
    if counted:
        return Home(counted.most_common(1)[0][0], "most rows that tell a country are of it")
    national = [one for one in numbers if _NATIONAL.fullmatch(one)][:MANY]
    abroad = Counter(filter(None, map(_told, numbers[:MANY])))
    valid = {one: sum(is_valid(text, one) for text in national) for one in COUNTRIES}
    best = max(COUNTRIES, key=lambda one: valid[one] + abroad[one])
    if not valid[best] + abroad[best]:
        return Home()
    also = f", and {abroad[best]} others tell it" if abroad[best] else ""
    return Home(best, f"{valid[best]} of {len(national)} national numbers looked at are valid there{also}")


def _told(number: str) -> str:
    """The country that a number tells itself (ISO 2), where it does."""
    if not number.startswith(("+", "00")):
        return ""
    try:
        code = phonenumbers.parse(f"+{number.lstrip('+0')}").country_code
        return str(phonenumbers.region_code_for_country_code(code or 0))
    except phonenumbers.NumberParseException:
        return ""


def is_valid(number: str, country: str) -> bool:
    """Whether a number, national or not, is one of a country."""
    try:
        return bool(phonenumbers.is_valid_number_for_region(phonenumbers.parse(number, country), country))
    except phonenumbers.NumberParseException:
        return False


def is_number(text: str) -> bool:
    """Whether a text is a telephone number somewhere we look."""
    if text.startswith(("+", "00")):
        try:
            return bool(phonenumbers.is_valid_number(phonenumbers.parse(f"+{text.lstrip('+0')}")))
        except phonenumbers.NumberParseException:
            return False
    return any(is_valid(text, country) for country in COUNTRIES)
