"""HubSpot's own history of a property: when its present value was typed, and whose reading wins."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.contract import Connection, Json, RawRecord, Write
from connectors.hubspot.connector import HubSpot
from connectors.hubspot.history import typed_record
from connectors.hubspot.sheet import ASKED
from connectors.pace import Timing
from tests.unit.scripted import Asked, Reply, Scripted, serving

DONE = {"phase": "done", "high": "2026-11-22T10:00:00.000000Z", "at": 0, "settled": False}
LATER = "2026-11-22T10:00:09.000Z"


def hubspot(server: Scripted) -> HubSpot:
    return HubSpot(Connection(server.url, "token"), Timing(lambda _: None, lambda: 0.0))


def item(key: str, city: str | None = "Delft", changed: str = LATER, **more: Any) -> Json:
    return {
        "id": key,
        "properties": {"city": city, "lastmodifieddate": changed},
        "updatedAt": changed,
        **more,
    }


def entry(value: str, second: int) -> Json:
    return {"value": value, "timestamp": f"2026-11-22T09:00:0{second}.000Z", "sourceType": "CRM_UI"}


def stamp(second: int) -> str:
    return f"2026-11-22T09:00:0{second}.000000Z"


def caught_up(found: list[Json], read: Callable[[list[str]], list[Json]]) -> tuple[list[RawRecord], Any, Any]:
    """The records and the cursor of a catch-up, and the batch reads that were asked for."""

    def script(asked: Asked) -> Reply:
        if asked.path.endswith("/batch/read"):
            return Reply(200, {"results": read([one["id"] for one in asked.body["inputs"]])})
        return Reply(200, {"results": found})

    with serving(script) as server:
        pages = list(hubspot(server).pull("contacts", DONE))
    reads = [asked.body for asked in server.asked if asked.path.endswith("/batch/read")]
    return [record for page in pages for record in page.records], pages[-1].cursor, reads


def test_what_a_batch_read_shows_replaces_what_the_search_showed() -> None:
    fresh = item("1", "Leiden", "2026-11-22T10:00:30.000Z")
    held = {**fresh, "propertiesWithHistory": {"city": [entry("Leiden", 5), entry("Delft", 1)]}}
    (record,), cursor, (asked,) = caught_up([item("1")], lambda _: [held])
    assert record.data == fresh
    assert record.typed == {"properties.city": stamp(5)}
    assert record.stamp == "2026-11-22T10:00:30.000000Z"
    assert cursor["phase"] == "done" and "high" not in cursor, "reading goes on by no stamp that was shown"
    assert asked["inputs"] == [{"id": "1"}]
    assert asked["properties"] == asked["propertiesWithHistory"] == ASKED["contacts"]


def test_what_the_batch_read_does_not_give_stays_as_it_was_found() -> None:
    found = [item("1"), item("2")]
    shown, _, _ = caught_up(found, lambda _: [item("3")])
    assert [(one.key, one.data, one.typed) for one in shown] == [(i["id"], i, {}) for i in found]


def test_records_are_read_fifty_at_a_time() -> None:
    found = [item(str(number)) for number in range(120)]
    shown, _, asked = caught_up(found, lambda keys: [item(key, "Leiden") for key in keys])
    assert [len(one["inputs"]) for one in asked] == [50, 50, 20]
    assert [(one.key, one.data["properties"]["city"]) for one in shown] == [
        (one["id"], "Leiden") for one in found
    ]


def test_a_merge_that_only_the_batch_read_shows_leaves_its_tombstone() -> None:
    merged = item("1")
    merged["properties"]["hs_merged_object_ids"] = "7"
    for found in (item("1"), item("7")):  # the index may show the old one yet; its id gives the new one
        shown, _, _ = caught_up([found], lambda _: [merged])
        assert [(one.key, one.merged_into) for one in shown] == [("1", None), ("7", "1")]


def test_a_catch_up_that_finds_nothing_reads_nothing() -> None:
    assert caught_up([], lambda _: [])[2] == []


@pytest.mark.parametrize(
    ("value", "entries", "expected"),
    [
        ("B", [entry("B", 5), entry("A", 1)], 5),
        ("A", [entry("A", 9), entry("B", 5), entry("A", 1)], 9),
        ("B", [entry("A", 9), entry("B", 5)], 5),
        (None, [entry("", 5), entry("A", 1)], 5),
        ("", [{**entry("", 5), "value": None}], 5),
        ("C", [entry("B", 5)], None),
        ("A", [], None),
        ("A", [{**entry("A", 1), "timestamp": "yesterday"}], None),
        ("A", ["nothing", {"value": "A"}], None),
    ],
)
def test_a_value_stands_since_the_newest_entry_that_has_it(
    value: str | None, entries: list[Any], expected: int | None
) -> None:
    record = typed_record(
        {**item("1", value), "propertiesWithHistory": {"city": entries}}, "lastmodifieddate"
    )
    assert record.typed.get("properties.city") == (None if expected is None else stamp(expected))


@given(st.lists(st.sampled_from(["A", "B", ""]), min_size=1, max_size=9))
def test_a_value_stands_since_it_was_last_put_there(values: list[str]) -> None:
    entries = [entry(value, second) for second, value in enumerate(values)][::-1]
    record = typed_record(
        {**item("1", values[-1] or None), "propertiesWithHistory": {"city": entries}}, "lastmodifieddate"
    )
    assert record.typed == {"properties.city": stamp(len(values) - 1)}


@pytest.mark.parametrize("whole", [True, False])
def test_a_receipt_has_the_record_only_where_the_answer_has_all_that_is_read(whole: bool) -> None:
    values = dict.fromkeys(ASKED["contacts"] if whole else ASKED["contacts"][1:], "x")

    def script(asked: Asked) -> Reply:
        (sent,) = asked.body["inputs"]
        trace = {"objectWriteTraceId": sent["objectWriteTraceId"]}
        return Reply(200, {"results": [{"id": "1", "properties": values, "updatedAt": LATER, **trace}]})

    with serving(script) as server:
        (receipt,) = hubspot(server).push("contacts", [Write("w", "1", {"properties": {"city": "x"}})])
    assert receipt.status == "done"
    expected = {"id": "1", "properties": values, "updatedAt": LATER} if whole else None
    assert (receipt.record and receipt.record.data) == expected
