"""The Moneybird stand-in against what Moneybird's own documentation says of its API."""

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
from sandbox.moneybird.standin import Moneybird

Json = dict[str, Any]
START = datetime(2026, 11, 22, 10, tzinfo=UTC)
THEN = datetime(2026, 11, 1, 9, tzinfo=UTC)
STAMPS = {"created_at": "2026-11-01T09:00:00.000Z", "updated_at": "2026-11-01T09:00:00.000Z"}
VERSION = int(THEN.timestamp())
KEYS = [str(400_000_000_000_000_001 + n) for n in range(5)]


@dataclass
class Books:
    """The stand-in behind HTTP, and the clock and journal behind it."""

    base: str
    world: World

    def call(self, method: str, path: str, body: Any = None, actor: str = "hub", **query: Any) -> Any:
        url = path if path.startswith("http") else f"{self.base}/api/v2/123456789012345678/{path}.json"
        headers = {"Authorization": f"Bearer {actor}-token"}
        return requests.request(method, url, json=body, params=query, headers=headers, timeout=10)

    def ok(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        answer = self.call(method, path, body, **query)
        assert answer.ok, answer.text
        return answer.json() if answer.content else None

    def refused(self, status: int, method: str, path: str, body: Any = None, **query: Any) -> Json:
        answer = self.call(method, path, body, **query)
        assert answer.status_code == status, answer.text
        found: Json = answer.json()
        assert found["error"]
        return found

    def change(self, key: str, **given: Any) -> Json:
        found: Json = self.ok("PATCH", f"contacts/{key}", {"contact": given})
        return found

    def versions(self) -> dict[str, int]:
        listed = self.ok("GET", "contacts/synchronization")
        assert all(row.keys() == {"id", "version"} for row in listed)
        return {row["id"]: row["version"] for row in listed}

    def wait(self, **span: float) -> None:
        self.world.clock.advance(timedelta(**span))

    def journal(self) -> list[Entry]:
        return list(self.world.journal.since())


def contact(number: int) -> Json:
    own = {"id": KEYS[number], "administration_id": "123456789012345678", "archived": False}
    named = {
        "company_name": f"Firma {number}",
        "email": f"c{number}@example.nl",
        "customer_id": str(number + 1),
    }
    return {**own, **named, "version": VERSION, **STAMPS}


def invoice(number: int, contact_id: str, state: str, made: str, due: str) -> Json:
    amounts = {"total_price_incl_tax": "121.0", "total_unpaid": "0.0" if state == "paid" else "121.0"}
    amounts["total_unpaid_base"] = amounts["total_unpaid"]
    dates = {"invoice_date": made, "due_date": due, "currency": "EUR", "invoice_id": f"2026-{number}"}
    key = str(450_000_000_000_000_001 + number)
    return {
        "id": key,
        "contact_id": contact_id,
        "state": state,
        **dates,
        **amounts,
        "version": VERSION,
        **STAMPS,
    }


INVOICES = [
    invoice(0, KEYS[0], "open", "2026-11-10", "2026-11-24"),
    invoice(1, KEYS[0], "paid", "2026-02-10", "2026-03-10"),
    invoice(2, KEYS[1], "late", "2025-12-10", "2026-01-10"),
]


@pytest.fixture
def books() -> Iterator[Books]:
    world = World.of(ManualClock(START), Tokens("hub-token", "human-token", "admin-token"))
    moneybird = Moneybird(world)
    moneybird.seed({"contacts": [contact(n) for n in range(5)], "sales_invoices": INVOICES})
    with running_sandbox([moneybird], world) as running:
        yield Books(running.systems["moneybird"], world)


def test_a_token_nobody_has_is_refused(books: Books) -> None:
    books.refused(401, "GET", "contacts", actor="nobody")


def test_the_link_header_leads_through_every_page_of_one(books: Books) -> None:
    found, url = [], "contacts"
    query: dict[str, Any] = {"per_page": 1}
    while url:
        answer = books.call("GET", url, **query)
        found += [row["id"] for row in answer.json()]
        url, query = answer.links.get("next", {}).get("url", ""), {}
    assert found == KEYS
    assert books.ok("GET", "contacts", page=6, per_page=1) == []


def test_a_synchronisation_shows_every_change_as_a_new_version(books: Books) -> None:
    before = books.versions()
    assert before == dict.fromkeys(KEYS, VERSION)
    books.change(KEYS[1], phone="020")
    books.change(KEYS[1], phone="030")  # within the same second
    after = books.versions()
    assert [key for key in KEYS if after[key] != before[key]] == [KEYS[1]]
    assert after[KEYS[1]] == int(START.timestamp()) + 1
    [full] = books.ok("POST", "contacts/synchronization", {"ids": [KEYS[1], "499"]})
    assert (full["phone"], full["version"]) == ("030", after[KEYS[1]])
    many = [*KEYS[:2], *["1"] * 98, KEYS[2]]
    assert [row["id"] for row in books.ok("POST", "contacts/synchronization", {"ids": many})] == KEYS[:2]


def test_a_write_that_changes_nothing_leaves_the_version_alone(books: Books) -> None:
    books.change(KEYS[0], company_name="Firma 0")
    assert books.versions()[KEYS[0]] == VERSION


def test_a_deleted_contact_leaves_the_synchronisation_an_archived_one_shows_if_asked(books: Books) -> None:
    books.ok("DELETE", f"contacts/{KEYS[4]}")
    books.refused(404, "GET", f"contacts/{KEYS[4]}")
    books.refused(404, "DELETE", f"contacts/{KEYS[4]}")
    put_away = books.call("PATCH", f"contacts/{KEYS[3]}/archive")
    assert (put_away.status_code, put_away.content) == (204, b"")
    books.refused(400, "PATCH", f"contacts/{KEYS[3]}/archive")
    books.refused(404, "GET", f"contacts/{KEYS[3]}")
    assert books.ok("GET", f"contacts/{KEYS[3]}", include_archived="true")["archived"] is True
    for asked, shown in (({}, KEYS[:3]), ({"include_archived": "true"}, KEYS[:4])):
        ids = {"ids": KEYS}
        assert [row["id"] for row in books.ok("GET", "contacts", **asked)] == shown
        assert [row["id"] for row in books.ok("GET", "contacts/synchronization", **asked)] == shown
        assert [row["id"] for row in books.ok("POST", "contacts/synchronization", ids, **asked)] == shown


def test_a_contact_with_invoices_cannot_be_deleted(books: Books) -> None:
    books.refused(400, "DELETE", f"contacts/{KEYS[0]}")
    assert KEYS[0] in books.versions()


def test_creating_and_finding_by_customer_id(books: Books) -> None:
    made = books.ok("POST", "contacts", {"contact": {"lastname": "de Vries", "country": "BE"}})
    assert (made["customer_id"], made["firstname"], made["archived"]) == ("6", "", False)
    assert isinstance(made["id"], str) and len(made["id"]) == 18
    assert books.ok("GET", "contacts/customer_id/6")["id"] == made["id"]
    books.refused(404, "GET", "contacts/customer_id/66")
    again = books.refused(422, "POST", "contacts", {"contact": {"lastname": "x", "customer_id": "6"}})
    assert again["details"] == {"customer_id": [{"error": "taken"}]}


@pytest.mark.parametrize(
    ("given", "attribute", "code"),
    [
        ({"company_name": ""}, "company_name", "blank"),
        ({"customer_id": ""}, "customer_id", "blank"),
        ({"country": "nl"}, "country", "inclusion"),
        ({"country": "Nederland"}, "country", "inclusion"),
        ({"send_invoices_to_email": "no address"}, "send_invoices_to_email", "invalid"),
        ({"delivery_method": "Pigeon"}, "delivery_method", "inclusion"),
        ({"sepa_active": True}, "sepa_iban", "blank"),
    ],
)
def test_values_that_do_not_pass_are_refused(books: Books, given: Json, attribute: str, code: str) -> None:
    found = books.refused(422, "PATCH", f"contacts/{KEYS[0]}", {"contact": {"phone": "1", **given}})
    assert found["details"][attribute] == [{"error": code}]
    assert isinstance(found["error"][attribute][0], str)
    assert books.versions()[KEYS[0]] == VERSION
    assert books.journal() == []


def test_a_text_is_emptied_with_nothing_or_with_null(books: Books) -> None:
    books.change(KEYS[0], phone="020", city="Ede")
    shown = books.change(KEYS[0], phone="", city=None)
    assert (shown["phone"], shown["city"]) == ("", "")


def test_a_mailbox_is_written_where_invoices_go_and_otherwise_dropped_in_silence(books: Books) -> None:
    shown = books.change(KEYS[0], email="new@example.nl", attention="Els", city="Ede")
    assert (shown["email"], shown["attention"], shown["city"]) == ("c0@example.nl", "", "Ede")
    several = "new@example.nl, books@example.nl"
    shown = books.change(KEYS[0], send_invoices_to_email=several, send_invoices_to_attention="Els")
    assert shown["email"] == shown["send_invoices_to_email"] == several
    assert shown["attention"] == "Els"


def test_what_moneybird_does_not_know_is_refused(books: Books) -> None:
    books.refused(400, "PATCH", f"contacts/{KEYS[0]}", {"contact": {"golden_id": "1"}})
    books.refused(400, "PATCH", f"contacts/{KEYS[0]}", {"contact": {"phone": "1"}, "extra": 1})
    books.refused(400, "PATCH", f"contacts/{KEYS[0]}", {"phone": "1"})
    books.refused(400, "GET", "contacts", updated_after="2026-01-01")
    books.refused(400, "GET", "contacts", per_page=101)
    books.refused(404, "GET", "contacts/12x")
    books.refused(404, "GET", "robots")
    books.refused(405, "PUT", f"contacts/{KEYS[0]}", {})
    books.refused(404, "GET", f"{books.base}/api/v2/123456789012345679/contacts.json")


def test_the_suffix_of_a_path_may_be_left_out(books: Books) -> None:
    base = f"{books.base}/api/v2/123456789012345678"
    assert books.ok("GET", f"{base}/contacts") == books.ok("GET", "contacts")
    assert books.ok("GET", f"{base}/contacts/{KEYS[0]}") == books.ok("GET", f"contacts/{KEYS[0]}")


def test_custom_fields_are_written_by_id_and_keep_each_other(books: Books) -> None:
    fields = {one["name"]: one["id"] for one in books.ok("GET", "custom_fields")}
    golden, tickets = fields["Golden id"], fields["Open tickets"]
    books.change(KEYS[0], custom_fields_attributes=[{"id": golden, "value": "g1"}])
    shown = books.change(KEYS[0], custom_fields_attributes={"0": {"id": tickets, "value": 3}})
    assert {one["name"]: one["value"] for one in shown["custom_fields"]} == {
        "Golden id": "g1",
        "Open tickets": "3",
    }
    shown = books.change(KEYS[0], custom_fields_attributes=[{"id": golden, "value": ""}])
    assert [one["name"] for one in shown["custom_fields"]] == ["Open tickets"]
    wrong = {"contact": {"custom_fields_attributes": [{"id": "1", "value": "x"}]}}
    found = books.refused(404, "PATCH", f"contacts/{KEYS[0]}", wrong)
    assert found["error"] == "custom_fields_attributes: not_found"


def test_people_inside_a_contact_change_the_contact(books: Books) -> None:
    path = f"contacts/{KEYS[0]}/contact_people"
    named = {"contact_person": {"firstname": "Els", "lastname": "Bos", "email": "els@example.nl"}}
    made = books.ok("POST", path, named)
    first = books.versions()[KEYS[0]]
    assert first > VERSION
    changed = books.ok("PATCH", f"{path}/{made['id']}", {"contact_person": {"department": "Inkoop"}})
    assert (changed["firstname"], changed["department"]) == ("Els", "Inkoop")
    [inside] = books.ok("GET", f"contacts/{KEYS[0]}")["contact_people"]
    assert inside == changed == books.ok("GET", f"{path}/{made['id']}")
    books.refused(422, "POST", path, {"contact_person": {"firstname": "Els"}})
    books.refused(400, "POST", path, {"contact_person": {"company_name": "x"}})
    books.ok("DELETE", f"{path}/{made['id']}")
    assert books.ok("GET", f"contacts/{KEYS[0]}")["contact_people"] == []
    books.refused(404, "DELETE", f"{path}/{made['id']}")
    assert books.versions()[KEYS[0]] > first


@pytest.mark.parametrize(
    ("given", "numbers"),
    [
        (None, ["2026-0", "2026-1"]),
        ("period:this_month", ["2026-0"]),
        ("period:prev_year,state:all", ["2026-2"]),
        ("period:20251201..20260228", ["2026-1", "2026-2"]),
        ("period:202512..202612,state:open|late", ["2026-0", "2026-2"]),
    ],
)
def test_invoices_are_filtered_by_period_and_state(
    books: Books, given: str | None, numbers: list[str]
) -> None:
    query = {"filter": given} if given else {}
    listed = books.ok("GET", "sales_invoices", **query)
    assert sorted(row["invoice_id"] for row in listed) == numbers
    versions = books.ok("GET", "sales_invoices/synchronization", **query)
    every = [row["id"] for row in INVOICES]
    assert [row["id"] for row in versions] == ([row["id"] for row in listed] if given else every)


def test_an_open_invoice_becomes_late_when_its_day_has_passed(books: Books) -> None:
    key = INVOICES[0]["id"]
    books.wait(days=2)
    assert books.ok("GET", f"sales_invoices/{key}")["state"] == "open"
    books.wait(days=1)
    [late] = books.ok("POST", "sales_invoices/synchronization", {"ids": [key]})
    assert late["state"] == "late" and late["version"] > VERSION
    books.refused(400, "GET", "sales_invoices", filter="period:whenever")
    books.refused(400, "GET", "sales_invoices", filter="state:lost")
    books.refused(400, "GET", "sales_invoices", filter="amount:5")


def test_the_limit_speaks_through_its_headers_and_passes(books: Books) -> None:
    for left in range(149, -1, -1):
        answer = books.call("GET", f"contacts/{KEYS[0]}")
        assert answer.headers["RateLimit-RequestsRemaining"] == str(left)
        assert 0 < int(answer.headers["RateLimit-Remaining"]) <= 300
    refused = books.call("GET", f"contacts/{KEYS[0]}")
    assert (refused.status_code, refused.headers["RateLimit-Limit"]) == (429, "150")
    wait = int(refused.headers["Retry-After"]) - int(START.timestamp())
    assert 0 < wait <= 300 and refused.headers["RateLimit-Reset"] == refused.headers["Retry-After"]
    books.wait(seconds=wait - 1)
    assert books.call("GET", f"contacts/{KEYS[0]}").status_code == 429
    books.wait(seconds=1)
    assert books.call("GET", f"contacts/{KEYS[0]}").ok


def test_the_journal_names_the_actor_and_what_changed(books: Books) -> None:
    books.change(KEYS[0], city="Ede")
    books.call("PATCH", f"contacts/{KEYS[0]}", {"contact": {"city": "Epe"}}, actor="human")
    books.call("DELETE", f"contacts/{KEYS[4]}", actor="human")
    hub, human, gone = books.journal()
    assert (hub.actor, hub.object, hub.key, hub.action) == ("hub", "contacts", KEYS[0], "update")
    assert (human.actor, human.before["city"], human.after["city"]) == ("human", "Ede", "Epe")
    assert (gone.actor, gone.action, gone.after) == ("human", "delete", {})
