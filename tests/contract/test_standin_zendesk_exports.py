"""The Zendesk stand-in's listings and exports: every record once, and what they leave out."""

import pytest

from tests.contract.zendesk_desk import SAME_EPOCH, Desk, organization, serving


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
