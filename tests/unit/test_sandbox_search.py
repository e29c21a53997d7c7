"""The HubSpot stand-in's search by halving, against the search that looks at everything."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sandbox.core.clock import ManualClock
from sandbox.core.index import LaggedIndex
from sandbox.hubspot.kinds import COMPANIES
from sandbox.hubspot.lookup import Lookup
from sandbox.hubspot.properties import built_in
from sandbox.hubspot.search import OPERATORS, filter_groups, place, sorting

KNOWN = built_in(COMPANIES)
NAMES = ("name", "numberofemployees", "hs_lastmodifieddate", "hs_object_id")
VALUES = ("1", "2", "2.5", "10", "nan", "Bakker", "bakker", "1700000000000", "2023-11-14T22:13:20.000Z")
values = st.sampled_from(VALUES)
Json = dict[str, Any]


@st.composite
def filters(draw: st.DrawFn) -> Json:
    operator = draw(st.sampled_from(sorted(OPERATORS)))
    content = {
        "value": draw(values),
        "highValue": draw(values),
        "values": draw(st.lists(values, max_size=3)),
    }
    needed = {name: content[name] for name in OPERATORS[operator][0]}
    return {"propertyName": draw(st.sampled_from(NAMES)), "operator": operator, **needed}


groups = st.lists(st.lists(filters(), max_size=3).map(lambda some: {"filters": some}), max_size=3)
sorts = st.lists(
    st.builds(
        lambda name, direction: {"propertyName": name, "direction": direction},
        st.sampled_from(NAMES),
        st.sampled_from(["ASCENDING", "DESCENDING"]),
    ),
    max_size=1,
)
records = st.dictionaries(st.sampled_from(NAMES[:3]), values, max_size=3)
writes = st.lists(st.tuples(st.integers(1, 6).map(str), st.none() | records), max_size=12)


@given(writes, writes, groups, sorts, st.sampled_from(["", "bak", "bak 1"]))
def test_a_search_finds_what_a_scan_finds_in_order(
    first: list[tuple[str, Json | None]],
    later: list[tuple[str, Json | None]],
    given_groups: list[Json],
    given_sorts: list[Json],
    query: str,
) -> None:
    clock = ManualClock(datetime(2026, 11, 22, 10, tzinfo=UTC))
    index = LaggedIndex(clock, timedelta(seconds=10))
    lookup, by = Lookup(index), sorting(given_sorts, KNOWN)
    wanted = filter_groups(given_groups, query, KNOWN)
    for some in (first, later):
        for key, properties in some:
            index.put(key, _row(key, properties) if properties is not None else None)
        clock.advance(timedelta(seconds=10))
        found = [lookup.look(key) for key in lookup.search(wanted, by)]
        rows = [row for _, row in index.items() if _passes(wanted, row["properties"])]
        assert found == sorted(rows, key=lambda row: place(by.prop, row), reverse=by.descending)


def _row(key: str, properties: Json) -> Json:
    return {"id": key, "properties": {**properties, "hs_object_id": key}}


def _passes(wanted: list[Any], properties: Json) -> bool:
    return not wanted or any(all(one.test(properties) for one in group) for group in wanted)
