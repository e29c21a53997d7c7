"""The HubSpot stand-in against what HubSpot's own documentation says of its API."""

import pytest
import requests

from tests.contract.hubspot_account import OBJECTS, THEN, Account, Json, ids


def test_a_token_nobody_has_is_refused(account: Account) -> None:
    answer = account.call("GET", f"{OBJECTS}/contacts", actor="nobody")
    assert answer.status_code == 401
    assert answer.json()["category"] == "INVALID_AUTHENTICATION"


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
