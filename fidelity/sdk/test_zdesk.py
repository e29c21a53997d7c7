"""zdesk, a client generated from Zendesk's own reference, on the Zendesk stand-in."""

from typing import Any
from uuid import uuid4

import pytest
from zdesk import AuthenticationError, Zendesk, ZendeskError

from fidelity.sdk.conftest import Sandbox

SETTLED, JOB = 120.0, 10.0
LONG_AGO = 1_262_304_000


def client(sandbox: Sandbox, token: str) -> Any:
    return Zendesk(sandbox.said["systems"]["zendesk"], zdesk_oauth=token)


@pytest.fixture
def zendesk(sandbox: Sandbox) -> Any:
    return client(sandbox, sandbox.said["tokens"]["hub"])


def created(zendesk: Any, **values: Any) -> Any:
    user = {"name": "Anna Vermeer", "email": f"{uuid4().hex}@firm.example", **values}
    return zendesk.user_create({"user": user}, retval="content")["user"]


def test_the_export_by_time_gives_what_changed_since(sandbox: Sandbox, zendesk: Any) -> None:
    made = created(zendesk)
    sandbox.pass_time(SETTLED)
    users = zendesk.incremental_users_list(start_time=LONG_AGO, get_all_pages=True)["users"]
    assert made["id"] in {one["id"] for one in users}
    page = zendesk.incremental_users_cursor_list(start_time=LONG_AGO)
    assert page["end_of_stream"] and made["id"] in {one["id"] for one in page["users"]}
    organizations = zendesk.incremental_organizations_list(start_time=LONG_AGO)
    assert organizations["count"] == len(organizations["organizations"]) > 0


def test_the_same_is_given_to_many_by_a_job(sandbox: Sandbox, zendesk: Any) -> None:
    ids = ",".join(str(created(zendesk)["id"]) for _ in range(2))
    asked = zendesk.users_update_many({"user": {"notes": "seen"}}, ids=ids)["job_status"]
    sandbox.pass_time(JOB)
    assert zendesk.job_status_show(asked["id"])["job_status"]["status"] == "completed"
    assert asked["id"] in {one["id"] for one in zendesk.job_statuses_list()["job_statuses"]}
    assert {one["notes"] for one in zendesk.users_show_many(ids=ids)["users"]} == {"seen"}


def test_external_ids_compare_without_regard_to_case(zendesk: Any) -> None:
    made = created(zendesk, external_id=f"Golden-{uuid4().hex}")
    for look in (
        zendesk.users_search,
        lambda external_id: zendesk.users_show_many(external_ids=[external_id]),
    ):
        assert [one["id"] for one in look(external_id=made["external_id"].upper())["users"]] == [made["id"]]


def test_what_is_refused_is_an_error_of_its_own(sandbox: Sandbox, zendesk: Any) -> None:
    ticket = zendesk.ticket_create(
        {"ticket": {"description": "Stuk", "requester_id": created(zendesk)["id"]}}
    )
    late = {"safe_update": True, "updated_stamp": "2020-01-01T00:00:00Z", "status": "solved"}
    with pytest.raises(ZendeskError) as error:
        zendesk.ticket_update(ticket["ticket"]["id"], {"ticket": late})
    assert error.value.error_code == 409
    with pytest.raises(AuthenticationError):
        client(sandbox, "nobody").users_me()
