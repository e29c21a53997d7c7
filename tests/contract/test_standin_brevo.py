"""The Brevo stand-in against what Brevo's own documentation says of its API."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.brevo.sms import digits
from sandbox.brevo.standin import Brevo
from sandbox.core.clock import ManualClock
from sandbox.core.journal import Entry
from sandbox.core.operation import Answer
from sandbox.core.serve import running_sandbox
from sandbox.core.tokens import Tokens
from sandbox.core.world import World
from sandbox.people import population

Json = dict[str, Any]
START = datetime(2026, 11, 22, 10, tzinfo=UTC)
SAME = "2026-11-01T09:00:00.000Z"


@dataclass
class Account:
    """The stand-in behind HTTP, and the clock and journal behind it."""

    base: str
    world: World

    def call(self, method: str, path: str, body: Any = None, actor: str = "hub", **query: Any) -> Any:
        self.wait(seconds=0.2)
        return self.at_once(method, path, body, actor, **query)

    def at_once(self, method: str, path: str, body: Any = None, actor: str = "hub", **query: Any) -> Any:
        headers = {"api-key": f"{actor}-token"}
        url = f"{self.base}/v3/{path}"
        return requests.request(method, url, json=body, params=query, headers=headers, timeout=10)

    def ok(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        answer = self.call(method, path, body, **query)
        assert answer.ok, answer.text
        return answer.json() if answer.content else None

    def refused(self, status: int, code: str, method: str, path: str, body: Any = None, **query: Any) -> Json:
        answer = self.call(method, path, body, **query)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        found: Json = answer.json()
        assert found["message"]
        return found

    def contact(self, identifier: str | int, **query: Any) -> Json:
        found: Json = self.ok("GET", f"contacts/{quote(str(identifier), safe='')}", **query)
        return found

    def ids(self, **query: Any) -> list[int]:
        return [row["id"] for row in self.ok("GET", "contacts", **query)["contacts"]]

    def wait(self, **span: float) -> None:
        self.world.clock.advance(timedelta(**span))

    def journal(self) -> list[Entry]:
        return list(self.world.journal.since())


def contact(number: int) -> Json:
    return {
        "id": number,
        "email": f"c{number}@mail.example",
        "emailBlacklisted": False,
        "smsBlacklisted": False,
        "createdAt": SAME,
        "modifiedAt": SAME,
        "listIds": [2],
        "attributes": {"FIRSTNAME": f"Voornaam {number}", "SMS": f"3161234567{number}"},
    }


@contextmanager
def serving(contacts: list[Json]) -> Iterator[Account]:
    world = World.of(ManualClock(START), Tokens("hub-token", "human-token", "admin-token"))
    brevo = Brevo(world)
    brevo.seed({"contacts": contacts})
    with running_sandbox([brevo], world) as running:
        yield Account(running.systems["brevo"], world)


@pytest.fixture
def account() -> Iterator[Account]:
    with serving([contact(number) for number in range(1, 6)]) as found:
        yield found


@pytest.fixture(scope="module")
def shared() -> Iterator[Account]:
    with serving([contact(1)]) as found:
        yield found


def test_only_a_known_api_key_gets_in(account: Account) -> None:
    answer = requests.get(f"{account.base}/v3/contacts", headers={"api-key": "nobody"}, timeout=10)
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthorized")
    bearer = {"authorization": "Bearer hub-token"}
    assert requests.get(f"{account.base}/v3/contacts", headers=bearer, timeout=10).status_code == 401
    assert account.ok("GET", "account")["companyName"]


@pytest.mark.parametrize("size", [1, 2, 5, 1000])
def test_pages_of_any_size_give_every_contact_once_though_all_stamps_are_equal(
    account: Account, size: int
) -> None:
    found: list[int] = []
    while page := account.ids(limit=size, offset=len(found), sort="asc"):
        found += page
    assert sorted(found) == [1, 2, 3, 4, 5] != found, "nobody may count on the order of equal moments"
    assert account.ok("GET", "contacts", limit=size)["count"] == 5


def test_newest_come_first_unless_asked_otherwise(account: Account) -> None:
    new = account.ok("POST", "contacts", {"email": "new@mail.example"})["id"]
    assert account.ids()[0] == new and account.ids(sort="asc") == account.ids()[::-1]
    account.ok("PUT", "contacts/1", {"attributes": {"CITY": "Delft"}})
    assert account.ids()[0] == new, "sorted by creation, not by change"


def test_a_list_or_a_value_narrows_a_listing(account: Account) -> None:
    account.ok("PUT", "contacts/3", {"listIds": [7], "attributes": {"BIRTHDATE": "1989-11-23"}})
    account.ok("PUT", "contacts/4", {"listIds": [8]})
    assert account.ids(listIds=7) == [3]
    assert sorted(account.ids(listIds=[7, 8])) == sorted(account.ids(listIds="7,8")) == [3, 4]
    assert account.ids(filter='equals(BIRTHDATE, "1989-11-23")') == [3]
    assert account.ids(filter='equals(FIRSTNAME,"Voornaam 2")', listIds=2) == [2]
    assert account.ok("GET", "contacts", listIds=7, limit=1)["count"] == 1
    wrong: list[Json] = [
        {"listIds": 7, "segmentId": 1},
        {"segmentId": 1},
        {"listIds": "x"},
        {"filter": "CITY=x"},
    ]
    for query in wrong:
        account.refused(400, "invalid_parameter", "GET", "contacts", **query)


def test_modified_since_is_strictly_after_and_takes_any_offset(account: Account) -> None:
    account.ok("PUT", "contacts/3", {"attributes": {"CITY": "Delft"}})
    stamp = account.contact(3)["modifiedAt"]
    assert account.ids(modifiedSince=SAME) == [3]
    assert account.ids(modifiedSince="2026-11-01T10:00:00.000+01:00") == [3]
    assert sorted(account.ids(modifiedSince="2026-11-01T08:59:59.999Z")) == [1, 2, 3, 4, 5]
    assert account.ids(modifiedSince=stamp) == []
    assert account.ids(createdSince=SAME) == []
    assert account.ok("GET", "contacts", modifiedSince=SAME)["count"] == 1


@pytest.mark.parametrize(
    "query",
    [
        {"limit": 1001},
        {"limit": "x"},
        {"offset": -1},
        {"sort": "up"},
        {"modifiedSince": "yesterday"},
        {"updatedSince": SAME},
    ],
)
def test_bad_and_unknown_parameters_are_refused(account: Account, query: Json) -> None:
    account.refused(400, "invalid_parameter", "GET", "contacts", **query)


def test_unknown_paths_and_methods_are_refused(account: Account) -> None:
    account.refused(404, "document_not_found", "GET", "contacts/1/history")
    account.refused(405, "method_not_allowed", "PATCH", "contacts/1", {})


def test_a_contact_is_found_by_id_address_number_and_ext_id(account: Account) -> None:
    account.ok("PUT", "contacts/2", {"ext_id": "golden-2"})
    assert account.contact("C2@Mail.Example")["id"] == 2
    assert account.contact("31612345672", identifierType="phone_id")["id"] == 2
    assert account.contact("golden-2", identifierType="ext_id")["id"] == 2
    assert account.contact(2)["attributes"]["EXT_ID"] == "golden-2"
    account.refused(404, "document_not_found", "GET", "contacts/99")
    account.refused(404, "document_not_found", "GET", "contacts/nobody%40mail.example")
    account.refused(400, "invalid_parameter", "GET", "contacts/somebody")
    account.refused(400, "invalid_parameter", "GET", "contacts/2", identifierType="name")


def test_creating_lower_cases_the_address_and_refuses_it_twice(account: Account) -> None:
    body = {"email": "Nieuw@Mail.Example", "attributes": {"LASTNAME": "de Vries"}, "emailBlacklisted": True}
    created = account.call("POST", "contacts", body)
    assert created.status_code == 201
    row = account.contact(created.json()["id"])
    assert (row["email"], row["emailBlacklisted"]) == ("nieuw@mail.example", True)
    assert row["attributes"] == {"LASTNAME": "de Vries"}
    again = account.refused(400, "duplicate_parameter", "POST", "contacts", body)
    assert again["metadata"] == {"duplicate_identifiers": ["email"]}
    account.refused(400, "missing_parameter", "POST", "contacts", {"attributes": {"LASTNAME": "X"}})
    account.refused(400, "invalid_parameter", "POST", "contacts", {"email": "no address"})


def test_update_enabled_updates_instead(account: Account) -> None:
    body = {"email": "c4@mail.example", "updateEnabled": True, "attributes": {"LASTNAME": "Bakker"}}
    assert account.call("POST", "contacts", body).status_code == 204
    assert account.contact(4)["attributes"]["LASTNAME"] == "Bakker"
    assert account.contact(4)["attributes"]["FIRSTNAME"] == "Voornaam 4"


def test_an_update_drops_unknown_and_mistyped_attributes_silently_and_clears_with_empty(
    account: Account,
) -> None:
    attributes = {"FIRSTNAME": "", "SHOESIZE": "44", "BIRTHDATE": "not a date", "lastname": "x", "CITY": None}
    assert account.call("PUT", "contacts/1", {"attributes": attributes}).status_code == 204
    assert account.contact(1)["attributes"] == {"SMS": "31612345671"}


def test_an_empty_text_clears_a_text_and_is_dropped_for_any_other_type(account: Account) -> None:
    for name, kind in (("TICKETS", "float"), ("VIP", "boolean")):
        account.ok("POST", f"contacts/attributes/normal/{name}", {"type": kind})
    held = {"TICKETS": 2.0, "VIP": True, "BIRTHDATE": "1980-02-29"}
    account.ok("PUT", "contacts/1", {"attributes": held})
    cleared = {"FIRSTNAME": "", **dict.fromkeys(held, "")}
    assert account.call("PUT", "contacts/1", {"attributes": cleared}).status_code == 204
    mistyped = {"TICKETS": "3", "VIP": "true", "BIRTHDATE": 19800301}
    assert account.call("PUT", "contacts/1", {"attributes": mistyped}).status_code == 204
    assert account.contact(1)["attributes"] == {"SMS": "31612345671", **held}


def test_a_deleted_attribute_is_shown_by_no_contact_and_comes_back_empty(account: Account) -> None:
    path = "contacts/attributes/normal/CITY"
    account.ok("PUT", "contacts/1", {"attributes": {"CITY": "Delft"}})
    before = account.contact(1)["modifiedAt"]
    assert account.call("DELETE", path).status_code == 204
    account.refused(404, "document_not_found", "DELETE", path)
    assert "CITY" not in [one["name"] for one in account.ok("GET", "contacts/attributes")["attributes"]]
    listed = {one["id"]: one for one in account.ok("GET", "contacts")["contacts"]}
    shown = [account.contact(1), listed[1]]
    assert [(one["id"], "CITY" in one["attributes"], one["modifiedAt"]) for one in shown] == [
        (1, False, before)
    ] * 2
    account.ok("POST", path, {"type": "text"})
    assert "CITY" not in account.contact(1)["attributes"]


def test_the_address_changes_through_the_email_attribute(account: Account) -> None:
    account.ok("PUT", "contacts/1", {"attributes": {"EMAIL": "Moved@Mail.Example"}})
    assert account.contact(1)["email"] == "moved@mail.example"
    account.refused(404, "document_not_found", "GET", "contacts/c1%40mail.example")
    taken = {"attributes": {"EMAIL": "c2@mail.example"}}
    account.refused(400, "duplicate_parameter", "PUT", "contacts/1", taken)
    again = {"attributes": {"EMAIL": "moved@mail.example"}}
    account.refused(400, "duplicate_parameter", "PUT", "contacts/1", again)
    assert account.call("POST", "contacts", {"email": "c1@mail.example"}).status_code == 201


def test_a_number_belongs_to_one_contact_and_needs_a_country_code(account: Account) -> None:
    account.refused(400, "duplicate_parameter", "PUT", "contacts/1", {"attributes": {"SMS": "+31612345672"}})
    account.refused(400, "invalid_parameter", "PUT", "contacts/1", {"attributes": {"SMS": "06-12345678"}})
    account.ok("PUT", "contacts/2", {"attributes": {"SMS": ""}})
    account.ok("PUT", "contacts/1", {"attributes": {"SMS": "0031 6 1234 5672"}})
    assert account.contact(1)["attributes"]["SMS"] == "31612345672"


@given(st.text(max_size=20))
def test_a_number_once_normal_stays_as_it_is(text: str) -> None:
    try:
        once = digits(text)
    except Answer:
        return
    assert digits(once) == once
    assert digits(f"+{once}") == once


def test_a_batch_updates_by_any_identifier(account: Account) -> None:
    account.ok("PUT", "contacts/3", {"ext_id": "three"})
    items = [
        {"id": 1, "attributes": {"CITY": "Delft"}},
        {"email": "c2@mail.example", "emailBlacklisted": True},
        {"ext_id": "three", "attributes": {"CITY": "Gouda"}},
        {"sms": "+31612345674", "attributes": {"EMAIL": "four@mail.example"}},
    ]
    assert account.call("POST", "contacts/batch", {"contacts": items}).status_code == 204
    assert account.contact(1)["attributes"]["CITY"] == "Delft"
    assert account.contact(2)["emailBlacklisted"] is True
    assert account.contact(3)["attributes"]["CITY"] == "Gouda"
    assert account.contact(4)["email"] == "four@mail.example"


def test_a_batch_says_which_contacts_it_could_not_update(account: Account) -> None:
    items = [
        {"id": 99, "attributes": {"CITY": "Delft"}},
        {"id": 1, "attributes": {"CITY": "Delft"}},
        {"id": 2, "attributes": {"EMAIL": "c3@mail.example"}},
    ]
    answer = account.call("POST", "contacts/batch", {"contacts": items})
    assert answer.status_code == 400
    assert (answer.json()["successIds"], answer.json()["failureIds"]) == ([1], [99, 2])
    assert account.contact(1)["attributes"]["CITY"] == "Delft"
    too_many = {"contacts": [{"id": 1}] * 101}
    account.refused(400, "invalid_parameter", "POST", "contacts/batch", too_many)


def test_attributes_can_be_added_once_and_then_hold_values(account: Account) -> None:
    before = account.contact(1)["modifiedAt"]
    account.ok("PUT", "contacts/1", {"attributes": {"OVERDUE_BALANCE": 12.5}})
    assert account.contact(1)["modifiedAt"] == before
    path = "contacts/attributes/normal/OVERDUE_BALANCE"
    assert account.call("POST", path, {"type": "float"}).status_code == 201
    account.refused(400, "invalid_parameter", "POST", path, {"type": "float"})
    account.refused(400, "invalid_parameter", "POST", "contacts/attributes/normal/X", {"type": "blob"})
    listed = account.ok("GET", "contacts/attributes")["attributes"]
    assert {"name": "OVERDUE_BALANCE", "category": "normal", "type": "float"} in listed
    account.ok("PUT", "contacts/1", {"attributes": {"OVERDUE_BALANCE": 12.5}})
    assert account.contact(1)["attributes"]["OVERDUE_BALANCE"] == 12.5


def test_a_deleted_contact_is_gone_and_frees_its_address(account: Account) -> None:
    assert account.call("DELETE", "contacts/2").status_code == 204
    assert sorted(account.ids()) == [1, 3, 4, 5]
    account.refused(404, "document_not_found", "DELETE", "contacts/2")
    created = account.ok("POST", "contacts", {"email": "c2@mail.example"})
    assert created["id"] not in (1, 2, 3, 4, 5)


def test_a_write_without_effect_leaves_the_stamp_alone(account: Account) -> None:
    account.ok("PUT", "contacts/1", {"attributes": {"FIRSTNAME": "Voornaam 1"}})
    assert account.contact(1)["modifiedAt"] == SAME
    account.ok("PUT", "contacts/1", {"attributes": {"FIRSTNAME": "Anders"}})
    assert account.contact(1)["modifiedAt"] > SAME


def test_the_eleventh_request_in_a_second_is_throttled_without_retry_after(account: Account) -> None:
    left = [account.at_once("GET", "contacts").headers["x-sib-ratelimit-remaining"] for _ in range(10)]
    assert left == [str(number) for number in range(9, -1, -1)]
    answer = account.at_once("GET", "contacts")
    assert answer.status_code == 429
    assert "retry-after" not in answer.headers
    account.wait(seconds=int(answer.headers["x-sib-ratelimit-reset"]))
    assert account.at_once("GET", "contacts").ok


def test_other_endpoints_take_a_hundred_an_hour(account: Account) -> None:
    assert all(account.at_once("GET", "account").ok for _ in range(100))
    assert account.at_once("GET", "account").status_code == 429
    assert account.at_once("GET", "contacts").ok


def test_every_write_is_journalled_with_its_actor_and_values(account: Account) -> None:
    account.call("PUT", "contacts/1", {"attributes": {"FIRSTNAME": "Jan"}}, actor="human")
    account.ok("PUT", "contacts/1", {"attributes": {"FIRSTNAME": "Jan"}})
    account.ok("DELETE", "contacts/2")
    first, echo, gone = account.journal()
    assert (first.system, first.actor, first.object, first.key) == ("brevo", "human", "contacts", "1")
    assert first.before == {"attributes.FIRSTNAME": "Voornaam 1"}
    assert first.after == {"attributes.FIRSTNAME": "Jan"}
    assert (echo.actor, echo.before, echo.after) == ("hub", {}, {})
    assert (gone.action, gone.key, gone.after) == ("delete", "2", {})


_LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**40), 2**40)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=12)
)
_VALUES = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
_NAMES = ("email", "ext_id", "attributes", "emailBlacklisted", "listIds", "contacts", "updateEnabled")


@given(body=st.dictionaries(st.sampled_from(_NAMES), _VALUES, max_size=4) | _VALUES)
@settings(max_examples=60, deadline=None)
def test_no_body_breaks_it(shared: Account, body: Any) -> None:
    for path, method in (("contacts", "POST"), ("contacts/1", "PUT"), ("contacts/batch", "POST")):
        assert shared.call(method, path, body).status_code < 500


def test_the_population_fits() -> None:
    contacts = population(300, 3, START).systems["brevo"]["contacts"]
    with serving(contacts) as account:
        assert account.ok("GET", "contacts", limit=1)["count"] == len(contacts)
        some = contacts[0]
        assert account.contact(some["email"])["attributes"] == some["attributes"]


def test_every_contact_is_shown_with_its_whatsapp_flag(account: Account) -> None:
    shown = [account.contact(1), *account.ok("GET", "contacts")["contacts"]]
    assert {row["whatsappBlacklisted"] for row in shown} == {False}


def test_a_created_attribute_is_answered_without_a_body(account: Account) -> None:
    answer = account.call("POST", "contacts/attributes/normal/SHOE_SIZE", {"type": "float"})
    assert (answer.status_code, answer.content) == (201, b"")


def test_the_account_is_described_in_full(account: Account) -> None:
    found = account.ok("GET", "account")
    assert {"organization_id", "user_id", "enterprise", "plan"} <= found.keys() and found["relay"]["data"]
