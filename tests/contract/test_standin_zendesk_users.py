"""The Zendesk stand-in's users: addresses, identities, custom fields, merges and stamps."""

import pytest

from tests.contract.zendesk_desk import SAME, SAME_EPOCH, Desk, Json


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


def test_one_identity_can_be_read(desk: Desk) -> None:
    (one,) = desk.ok("GET", "users/101/identities")["identities"]
    assert desk.ok("GET", f"users/101/identities/{one['id']}")["identity"] == one
    desk.refused(404, "RecordNotFound", "GET", f"users/102/identities/{one['id']}")
