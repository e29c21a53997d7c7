"""The Zendesk stand-in's requests for many records, and the jobs that carry them out."""

from tests.contract.zendesk_desk import Desk, rows, serving


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


def test_show_many_takes_a_page_size_it_never_needs(desk: Desk) -> None:
    paged = {"ids": "101,103", "page[size]": 1}
    assert len(desk.ok("GET", "users/show_many", **paged)["users"]) == 2
