"""Zenpy, the client Zendesk lists for Python, on the Zendesk stand-in."""

import json
from typing import Any
from uuid import uuid4

import pytest
from zenpy.lib.api_objects import Identity, Organization, Ticket, User, UserField
from zenpy.lib.exception import APIException, RatelimitBudgetExceeded, RecordNotFoundException

from fidelity.sdk.conftest import Sandbox

SETTLED, JOB = 120.0, 10.0
"""Seconds until an export shows a change, and until a bulk request is done."""
LONG_AGO = 1_262_304_000


def address() -> str:
    return f"{uuid4().hex}@firm.example"


@pytest.fixture
def zendesk(sandbox: Sandbox) -> Any:
    return sandbox.zendesk()


def created(zendesk: Any, **values: Any) -> Any:
    return zendesk.users.create(User(name="Anna Vermeer", email=address(), **values))


def refused(error: Any) -> Any:
    return json.loads(str(error.value))


@pytest.mark.parametrize("kind", ["users", "organizations", "tickets"])
def test_a_listing_is_paged_to_its_end(zendesk: Any, kind: str) -> None:
    api = getattr(zendesk, kind)
    whole = [one.id for one in api()]
    assert [one.id for one in api(cursor_pagination=3)] == whole and len(whole) > 3


def test_me_is_who_holds_the_token(zendesk: Any) -> None:
    assert zendesk.users.me().role == "admin"


def test_users_are_read_by_id_address_and_external_id(zendesk: Any) -> None:
    outside = uuid4().hex
    made = created(zendesk, external_id=outside)
    assert zendesk.users(id=made.id).email == made.email
    assert [one.id for one in zendesk.users(ids=[made.id])] == [made.id]
    assert [one.id for one in zendesk.users.search(query=made.email)] == [made.id]
    assert [one.id for one in zendesk.users.search(external_id=outside)] == [made.id]
    assert [one.id for one in zendesk.users(external_ids=[outside])] == [made.id]


def test_a_value_is_changed_and_cleared(zendesk: Any) -> None:
    made = created(zendesk, phone="+31 20 123 45 67", notes="calls")
    made.name, made.notes = "Anne Vermeer", ""
    assert zendesk.users.update(made).name == "Anne Vermeer"
    now = zendesk.users(id=made.id)
    assert (now.name, now.notes, now.phone) == ("Anne Vermeer", None, "+31 20 123 45 67")


def test_a_custom_field_is_made_and_written(zendesk: Any) -> None:
    key = f"f{uuid4().hex}"
    field = zendesk.user_fields.create(UserField(key=key, type="integer", title="Shoe size"))
    assert field.key in {one.key for one in zendesk.user_fields()}
    made = created(zendesk, user_fields={key: 42})
    assert zendesk.users(id=made.id).user_fields[key] == 42


def test_a_custom_field_that_is_deleted_is_shown_no_more(zendesk: Any) -> None:
    key = f"f{uuid4().hex}"
    field = zendesk.user_fields.create(UserField(key=key, type="text", title="Hat"))
    made = created(zendesk)
    assert zendesk.users(id=made.id).user_fields[key] is None
    zendesk.user_fields.delete(field)
    assert key not in zendesk.users(id=made.id).user_fields


def test_create_or_update_finds_by_external_id(zendesk: Any) -> None:
    outside = uuid4().hex
    first = zendesk.users.create_or_update(User(name="Anna", external_id=outside))
    again = zendesk.users.create_or_update(User(name="Anne", external_id=outside))
    assert (again.id, again.name) == (first.id, "Anne")


def test_a_bulk_update_is_a_job_to_be_looked_at(sandbox: Sandbox, zendesk: Any) -> None:
    users = [created(zendesk) for _ in range(3)]
    for one in users:
        one.notes = "seen"
    job = zendesk.users.update(users)
    assert job.status == "queued"
    sandbox.pass_time(JOB)
    done = zendesk.job_status(id=job.id)
    assert (done.status, done.total, len(done.results)) == ("completed", 3, 3)
    assert {zendesk.users(id=one.id).notes for one in users} == {"seen"}


@pytest.mark.parametrize("kind", ["users", "tickets"])
def test_the_export_by_cursor_gives_all_and_then_what_changed(
    sandbox: Sandbox, zendesk: Any, kind: str
) -> None:
    sandbox.pass_time(SETTLED)
    api = getattr(zendesk, kind)
    export = api.incremental(start_time=LONG_AGO, per_page=20)
    assert {one.id for one in api()} <= {one.id for one in export}
    changed = created(zendesk)
    if kind == "tickets":
        changed = zendesk.tickets.create(Ticket(description="A question", requester_id=changed.id)).ticket
    sandbox.pass_time(SETTLED)
    assert [one.id for one in api.incremental(cursor=export.after_cursor)] == [changed.id]


def test_the_export_by_time_gives_every_organization(sandbox: Sandbox, zendesk: Any) -> None:
    sandbox.pass_time(SETTLED)
    export = zendesk.organizations.incremental(start_time=LONG_AGO)
    assert {one.id for one in zendesk.organizations()} <= {one.id for one in export}


def test_a_second_address_becomes_the_first(zendesk: Any) -> None:
    made, second = created(zendesk), address()
    added = zendesk.users.identities.create(made.id, Identity(type="email", value=second))
    assert zendesk.users.identities.show(made.id, added.id).value == second
    zendesk.users.identities.make_primary(made.id, added.id)
    assert zendesk.users(id=made.id).email == second
    listed = {one.value: one.primary for one in zendesk.users.identities(made.id)}
    assert listed == {second: True, made.email: False}
    (old,) = [one for one in zendesk.users.identities(made.id) if not one.primary]
    zendesk.users.identities.delete(made.id, old.id)
    assert [one.value for one in zendesk.users.identities(made.id)] == [second]


def test_a_merge_leaves_one(zendesk: Any) -> None:
    loser, winner = created(zendesk), created(zendesk)
    assert zendesk.users.merge(loser, winner).id == winner.id
    assert zendesk.users(id=loser.id).active is False
    assert loser.email in {one.value for one in zendesk.users.identities(winner.id)}


def test_a_deleted_user_is_inactive_and_no_longer_listed(zendesk: Any) -> None:
    made = created(zendesk)
    zendesk.users.delete(made)
    assert zendesk.users(id=made.id).active is False
    assert made.id not in {one.id for one in zendesk.users()}


def test_an_organization_lives_and_goes(zendesk: Any) -> None:
    name, outside = f"Firm {uuid4().hex}", uuid4().hex
    made = zendesk.organizations.create(Organization(name=name, external_id=outside))
    assert [one.id for one in zendesk.organizations(external_ids=[outside])] == [made.id]
    made.notes = "pays late"
    assert zendesk.organizations.update(made).notes == "pays late"
    zendesk.organizations.delete(made)
    with pytest.raises(RecordNotFoundException):
        zendesk.organizations(id=made.id)


def test_a_ticket_is_opened_and_solved(zendesk: Any) -> None:
    asker = created(zendesk)
    opened = zendesk.tickets.create(Ticket(subject="Help", description="It broke", requester_id=asker.id))
    assert opened.audit.ticket_id == opened.ticket.id and opened.ticket.status == "new"
    ticket = zendesk.tickets(id=opened.ticket.id)
    ticket.status = "solved"
    assert zendesk.tickets.update(ticket).ticket.status == "solved"
    zendesk.tickets.delete(ticket)
    with pytest.raises(RecordNotFoundException):
        zendesk.tickets(id=ticket.id)


def test_what_is_not_there_is_not_found(zendesk: Any) -> None:
    with pytest.raises(RecordNotFoundException):
        zendesk.users(id=1234)


def test_an_address_that_is_taken_is_refused(zendesk: Any) -> None:
    made = created(zendesk)
    with pytest.raises(APIException) as error:
        zendesk.users.create(User(name="Anna", email=made.email))
    assert error.value.response.status_code == 422
    assert refused(error)["details"]["email"][0]["error"] == "DuplicateValue"


def test_an_unknown_token_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(APIException) as error:
        sandbox.zendesk("nobody").users.me()
    assert error.value.response.status_code == 401


def test_too_many_exports_are_told_to_wait(tight: Sandbox) -> None:
    zendesk = tight.zendesk(ratelimit_budget=1)
    for _ in range(10):
        zendesk.users.incremental(start_time=LONG_AGO, per_page=1)
    with pytest.raises(RatelimitBudgetExceeded):
        zendesk.users.incremental(start_time=LONG_AGO, per_page=1)


def test_the_allowance_is_told(tight: Sandbox) -> None:
    zendesk = tight.zendesk(proactive_ratelimit=1)
    left = []
    for _ in range(3):
        zendesk.users.me()
        left.append(zendesk.users.callsafety["lastlimitremaining"])
    assert left == [699, 698, 697]
