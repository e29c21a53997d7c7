"""The Zendesk stand-in against what Zendesk's own documentation says of its API."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.core.clock import ManualClock
from sandbox.core.journal import Entry
from sandbox.core.serve import running_sandbox
from sandbox.core.tokens import Tokens
from sandbox.core.world import World
from sandbox.people import population
from sandbox.zendesk.standin import Zendesk

Json = dict[str, Any]
START = datetime(2026, 11, 22, 10, tzinfo=UTC)
SAME = "2026-11-01T09:00:00Z"
SAME_EPOCH = int(datetime(2026, 11, 1, 9, tzinfo=UTC).timestamp())


@dataclass
class Desk:
    """The stand-in behind HTTP, and the clock and journal behind it."""

    base: str
    world: World

    def call(self, method: str, path: str, body: Any = None, actor: str = "hub", **query: Any) -> Any:
        url = path if path.startswith("http") else f"{self.base}/api/v2/{path}"
        headers = {"Authorization": f"Bearer {actor}-token"}
        return requests.request(method, url, json=body, params=query, headers=headers, timeout=10)

    def ok(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        answer = self.call(method, path, body, **query)
        assert answer.ok, answer.text
        return answer.json() if answer.content else None

    def refused(self, status: int, kind: str, method: str, path: str, body: Any = None, **query: Any) -> Json:
        answer = self.call(method, path, body, **query)
        assert (answer.status_code, answer.json()["error"]) == (status, kind)
        found: Json = answer.json()
        return found

    def user(self, key: int) -> Json:
        found: Json = self.ok("GET", f"users/{key}")["user"]
        return found

    def change(self, key: int, **fields: Any) -> Json:
        found: Json = self.ok("PUT", f"users/{key}", {"user": fields})["user"]
        return found

    def export(self, what: str = "users/cursor", **query: Any) -> Json:
        """One page; a minute passes first, so that the export limit never counts."""
        self.wait(seconds=6)
        found: Json = self.ok("GET", f"incremental/{what}.json", **query)
        return found

    def wait(self, **span: float) -> None:
        self.world.clock.advance(timedelta(**span))

    def job(self, answer: Json) -> list[Json]:
        """The results of a bulk request, once it is done."""
        url = answer["job_status"]["url"]
        assert self.ok("GET", url)["job_status"]["status"] == "queued"
        self.wait(seconds=5)
        done = self.ok("GET", url)["job_status"]
        assert (done["status"], done["progress"]) == ("completed", done["total"])
        found: list[Json] = done["results"]
        return found

    def journal(self) -> list[Entry]:
        return list(self.world.journal.since())


def user(number: int, **fields: Any) -> Json:
    return {
        "id": number,
        "name": f"Naam {number}",
        "email": f"u{number}@mail.example",
        "phone": "06-12345678",
        "locale": "nl",
        "time_zone": "Amsterdam",
        "role": "end-user",
        "organization_id": None,
        "external_id": None,
        "active": True,
        "suspended": False,
        "shared": False,
        "verified": True,
        "user_fields": {},
        "created_at": SAME,
        "updated_at": SAME,
        "tags": [],
        "notes": "",
        "details": "",
        **fields,
    }


def organization(number: int, updated: str = SAME) -> Json:
    return {
        "id": number,
        "name": f"Firma {number}",
        "domain_names": [f"firma{number}.example"],
        "external_id": None,
        "organization_fields": {},
        "shared_tickets": False,
        "shared_comments": False,
        "created_at": SAME,
        "updated_at": updated,
        "tags": [],
        "notes": "",
        "details": "",
        "group_id": None,
    }


def ticket(number: int, requester: int) -> Json:
    stamps = {"created_at": SAME, "updated_at": SAME}
    own = {"id": number, "subject": "Hulp", "status": "open", "priority": None, "tags": []}
    return {**own, "requester_id": requester, "organization_id": None, **stamps}


@contextmanager
def serving(rows: dict[str, list[Json]], bulk_import: bool = False, limited: bool = True) -> Iterator[Desk]:
    tokens = Tokens("hub-token", "human-token", "admin-token")
    world = World.of(ManualClock(START), tokens, limited=limited)
    zendesk = Zendesk(world, bulk_import)
    zendesk.seed(rows)
    with running_sandbox([zendesk], world) as running:
        yield Desk(running.systems["zendesk"], world)


def rows() -> dict[str, list[Json]]:
    return {
        "users": [*(user(number) for number in range(101, 106)), user(109, role="agent")],
        "organizations": [organization(number) for number in range(501, 504)],
        "tickets": [ticket(1, 101), ticket(2, 102)],
    }


@pytest.fixture
def desk() -> Iterator[Desk]:
    with serving(rows()) as found:
        yield found


@pytest.fixture(scope="module")
def shared() -> Iterator[Desk]:
    with serving(rows()) as found:
        yield found


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


@pytest.mark.parametrize("size", [1, 2, 6, 100])
def test_listing_gives_every_active_user_once(desk: Desk, size: int) -> None:
    desk.ok("DELETE", "users/103")
    page = desk.ok("GET", "users", **{"page[size]": size})
    found = page["users"]
    while page["meta"]["has_more"]:
        page = desk.ok("GET", page["links"]["next"])
        found += page["users"]
    assert [row["id"] for row in found] == [101, 102, 104, 105, 109]
    desk.refused(400, "InvalidValue", "GET", "users", **{"page[size]": 101})
    desk.refused(400, "InvalidCursor", "GET", "users", **{"page[after]": "here"})


@pytest.mark.parametrize("size", [1, 2, 5, 1000])
def test_the_cursor_export_passes_equal_stamps_and_ends(desk: Desk, size: int) -> None:
    page = desk.export(start_time=0, per_page=size)
    found = [row["id"] for row in page["users"]]
    while not page["end_of_stream"]:
        desk.wait(seconds=6)
        page = desk.ok("GET", page["after_url"])
        found += [row["id"] for row in page["users"]]
    assert found == [101, 102, 103, 104, 105, 109]
    assert desk.export(cursor=page["after_cursor"])["users"] == []


def test_an_export_leaves_out_the_last_minute_and_loses_nothing(desk: Desk) -> None:
    desk.change(102, phone="1")
    page = desk.export(start_time=SAME_EPOCH)
    assert [row["id"] for row in page["users"]] == [101, 103, 104, 105, 109]
    desk.wait(seconds=40)
    desk.change(101, phone="2")
    desk.wait(seconds=20)
    page = desk.export(cursor=page["after_cursor"])
    assert [(row["id"], row["phone"]) for row in page["users"]] == [(102, "1")]
    desk.wait(seconds=60)
    page = desk.export(cursor=page["after_cursor"])
    assert [(row["id"], row["phone"]) for row in page["users"]] == [(101, "2")]
    assert page["end_of_stream"]


def test_start_time_is_inclusive_and_a_minute_old(desk: Desk) -> None:
    assert len(desk.export(start_time=SAME_EPOCH)["users"]) == 6
    assert desk.export(start_time=SAME_EPOCH + 1)["users"] == []
    now = int(desk.world.clock.now().timestamp())
    desk.refused(400, "StartTime", "GET", "incremental/users/cursor", start_time=now - 59)
    assert desk.call("GET", "incremental/users/cursor", start_time=now - 60).ok
    assert desk.call("GET", "incremental/users/cursor").status_code == 400
    assert desk.call("GET", "incremental/users/cursor", start_time=0, per_page=1001).status_code == 400
    assert desk.call("GET", "incremental/users/cursor", cursor="bm9uc2Vuc2U=").status_code == 400


def test_ten_exports_a_minute(desk: Desk) -> None:
    for _ in range(10):
        assert desk.call("GET", "incremental/users/cursor", start_time=0).ok
    answer = desk.call("GET", "incremental/tickets/cursor", start_time=0)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert desk.call("GET", "users").ok
    desk.wait(seconds=60)
    assert desk.call("GET", "incremental/users/cursor", start_time=0).ok


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


def test_time_based_export_repeats_its_boundary_and_tells_of_deletions() -> None:
    stamps = ["2026-11-01T09:00:00Z", "2026-11-02T09:00:00Z", "2026-11-03T09:00:00Z"]
    organizations = [organization(501 + n, stamp) for n, stamp in enumerate(stamps)]
    with serving({"organizations": organizations}) as desk:
        desk.ok("DELETE", "organizations/501")
        desk.wait(seconds=90)
        seen, page = [], desk.export("organizations", start_time=0, per_page=2)
        seen += page["organizations"]
        while not page["end_of_stream"]:
            assert page["count"] == len(page["organizations"])
            page = desk.ok("GET", page["next_page"])
            seen += page["organizations"]
        assert [row["id"] for row in seen] == [502, 503, 503, 501]
        assert [bool(row["deleted_at"]) for row in seen] == [False, False, False, True]
        desk.refused(404, "RecordNotFound", "GET", "organizations/501")


def test_users_have_a_time_based_export_too(desk: Desk) -> None:
    desk.ok("DELETE", "users/103")
    assert 103 not in {row["id"] for row in desk.export("users", start_time=0)["users"]}
    desk.wait(seconds=90)
    page = desk.export("users", start_time=SAME_EPOCH + 1)
    assert [(row["id"], row["active"]) for row in page["users"]] == [(103, False)]
    assert page["end_of_stream"] and page["end_time"] > SAME_EPOCH


def test_time_based_export_stalls_where_a_second_holds_more_than_a_page(desk: Desk) -> None:
    first = desk.export("organizations", start_time=0, per_page=2)
    again = desk.ok("GET", first["next_page"])
    assert again["organizations"] == first["organizations"] and not again["end_of_stream"]
    assert len(desk.export("organizations", start_time=0)["organizations"]) == 3


def test_a_deleted_user_shows_as_inactive_and_frees_address_and_external_id(desk: Desk) -> None:
    desk.change(103, external_id="golden-3")
    assert desk.ok("DELETE", "users/103")["user"]["active"] is False
    desk.wait(seconds=90)
    gone = [row for row in desk.export(start_time=SAME_EPOCH)["users"] if not row["active"]]
    assert [(row["id"], row["email"]) for row in gone] == [(103, None)]
    assert desk.user(103)["active"] is False
    body = {"user": {"name": "Ander", "email": "u103@mail.example", "external_id": "golden-3"}}
    assert desk.call("POST", "users", body).status_code == 201
    desk.refused(422, "RecordInvalid", "PUT", "users/103", {"user": {"name": "Nog eens"}})


def test_a_merge_leaves_the_loser_inactive_and_the_winner_with_both_addresses(desk: Desk) -> None:
    winner = desk.ok("PUT", "users/101/merge", {"user": {"id": 102}})["user"]
    assert (winner["id"], winner["email"], winner["name"]) == (102, "u102@mail.example", "Naam 102")
    assert winner["updated_at"] > SAME
    mails = [one["value"] for one in desk.ok("GET", "users/102/identities")["identities"]]
    assert mails == ["u102@mail.example", "u101@mail.example"]
    assert desk.user(101)["active"] is False
    found = desk.ok("GET", "users/search", query="u101@mail.example")["users"]
    assert [row["id"] for row in found] == [102]
    assert desk.ok("GET", "tickets/1")["ticket"]["requester_id"] == 102
    desk.refused(403, "Forbidden", "PUT", "users/109/merge", {"user": {"id": 102}})
    desk.refused(422, "RecordInvalid", "PUT", "users/102/merge", {"user": {"id": 102}})
    actions = [(entry.object, entry.key, entry.action) for entry in desk.journal()]
    assert actions == [("users", "101", "delete"), ("users", "102", "merge"), ("tickets", "1", "update")]


def test_creating_needs_a_name_and_a_free_address(desk: Desk) -> None:
    body = {"name": "Jan de Vries", "email": "Jan@Mail.Example", "phone": "06 1234-5678", "colour": "red"}
    answer = desk.call("POST", "users", {"user": body})
    assert answer.status_code == 201
    row = answer.json()["user"]
    assert (row["email"], row["phone"], row["role"]) == ("jan@mail.example", "06 1234-5678", "end-user")
    assert "colour" not in row
    details = desk.refused(422, "RecordInvalid", "POST", "users", {"user": body})["details"]
    assert details["email"][0]["error"] == "DuplicateValue"
    desk.refused(422, "RecordInvalid", "POST", "users", {"user": {"email": "x@mail.example"}})
    desk.refused(422, "RecordInvalid", "POST", "users", {"user": {"name": "X", "email": "x"}})
    desk.refused(422, "RecordInvalid", "POST", "users", {"user": {"name": "X", "organization_id": 9}})


def test_an_email_given_to_put_becomes_a_second_identity(desk: Desk) -> None:
    assert desk.change(101, email="new@mail.example")["email"] == "u101@mail.example"
    first, second = desk.ok("GET", "users/101/identities")["identities"]
    assert (first["primary"], second["primary"]) == (True, False)
    path = f"users/101/identities/{second['id']}"
    assert desk.ok("PUT", f"{path}/make_primary")["identities"][0]["value"] == "new@mail.example"
    assert desk.user(101)["email"] == "new@mail.example"
    assert desk.call("DELETE", f"users/101/identities/{first['id']}").status_code == 204
    assert len(desk.ok("GET", "users/101/identities")["identities"]) == 1
    taken = {"user": {"email": "u102@mail.example"}}
    desk.refused(422, "RecordInvalid", "PUT", "users/101", taken)


def test_identities_can_be_added_as_primary(desk: Desk) -> None:
    body = {"identity": {"type": "email", "value": "Prime@Mail.Example", "primary": True}}
    assert desk.call("POST", "users/101/identities", body).status_code == 201
    assert desk.user(101)["email"] == "prime@mail.example"
    desk.refused(422, "RecordInvalid", "POST", "users/102/identities", body)
    desk.refused(404, "RecordNotFound", "DELETE", "users/102/identities/1")


def test_null_and_empty_clear_a_value_but_never_the_name(desk: Desk) -> None:
    row = desk.change(101, phone=None, notes="", external_id="")
    assert (row["phone"], row["notes"], row["external_id"]) == (None, None, None)
    desk.refused(422, "RecordInvalid", "PUT", "users/101", {"user": {"name": ""}})


def test_custom_fields_are_defined_once_and_unknown_ones_dropped(desk: Desk) -> None:
    assert desk.change(101, user_fields={"golden_id": "g1"})["user_fields"] == {}
    assert desk.user(101)["updated_at"] == SAME
    field = {"key": "overdue_balance", "type": "decimal", "title": "Overdue"}
    assert desk.call("POST", "user_fields", {"user_field": field}).status_code == 201
    desk.refused(422, "RecordInvalid", "POST", "user_fields", {"user_field": field})
    desk.refused(422, "RecordInvalid", "POST", "user_fields", {"user_field": {**field, "type": "blob"}})
    assert [one["key"] for one in desk.ok("GET", "user_fields")["user_fields"]] == ["overdue_balance"]
    assert desk.user(102)["user_fields"] == {"overdue_balance": None}
    assert (
        desk.change(101, user_fields={"overdue_balance": "12.50"})["user_fields"]["overdue_balance"] == 12.5
    )
    wrong = {"user": {"user_fields": {"overdue_balance": "much"}}}
    desk.refused(422, "RecordInvalid", "PUT", "users/101", wrong)
    assert desk.change(101, user_fields={"overdue_balance": None})["user_fields"] == {"overdue_balance": None}


@pytest.mark.parametrize("kind", ["user", "organization"])
def test_every_custom_field_is_shown_with_null_until_it_is_deactivated_or_deleted(
    desk: Desk, kind: str
) -> None:
    fields = f"{kind}_fields"
    for key in ("golden_id", "tier"):
        desk.ok("POST", fields, {f"{kind}_field": {"key": key, "type": "text", "title": key}})
    many = f"{kind}s"
    key = desk.ok("POST", many, {kind: {"name": "Nieuw", fields: {"tier": "A"}}})[kind]["id"]
    desk.wait(seconds=90)

    def shown() -> list[Json]:
        export = "users/cursor" if kind == "user" else "organizations"
        pages = [
            desk.ok("GET", f"{many}/{key}")[kind],
            *desk.ok("GET", f"{many}/show_many", ids=key)[many],
            *(one for one in desk.ok("GET", many)[many] if one["id"] == key),
            *(one for one in desk.export(export, start_time=SAME_EPOCH)[many] if one["id"] == key),
        ]
        assert len(pages) == 4
        return [one[fields] for one in pages]

    assert shown() == [{"golden_id": None, "tier": "A"}] * 4
    off = desk.ok("PUT", f"{fields}/tier", {f"{kind}_field": {"active": False}})[f"{kind}_field"]
    assert off["active"] is False
    assert shown() == [{"golden_id": None}] * 4
    desk.ok("PUT", f"{fields}/{off['id']}", {f"{kind}_field": {"active": True}})
    assert shown() == [{"golden_id": None, "tier": "A"}] * 4
    assert desk.call("DELETE", f"{fields}/golden_id").status_code == 204
    assert shown() == [{"tier": "A"}] * 4
    desk.refused(404, "RecordNotFound", "DELETE", f"{fields}/golden_id")


def test_external_ids_are_unique_whatever_their_case(desk: Desk) -> None:
    desk.change(101, external_id="Golden-1")
    desk.refused(422, "RecordInvalid", "PUT", "users/102", {"user": {"external_id": "GOLDEN-1"}})
    found = desk.ok("GET", "users/search", external_id="golden-1")["users"]
    assert [row["id"] for row in found] == [101]


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


def test_show_many_leaves_out_what_is_not_there(desk: Desk) -> None:
    rows = desk.ok("GET", "users/show_many", ids="101,77,103")["users"]
    assert [row["id"] for row in rows] == [101, 103]
    many = ",".join(str(number) for number in range(101))
    desk.refused(400, "TooManyValues", "GET", "users/show_many", ids=many)


def test_create_or_update_matches_external_id_then_address(desk: Desk) -> None:
    body = {"user": {"name": "Nieuw", "email": "U104@mail.example", "external_id": "x"}}
    answer = desk.call("POST", "users/create_or_update", body)
    assert (answer.status_code, answer.json()["user"]["id"]) == (200, 104)
    again = desk.call("POST", "users/create_or_update", {"user": {"external_id": "X", "phone": "9"}})
    assert (again.json()["user"]["id"], again.json()["user"]["phone"]) == (104, "9")
    fresh = {"user": {"name": "Vers", "email": "vers@mail.example"}}
    assert desk.call("POST", "users/create_or_update", fresh).status_code == 201


def test_update_many_waits_and_then_tells_of_every_item(desk: Desk) -> None:
    users = [
        {"id": 101, "phone": "1"},
        {"id": 77, "phone": "1"},
        {"id": 102, "email": "u103@mail.example"},
        {"id": 103, "phone": "3"},
    ]
    answer = desk.ok("PUT", "users/update_many", {"users": users})
    assert desk.user(101)["phone"] == "06-12345678"
    results = desk.job(answer)
    assert [(one["index"], one["id"], one["status"]) for one in results] == [
        (0, 101, "Updated"),
        (1, 77, "Failed"),
        (2, 102, "Failed"),
        (3, 103, "Updated"),
    ]
    assert results[1]["error"] == "RecordNotFound"
    assert "already being used" in results[2]["details"]
    assert (desk.user(101)["phone"], desk.user(103)["phone"]) == ("1", "3")


def test_update_many_gives_all_named_users_the_same(desk: Desk) -> None:
    one = {"user": {"organization_id": 501}}
    results = desk.job(desk.ok("PUT", "users/update_many", one, ids="101,77,102"))
    assert [(one["id"], one["status"]) for one in results] == [
        (101, "Updated"),
        (77, "Failed"),
        (102, "Updated"),
    ]
    assert desk.user(102)["organization_id"] == 501
    desk.change(103, external_id="Golden-3")
    named = desk.ok("PUT", "users/update_many", {"user": {"notes": "x"}}, external_ids="golden-3")
    assert [one["id"] for one in desk.job(named)] == [103]
    desk.refused(400, "ParameterMissing", "PUT", "users/update_many", one)
    listed = desk.ok("GET", "job_statuses")["job_statuses"]
    assert [(job["status"], job["total"]) for job in listed] == [("completed", 1), ("completed", 3)]


def test_a_job_is_done_though_nobody_asks_for_it(desk: Desk) -> None:
    desk.ok("PUT", "users/update_many", {"users": [{"id": 101, "phone": "1"}]})
    desk.wait(seconds=5)
    assert desk.user(101)["phone"] == "1"


def test_without_limits_jobs_are_done_and_a_user_is_updated_any_number_of_times() -> None:
    with serving(rows(), limited=False) as free:
        for number in range(7):
            free.change(102, phone=str(number))
        results = free.job(free.ok("PUT", "users/update_many", {"users": [{"id": 101, "phone": "1"}]}))
        assert [one["success"] for one in results] == [True]
        assert free.user(101)["phone"] == "1"


def test_bulk_requests_have_their_bounds(desk: Desk) -> None:
    many = {"users": [{"id": 101}] * 101}
    desk.refused(400, "TooManyValues", "PUT", "users/update_many", many)
    for _ in range(30):
        desk.ok("PUT", "users/update_many", {"users": [{"id": 101}]})
    desk.refused(429, "TooManyJobs", "PUT", "users/update_many", {"users": [{"id": 101}]})
    desk.refused(404, "RecordNotFound", "GET", "job_statuses/none")


def test_bulk_import_works_only_where_it_is_enabled(desk: Desk) -> None:
    users = {"users": [{"name": "Een", "email": "een@mail.example"}, {"email": "u101@mail.example"}, {}]}
    desk.refused(403, "Forbidden", "POST", "users/create_or_update_many", users)
    with serving(rows(), bulk_import=True) as enabled:
        results = enabled.job(enabled.ok("POST", "users/create_or_update_many", users))
        made = {
            "users": [
                {"name": "Twee", "email": "twee@mail.example"},
                {"name": "T", "email": "een@mail.example"},
            ]
        }
        again = enabled.job(enabled.ok("POST", "users/create_many", made))
    assert [one["status"] for one in results] == ["Created", "Updated", "Failed"]
    assert [one["status"] for one in again] == ["Created", "Failed"]
    desk.refused(403, "Forbidden", "POST", "users/create_many", made)


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


def test_a_safe_update_is_refused_where_somebody_was_before(desk: Desk) -> None:
    def safely(stamp: str | None) -> Json:
        return {"ticket": {"status": "solved", "safe_update": True, "updated_stamp": stamp}}

    desk.ok("PUT", "tickets/1", {"ticket": {"priority": "high"}})
    desk.refused(409, "UpdateConflict", "PUT", "tickets/1", safely(SAME))
    desk.refused(409, "UpdateConflict", "PUT", "tickets/1", safely(None))
    stamp = desk.ok("GET", "tickets/1")["ticket"]["updated_at"]
    assert desk.ok("PUT", "tickets/1", safely(stamp))["ticket"]["status"] == "solved"


def test_stamps_have_whole_seconds_and_move_only_with_a_change(desk: Desk) -> None:
    desk.wait(seconds=1.7)
    assert desk.change(101, phone="06-12345678")["updated_at"] == SAME
    assert desk.change(101, phone="1")["updated_at"] == "2026-11-22T10:00:01Z"


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


def test_show_many_takes_a_page_size_it_never_needs(desk: Desk) -> None:
    paged = {"ids": "101,103", "page[size]": 1}
    assert len(desk.ok("GET", "users/show_many", **paged)["users"]) == 2


def test_one_identity_can_be_read(desk: Desk) -> None:
    (one,) = desk.ok("GET", "users/101/identities")["identities"]
    assert desk.ok("GET", f"users/101/identities/{one['id']}")["identity"] == one
    desk.refused(404, "RecordNotFound", "GET", f"users/102/identities/{one['id']}")


def test_a_written_ticket_comes_with_its_audit(desk: Desk) -> None:
    made = desk.ok("POST", "tickets", {"ticket": {"description": "Stuk", "requester_id": 101}})
    assert made["ticket"]["subject"] == "Stuk"
    solved = desk.ok("PUT", f"tickets/{made['ticket']['id']}", {"ticket": {"status": "solved"}})
    assert solved["audit"]["ticket_id"] == made["audit"]["ticket_id"] == made["ticket"]["id"]
    assert solved["audit"]["id"] != made["audit"]["id"]
