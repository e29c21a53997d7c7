"""The Zendesk stand-in against what Zendesk's own documentation says of its API."""

from typing import Any

import requests
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.people import population
from tests.contract.zendesk_desk import SAME_EPOCH, START, Desk, Json, serving


def test_only_a_known_bearer_gets_in(desk: Desk) -> None:
    answer = requests.get(f"{desk.base}/api/v2/users", headers={"api-key": "hub-token"}, timeout=10)
    assert (answer.status_code, answer.json()) == (401, {"error": "Couldn't authenticate you"})
    assert desk.ok("GET", "users/me")["user"]["role"] == "admin"


def test_unknown_paths_methods_and_parameters_are_refused(desk: Desk) -> None:
    desk.refused(404, "InvalidEndpoint", "GET", "customers")
    desk.refused(404, "RecordNotFound", "GET", "users/77")
    desk.refused(405, "MethodNotAllowed", "PATCH", "users/101", {})
    desk.refused(400, "InvalidParameter", "GET", "users", page=1)
    desk.refused(400, "ParameterMissing", "PUT", "users/101", {"name": "without its envelope"})


def test_seven_hundred_requests_a_minute(desk: Desk) -> None:
    first = desk.call("GET", "users/101")
    assert (first.headers["ratelimit-limit"], first.headers["ratelimit-remaining"]) == ("700", "699")
    for _ in range(699):
        last = desk.call("GET", "users/101")
    assert last.headers["X-Rate-Limit-Remaining"] == "0"
    assert desk.call("GET", "users/101").headers["Retry-After"] == "60"


def test_a_user_is_updated_five_times_a_minute(desk: Desk) -> None:
    for number in range(5):
        desk.change(101, phone=str(number))
    answer = desk.call("PUT", "users/101", {"user": {"phone": "6"}})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    desk.change(102, phone="6")
    desk.wait(seconds=60)
    assert desk.change(101, phone="6")["phone"] == "6"


def test_search_finds_addresses_names_and_numbers(desk: Desk) -> None:
    desk.change(101, email="second@mail.example", phone="+31 6 87654321")
    for query in ("u101@mail.example", "email:second@mail.example", "87654321", '"naam 101"'):
        assert [row["id"] for row in desk.ok("GET", "users/search", query=query)["users"]] == [101]
    assert desk.ok("GET", "users/search", query="nobody@mail.example")["users"] == []
    desk.refused(400, "ParameterMissing", "GET", "users/search")


def test_one_search_finds_records_of_every_type(desk: Desk) -> None:
    found = desk.ok("GET", "search", query='type:user email:"U101@mail.example"')
    assert [(row["id"], row["result_type"]) for row in found["results"]] == [(101, "user")]
    found = desk.ok("GET", "search", query="type:ticket requester_id:102")
    assert ([row["id"] for row in found["results"]], found["count"]) == ([2], 1)
    found = desk.ok("GET", "search", query='"firma 502"')
    assert [(row["id"], row["result_type"]) for row in found["results"]] == [(502, "organization")]
    desk.refused(400, "ParameterMissing", "GET", "search")


def test_organizations_are_created_changed_and_found(desk: Desk) -> None:
    body = {"organization": {"name": "Nieuw B.V.", "domain_names": ["nieuw.example"], "external_id": "g9"}}
    answer = desk.call("POST", "organizations", body)
    assert answer.status_code == 201
    key = answer.json()["organization"]["id"]
    desk.refused(422, "RecordInvalid", "POST", "organizations", {"organization": {"name": "nieuw b.v."}})
    for query in ({"name": "Nieuw B.V."}, {"external_id": "G9"}):
        assert [row["id"] for row in desk.ok("GET", "organizations/search", **query)["organizations"]] == [
            key
        ]
    changed = desk.ok("PUT", f"organizations/{key}", {"organization": {"domain_names": ["a.example"]}})
    assert changed["organization"]["domain_names"] == ["a.example"]
    assert desk.change(101, organization_id=key)["organization_id"] == key
    found = desk.ok("GET", "organizations/show_many", ids=f"{key},501")["organizations"]
    assert [row["id"] for row in found] == [key, 501]
    items = {"organizations": [{"id": 501, "notes": "x"}, {"id": 9, "notes": "x"}]}
    results = desk.job(desk.ok("PUT", "organizations/update_many", items))
    assert [one["status"] for one in results] == ["Updated", "Failed"]


def test_organization_fields_hold_a_golden_id(desk: Desk) -> None:
    field = {"organization_field": {"key": "golden_id", "type": "text", "title": "Golden id"}}
    assert desk.call("POST", "organization_fields", field).status_code == 201
    body = {"organization": {"organization_fields": {"golden_id": "g1", "other": "x"}}}
    row = desk.ok("PUT", "organizations/501", body)["organization"]
    assert row["organization_fields"] == {"golden_id": "g1"}


def test_a_person_opens_and_solves_a_ticket(desk: Desk) -> None:
    body = {"ticket": {"subject": "Kapot", "comment": {"body": "Het is stuk"}, "requester_id": 103}}
    answer = desk.call("POST", "tickets", body, actor="human")
    key = answer.json()["ticket"]["id"]
    assert (answer.status_code, answer.json()["ticket"]["status"]) == (201, "new")
    assert desk.ok("PUT", f"tickets/{key}", {"ticket": {"status": "solved"}})["ticket"]["status"] == "solved"
    desk.refused(422, "RecordInvalid", "PUT", f"tickets/{key}", {"ticket": {"status": "lost"}})
    desk.refused(422, "RecordInvalid", "POST", "tickets", {"ticket": {"subject": "Leeg"}})
    desk.wait(seconds=90)
    page = desk.export("tickets/cursor", start_time=SAME_EPOCH)
    assert [row["id"] for row in page["tickets"]] == [1, 2, key]
    desk.ok("DELETE", "tickets/1")
    desk.wait(seconds=90)
    page = desk.export("tickets/cursor", cursor=page["after_cursor"])
    assert [(row["id"], row["status"]) for row in page["tickets"]] == [(1, "deleted")]
    assert [row["id"] for row in desk.ok("GET", "tickets")["tickets"]] == [2, key]


def test_a_requester_nobody_knows_becomes_a_user_named_by_the_mailbox(desk: Desk) -> None:
    def asks(**requester: str) -> Json:
        return {"ticket": {"subject": "Kapot", "comment": {"body": "Stuk"}, "requester": requester}}

    desk.refused(422, "RecordInvalid", "POST", "tickets", asks(email="jan.jansen@mail.example"))
    mailed = asks(email="jan.jansen@mail.example", name="jan.jansen@mail.example")
    made = desk.user(desk.ok("POST", "tickets", mailed)["ticket"]["requester_id"])
    assert (made["name"], made["locale"], made["time_zone"]) == ("jan.jansen", "nl", "Amsterdam")
    assert (made["role"], made["verified"]) == ("end-user", False)
    again = desk.ok("POST", "tickets", asks(email="Jan.Jansen@mail.example", name="Jan Jansen"))
    assert again["ticket"]["requester_id"] == made["id"]
    assert desk.user(made["id"])["name"] == "jan.jansen"


def test_every_write_is_journalled_with_its_actor_and_values(desk: Desk) -> None:
    desk.call("PUT", "users/101", {"user": {"phone": "1"}}, actor="human")
    desk.change(101, phone="1")
    desk.ok("PUT", "users/update_many", {"users": [{"id": 102, "phone": "2"}]})
    desk.wait(seconds=5)
    desk.ok("GET", "users")
    first, echo, bulk = desk.journal()
    assert (first.system, first.actor, first.object, first.key) == ("zendesk", "human", "users", "101")
    assert (first.before, first.after) == ({"phone": "06-12345678"}, {"phone": "1"})
    assert (echo.actor, echo.before, echo.after) == ("hub", {}, {})
    assert (bulk.actor, bulk.key, bulk.after) == ("hub", "102", {"phone": "2"})


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


_NAMES = (
    *("name", "email", "external_id", "user_fields", "tags", "organization_id", "role", "id"),
    *("domain_names", "subject", "comment", "requester_id", "type", "value", "key"),
)


_REQUESTS = (
    ("POST", "users", "user"),
    ("PUT", "users/101", "user"),
    ("PUT", "users/102/merge", "user"),
    ("POST", "users/create_or_update", "user"),
    ("POST", "users/101/identities", "identity"),
    ("POST", "organizations", "organization"),
    ("PUT", "organizations/501", "organization"),
    ("POST", "tickets", "ticket"),
    ("PUT", "tickets/1", "ticket"),
    ("POST", "user_fields", "user_field"),
)


@given(inner=st.dictionaries(st.sampled_from(_NAMES), _VALUES, max_size=4) | _VALUES)
@settings(max_examples=60, deadline=None)
def test_no_body_breaks_it(shared: Desk, inner: Any) -> None:
    shared.wait(seconds=61)
    for method, path, noun in _REQUESTS:
        assert shared.call(method, path, {noun: inner}).status_code < 500
    many = {"users": [inner], "organizations": [inner]}
    for path in ("users/update_many", "organizations/update_many"):
        assert shared.call("PUT", path, many).status_code < 500
    shared.wait(seconds=61)
    assert shared.call("GET", "users").ok


def test_the_population_fits() -> None:
    people = population(300, 3, START).systems["zendesk"]
    with serving(people) as desk:
        assert len(desk.export(start_time=0)["users"]) == len(people["users"])
        assert len(desk.export("tickets/cursor", start_time=0)["tickets"]) == len(people["tickets"])
        some = people["users"][-1]
        assert desk.user(some["id"])["name"] == some["name"]


def test_a_written_ticket_comes_with_its_audit(desk: Desk) -> None:
    made = desk.ok("POST", "tickets", {"ticket": {"description": "Stuk", "requester_id": 101}})
    assert made["ticket"]["subject"] == "Stuk"
    solved = desk.ok("PUT", f"tickets/{made['ticket']['id']}", {"ticket": {"status": "solved"}})
    assert solved["audit"]["ticket_id"] == made["audit"]["ticket_id"] == made["ticket"]["id"]
    assert solved["audit"]["id"] != made["audit"]["id"]
