"""Zendesk: jobs, identities, and an export whose clock only shows seconds."""

from collections.abc import Callable
from typing import Any

import pytest

from connectors.contract import Connection, Json, Write
from connectors.pace import Timing
from connectors.zendesk.connector import Zendesk
from tests.unit.scripted import Asked, Reply, Scripted, replies, serving

SLEPT: list[float] = []
WRITES = [Write("a", "1", {"notes": "A"}), Write("b", "2", {"notes": None}), Write("c", "3", {"notes": "C"})]


def zendesk(server: Scripted, login: str = "", **options: str) -> Zendesk:
    SLEPT.clear()
    connection = Connection(server.url, "token", login, options)
    return Zendesk(connection, Timing(SLEPT.append, lambda: 0.0))


def job(status: str, results: list[Json] | None = None) -> Reply:
    return Reply(200, {"job_status": {"id": "j1", "status": status, "results": results}})


def test_a_job_is_polled_to_its_end_and_each_write_gets_its_result() -> None:
    results: list[Json] = [
        {"index": 0, "id": 1, "success": True, "status": "Updated"},
        {"index": 1, "id": 2, "success": False, "error": "UserNotFound", "details": "no"},
        {"index": 2, "id": 3, "success": False, "error": "RecordInvalid", "details": "Notes: C is too long"},
    ]
    with serving(replies(job("queued"), job("working"), job("completed", results))) as server:
        receipts = zendesk(server).push("users", WRITES)
    assert [(r.ref, r.status) for r in receipts] == [("a", "done"), ("b", "gone"), ("c", "refused")]
    assert [asked.path for asked in server.asked[1:]] == ["/api/v2/job_statuses/j1"] * 2
    assert server.asked[0].body["users"][1] == {"id": 2, "notes": None}
    assert len(SLEPT) == 2


def test_a_job_that_does_not_end_leaves_its_writes_unsure() -> None:
    with serving(replies(job("queued"), job("working"))) as server:
        receipts = zendesk(server).push("users", WRITES)
    assert {r.status for r in receipts} == {"unsure"}
    assert 60 < sum(SLEPT) < 300


def test_a_job_that_failed_leaves_its_writes_unsure() -> None:
    with serving(replies(job("queued"), job("failed"))) as server:
        assert {r.status for r in zendesk(server).push("users", WRITES)} == {"unsure"}


def identities(held: list[Json]) -> Callable[[Asked], Reply]:
    def script(asked: Asked) -> Reply:
        if asked.method == "GET":
            return Reply(200, {"identities": held})
        if asked.path.endswith("make_primary"):
            return Reply(200, {"identities": held})
        return Reply(201, {"identity": {"id": 9, **asked.body["identity"]}})

    return script


@pytest.mark.parametrize(
    ("held", "sent"),
    [
        ([], ["POST /identities", "PUT /identities/9/make_primary"]),
        ([{"id": 4, "type": "email", "value": "NEW@firm.example"}], ["PUT /identities/4/make_primary"]),
    ],
)
def test_a_new_address_becomes_the_primary_identity(held: list[Json], sent: list[str]) -> None:
    with serving(identities(held)) as server:
        (receipt,) = zendesk(server).push("users", [Write("w", "7", {"email": "new@firm.example"})])
    assert (receipt.status, receipt.key) == ("done", "7")
    assert [f"{a.method} {a.path.removeprefix('/api/v2/users/7')}" for a in server.asked[1:]] == sent


def test_an_address_that_cannot_be_emptied_is_refused_in_words() -> None:
    with serving(replies(Reply(500))) as server:
        (receipt,) = zendesk(server).push("users", [Write("w", "7", {"email": None})])
    assert (receipt.status, server.asked) == ("refused", [])


def test_a_created_user_is_sent_no_mail() -> None:
    with serving(replies(Reply(201, {"user": {"id": 5, "updated_at": "2026-11-22T10:00:00Z"}}))) as server:
        (receipt,) = zendesk(server).push("users", [Write("w", None, {"name": "New"})])
    assert (receipt.key, receipt.stamp) == ("5", "2026-11-22T10:00:00.000000Z")
    assert server.asked[0].body == {"user": {"name": "New", "skip_verify_email": True}}


def test_more_organizations_in_one_second_than_fit_on_a_page() -> None:
    held = [{"id": number, "updated_at": "2026-11-01T00:00:10Z"} for number in range(1, 6)]

    def script(asked: Asked) -> Reply:
        if asked.path.endswith("incremental/organizations"):
            found = held if int(asked.query["start_time"]) <= 10 else []
            page: dict[str, Any] = {"organizations": found[:2], "end_time": 10 if found else None}
            return Reply(200, {**page, "end_of_stream": len(found) <= 2})
        after = int(asked.query.get("page[after]", "0"))
        return Reply(
            200,
            {
                "organizations": held[after : after + 2],
                "meta": {"has_more": after + 2 < 5, "after_cursor": str(after + 2)},
            },
        )

    with serving(script) as server:
        pages = list(zendesk(server, page_size="2").pull("organizations", None))
    assert {record.key for page in pages for record in page.records} == {"1", "2", "3", "4", "5"}
    assert pages[-1].last and pages[-1].cursor == {"start": 11}


def test_deleted_records_are_marked() -> None:
    users = [{"id": 1, "active": False}, {"id": 2, "active": True}]
    answer = Reply(200, {"users": users, "end_of_stream": True, "after_cursor": "x"})
    with serving(replies(answer)) as server:
        (page,) = list(zendesk(server).pull("users", None))
    assert [record.deleted for record in page.records] == [True, False]


def test_search_results_that_only_resemble_are_left_out() -> None:
    users = [{"id": 1, "email": "Jan@firm.example"}, {"id": 2, "email": "jan@firm.example.org"}]
    with serving(replies(Reply(200, {"users": users}))) as server:
        found = zendesk(server).find("users", "email", ["jan@firm.example"])
    assert [record.key for record in found["jan@firm.example"]] == ["1"]


def test_an_old_api_token_goes_with_its_login() -> None:
    with serving(replies(Reply(200, {"users": []}))) as server:
        zendesk(server, login="agent@firm.example").fetch("users", ["1"])
    assert server.asked[0].headers["authorization"].startswith("Basic ")
