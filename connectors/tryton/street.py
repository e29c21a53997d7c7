"""The street of an address: one line, or pieces from which Tryton makes lines by the country's format.

A format may leave a piece out (the Dutch one the unit: 5 A and 5 B look alike), or put what is inside the
house above the street. :func:`line` shows every piece, and begins with the street. An address that has
any piece takes no ``street``: it is written by its pieces (:func:`parted`), or becomes a line.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from connectors.contract import Json

PIECES = (
    "street_name",
    "building_name",
    "building_number",
    "unit_number",
    "floor_number",
    "room_number",
    "post_box",
    "private_bag",
    "post_office",
)
_HOUSE = frozenset({"street_name", "building_number", "unit_number"})
"""The pieces that a line can be parted into; what else an address has, a line cannot be told to keep."""

_NUMBER_LAST = re.compile(
    r"(?P<street_name>[^\d]{1,300}) (?P<building_number>[0-9]{1,6})(?![0-9])"
    r"(?:(?P<glue>[ /-]?)(?P<unit_number>(?:(?<! )|(?=[A-Za-z]))[A-Za-z0-9]{1,6}))?"
)
"""Of two numbers with a blank between, the first may belong to the street: ``Plein 1944 5``."""
_NUMBER_FIRST = re.compile(r"(?P<building_number>[0-9]{1,6}[A-Za-z]?) (?P<street_name>[^\d]{1,300})")


def line(address: Mapping[str, Any]) -> str | None:
    """The street of an address as one text: as somebody typed it, or made of all its pieces."""
    street: str | None = address["street"]
    pieces = [str(address[name]) for name in PIECES if address[name]]
    if not pieces:
        return street
    rows = (street or "").splitlines()
    name = str(address["street_name"] or "").casefold()
    rows.sort(key=lambda row: name not in row.casefold())  # the street's own row comes first
    shown = ", ".join(rows)
    left, missing = _words(shown), []
    for piece in pieces:
        words = _words(piece)
        if words - left:
            missing.append(piece)
        left -= words
    return " ".join(filter(None, [shown, *missing]))


def in_pieces(address: Mapping[str, Any] | None) -> bool:
    """Whether an address has any piece: then Tryton makes its street of those, and takes no other."""
    return address is not None and any(address[name] for name in PIECES)


def parted(address: Mapping[str, Any], wanted: str) -> Iterator[Json]:
    """The ways to say a line in pieces, all of them each time: as they are, then the likeliest first.

    Only as they are where the address has others (a floor, a building): a line does not say which of them go.
    """
    yield {name: address[name] for name in PIECES}
    if any(address[name] for name in PIECES if name not in _HOUSE):
        return
    text = " ".join(wanted.split())
    if found := _NUMBER_LAST.fullmatch(text):
        name, number, unit = found["street_name"], found["building_number"], found["unit_number"]
        yield _pieces(name, number, unit)
        if unit:
            yield _pieces(name, f"{number}{found['glue']}{unit}", None)
    elif found := _NUMBER_FIRST.fullmatch(text):
        yield _pieces(found["street_name"], found["building_number"], None)


def same(one: str | None, other: str | None) -> bool:
    """Whether two lines differ in blanks only."""
    return (one or "").split() == (other or "").split()


def unparted(text: str | None) -> Json:
    """What makes an address a line."""
    return {**dict.fromkeys(PIECES), "street_unstructured": text}


def _pieces(name: str, number: str, unit: str | None) -> Json:
    house = {"street_name": name, "building_number": number, "unit_number": unit}
    return {**dict.fromkeys(PIECES), **house}


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))
