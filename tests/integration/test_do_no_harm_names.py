"""A name somebody typed is never replaced by one that says less, or cut where nobody cut it."""

import pytest

from tests.databases import Databases
from tests.integration.settled import settled
from tests.integration.shown import key, name, seed, types, unattended, written_over


@pytest.mark.parametrize("spelt", ["J. Babaca", "Babaca", "JAN BABACA"])
def test_a_user_made_from_a_mail_takes_no_name_away(databases: Databases, spelt: str) -> None:
    some = seed(1, 2, 3, without=("brevo", "moneybird"))
    some["zendesk"]["users"], some["zendesk"]["tickets"] = some["zendesk"]["users"][1:], []
    with settled(databases, some, 2) as (stage, hub):
        mark = stage.mark()
        user = {"name": spelt, "email": "p@klant1.nl", "role": "end-user", "phone": "+31610000001"}
        made = stage.edit("zendesk", "users", None, user)
        unattended(hub, 2)
        assert name(stage, "hubspot") == "Jan|Babaca"
        golden = hub.golden_of(f"zendesk/person/{made}")
        assert golden.document["name"] == {"given_name": "Jan", "family_name": "Babaca"}
        assert not [one for one in written_over(stage, mark) if one[0] == "hubspot"]


@pytest.mark.parametrize(("given", "family"), [("J.", "BABACA"), ("", "Babaca"), ("jan", "babaca")])
def test_a_poorer_name_from_a_list_of_marketing_takes_no_name_away(
    databases: Databases, given: str, family: str
) -> None:
    some = seed(1, 2, without=("zendesk",))
    some["brevo"]["contacts"] = some["brevo"]["contacts"][1:]
    some["hubspot"]["contacts"][0]["properties"]["lifecyclestage"] = "lead"
    with settled(databases, some, 2) as (stage, hub):
        told = {"FIRSTNAME": given, "LASTNAME": family, "SMS": "31610000001"}
        stage.edit("brevo", "contacts", None, {"email": "p@klant1.nl", "attributes": told})
        unattended(hub, 2)
        assert name(stage, "hubspot") == name(stage, "moneybird") == "Jan|Babaca"


def test_who_shortens_a_name_he_saw_has_typed_it(databases: Databases) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        types(stage, "hubspot", firstname="J.")
        hub.sync(2)
        assert [name(stage, one) for one in ("hubspot", "brevo", "moneybird")] == ["J.|Babaca"] * 3
        assert name(stage, "zendesk") == "J. Babaca"


@pytest.mark.parametrize(
    ("first", "last"), [("Anna", "Jansen de Vries"), ("P.", "Jansen MSc"), ("Anne Marie", "Smit")]
)
@pytest.mark.parametrize("touched", ["2026-02-01T10:00:00Z", "2026-03-01T10:00:00Z"])
def test_one_line_moves_no_word_from_one_name_to_the_other(
    databases: Databases, first: str, last: str, touched: str
) -> None:
    some = seed(1, without=("brevo", "moneybird"))
    some["hubspot"]["contacts"][0]["properties"].update(firstname=first, lastname=last)
    some["zendesk"]["users"][0].update(name=f"{first} {last}", updated_at=touched)
    with settled(databases, some, 2) as (stage, _):
        assert name(stage, "hubspot") == f"{first}|{last}" and name(stage, "zendesk") == f"{first} {last}"
        assert not written_over(stage)


@pytest.mark.parametrize(
    ("typed", "cut"),
    [
        ("Anne Jansen de Vries", "Anne|Jansen de Vries"),
        ("Anna Jansen de Wit", "Anna|Jansen de Wit"),
        ("Anna Maria Jansen de Vries", "Anna Maria|Jansen de Vries"),
    ],
)
def test_a_correction_in_one_line_changes_only_the_words_it_changed(
    databases: Databases, typed: str, cut: str
) -> None:
    some = seed(1)
    two = {"firstname": "Anna", "lastname": "Jansen de Vries"}
    some["hubspot"]["contacts"][0]["properties"].update(two)
    some["zendesk"]["users"][0].update(name="Anna Jansen de Vries")
    some["brevo"]["contacts"][0]["attributes"].update(FIRSTNAME="Anna", LASTNAME="Jansen de Vries")
    some["moneybird"]["contacts"][0].update(two)
    with settled(databases, some, 2) as (stage, hub):
        types(stage, "zendesk", name=typed)
        hub.sync(2)
        assert [name(stage, one) for one in ("hubspot", "brevo", "moneybird")] == [cut] * 3
        assert name(stage, "zendesk") == typed


@pytest.mark.parametrize("turn", [False, True])
def test_two_people_who_edit_two_parts_of_one_name_at_once_are_both_heard(
    databases: Databases, turn: bool
) -> None:
    edits = [("hubspot", {"firstname": "Joost"}), ("brevo", {"LASTNAME": "Zonneveld"})]
    with settled(databases, seed(1), 2) as (stage, hub):
        for system, told in edits[::-1] if turn else edits:
            types(stage, system, 1, **told)
        hub.sync(3)
        assert [name(stage, one) for one in ("hubspot", "brevo", "moneybird")] == ["Joost|Zonneveld"] * 3
        assert name(stage, "zendesk") == "Joost Zonneveld"


def test_two_people_who_edit_two_words_of_one_line_and_of_two_places_are_both_heard(
    databases: Databases,
) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        types(stage, "zendesk", name="Joost Babaca")
        types(stage, "moneybird", lastname="Zonneveld")
        hub.sync(3)
        assert [name(stage, one) for one in ("hubspot", "brevo", "moneybird")] == ["Joost|Zonneveld"] * 3
        assert name(stage, "zendesk") == "Joost Zonneveld"


def test_a_fourth_change_of_surname_splits_nobody(databases: Databases) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        before = hub.clusters()
        surnames = ["Zonneveld", "Bakker", "van der Meer", "Okafor"]
        for surname, (system, field) in zip(
            surnames,
            [
                ("hubspot", "lastname"),
                ("brevo", "LASTNAME"),
                ("moneybird", "lastname"),
                ("hubspot", "lastname"),
            ],
            strict=True,
        ):
            types(stage, system, 1, **{field: surname})
            hub.sync(2)
            assert hub.clusters() == before
            assert [name(stage, one) for one in ("hubspot", "brevo", "moneybird")] == [f"Jan|{surname}"] * 3


def test_a_name_that_nobody_cut_otherwise_stays_when_its_record_goes(databases: Databases) -> None:
    """An edit outlives its record: the old surname does not come back."""
    with settled(databases, seed(1), 2) as (stage, hub):
        types(stage, "brevo", LASTNAME="Zonneveld")
        hub.sync(2)
        stage.ask("brevo", "DELETE", f"/v3/contacts/{key('brevo')}?identifierType=contact_id")
        hub.sync(3)
        assert name(stage, "hubspot") == name(stage, "moneybird") == "Jan|Zonneveld"
        assert name(stage, "zendesk") == "Jan Zonneveld"
