"""Numbers organisations are registered under: VAT and the Dutch chamber of commerce (KVK)."""

import re
from dataclasses import dataclass
from typing import ClassVar

from stdnum import get_cc_module
from stdnum.eu.vat import MEMBER_STATES
from stdnum.exceptions import ValidationError

from hub.codecs.clean import clean, wanted
from hub.codecs.contract import NO_HINTS, CodecError, Hints
from hub.model.allowed import Allowed
from hub.model.value import Value

_SEPARATORS = re.compile(r"[\s.\-/]+")
_CHECKED = {state.upper() for state in MEMBER_STATES} - {"GR"} | {"EL", "GB", "CH", "NO"}
_MODULE = {"EL": "gr", "XI": "gb"}


@dataclass(frozen=True, slots=True)
class Vat:
    """A VAT number in capitals, without separators, with its country in front, checked by python-stdnum.

    Without a country in front the record's own is taken; a country whose rules are not known is refused.
    """

    parts: ClassVar[tuple[str, ...]] = ()
    opinion: ClassVar[str] = "exact"

    def read(self, raw: object, hints: Hints = NO_HINTS) -> Value | None:
        text = clean(raw, "vat", Allowed.VAT)
        number = _SEPARATORS.sub("", text or "").upper()
        if not number:
            return None
        home = hints.get("country", "").upper().replace("GR", "EL")
        for country, rest in ((number[:2], number[2:]), (home, number)):
            if valid := _valid(country, rest):
                return valid
        raise CodecError("vat", Allowed.VAT, raw)

    def write(self, value: Value | None) -> object:
        return wanted(value, "vat", Allowed.VAT)


@dataclass(frozen=True, slots=True)
class Kvk:
    """Eight digits; a number that lost its leading zero in a spreadsheet gets it back."""

    parts: ClassVar[tuple[str, ...]] = ()
    opinion: ClassVar[str] = "exact"

    def read(self, raw: object, hints: Hints = NO_HINTS) -> Value | None:
        text = clean(raw, "kvk", Allowed.KVK)
        if text is None:
            return None
        digits = _SEPARATORS.sub("", text)
        if not re.fullmatch("[0-9]{7,8}", digits) or not int(digits):
            raise CodecError("kvk", Allowed.KVK, raw)
        return digits.zfill(8)

    def write(self, value: Value | None) -> object:
        return wanted(value, "kvk", Allowed.KVK)


def _valid(country: str, rest: str) -> str | None:
    if country not in _CHECKED or not re.fullmatch("[A-Z0-9]{5,20}", rest):
        return None
    rules = get_cc_module(_MODULE.get(country, country.lower()), "vat")
    if rules is None:
        return None
    try:
        number = str(rules.validate(country + rest if country == "CH" else rest))
    except ValidationError:
        return None
    return number if number.startswith(country) else country + number
