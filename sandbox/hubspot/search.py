"""Searching: filters, sorting, and the index that lags behind."""

import re
from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase
from typing import Any
from zlib import crc32

from sandbox.hubspot.forms import invalid
from sandbox.hubspot.properties import Property, moment
from sandbox.hubspot.shapes import strict_object

CAP = 10_000
SEARCHED = ("firstname", "lastname", "email", "phone", "company", "name", "domain")
Test = Callable[[Mapping[str, str]], bool]
Order = tuple[int, Any]
"""Sorts before or after another value of the same property."""


def order(prop: Property, value: str) -> Order:
    """A value in the order of its property's type; what does not read as that type comes first, as text."""
    if prop.type == "number":
        try:
            return (1, float(value))
        except ValueError:
            return (0, value.lower())
    stamp = moment(value) if prop.type in ("date", "datetime") else None
    return (1, stamp.timestamp()) if stamp else (0, value.lower())


def group_tests(given: list[Any], known: Mapping[str, Property]) -> list[list[Test]]:
    """The filter groups (any of them) of filters (all of them) of a search; raises HubSpot's 400."""
    groups = [strict_object(g, {"filters": list}, {})["filters"] for g in given]
    if len(groups) > 5 or any(len(g) > 6 for g in groups) or sum(map(len, groups)) > 18:
        raise invalid("A search takes at most 5 filterGroups of at most 6 filters, 18 filters in all.")
    return [[_filter(f, known) for f in group] for group in groups]


def _filter(given: Any, known: Mapping[str, Property]) -> Test:
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


Build = Callable[[Property, dict[str, Any]], Test]


def _compared(holds: Callable[[Order, Order], bool]) -> Build:
    def build(prop: Property, one: dict[str, Any]) -> Test:
        bound = order(prop, str(one["value"]))
        return lambda row: prop.name in row and holds(order(prop, row[prop.name]), bound)

    return build


def _different(prop: Property, one: dict[str, Any]) -> Test:
    bound = order(prop, str(one["value"]))
    return lambda row: prop.name not in row or order(prop, row[prop.name]) != bound


def _between(prop: Property, one: dict[str, Any]) -> Test:
    low, high = order(prop, str(one["value"])), order(prop, str(one["highValue"]))
    return lambda row: prop.name in row and low <= order(prop, row[prop.name]) <= high


def _among(prop: Property, one: dict[str, Any]) -> Test:
    # Text is indexed in lower case and the listed values are not folded: HubSpot wants them lower-cased.
    wanted = {str(value) for value in one["values"]}
    fold = prop.type == "string"
    return lambda row: prop.name in row and (row[prop.name].lower() if fold else row[prop.name]) in wanted


def _token(prop: Property, one: dict[str, Any]) -> Test:
    wanted = str(one["value"]).lower()

    def test(row: Mapping[str, str]) -> bool:
        value = row.get(prop.name, "").lower()
        return any(fnmatchcase(token, wanted) for token in [value, *re.findall(r"\w+", value)])

    return test


def _present(prop: Property, one: dict[str, Any]) -> Test:
    return lambda row: prop.name in row


def _absent(prop: Property, one: dict[str, Any]) -> Test:
    return lambda row: prop.name not in row


OPERATORS: Mapping[str, tuple[tuple[str, ...], Build]] = {
    "EQ": (("value",), _compared(lambda a, b: a == b)),
    "NEQ": (("value",), _different),
    "GT": (("value",), _compared(lambda a, b: a > b)),
    "GTE": (("value",), _compared(lambda a, b: a >= b)),
    "LT": (("value",), _compared(lambda a, b: a < b)),
    "LTE": (("value",), _compared(lambda a, b: a <= b)),
    "BETWEEN": (("value", "highValue"), _between),
    "IN": (("values",), _among),
    "HAS_PROPERTY": ((), _present),
    "NOT_HAS_PROPERTY": ((), _absent),
    "CONTAINS_TOKEN": (("value",), _token),
}


def sorting(given: list[Any], known: Mapping[str, Property]) -> Callable[[Mapping[str, str]], Any]:
    """The sort key of a search. Equal values come in an order that is stable but means nothing."""
    if len(given) > 1:
        raise invalid("Only one sort can be applied to a search.")
    name, sign = _sort(given[0]) if given else ("createdate", 1)
    prop = known_property(name, known)

    def key(row: Mapping[str, str]) -> Any:
        kind, value = order(prop, row[name]) if name in row else (-1, "")
        ordered: Any = sign * value if isinstance(value, float) else _text(value, sign)
        return (sign * kind, ordered, crc32(row["hs_object_id"].encode()))

    return key


def _sort(given: Any) -> tuple[str, int]:
    if isinstance(given, str):
        return given.lstrip("-"), -1 if given.startswith("-") else 1
    one = strict_object(given, {"propertyName": str}, {"direction": str})
    if one.get("direction", "ASCENDING") not in ("ASCENDING", "DESCENDING"):
        raise invalid("Invalid direction: use ASCENDING or DESCENDING.")
    return one["propertyName"], -1 if one.get("direction") == "DESCENDING" else 1


def _text(value: str, sign: int) -> tuple[int, ...]:
    return (*(sign * ord(c) for c in value), 0) if sign > 0 else (*(-ord(c) for c in value), 1)


def mentions(query: str, row: Mapping[str, str]) -> bool:
    """Whether every word of a free-text query stands in one of the properties HubSpot searches."""
    text = " ".join(row.get(name, "") for name in SEARCHED).lower()
    return all(word in text for word in query.lower().split())
