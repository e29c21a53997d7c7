"""Brevo: no contact is missed while others appear, change and disappear between two pages."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.brevo.connector import Brevo
from connectors.contract import Connection, Json, Page, Write
from connectors.errors import Denied
from connectors.pace import Timing
from tests.unit.scripted import Asked, Reply, Scripted, replies, serving

START = datetime(2024, 6, 3, tzinfo=UTC)
HAPPENING = st.sampled_from(["delete", "change", "add"])
STEPS = st.lists(st.tuples(st.integers(0, 9), HAPPENING, st.integers(0, 30)), max_size=12)


def brevo(server: Scripted, page_size: int) -> Brevo:
    options = {"page_size": str(page_size)}
    return Brevo(Connection(server.url, "key", options=options), Timing(lambda _: None, lambda: 0.0))


class Contacts:
    """The contacts endpoint over a set that other people change before a given request."""

    def __init__(self, count: int, steps: list[tuple[int, str, int]]) -> None:
        self.moment = START
        self.held = {number: START - timedelta(days=number) for number in range(1, count + 1)}
        self.steps = sorted(steps)
        self.requests = 0

    def __call__(self, asked: Asked) -> Reply:
        self.requests += 1
        while self.steps and self.steps[0][0] < self.requests:
            self.happen(*self.steps.pop(0)[1:])
        since = datetime.fromisoformat(asked.query.get("modifiedSince", "1970-01-01T00:00:00Z"))
        found = [number for number in sorted(self.held) if self.held[number] >= since]
        offset, limit = int(asked.query["offset"]), int(asked.query["limit"])
        page = [self.shown(number) for number in found[offset : offset + limit]]
        now = {"Date": format_datetime(self.moment, usegmt=True)}
        return Reply(200, {"contacts": page, "count": len(found)}, now)

    def happen(self, what: str, which: int) -> None:
        self.moment += timedelta(seconds=1)
        number = sorted(self.held)[which % len(self.held)] if self.held else 1
        if what == "delete":
            self.held.pop(number, None)
        else:
            self.held[max(self.held, default=0) + 1 + which if what == "add" else number] = self.moment

    def shown(self, number: int) -> Json:
        return {"id": number, "modifiedAt": self.held[number].isoformat(), "attributes": {}}


def versions(pages: list[Page]) -> set[tuple[str, str]]:
    return {(record.key, str(record.stamp)) for page in pages for record in page.records}


@settings(max_examples=30, deadline=None)
@given(count=st.integers(0, 12), page_size=st.integers(1, 4), steps=STEPS)
def test_two_pulls_give_every_contact_as_it_now_is(
    count: int, page_size: int, steps: list[tuple[int, str, int]]
) -> None:
    contacts = Contacts(count, steps)
    with serving(contacts) as server:
        connector = brevo(server, page_size)
        first = list(connector.pull("contacts", None))
        contacts.requests = 99
        second = list(connector.pull("contacts", first[-1].cursor))
    now = {(str(n), moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")) for n, moment in contacts.held.items()}
    assert now <= versions(first + second)


def test_a_deletion_between_two_pages_hides_nobody() -> None:
    contacts = Contacts(6, [(1, "delete", 0), (1, "delete", 0)])
    with serving(contacts) as server:
        pages = list(brevo(server, 2).pull("contacts", None))
    assert {record.key for page in pages for record in page.records} == {"1", "2", "3", "4", "5", "6"}


LIST = [
    {"name": "FIRSTNAME", "category": "normal", "type": "text"},
    {"name": "BIRTHDATE", "category": "normal", "type": "date"},
    {"name": "TICKETS", "category": "normal", "type": "float"},
    {"name": "GENDER", "category": "category", "enumeration": [{"value": 1, "label": "Men"}]},
    {"name": "EMAIL", "category": "normal", "type": "text"},
    {"name": "BLACKLIST", "category": "global", "calculatedValue": "COUNT[BLACKLISTED]"},
]
WHOLE = {
    "id": 5,
    "email": "c@firm.example",
    "emailBlacklisted": False,
    "smsBlacklisted": False,
    "createdAt": "2024-06-03T00:00:00.000Z",
    "modifiedAt": "2024-06-03T00:00:00.000Z",
    "listIds": [],
    "attributes": {"FIRSTNAME": "An"},
}
LISTED = "/v3/contacts/attributes"


def account(asked: Asked) -> Reply:
    """One contact of an account with the attributes of LIST; every write is taken."""
    if asked.path == LISTED:
        return Reply(200, {"attributes": LIST})
    if asked.method != "GET":
        return Reply(204)
    return Reply(200, {"contacts": [WHOLE], "count": 1} if asked.path == "/v3/contacts" else WHOLE)


def pulled(connector: Brevo) -> Json:
    (record,) = [record for page in connector.pull("contacts", None) for record in page.records]
    return record.data


def test_an_attribute_without_a_value_is_given_as_empty_wherever_a_contact_is_read() -> None:
    with serving(account) as server:
        connector = brevo(server, 5)
        found = connector.find("contacts", "email", ["c@firm.example"])["c@firm.example"][0]
        shown = [pulled(connector), connector.fetch("contacts", ["5"])["5"].data, found.data]
    empty = {"BIRTHDATE": None, "TICKETS": None, "GENDER": None}
    assert shown == [{**WHOLE, "attributes": {"FIRSTNAME": "An", **empty}}] * 3


@pytest.mark.parametrize("name", sorted(WHOLE.keys() - {"email"}))
def test_nothing_is_put_into_a_contact_that_is_not_shown_whole(name: str) -> None:
    part = {key: value for key, value in WHOLE.items() if key != name}
    listing = Reply(200, {"contacts": [part, {**WHOLE, name: None}], "count": 2})
    with serving(lambda asked: account(asked) if asked.path == LISTED else listing) as server:
        pages = list(brevo(server, 5).pull("contacts", None))
    assert [record.data for record in pages[0].records] == [part, {**WHOLE, name: None}]


def test_each_pull_asks_for_the_attributes_once_and_fetches_share_one_list() -> None:
    with serving(account) as server:
        connector = brevo(server, 5)
        pulled(connector), pulled(connector)
        assert [asked.path for asked in server.asked].count(LISTED) == 2
        for _ in range(3):
            connector.fetch("contacts", ["5"])
    assert [asked.path for asked in server.asked].count(LISTED) == 3


def test_what_brevo_would_not_empty_is_refused_and_not_sent() -> None:
    data = {"attributes": dict.fromkeys(("FIRSTNAME", "BIRTHDATE", "TICKETS", "GENDER"))}
    with serving(account) as server:
        refused, done = brevo(server, 5).push(
            "contacts", [Write("a", "5", data), Write("b", "6", {"attributes": {"FIRSTNAME": None}})]
        )
    assert (refused.status, done.status) == ("refused", "done")
    assert "BIRTHDATE (date), TICKETS (float), GENDER (category)" in refused.message
    assert [asked.body for asked in server.asked if asked.method == "PUT"] == [
        {"attributes": {"FIRSTNAME": ""}}
    ]


def test_an_address_that_brevo_would_keep_is_not_emptied() -> None:
    with serving(account) as server:
        (receipt,) = brevo(server, 5).push("contacts", [Write("a", "5", {"email": None})])
    assert receipt.status == "refused" and "takes no e-mail address away" in receipt.message
    assert [asked for asked in server.asked if asked.method == "PUT"] == []


def test_a_new_contact_is_given_nothing_to_empty() -> None:
    data = {"email": "n@firm.example", "ext_id": None, "attributes": {"FIRSTNAME": "An", "BIRTHDATE": None}}
    with serving(replies(Reply(201, {"id": 7}))) as server:
        (receipt,) = brevo(server, 5).push("contacts", [Write("w", None, data)])
    assert (receipt.status, receipt.key) == ("done", "7")
    (asked,) = server.asked
    assert asked.body == {
        "email": "n@firm.example",
        "attributes": {"FIRSTNAME": "An"},
        "updateEnabled": False,
    }


def test_an_address_is_changed_through_its_attribute() -> None:
    with serving(account) as server:
        data = {"email": "new@firm.example", "attributes": {"FIRSTNAME": None}}
        (receipt,) = brevo(server, 1).push("contacts", [Write("w", "5", data)])
    assert receipt.status == "done"
    asked = server.asked[-1]
    assert (asked.method, asked.path, asked.query) == (
        "PUT",
        "/v3/contacts/5",
        {"identifierType": "contact_id"},
    )
    assert asked.body == {"attributes": {"FIRSTNAME": "", "EMAIL": "new@firm.example"}}


def test_a_create_never_updates_somebody_else() -> None:
    taken = Reply(400, {"code": "duplicate_parameter", "message": "email is already associated"})
    with serving(replies(taken)) as server:
        (receipt,) = brevo(server, 1).push("contacts", [Write("w", None, {"email": "taken@firm.example"})])
    assert (receipt.status, receipt.message) == (
        "refused",
        "duplicate_parameter: email is already associated",
    )
    assert server.asked[0].body["updateEnabled"] is False


def test_a_blocked_address_of_ours_says_where_to_look() -> None:
    blocked = Reply(
        401, {"code": "unauthorized", "message": "We have detected an unrecognised IP address 10.1.2.3"}
    )
    with serving(replies(blocked)) as server:
        (finding,) = brevo(server, 1).check()
        with pytest.raises(Denied, match="unrecognised IP address"):
            list(brevo(server, 1).pull("contacts", None))
    assert not finding.ok and "authorised IP" in finding.remedy


def test_a_change_behind_the_page_being_read_is_seen_by_the_next_pull() -> None:
    contacts = Contacts(6, [(1, "change", 0), (1, "change", 5)])
    with serving(contacts) as server:
        first = list(brevo(server, 2).pull("contacts", None))
        second = list(brevo(server, 2).pull("contacts", first[-1].cursor))
    assert (key := ("1", "2024-06-03T00:00:01.000000Z")) not in versions(first)
    assert key in versions(second)


def test_a_change_that_is_listed_after_a_later_one_is_seen() -> None:
    """Whatever holds it up: its transaction takes minutes, and its stamp is the beginning of that."""
    contacts = Contacts(3, [])
    with serving(contacts) as server:
        first = list(brevo(server, 2).pull("contacts", None))
        contacts.moment += timedelta(minutes=10)
        contacts.held[1] = contacts.moment
        second = list(brevo(server, 2).pull("contacts", first[-1].cursor))
        contacts.held[2] = contacts.moment - timedelta(minutes=4)
        third = list(brevo(server, 2).pull("contacts", second[-1].cursor))
    assert ("2", "2024-06-03T00:06:00.000000Z") in versions(third)


def test_a_listing_is_read_to_its_end_though_ids_do_not_rise_with_creation() -> None:
    days = [(START + timedelta(days=day)).isoformat() for day in range(36)]
    contacts = [{"id": 36 - day, "createdAt": when, "modifiedAt": when} for day, when in enumerate(days)]

    def listed(asked: Asked) -> Reply:
        offset, limit = int(asked.query["offset"]), int(asked.query["limit"])
        return Reply(200, {"contacts": contacts[offset : offset + limit], "count": len(contacts)})

    with serving(listed) as server:
        pages = list(brevo(server, 2).pull("contacts", None))
    assert {record.key for page in pages for record in page.records} == {str(one["id"]) for one in contacts}
    assert len(pages) == len(contacts) // 2, "no step back"


@pytest.mark.parametrize("gone", [(), (7,), (3, 4, 5, 9)], ids=["nobody", "one", "some"])
def test_more_pages_of_one_moment_than_ten_are_read_in_whichever_order_they_come(
    gone: tuple[int, ...],
) -> None:
    """An import makes thousands in one second; others are deleted while they are read."""
    when = START.isoformat()
    contacts = [{"id": (number * 37) % 101, "createdAt": when, "modifiedAt": when} for number in range(1, 90)]
    kept = {str(one["id"]) for number, one in enumerate(contacts) if number not in gone}

    def listed(asked: Asked) -> Reply:
        offset, limit = int(asked.query["offset"]), int(asked.query["limit"])
        if offset > 20 and len(contacts) > len(kept):
            contacts[:] = [one for one in contacts if str(one["id"]) in kept]
        return Reply(200, {"contacts": contacts[offset : offset + limit], "count": len(contacts)})

    with serving(listed) as server:
        pages = list(brevo(server, 3).pull("contacts", None))
    assert {record.key for page in pages for record in page.records} >= kept
