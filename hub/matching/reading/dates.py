"""Birth dates, however a column of them is written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from babel import Locale

from hub.codecs.clean import unaccented
from hub.codecs.memory import remembered

Order = Literal["dmy", "mdy"]

_TIME = r"(?:[T ,]+[0-9]{1,2}:.*|T.*)?"
_DATE = re.compile(rf"([0-9]{{4}})([-/. ]?)([0-9]{{2}})\2([0-9]{{2}}){_TIME}")
_LOOSE = re.compile(rf"([0-9]{{4}})[-/. ]([0-9]{{1,2}})[-/. ]([0-9]{{1,2}}){_TIME}")
_TURNED = re.compile(rf"([0-9]{{1,2}})[-/. ]+([0-9]{{1,2}})[-/. ]+([0-9]{{4}}|'?[0-9]{{2}}){_TIME}")
_DAY_FIRST = re.compile(
    r"(?:[a-z]+,? )?([0-9]{1,2})(?:st|nd|rd|th|er|e|ste|de)?[. -]*(?:of |de )?"
    r"([a-z]+)[., '-]*([0-9]{4}|[0-9]{2})"
)
_MONTH_FIRST = re.compile(r"([a-z]+)[. -]*([0-9]{1,2})(?:st|nd|rd|th)?[., '-]+([0-9]{4}|[0-9]{2})")
_SERIAL = re.compile(r"([0-9]{4,5})(?:\.0+)?")
_FIVE = re.compile(r"[0-9]{5}(?:\.0+)?")
_EPOCH = date(1899, 12, 30)
"""Day 0 of a spreadsheet."""
NOBODYS = frozenset(["1900-01-01", "1901-01-01", "1970-01-01", "1111-11-11", "9999-12-31", "0001-01-01"])
"""What systems and clerks put where no date is known, besides the day or month 0 (``0/0/00``)."""
_LANGUAGES = ("en", "nl", "de", "fr")
_MOST = 0.8
"""Share of five digits from which a column counts days as spreadsheets do."""


@dataclass(frozen=True, slots=True)
class Dates:
    """How the dates of one column are written."""

    order: Order = "dmy"
    """What stands first in ``3/1/1970``."""
    serial: bool = False
    """Whether they are a spreadsheet's days since 1900."""

    def read(self, text: str) -> str:
        """``1951-07-15``; empty for no date, or nobody's. A slip (``1951-02-30``) stays to compare."""
        return _read(text, self.order, "serial" if self.serial else "")

    @property
    def told(self) -> str:
        """For a person."""
        if self.serial:
            return "days as a spreadsheet counts them"
        return "the day first" if self.order == "dmy" else "the month first"


def dates_of(texts: Sequence[str], home: str) -> Dates:
    """By all distinct texts of a column; ``home``: ISO 2, decides where no day is above 12."""
    some = [one for one in texts if one]
    five = sum(bool(_FIVE.fullmatch(one)) for one in some)
    if some and five >= _MOST * len(some):
        return Dates(serial=True)
    parts = [found for one in some if (found := _TURNED.fullmatch(one))]
    first, second = (sum(12 < int(one[at]) <= 31 for one in parts) for at in (1, 2))
    if first == second:
        return Dates("mdy" if home == "US" else "dmy")
    return Dates("dmy" if first > second else "mdy")


@remembered
def _read(text: str, order: Order, serial: str) -> str:
    found = _serial(text) if serial else ""
    found = found or _in_digits(text, order) or _in_words(text)
    return "" if found in NOBODYS or found.startswith("0000") or "-00" in found else found


def _serial(text: str) -> str:
    found = _SERIAL.fullmatch(text)
    return (_EPOCH + timedelta(days=int(found[1]))).isoformat() if found else ""


def _in_digits(text: str, order: Order) -> str:
    if found := _DATE.fullmatch(text):
        return f"{found[1]}-{found[3]}-{found[4]}"
    if found := _LOOSE.fullmatch(text):
        return _iso(found[1], int(found[2]), int(found[3]))
    if found := _TURNED.fullmatch(text):
        day, month = int(found[1]), int(found[2])
        if (order == "mdy" and day <= 12) or month > 12:
            day, month = month, day
        return _iso(found[3], month, day)
    return ""


def _in_words(text: str) -> str:
    plain = " ".join(unaccented(text.casefold()).split())
    spelled = [found.groups() for found in (_DAY_FIRST.fullmatch(plain),) if found]
    spelled += [(found[2], found[1], found[3]) for found in (_MONTH_FIRST.fullmatch(plain),) if found]
    known = ((year, _months().get(name, 0), int(day)) for day, name, year in spelled)
    return next((_iso(*one) for one in known if one[1] and one[2] <= 31), "")


def _iso(year: str, month: int, day: int) -> str:
    return f"{_century(year.lstrip(chr(39)))}-{month:02}-{day:02}"


def _century(year: str) -> str:
    """Nobody is born tomorrow: ``70`` is 1970, and of two centuries it is the last that has been."""
    if len(year) == 4:
        return year
    return f"{20 if int(year) <= date.today().year % 100 else 19}{year}"


@cache
def _months() -> dict[str, int]:
    """Names of months in four languages, whole and short, without points and accents."""
    known: dict[str, int] = {"maerz": 3, "mrz": 3, "mar": 3, "sept": 9, "okt": 10, "mrt": 3}
    for language in _LANGUAGES:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in Locale(language).months[context][width].items():
                    known.setdefault(unaccented(str(name).casefold()).rstrip("."), int(number))
    return known
