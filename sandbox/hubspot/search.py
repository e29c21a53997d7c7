"""Searching: filters and sorting, and where in the order of a property the records are that pass."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import partial
from math import isnan
from typing import Any
from zlib import crc32

from sandbox.core.finding import Order
from sandbox.hubspot.forms import invalid
from sandbox.hubspot.properties import Property, moment
from sandbox.hubspot.shapes import strict_object

CAP = 10_000
SEARCHED = ("firstname", "lastname", "email", "phone", "company", "name", "domain")
Test = Callable[[Mapping[str, str]], bool]
Places = Callable[[Order], list[range]]
Rank = tuple[int, Any]
"""Sorts before or after another value of the same property."""
ABSENT: Rank = (-1, "")
"""Where records without a value stand: before all others."""


def order(prop: Property, value: str | None) -> Rank:
    """A value in the order of its property's type; what does not read as that type comes first, as text."""
    if value is None:
        return ABSENT
    if prop.type == "number":
        number = _number(value)
        return (0, value.lower()) if isnan(number) else (1, number)
    stamp = moment(value) if prop.type in ("date", "datetime") else None
    return (1, stamp.timestamp()) if stamp else (0, value.lower())


def _number(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        return float("nan")


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of a search."""

    test: Test
    """Whether a record's properties pass."""
    prop: Property | None = None
    places: Places | None = None
    """Where in the order of ``prop`` the records are that may pass; None where any may."""
    exact: bool = False
    """Whether ``places`` is one stretch, and all in it pass."""

    def decides(self, prop: Property) -> bool:
        """Whether no test is needed to list what passes in the order of ``prop``."""
        return self.exact and self.prop == prop


def filter_groups(given: list[Any], query: str, known: Mapping[str, Property]) -> list[list[Filter]]:
    """The filter groups (any of them) of filters (all of them) of a search; raises HubSpot's 400.

    Every word of a free-text ``query`` must stand in one of the properties HubSpot searches.
    """
    groups = [strict_object(g, {"filters": list}, {})["filters"] for g in given]
    if len(groups) > 5 or any(len(g) > 6 for g in groups) or sum(map(len, groups)) > 18:
        raise invalid("A search takes at most 5 filterGroups of at most 6 filters, 18 filters in all.")
    found = [[_filter(f, known) for f in group] for group in groups]
    words = query.lower().split()
    return [[*group, _mentioning(words)] for group in found or [[]]] if words else found


def _mentioning(words: list[str]) -> Filter:
    def test(row: Mapping[str, str]) -> bool:
        text = " ".join(row.get(name, "") for name in SEARCHED).lower()
        return all(word in text for word in words)

    return Filter(test)


def _filter(given: Any, known: Mapping[str, Property]) -> Filter:
    optional = {"value": str | int, "highValue": str | int, "values": list}
    one = strict_object(given, {"propertyName": str, "operator": str}, optional)
    prop = known_property(one["propertyName"], known)
    make = OPERATORS.get(one["operator"])
    if make is None:
        raise invalid(f"Invalid operator {one['operator']}: use one of {', '.join(OPERATORS)}.")
    needs, build = make
    missing = [name for name in needs if name not in one]
    if missing:
        raise invalid(f"operator {one['operator']} requires {', '.join(missing)}")
    return build(prop, one)


def known_property(name: str, known: Mapping[str, Property]) -> Property:
    """The property a filter or sort names; raises HubSpot's 400 where there is none."""
    if name not in known:
        raise invalid(f"There was a problem with the request: property {name} does not exist.")
    return known[name]


Build = Callable[[Property, dict[str, Any]], Filter]


def _compared(holds: Callable[[Rank, Rank], bool], place: Callable[[Order, Rank], range]) -> Build:
    def build(prop: Property, one: dict[str, Any]) -> Filter:
        bound = order(prop, str(one["value"]))

        def test(row: Mapping[str, str]) -> bool:
            return prop.name in row and holds(order(prop, row[prop.name]), bound)

        return Filter(test, prop, lambda ordered: [place(ordered, bound)], exact=True)

    return build


def _equal(ordered: Order, bound: Rank) -> range:
    return range(ordered.before(*bound), ordered.through(*bound))


def _present(ordered: Order) -> int:
    return ordered.through(*ABSENT)


def _different(prop: Property, one: dict[str, Any]) -> Filter:
    bound = order(prop, str(one["value"]))
    return Filter(lambda row: prop.name not in row or order(prop, row[prop.name]) != bound)


def _between(prop: Property, one: dict[str, Any]) -> Filter:
    low, high = order(prop, str(one["value"])), order(prop, str(one["highValue"]))
    return Filter(
        lambda row: prop.name in row and low <= order(prop, row[prop.name]) <= high,
        prop,
        lambda ordered: [range(ordered.before(*low), ordered.through(*high))],
        exact=True,
    )


def _among(prop: Property, one: dict[str, Any]) -> Filter:
    # Text is indexed in lower case and the listed values are not folded: HubSpot wants them lower-cased.
    wanted = {str(value) for value in one["values"]}
    bounds = {order(prop, value) for value in wanted}
    fold = prop.type == "string"
    return Filter(
        lambda row: prop.name in row and (row[prop.name].lower() if fold else row[prop.name]) in wanted,
        prop,
        lambda ordered: [_equal(ordered, bound) for bound in bounds],
    )


def _token(prop: Property, one: dict[str, Any]) -> Filter:
    wanted = str(one["value"]).lower()

    def test(row: Mapping[str, str]) -> bool:
        value = row.get(prop.name, "").lower()
        return any(fnmatchcase(token, wanted) for token in [value, *re.findall(r"\w+", value)])

    return Filter(test)


def _has(prop: Property, one: dict[str, Any]) -> Filter:
    return Filter(lambda row: prop.name in row, prop, lambda o: [range(_present(o), len(o))], exact=True)


def _has_not(prop: Property, one: dict[str, Any]) -> Filter:
    return Filter(lambda row: prop.name not in row, prop, lambda o: [range(_present(o))], exact=True)


OPERATORS: Mapping[str, tuple[tuple[str, ...], Build]] = {
    "EQ": (("value",), _compared(lambda a, b: a == b, _equal)),
    "NEQ": (("value",), _different),
    "GT": (("value",), _compared(lambda a, b: a > b, lambda o, b: range(o.through(*b), len(o)))),
    "GTE": (("value",), _compared(lambda a, b: a >= b, lambda o, b: range(o.before(*b), len(o)))),
    "LT": (("value",), _compared(lambda a, b: a < b, lambda o, b: range(_present(o), o.before(*b)))),
    "LTE": (("value",), _compared(lambda a, b: a <= b, lambda o, b: range(_present(o), o.through(*b)))),
    "BETWEEN": (("value", "highValue"), _between),
    "IN": (("values",), _among),
    "HAS_PROPERTY": ((), _has),
    "NOT_HAS_PROPERTY": ((), _has_not),
    "CONTAINS_TOKEN": (("value",), _token),
}


@dataclass(frozen=True, slots=True)
class Sorting:
    """The sort of a search. Equal values come in an order that is stable but means nothing."""

    prop: Property
    descending: bool

    def sorted(self, rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """Records in this order."""
        return sorted(rows, key=partial(place, self.prop), reverse=self.descending)


def place(prop: Property, row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Where a record stands in the order of a property."""
    return (*order(prop, row["properties"].get(prop.name)), crc32(row["id"].encode()))


def sorting(given: list[Any], known: Mapping[str, Property]) -> Sorting:
    """The sort a search asks for; by creation where it asks for none."""
    if len(given) > 1:
        raise invalid("Only one sort can be applied to a search.")
    name, descending = _sort(given[0]) if given else ("createdate", False)
    return Sorting(known_property(name, known), descending)


def _sort(given: Any) -> tuple[str, bool]:
    if isinstance(given, str):
        return given.lstrip("-"), given.startswith("-")
    one = strict_object(given, {"propertyName": str}, {"direction": str})
    if one.get("direction", "ASCENDING") not in ("ASCENDING", "DESCENDING"):
        raise invalid("Invalid direction: use ASCENDING or DESCENDING.")
    return one["propertyName"], one.get("direction") == "DESCENDING"
