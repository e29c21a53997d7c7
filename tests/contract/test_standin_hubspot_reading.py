"""The HubSpot stand-in's list and search: pages, filters, and how far the index is behind."""

from typing import Any

import pytest

from tests.contract.hubspot_account import OBJECTS, START, Account, Json, equals, ids


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
