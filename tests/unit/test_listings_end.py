"""A listing that repeats itself, goes backwards or never gets on ends in an error, not in an endless run."""

from typing import Any

import pytest

from connectors.contract import Json
from connectors.errors import ContractBroken
from tests.unit import small_tryton
from tests.unit.recorded import connect
from tests.unit.scripted import Asked, Reply, serving

MOST = 50
"""Requests after which a listing is taken to have no end."""

STAMP = "2026-03-01T10:00:00Z"
PEOPLE: list[Json] = [{"id": n, "updated_at": STAMP, "modifiedAt": STAMP} for n in range(1, 7)]
CONTACTS: list[Json] = [{"id": str(n), "properties": {"lastmodifieddate": STAMP}} for n in range(1, 6)]
ON = {"paging": {"next": {"after": "5"}}}
DONE = {"phase": "done", "high": "2026-02-01T00:00:00.000000Z"}
PARTIES = [
    {**small_tryton.answer({"id": 1, "method": "model.party.party.search_read"})["result"][0], "id": 7}
]
LOGIN = small_tryton.answer({"id": 1, "method": "common.db.login"})


def tryton(asked: Asked) -> Json:
    return LOGIN if "login" in asked.body["method"] else {"result": PARTIES * 5}


CIRCLES: dict[str, tuple[str, str, Json | None, Any]] = {
    "brevo repeats a page": ("brevo", "contacts", None, {"contacts": PEOPLE}),
    "brevo never reaches its anchor": (
        "brevo",
        "contacts",
        None,
        lambda asked: {
            "contacts": [{**one, "id": one["id"] + 9 * (asked.query["offset"] > "0")} for one in PEOPLE]
        },
    ),
    "brevo goes back and forth": (
        "brevo",
        "contacts",
        None,
        lambda asked: {"contacts": PEOPLE[: 6 - int(asked.query["offset"]) % 2] + PEOPLE[:1]},
    ),
    "hubspot repeats where it goes on": ("hubspot", "contacts", None, {"results": CONTACTS, **ON}),
    "hubspot's search takes no filter": (
        "hubspot",
        "contacts",
        DONE,
        {"results": [{"id": "1", "properties": {"lastmodifieddate": "2026-01-01T00:00:00Z"}}, *CONTACTS[:4]]},
    ),
    "hubspot's moment has no end": ("hubspot", "contacts", DONE, {"results": CONTACTS}),
    "zendesk repeats its cursor": (
        "zendesk",
        "users",
        None,
        {"users": PEOPLE, "after_cursor": "x", "end_of_stream": False},
    ),
    "zendesk gives no cursor": ("zendesk", "users", None, {"users": PEOPLE, "end_of_stream": False}),
    "zendesk goes back in time": (
        "zendesk",
        "organizations",
        {"start": 1000},
        {"organizations": PEOPLE, "end_time": 10, "end_of_stream": False},
    ),
    "zendesk's list repeats": (
        "zendesk",
        "organizations",
        {"start": 1000, "list": "a"},
        {"organizations": PEOPLE, "meta": {"has_more": True, "after_cursor": "a"}},
    ),
    "tryton repeats its ids": ("tryton", "parties", None, tryton),
}


@pytest.mark.parametrize("what", CIRCLES)
def test_a_pull_ends(what: str) -> None:
    system, obj, cursor, says = CIRCLES[what]
    with serving(_saying(says)) as server, pytest.raises(ContractBroken, match=system):
        list(connect(system, server.url).pull(obj, cursor))


@pytest.mark.parametrize(
    "what", ["brevo repeats a page", "hubspot repeats where it goes on", "zendesk's list repeats"]
)
def test_a_listing_of_keys_ends(what: str) -> None:
    system, obj, _, says = CIRCLES[what]
    with serving(_saying(says)) as server, pytest.raises(ContractBroken, match=system):
        list(connect(system, server.url).keys(obj))


def test_trytons_listing_of_keys_ends() -> None:
    def script(asked: Asked) -> Json:
        return LOGIN if "login" in asked.body["method"] else {"result": [{"id": 7}] * 1000}

    with serving(_saying(script)) as server, pytest.raises(ContractBroken, match="order of ids"):
        list(connect("tryton", server.url).keys("parties"))


def _saying(says: Any) -> Any:
    asked_so_far: list[Asked] = []

    def script(asked: Asked) -> Reply:
        asked_so_far.append(asked)
        assert len(asked_so_far) < MOST, "this listing does not end"
        return Reply(200, says(asked) if callable(says) else says)

    return script
