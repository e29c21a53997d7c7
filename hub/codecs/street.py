"""Street lines: ``Dorpsstraat 12 a``, ``Rue du Moulin 3 bte 5``, ``12 High Street``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from hub.codecs.clean import clean
from hub.codecs.contract import NO_HINTS, Hints
from hub.codecs.memory import remembered
from hub.codecs.spread import joined_parts
from hub.model.value import Value

_NUMBER = r"(?P<house_number>[0-9]{1,5})(?![0-9])"
_UNIT = r"(?:(?:bus|bte|bo[iî]te|box|app|apt|unit|kamer|flat)\.? ?)?"
_DOOR = r"(?:[a-z]{1,4}|[a-z]?[0-9]{1,4}[a-z]?)(?:[-/ ][a-z0-9]{1,4})?"
_ADDITION = rf"(?:,? ?[-/]? ?(?P<house_number_addition>{_UNIT}{_DOOR}))?"
_YEAR = r"(?!(?:1[5-9]|20)[0-9]{2}\b.*[0-9])"
"""A year followed by another number belongs to the street: ``Plein 1944 5``."""

_NUMBER_LAST = re.compile(rf"(?P<street>.*?[^\W\d_].*?),? {_YEAR}{_NUMBER}{_ADDITION}", re.IGNORECASE)
_NUMBER_FIRST = re.compile(
    r"(?P<house_number>[0-9]{1,5})[ -]?(?P<house_number_addition>[a-z]|bis|ter)?,? (?P<street>[^\W\d_].*)",
    re.IGNORECASE,
)
_ROOM = re.compile(
    r"(?P<house>.+?),? (?P<room>(?:apt|apartment|appartement|unit|flat|suite)\.? ?\w{1,5}"
    r"|[0-9]{1,2}\. ?(?:stock|og|obergeschoss|etage|verdieping|floor))",
    re.IGNORECASE,
)
"""A room or a floor behind the house: ``137 Park Road, Apt 17``, ``Gartenstraße 170, 5. Stock``."""

_ENGLISH = re.compile(
    r".* (?:street|st|road|rd|lane|avenue|ave|drive|close|court|crescent|terrace|gardens|way)\.?",
    re.IGNORECASE,
)
_FRENCH = re.compile(r"(?:rue|avenue|boulevard|chaussée|place|chemin|allée|quai) .*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StreetLine:
    """Street, house number and addition in one line; parsing is for comparing.

    Where the parts alone would not give the line back as it was typed, it is kept beside them as
    ``as_typed``, and written so; a line that cannot be parsed is all street.
    """

    parts: ClassVar[tuple[str, ...]] = ("street", "house_number", "house_number_addition", "as_typed")
    opinion: ClassVar[str] = "home"

    def read(self, raw: object, hints: Hints = NO_HINTS) -> Value | None:
        line = clean(raw, "street_line")
        if line is None:
            return None
        found = dict(_parse(line) or {"street": line})
        return {**found} if _line(found) == line else {**found, "as_typed": line}

    def write(self, value: Value | None) -> object:
        found = dict(joined_parts(value, "street_line", self.parts))
        typed = found.pop("as_typed", "")
        return (typed if typed and (_parse(typed) or {"street": typed}) == found else _line(found)) or None


@remembered
def _parse(line: str) -> Mapping[str, str] | None:
    behind = _ROOM.fullmatch(line)
    house = _house(behind["house"]) if behind else None
    if behind and house and "house_number_addition" not in house:
        return {**house, "house_number_addition": behind["room"]}
    return _house(line)


def _house(line: str) -> Mapping[str, str] | None:
    match = _NUMBER_LAST.fullmatch(line)
    if match is None:
        match = _NUMBER_FIRST.fullmatch(line)
        if match is None or not (_ENGLISH.fullmatch(match["street"]) or _FRENCH.fullmatch(match["street"])):
            return None
    return {name: text.strip(" ,") for name, text in match.groupdict().items() if text}


def in_one_line(value: Mapping[str, Value], second: str) -> Value | None:
    """An address whose second line stands behind the first, for a system that has only one."""
    line = StreetLine().write({name: value[name] for name in StreetLine.parts if name in value})
    return StreetLine().read(f"{line}, {second}" if line else second)


def _line(found: Mapping[str, str]) -> str:
    street, number = found.get("street", ""), found.get("house_number", "")
    addition = found.get("house_number_addition", "")
    if _ENGLISH.fullmatch(street) and number and (not addition or re.fullmatch("[A-Za-z]", addition)):
        return f"{number}{addition} {street}"
    glue = "-" if addition[:1].isdigit() and number else " "
    house = glue.join(filter(None, (number, addition)))
    return " ".join(filter(None, (street, house)))
