"""The HubSpot stand-in against what HubSpot's own documentation says of its API."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests

from sandbox.core.clock import ManualClock
from sandbox.core.journal import Entry
from sandbox.core.serve import running_sandbox
from sandbox.core.tokens import Tokens
from sandbox.core.world import World
from sandbox.hubspot.standin import HubSpot

Json = dict[str, Any]
START = datetime(2026, 11, 22, 10, tzinfo=UTC)
THEN = "2026-11-01T09:00:00.000Z"
OBJECTS = "/crm/objects/2026-09"
GOLDEN = {
    "name": "golden_id",
    "label": "Golden id",
    "type": "string",
    "fieldType": "text",
    "groupName": "contactinformation",
    "hasUniqueValue": True,
}


@dataclass
class Account:
    """The stand-in behind HTTP, and the clock and journal behind it."""

    base: str
    world: World

    def call(self, method: str, path: str, body: Any = None, actor: str = "hub", **query: Any) -> Any:
        headers = {"Authorization": f"Bearer {actor}-token"}
        return requests.request(
            method, self.base + path, json=body, params=query, headers=headers, timeout=10
        )

    def ok(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        answer = self.call(method, path, body, **query)
        assert answer.ok, answer.text
        return answer.json() if answer.content else None

    def refused(self, status: int, method: str, path: str, body: Any = None, **query: Any) -> Json:
        answer = self.call(method, path, body, **query)
        assert answer.status_code == status, answer.text
        found: Json = answer.json()
        assert found["status"] == "error"
        assert found["message"] and found["correlationId"] and found["category"]
        return found

    def create(self, kind: str = "contacts", **properties: Any) -> str:
        return str(self.ok("POST", f"{OBJECTS}/{kind}", {"properties": properties})["id"])

    def search(self, **body: Any) -> Json:
        self.wait(seconds=1)  # never in the way of the five searches a second
        found: Json = self.ok("POST", f"{OBJECTS}/contacts/search", body)
        return found

    def wait(self, **span: float) -> None:
        self.world.clock.advance(timedelta(**span))

    def journal(self) -> list[Entry]:
        return list(self.world.journal.since())


def contact(number: int, **properties: Any) -> Json:
    named = {"email": f"c{number}@example.nl", "firstname": f"C{number}", **properties}
    return {"id": str(100 + number), "createdAt": THEN, "updatedAt": THEN, "properties": named}


@pytest.fixture
def account() -> Iterator[Account]:
    world = World.of(ManualClock(START), Tokens("hub-token", "human-token", "admin-token"))
    hubspot = HubSpot(world)
    company = {"id": "7", "createdAt": THEN, "updatedAt": THEN, "properties": {"name": "Bakker BV"}}
    hubspot.seed({"contacts": [contact(n) for n in range(5)], "companies": [company, {**company, "id": "8"}]})
    with running_sandbox([hubspot], world) as running:
        yield Account(running.systems["hubspot"], world)


def equals(name: str, value: str, operator: str = "EQ") -> list[Json]:
    return [{"filters": [{"propertyName": name, "operator": operator, "value": value}]}]


def ids(found: Json) -> list[str]:
    return [row["id"] for row in found["results"]]


def test_a_token_nobody_has_is_refused(account: Account) -> None:
    answer = account.call("GET", f"{OBJECTS}/contacts", actor="nobody")
    assert answer.status_code == 401
    assert answer.json()["category"] == "INVALID_AUTHENTICATION"


@pytest.mark.parametrize("root", [OBJECTS, "/crm/v3/objects"])
def test_the_list_gives_every_contact_once_over_pages_of_one(account: Account, root: str) -> None:
    found: list[str] = []
    query: dict[str, str] = {}
    while True:
        body = account.ok("GET", f"{root}/contacts", limit=1, **query)
        found += ids(body)
        if "paging" not in body:
            break
        query = {"after": body["paging"]["next"]["after"]}
    assert found == ["100", "101", "102", "103", "104"]


def test_only_asked_properties_come_back_and_unknown_ones_are_left_out(account: Account) -> None:
    row = account.ok("GET", f"{OBJECTS}/contacts/100", properties="phone,nonsense")
    assert set(row["properties"]) == {"phone", "createdate", "hs_object_id", "lastmodifieddate"}
    assert row["properties"]["phone"] is None
    usual = account.ok("GET", f"{OBJECTS}/contacts/100")["properties"]
    assert set(usual) == {
        *("createdate", "email", "firstname", "hs_object_id", "lastmodifieddate", "lastname")
    }


def test_search_pages_through_equal_stamps_without_loss(account: Account) -> None:
    found: list[str] = []
    after: str | None = "0"
    while after is not None:
        body = account.search(
            filterGroups=equals("lastmodifieddate", "1700000000000", "GTE"),
            sorts=[{"propertyName": "lastmodifieddate", "direction": "ASCENDING"}],
            limit=1,
            after=after,
        )
        assert body["total"] == 5
        found += ids(body)
        after = body.get("paging", {}).get("next", {}).get("after")
    assert sorted(found) == ["100", "101", "102", "103", "104"]


def test_changed_since_includes_its_boundary_and_leaves_out_what_is_older(account: Account) -> None:
    account.ok("PATCH", f"{OBJECTS}/contacts/103", {"properties": {"phone": "020 123"}})
    account.wait(seconds=10)
    boundary = str(int(START.timestamp() * 1000))
    assert ids(account.search(filterGroups=equals("lastmodifieddate", boundary, "GTE"))) == ["103"]
    assert ids(account.search(filterGroups=equals("lastmodifieddate", boundary, "GT"))) == []


def test_search_lags_ten_seconds_behind_while_reads_do_not(account: Account) -> None:
    account.ok("PATCH", f"{OBJECTS}/contacts/100", {"properties": {"phone": "020 999"}})
    account.ok("DELETE", f"{OBJECTS}/contacts/101")
    new = account.create(email="new@example.nl")
    assert (
        account.ok("GET", f"{OBJECTS}/contacts/100", properties="phone")["properties"]["phone"] == "020 999"
    )
    assert new in ids(account.ok("GET", f"{OBJECTS}/contacts", limit=100))
    assert ids(account.search(filterGroups=equals("phone", "020 999"))) == []
    before = ids(account.search(limit=200))
    assert "101" in before and new not in before
    account.wait(seconds=10)
    after = ids(account.search(limit=200))
    assert "101" not in after and new in after
    assert ids(account.search(filterGroups=equals("phone", "020 999"))) == ["100"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ([{"propertyName": "firstname", "operator": "EQ", "value": "c1"}], {"101"}),
        ([{"propertyName": "firstname", "operator": "NEQ", "value": "C1"}], {"100", "102", "103", "104"}),
        (
            [{"propertyName": "email", "operator": "IN", "values": ["c1@example.nl", "c4@example.nl"]}],
            {"101", "104"},
        ),
        ([{"propertyName": "firstname", "operator": "IN", "values": ["C1"]}], set()),
        ([{"propertyName": "hs_object_id", "operator": "GT", "value": "102"}], {"103", "104"}),
        (
            [{"propertyName": "hs_object_id", "operator": "BETWEEN", "value": "101", "highValue": "102"}],
            {"101", "102"},
        ),
        ([{"propertyName": "phone", "operator": "HAS_PROPERTY"}], set()),
        ([{"propertyName": "email", "operator": "CONTAINS_TOKEN", "value": "c3*"}], {"103"}),
    ],
)
def test_filters(account: Account, filters: list[Json], expected: set[str]) -> None:
    assert set(ids(account.search(filterGroups=[{"filters": filters}], limit=200))) == expected


@pytest.mark.parametrize(
    "body",
    [
        {"limit": 201},
        {"limit": 100, "after": 9901},
        {"sorts": ["firstname", "lastname"]},
        {"filterGroups": [{"filters": [{"propertyName": "nonsense", "operator": "HAS_PROPERTY"}]}]},
        {"filterGroups": [{"filters": [{"propertyName": "email", "operator": "LIKE", "value": "x"}]}]},
        {"filterGroups": [{"filters": [{"propertyName": "email", "operator": "EQ"}]}]},
        {"filter": []},
        {"limit": "10"},
        [],
    ],
)
def test_a_search_hubspot_would_not_take_is_refused(account: Account, body: Any) -> None:
    assert account.refused(400, "POST", f"{OBJECTS}/contacts/search", body)["category"] == "VALIDATION_ERROR"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"nonsense": "1"}, "PROPERTY_DOESNT_EXIST"),
        ({"email": "no address"}, "INVALID_EMAIL"),
        ({"lifecyclestage": "buyer"}, "INVALID_OPTION"),
        ({"hs_email_optout": "maybe"}, "INVALID_OPTION"),
        ({"hs_object_id": "5"}, "READ_ONLY_VALUE"),
        ({"hs_email_optout": "true"}, "READ_ONLY_VALUE"),
        ({"associatedcompanyid": "99"}, "INVALID_LONG"),
        ({"phone": ["1"]}, "INVALID_TYPE"),
    ],
)
def test_values_that_do_not_pass_are_refused_and_change_nothing(
    account: Account, given: Json, code: str
) -> None:
    before = account.ok("GET", f"{OBJECTS}/contacts/100", properties="email,phone,lifecyclestage")
    found = account.refused(400, "PATCH", f"{OBJECTS}/contacts/100", {"properties": {"city": "Ede", **given}})
    assert [one["code"] for one in found["errors"]] == [code]
    assert account.ok("GET", f"{OBJECTS}/contacts/100", properties="email,phone,lifecyclestage") == before
    assert account.journal() == []


def test_an_empty_text_clears_and_a_null_changes_nothing(account: Account) -> None:
    path = f"{OBJECTS}/contacts/100"
    account.ok("PATCH", path, {"properties": {"phone": " 020-123 45 67", "city": "Ede"}})
    account.ok("PATCH", path, {"properties": {"phone": None, "city": ""}})
    shown = account.ok("GET", path, properties="phone,city")["properties"]
    assert (shown["phone"], shown["city"]) == (" 020-123 45 67", None)


def test_an_address_loses_its_capitals_and_belongs_to_one_contact(account: Account) -> None:
    key = account.create(email=" New@Example.NL ")
    shown = account.ok("GET", f"{OBJECTS}/contacts/{key}")
    assert shown["properties"]["email"] == "new@example.nl"
    found = account.refused(409, "POST", f"{OBJECTS}/contacts", {"properties": {"email": "NEW@example.nl"}})
    assert found["category"] == "CONFLICT"
    assert found["message"].endswith(f"Existing ID: {key}")
    account.ok("PATCH", f"{OBJECTS}/contacts/{key}", {"properties": {"email": "other@example.nl"}})
    account.create(email="new@example.nl")


def test_a_write_that_changes_nothing_leaves_the_stamp_alone(account: Account) -> None:
    account.ok("PATCH", f"{OBJECTS}/contacts/100", {"properties": {"firstname": "C0"}})
    assert account.ok("GET", f"{OBJECTS}/contacts/100")["updatedAt"] == THEN
    account.ok("PATCH", f"{OBJECTS}/contacts/100", {"properties": {"firstname": "Cees"}})
    shown = account.ok("GET", f"{OBJECTS}/contacts/100")
    assert shown["updatedAt"] == shown["properties"]["lastmodifieddate"] == "2026-11-22T10:00:00.000Z"


def test_an_archived_contact_is_gone_but_listed_among_the_archived(account: Account) -> None:
    account.ok("DELETE", f"{OBJECTS}/contacts/101")
    account.ok("DELETE", f"{OBJECTS}/contacts/101")
    assert account.refused(404, "GET", f"{OBJECTS}/contacts/101")["category"] == "OBJECT_NOT_FOUND"
    assert ids(account.ok("GET", f"{OBJECTS}/contacts", limit=100)) == ["100", "102", "103", "104"]
    [gone] = account.ok("GET", f"{OBJECTS}/contacts", archived="true")["results"]
    assert (gone["id"], gone["archived"]) == ("101", True)
    assert gone["archivedAt"] == "2026-11-22T10:00:00.000Z"
    assert account.ok("GET", f"{OBJECTS}/contacts/101", archived="true")["id"] == "101"


def test_a_merge_makes_a_new_record_to_which_the_old_ids_lead(account: Account) -> None:
    account.ok("PATCH", f"{OBJECTS}/contacts/101", {"properties": {"city": "Ede", "firstname": "Loser"}})
    body = {"primaryObjectId": "100", "objectIdToMerge": "101"}
    new = account.ok("POST", f"{OBJECTS}/contacts/merge", body)["id"]
    assert new not in ("100", "101")
    wanted = "city,firstname,email,hs_merged_object_ids"
    for key in (new, "100", "101"):
        shown = account.ok("GET", f"{OBJECTS}/contacts/{key}", properties=wanted)
        assert (shown["id"], shown["properties"]["hs_merged_object_ids"]) == (new, "100;101")
    told = shown["properties"]
    assert (told["city"], told["firstname"], told["email"]) == ("Ede", "C0", "c0@example.nl")
    assert ids(account.ok("GET", f"{OBJECTS}/contacts", limit=100)) == ["102", "103", "104", new]
    batch = {"properties": [], "propertiesWithHistory": ["firstname"], "inputs": [{"id": "101"}]}
    [read] = account.ok("POST", f"{OBJECTS}/contacts/batch/read", batch)["results"]
    assert read["id"] == new
    assert [one["value"] for one in read["propertiesWithHistory"]["firstname"]] == ["C0", "Loser", "C1"]
    account.refused(409, "POST", f"{OBJECTS}/contacts", {"properties": {"email": "c1@example.nl"}})
    gone = [("delete", "100"), ("delete", "101")]
    assert [(e.action, e.key) for e in account.journal()][1:] == [("merge", new), *gone]


def test_batch_read_reports_what_it_could_not_find(account: Account) -> None:
    body = {"properties": ["email"], "inputs": [{"id": "100"}, {"id": "999"}, {"id": "102"}]}
    answer = account.call("POST", f"{OBJECTS}/contacts/batch/read", body)
    assert answer.status_code == 207
    assert sorted(ids(answer.json())) == ["100", "102"]
    [error] = answer.json()["errors"]
    assert (error["category"], error["context"]["ids"]) == ("OBJECT_NOT_FOUND", ["999"])
    by_email = {"properties": [], "idProperty": "email", "inputs": [{"id": "C3@example.nl"}]}
    assert ids(account.ok("POST", f"{OBJECTS}/contacts/batch/read", by_email)) == ["103"]


def test_a_batch_of_named_writes_is_judged_one_by_one(account: Account) -> None:
    inputs = [
        {"id": "100", "properties": {"city": "Ede"}, "objectWriteTraceId": "a"},
        {"id": "101", "properties": {"email": "wrong"}, "objectWriteTraceId": "b"},
        {"id": "999", "properties": {"city": "Ede"}, "objectWriteTraceId": "c"},
        {"id": "102", "properties": {"city": "Ede"}, "objectWriteTraceId": "d"},
    ]
    answer = account.call("POST", f"{OBJECTS}/contacts/batch/update", {"inputs": inputs})
    body = answer.json()
    assert (answer.status_code, body["status"], body["numErrors"]) == (207, "COMPLETE", 2)
    assert {row["objectWriteTraceId"]: row["id"] for row in body["results"]} == {"a": "100", "d": "102"}
    found = {error["context"]["objectWriteTraceId"][0]: error["category"] for error in body["errors"]}
    assert found == {"b": "VALIDATION_ERROR", "c": "OBJECT_NOT_FOUND"}
    assert [e.key for e in account.journal()] == ["100", "102"]


def test_one_refusal_refuses_a_batch_of_unnamed_writes(account: Account) -> None:
    inputs = [
        {"properties": {"email": "fine@example.nl"}},
        {"properties": {"email": "c1@example.nl"}},
    ]
    found = account.refused(409, "POST", f"{OBJECTS}/contacts/batch/create", {"inputs": inputs})
    assert found["category"] == "CONFLICT"
    assert account.journal() == []


def test_two_inputs_of_a_batch_cannot_take_the_same_address(account: Account) -> None:
    inputs = [{"properties": {"email": "x@example.nl"}, "objectWriteTraceId": t} for t in "ab"]
    answer = account.call("POST", f"{OBJECTS}/contacts/batch/create", {"inputs": inputs})
    assert answer.status_code == 207
    assert [row["objectWriteTraceId"] for row in answer.json()["results"]] == ["a"]


def test_a_batch_all_of_which_went_well(account: Account) -> None:
    inputs = [{"properties": {"email": f"n{n}@example.nl"}, "objectWriteTraceId": str(n)} for n in range(100)]
    answer = account.call("POST", f"{OBJECTS}/contacts/batch/create", {"inputs": inputs})
    assert (answer.status_code, answer.json()["status"]) == (201, "COMPLETE")
    assert {row["objectWriteTraceId"] for row in answer.json()["results"]} == {str(n) for n in range(100)}
    inputs = [{"id": str(n), "properties": {}} for n in range(101)]
    account.refused(400, "POST", f"{OBJECTS}/contacts/batch/update", {"inputs": inputs})


def test_upsert_by_a_unique_property_of_our_own(account: Account) -> None:
    account.ok("POST", "/crm/properties/2026-09/contacts", GOLDEN)
    inputs = [{"id": "g1", "idProperty": "golden_id", "properties": {"city": "Ede"}}]
    [made] = account.ok("POST", f"{OBJECTS}/contacts/batch/upsert", {"inputs": inputs})["results"]
    [found] = account.ok("POST", f"{OBJECTS}/contacts/batch/upsert", {"inputs": inputs})["results"]
    assert (made["new"], found["new"], made["id"]) == (True, False, found["id"])
    clash = {"properties": {"golden_id": "g1"}}
    refused = account.refused(400, "PATCH", f"{OBJECTS}/contacts/100", clash)
    assert refused["errors"][0]["code"] == "CONFLICTING_UNIQUE_VALUE"
    by_city = [{"id": "Ede", "idProperty": "city", "properties": {}}]
    account.refused(400, "POST", f"{OBJECTS}/contacts/batch/upsert", {"inputs": by_city})


def test_properties_can_be_listed_and_added_once(account: Account) -> None:
    account.refused(404, "GET", "/crm/properties/2026-09/contacts/golden_id")
    account.ok("POST", "/crm/v3/properties/contacts", GOLDEN)
    listed = account.ok("GET", "/crm/properties/2026-09/contacts")["results"]
    assert {"email", "lastmodifieddate", "golden_id"} <= {p["name"] for p in listed}
    again = account.refused(409, "POST", "/crm/properties/2026-09/contacts", GOLDEN)
    assert again["category"] == "OBJECT_ALREADY_EXISTS"
    number = {
        **GOLDEN,
        "name": "open_tickets",
        "type": "number",
        "fieldType": "number",
        "hasUniqueValue": False,
    }
    account.ok("POST", "/crm/properties/2026-09/contacts", number)
    account.ok("PATCH", f"{OBJECTS}/contacts/100", {"properties": {"open_tickets": 3}})
    account.refused(400, "PATCH", f"{OBJECTS}/contacts/100", {"properties": {"open_tickets": "many"}})
    ours = {**GOLDEN, "name": "score", "groupName": "klantbeeld"}
    account.refused(400, "POST", "/crm/properties/2026-09/contacts", ours)
    groups = "/crm/properties/2026-09/contacts/groups"
    account.ok("POST", groups, {"name": "klantbeeld", "label": "Klantbeeld"})
    account.refused(409, "POST", groups, {"name": "klantbeeld", "label": "Klantbeeld"})
    assert account.ok("POST", "/crm/properties/2026-09/contacts", ours)["groupName"] == "klantbeeld"
    assert [one["name"] for one in account.ok("GET", groups)["results"]] == [
        "contactinformation",
        "klantbeeld",
    ]
    account.refused(400, "DELETE", f"{groups}/klantbeeld")
    account.refused(404, "GET", f"{groups}/nowhere")


def test_links_and_the_primary_company_agree(account: Account) -> None:
    account.ok("PATCH", f"{OBJECTS}/contacts/100", {"properties": {"associatedcompanyid": "7"}})
    link = {
        "from": {"id": "100"},
        "to": {"id": "8"},
        "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 279}],
    }
    account.ok("POST", "/crm/associations/2026-09/contacts/companies/batch/create", {"inputs": [link]})
    read = {"inputs": [{"id": "100"}, {"id": "101"}]}
    answer = account.call("POST", "/crm/associations/2026-09/contacts/companies/batch/read", read)
    assert answer.status_code == 207
    [found] = answer.json()["results"]
    assert [to["toObjectId"] for to in found["to"]] == ["7", "8"]
    assert answer.json()["errors"][0]["subCategory"] == "crm.associations.NO_ASSOCIATIONS_FOUND"
    account.ok("DELETE", f"{OBJECTS}/companies/7")
    shown = account.ok(
        "GET", f"{OBJECTS}/contacts/100", properties="associatedcompanyid", associations="companies"
    )
    assert shown["properties"]["associatedcompanyid"] == "8"
    assert [one["id"] for one in shown["associations"]["companies"]["results"]] == ["8"]
    unlink = {"inputs": [{"from": {"id": "100"}, "to": [{"id": "8"}]}]}
    account.ok("POST", "/crm/v4/associations/contacts/companies/batch/archive", unlink)
    shown = account.ok("GET", f"{OBJECTS}/contacts/100", properties="associatedcompanyid")
    assert shown["properties"]["associatedcompanyid"] is None


def test_what_hubspot_does_not_know_is_refused(account: Account) -> None:
    account.refused(400, "GET", f"{OBJECTS}/contacts", updatedAfter="2026-01-01")
    account.refused(400, "GET", f"{OBJECTS}/contacts", limit=101)
    account.refused(400, "GET", f"{OBJECTS}/contacts", after="x")
    account.refused(400, "GET", f"{OBJECTS}/robots")
    account.refused(404, "GET", "/crm/objects/2031-01/contacts")
    account.refused(405, "PUT", f"{OBJECTS}/contacts/100", {})
    account.refused(400, "PATCH", f"{OBJECTS}/contacts/100", {"properties": {}, "props": {}})
    account.refused(400, "POST", f"{OBJECTS}/contacts", {"email": "a@example.nl"})


def test_a_body_that_is_no_json_is_refused(account: Account) -> None:
    headers = {"Authorization": "Bearer hub-token"}
    url = f"{account.base}{OBJECTS}/contacts"
    assert requests.post(url, data=b'{"properties": NaN', headers=headers, timeout=10).status_code == 400
    assert requests.post(url, data=b" " * (5 << 20), headers=headers, timeout=10).status_code == 413


def test_the_burst_limit_speaks_through_its_headers_and_passes(account: Account) -> None:
    for left in range(189, -1, -1):
        answer = account.call("GET", f"{OBJECTS}/contacts/100")
        assert answer.headers["X-HubSpot-RateLimit-Remaining"] == str(left)
    refused = account.call("GET", f"{OBJECTS}/contacts/100")
    assert (refused.status_code, refused.json()["policyName"]) == (429, "TEN_SECONDLY_ROLLING")
    account.wait(seconds=10)
    assert account.call("GET", f"{OBJECTS}/contacts/100").ok


def test_a_sixth_search_in_a_second_is_one_too_many(account: Account) -> None:
    path = f"{OBJECTS}/contacts/search"
    answers = [account.call("POST", path, {}) for _ in range(6)]
    assert [a.status_code for a in answers] == [200] * 5 + [429]
    assert answers[-1].json()["policyName"] == "SECONDLY"
    assert not [name for a in answers for name in a.headers if "ratelimit" in name.lower()]
    account.wait(seconds=1)
    assert account.call("POST", path, {}).ok


def test_the_journal_names_the_actor_and_what_changed(account: Account) -> None:
    account.ok("PATCH", f"{OBJECTS}/contacts/100", {"properties": {"firstname": "Hub"}})
    account.wait(seconds=5)
    body = {"properties": {"firstname": "Mens"}}
    account.call("PATCH", f"{OBJECTS}/contacts/100", body, actor="human")
    account.ok("PATCH", f"{OBJECTS}/contacts/100", body)
    hub, human, echo = account.journal()
    assert (hub.actor, hub.action, hub.before["firstname"], hub.after["firstname"]) == (
        *("hub", "update", "C0", "Hub"),
    )
    assert (human.actor, human.after["firstname"], human.at) == ("human", "Mens", "2026-11-22T10:00:05.000Z")
    assert (echo.actor, echo.before, echo.after) == ("hub", {}, {})


def test_true_may_be_written_as_python_writes_it(account: Account) -> None:
    account.ok("DELETE", f"{OBJECTS}/contacts/101")
    assert ids(account.ok("GET", f"{OBJECTS}/contacts", archived="True")) == ["101"]
    account.refused(400, "GET", f"{OBJECTS}/contacts", archived="yes")


@pytest.mark.parametrize("root", [OBJECTS, "/crm/v4/objects"])
def test_links_are_made_read_and_undone_one_at_a_time(account: Account, root: str) -> None:
    links = f"{root}/contacts/101/associations/companies"
    primary = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 1}]
    assert account.ok("PUT", f"{links}/8", primary)["toObjectId"] == "8"
    made = account.ok("PUT", f"{root}/contact/101/associations/default/company/7")["results"]
    assert {(one["from"]["id"], one["to"]["id"]) for one in made} == {("101", "7"), ("7", "101")}
    first = account.ok("GET", links, limit=1)
    rest = account.ok("GET", links, after=first["paging"]["next"]["after"])
    assert [one["toObjectId"] for one in first["results"] + rest["results"]] == ["7", "8"]
    account.ok("DELETE", f"{links}/8")
    assert [one["toObjectId"] for one in account.ok("GET", links)["results"]] == ["7"]
    account.refused(404, "GET", f"{root}/contacts/1/associations/companies")
    account.refused(400, "PUT", f"{links}/8", {"not": "a list"})


def test_many_links_without_a_label_are_made_at_once(account: Account) -> None:
    pairs = [{"from": {"id": key}, "to": {"id": "7"}} for key in ("101", "102")]
    batch = "/crm/associations/2026-09/contacts/companies/batch"
    assert len(account.ok("POST", f"{batch}/associate/default", {"inputs": pairs})["results"]) == 4
    shown = account.ok("GET", f"{OBJECTS}/contacts/102", properties="associatedcompanyid")
    assert shown["properties"]["associatedcompanyid"] == "7"


def test_a_custom_property_is_renamed_and_archived_and_a_built_in_one_is_not(account: Account) -> None:
    properties = "/crm/properties/2026-09/contacts"
    account.ok("POST", properties, GOLDEN)
    changed = account.ok("PATCH", f"{properties}/golden_id", {"label": "Golden"})
    assert (changed["label"], changed["hasUniqueValue"]) == ("Golden", True)
    account.ok("DELETE", f"{properties}/golden_id")
    account.refused(404, "GET", f"{properties}/golden_id")
    archived = account.ok("GET", properties, archived="true")["results"]
    assert [one["name"] for one in archived] == ["golden_id"]
    account.refused(400, "DELETE", f"{properties}/email")
    account.refused(400, "PATCH", f"{properties}/email", {"label": "E"})


def test_an_error_within_a_batch_is_complete(account: Account) -> None:
    asked = {"inputs": [{"id": "1"}], "properties": [], "propertiesWithHistory": []}
    (error,) = account.ok("POST", f"{OBJECTS}/contacts/batch/read", asked)["errors"]
    assert {"status", "category", "message", "context", "errors", "links"} <= error.keys()
    assert "correlationId" not in error


ROLE = {**GOLDEN, "name": "role", "type": "enumeration", "fieldType": "select", "hasUniqueValue": False}


def options(*values: str) -> Json:
    return {"options": [{"label": one, "value": one} for one in values]}


def history(account: Account, key: str, *names: str) -> Json:
    """The values of each property with their moments, newest first, as every answer that has them says."""
    asked = {"inputs": [{"id": key}], "properties": list(names), "propertiesWithHistory": list(names)}
    joined = ",".join(names)
    shown = [
        account.ok("POST", f"{OBJECTS}/contacts/batch/read", asked)["results"][0],
        account.ok("GET", f"{OBJECTS}/contacts/{key}", propertiesWithHistory=joined),
        account.ok("GET", f"{OBJECTS}/contacts", propertiesWithHistory=joined, limit=1, after=int(key) - 1)[
            "results"
        ][0],
    ]
    found = [one["propertiesWithHistory"] for one in shown]
    assert found[0] == found[1] == found[2]
    assert all(entry["sourceType"] for entries in found[0].values() for entry in entries)
    return {name: [(e["value"], e["timestamp"]) for e in entries] for name, entries in found[0].items()}


def test_a_property_keeps_what_it_held_and_since_when(account: Account) -> None:
    account.ok("PATCH", f"{OBJECTS}/contacts/100", {"properties": {"firstname": "An", "city": "Delft"}})
    account.wait(seconds=60)
    account.ok("PATCH", f"{OBJECTS}/contacts/100", {"properties": {"firstname": "", "city": "Delft"}})
    assert history(account, "100", "firstname", "city", "email", "phone") == {
        "firstname": [
            ("", "2026-11-22T10:01:00.000Z"),
            ("An", "2026-11-22T10:00:00.000Z"),
            ("C0", THEN),
        ],
        "city": [("Delft", "2026-11-22T10:00:00.000Z")],
        "email": [("c0@example.nl", THEN)],
        "phone": [],
    }


def test_a_history_is_asked_for_of_fifty_at_most_and_not_of_a_search(account: Account) -> None:
    inputs = [{"id": str(number)} for number in range(51)]
    asked = {"properties": [], "propertiesWithHistory": ["email"]}
    account.refused(400, "POST", f"{OBJECTS}/contacts/batch/read", {"inputs": inputs, **asked})
    account.ok("POST", f"{OBJECTS}/contacts/batch/read", {"inputs": inputs[:50], **asked})
    account.refused(400, "GET", f"{OBJECTS}/contacts", propertiesWithHistory="email", limit=51)
    account.refused(400, "POST", f"{OBJECTS}/contacts/search", {"propertiesWithHistory": ["email"]})


def test_an_archived_property_is_in_no_answer(account: Account) -> None:
    account.ok("POST", "/crm/properties/2026-09/contacts", GOLDEN)
    account.ok("PATCH", f"{OBJECTS}/contacts/100", {"properties": {"golden_id": "g"}})
    account.wait(seconds=60)
    account.ok("DELETE", "/crm/properties/2026-09/contacts/golden_id")
    both = {"properties": ["golden_id"], "propertiesWithHistory": ["golden_id"]}
    read = account.ok("POST", f"{OBJECTS}/contacts/batch/read", {"inputs": [{"id": "100"}], **both})
    shown = [
        *read["results"],
        account.ok("GET", f"{OBJECTS}/contacts/100", properties="golden_id"),
        *account.ok("GET", f"{OBJECTS}/contacts", properties="golden_id")["results"],
        *account.search(properties=["golden_id"])["results"],
    ]
    assert len(shown) == 12
    assert not any("golden_id" in one["properties"] for one in shown)
    assert read["results"][0]["propertiesWithHistory"] == {}


def test_an_option_that_is_taken_away_stays_where_it_was_chosen(account: Account) -> None:
    properties = "/crm/properties/2026-09/contacts"
    account.ok("POST", properties, {**ROLE, **options("buyer", "seller")})
    account.ok("PATCH", f"{OBJECTS}/contacts/100", {"properties": {"role": "seller"}})
    left = account.ok("PATCH", f"{properties}/role", options("buyer"))["options"]
    assert [one["value"] for one in left] == ["buyer"]
    account.refused(400, "PATCH", f"{OBJECTS}/contacts/101", {"properties": {"role": "seller"}})
    account.ok("PATCH", f"{OBJECTS}/contacts/100", {"properties": {"city": "Delft"}})
    shown = account.ok("GET", f"{OBJECTS}/contacts/100", properties="role,city")["properties"]
    assert (shown["role"], shown["city"]) == ("seller", "Delft")
