"""HubSpot: what its answers mean."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from connectors.contract import Connection, Write
from connectors.errors import Transient
from connectors.hubspot.connector import HubSpot
from connectors.pace import Timing
from tests.unit.scripted import Asked, Reply, Script, Scripted, replies, serving

SLEPT: list[float] = []


def hubspot(server: Scripted, **options: str) -> HubSpot:
    SLEPT.clear()
    return HubSpot(Connection(server.url, "token", options=options), Timing(SLEPT.append, lambda: 0.0))


def write(ref: str, key: str | None, **properties: Any) -> Write:
    return Write(ref, key, {"properties": properties})


@pytest.fixture
def three() -> Iterator[list[Write]]:
    yield [write("a", "1", city="A"), write("b", "2", city=None), write("c", "3", city="C")]


def test_a_batch_stored_in_part_gives_each_write_its_own_receipt(three: list[Write]) -> None:
    body = {
        "status": "COMPLETE",
        "results": [{"id": "2", "updatedAt": "2026-11-22T10:00:00Z", "objectWriteTraceId": "b"}],
        "errors": [
            {"category": "OBJECT_NOT_FOUND", "message": "no 1", "context": {"ids": ["1"]}},
        ],
    }
    with serving(replies(Reply(207, body))) as server:
        receipts = hubspot(server).push("contacts", three)
    assert [(r.ref, r.status, r.key) for r in receipts] == [
        ("a", "gone", "1"),
        ("b", "done", "2"),
        ("c", "unsure", "3"),
    ]
    assert receipts[1].stamp == "2026-11-22T10:00:00.000000Z"
    assert server.asked[0].body["inputs"][1] == {
        "id": "2",
        "properties": {"city": ""},
        "objectWriteTraceId": "b",
    }


def test_every_value_is_sent_as_text_and_a_create_says_that_it_links_nothing() -> None:
    """As HubSpot's document has it: property values are strings, ``associations`` is required of a create."""
    given = {"tickets": 2, "optout": True, "balance": "8.10", "city": None}
    with serving(replies(Reply(201, {"results": []}))) as server:
        hubspot(server).push("contacts", [write("a", None, **given)])
    assert server.asked[0].body["inputs"] == [
        {
            "properties": {"tickets": "2", "optout": "true", "balance": "8.10", "city": ""},
            "objectWriteTraceId": "a",
            "associations": [],
        }
    ]


def test_a_batch_rejected_for_one_input_is_halved_until_the_culprit_is_alone(three: list[Write]) -> None:
    def script(asked: Asked) -> Reply:
        inputs = asked.body["inputs"]
        if any(one["id"] == "2" for one in inputs):
            message = "Property values were not valid: jan@firm.example"
            return Reply(400, {"category": "VALIDATION_ERROR", "message": message})
        results = [{"id": one["id"], "objectWriteTraceId": one["objectWriteTraceId"]} for one in inputs]
        return Reply(200, {"results": results})

    with serving(script) as server:
        receipts = hubspot(server).push("contacts", three)
    assert {r.ref: r.status for r in receipts} == {"a": "done", "b": "refused", "c": "done"}
    assert receipts[1].message == "VALIDATION_ERROR: Property values were not valid: [e-mail]"


def test_a_create_without_an_answer_is_unsure_and_sent_once(three: list[Write]) -> None:
    with serving(replies(Reply(cut=0))) as server:
        receipts = hubspot(server).push("contacts", [write("n", None, email="a@firm.example")])
    assert [(r.ref, r.status) for r in receipts] == [("n", "unsure")]
    assert len(server.asked) == 1


def test_receipts_are_kept_when_contact_is_lost_halfway(three: list[Write]) -> None:
    def script(asked: Asked) -> Reply:
        if asked.path.endswith("create"):
            return Reply(429, {"policyName": "DAILY"})
        results = [
            {"id": i["id"], "objectWriteTraceId": i["objectWriteTraceId"]} for i in asked.body["inputs"]
        ]
        return Reply(200, {"results": results})

    with serving(script) as server:
        receipts = hubspot(server).push("contacts", [write("n", None, email="x"), *three])
    assert {r.ref: r.status for r in receipts} == {"a": "done", "b": "done", "c": "done", "n": "unsure"}


def test_the_daily_allowance_is_not_waited_for() -> None:
    with serving(replies(Reply(429, {"policyName": "DAILY"}))) as server, pytest.raises(Transient) as caught:
        hubspot(server).fetch("contacts", ["1"])
    assert (caught.value.retry_after, SLEPT) == (3600.0, [])


def test_a_short_allowance_is_waited_for() -> None:
    limited = Reply(429, {"policyName": "TEN_SECONDLY_ROLLING"})
    with serving(replies(limited, Reply(200, {"results": []}))) as server:
        assert hubspot(server).fetch("contacts", ["1"]) == {}
    assert [pytest.approx(10.05)] == SLEPT


def list_only(items: list[dict[str, Any]]) -> Script:
    def script(asked: Asked) -> Reply:
        archived = asked.query.get("archived") == "true"
        return Reply(200, {"results": [i for i in items if i.get("archived", False) == archived]})

    return script


def test_merged_and_archived_records_are_deleted_ones() -> None:
    merged = {"id": "3", "properties": {"hs_merged_object_ids": "1;2"}, "updatedAt": "2026-11-22T10:00:00Z"}
    items: list[dict[str, Any]] = [merged, {"id": "9", "properties": {}, "archived": True}]
    with serving(list_only(items)) as server:
        pages = list(hubspot(server).pull("contacts", None))
    found = {record.key: record for page in pages for record in page.records}
    assert {key: (r.deleted, r.merged_into) for key, r in found.items()} == {
        "3": (False, None),
        "1": (True, "3"),
        "2": (True, "3"),
        "9": (True, None),
    }


def test_an_id_that_was_merged_away_leads_to_another_record() -> None:
    merged = {"id": "3", "properties": {"hs_merged_object_ids": "1;2"}}
    with serving(replies(Reply(200, {"results": [merged]}))) as server:
        found = hubspot(server).fetch("contacts", ["1"])
        assert {key: (one.deleted, one.merged_into) for key, one in found.items()} == {"1": (True, "3")}
        assert set(hubspot(server).fetch("contacts", ["3"])) == {"3", "1", "2"}


def test_an_address_that_is_somebodys_second_one_is_found() -> None:
    held = {"email": "a@x.nl", "hs_additional_emails": "b@x.nl;c@x.nl"}

    def script(asked: Asked) -> Reply:
        shown = {name: value for name, value in held.items() if name in asked.body["properties"]}
        return Reply(200, {"results": [{"id": "3", "properties": shown}]})

    with serving(script) as server:
        found = hubspot(server).find("contacts", "properties.email", ["C@x.nl"])
    assert {value: [one.key for one in some] for value, some in found.items()} == {"C@x.nl": ["3"]}


def test_a_property_is_made_in_a_group_that_there_is() -> None:
    groups: list[str] = []

    def script(asked: Asked) -> Reply:
        if asked.path.endswith("/groups"):
            groups.extend([asked.body["name"]] if asked.method == "POST" else [])
            known = [{"name": name} for name in ("somethingelse", *groups)]
            return Reply(200, {"results": known})
        if asked.method == "POST":
            there = asked.body["groupName"] in groups
            return Reply(201, asked.body) if there else Reply(400, {"message": "group does not exist"})
        return Reply(200, {"results": []})

    with serving(script) as server:
        made = hubspot(server).provision("contacts", {"golden_id": "text", "open_tickets": "number"})
    assert [one.ok for one in made] == [True, True]
    assert groups == ["contactinformation"]


def test_custom_properties_are_asked_for() -> None:
    with serving(list_only([])) as server:
        list(hubspot(server, fields_contacts="golden_id, open_tickets").pull("contacts", None))
    asked = server.asked[-1].query["properties"].split(",")
    assert {"golden_id", "open_tickets", "email"} <= set(asked)


class Index:
    """A search index: id → the moment it is found by, and what it shows of it by then."""

    def __init__(self, **found: str) -> None:
        self.found = {key.removeprefix("c"): stamp for key, stamp in found.items()}
        self.shown: dict[str, str] = {}
        self.date = "Sun, 22 Nov 2026 10:00:00 GMT"

    def __call__(self, asked: Asked) -> Reply:
        date = {"Date": self.date}
        if not asked.path.endswith("search"):
            return Reply(200, {"results": []}, date)
        since, after = (one["value"] for one in asked.body["filterGroups"][0]["filters"])
        moment = datetime.fromtimestamp(int(since) / 1000, UTC).isoformat()[:19] + "Z"
        keys = [
            key for key in sorted(self.found, key=int) if int(key) > int(after) and self.found[key] >= moment
        ]
        page = [self._record(key) for key in keys[: asked.body["limit"]]]
        return Reply(200, {"results": page}, date)

    def _record(self, key: str) -> dict[str, Any]:
        return {"id": key, "properties": {"lastmodifieddate": self.shown.get(key, self.found[key])}}

    def pulled(self, cursor: Any, **options: str) -> tuple[set[str], Any]:
        with serving(self) as server:
            pages = list(hubspot(server, **options).pull("contacts", cursor))
        return {record.key for page in pages for record in page.records}, pages[-1].cursor


def test_a_record_that_reaches_the_index_after_a_newer_one_is_seen() -> None:
    index = Index(c1="2026-11-22T09:59:59Z")
    _, cursor = index.pulled(None)
    index.found |= {"1": "2026-11-22T10:04:00Z", "2": "2026-11-22T10:04:59Z"}
    index.date = "Sun, 22 Nov 2026 10:05:00 GMT"
    found, cursor = index.pulled(cursor)
    assert found == {"1", "2"}
    index.found["3"] = "2026-11-22T10:02:00Z"
    index.date = "Sun, 22 Nov 2026 10:06:00 GMT"
    assert "3" in index.pulled(cursor)[0]


def test_what_shows_a_newer_stamp_than_it_is_found_by_hides_nothing_between() -> None:
    """It was touched meanwhile: pages are read by id, and the next walk begins before that."""
    index = Index(**{f"c{number}": f"2026-11-22T10:00:{number:02d}Z" for number in range(1, 8)})
    _, cursor = index.pulled(None)
    index.shown = {"2": "2026-11-22T10:30:00Z"}
    index.date = "Sun, 22 Nov 2026 10:30:00 GMT"
    found, cursor = index.pulled(cursor, page_size="2")
    assert found == {"1", "2", "3", "4", "5", "6", "7"}
    assert cursor == {"phase": "done", "until": "2026-11-22T10:25:00.000000Z"}


def test_how_far_behind_hubspot_is_read_again_is_the_connection_s() -> None:
    index = Index()
    _, cursor = index.pulled(None, horizon="60")
    assert cursor["until"] == "2026-11-22T09:00:00.000000Z"


@pytest.mark.parametrize(
    ("cursor", "since"),
    [
        ({"phase": "done", "high": "2026-11-22T09:50:00.000000Z"}, "2026-11-22T09:45:00Z"),
        ({"phase": "window", "from": "2026-11-22T09:40:00.000000Z", "high": "x"}, "2026-11-22T09:35:00Z"),
        ({"phase": "drain", "at": "2026-11-22T09:40:00.000000Z", "id": "3"}, "2026-11-22T09:35:00Z"),
    ],
    ids=["complete", "on its way", "within a moment"],
)
def test_a_cursor_of_the_walk_by_stamps_goes_on_a_horizon_earlier(cursor: Any, since: str) -> None:
    index = Index(c1=since, c2="2026-11-22T09:30:00Z")
    assert index.pulled(cursor)[0] == {"1"}
