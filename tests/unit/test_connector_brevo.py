"""Brevo: no contact is missed while others appear, change and disappear between two pages."""

from datetime import UTC, datetime, timedelta

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
        return Reply(200, {"contacts": page, "count": len(found)})

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


def test_an_address_is_changed_through_its_attribute() -> None:
    with serving(replies(Reply(204))) as server:
        data = {"email": "new@firm.example", "attributes": {"FIRSTNAME": None}}
        (receipt,) = brevo(server, 1).push("contacts", [Write("w", "5", data)])
    assert receipt.status == "done"
    asked = server.asked[0]
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
