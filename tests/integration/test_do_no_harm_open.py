"""Cases in which harm is still done; each goes to its own file when it is right."""

from datetime import timedelta

import pytest

from tests.databases import Databases
from tests.integration.shown import key, line, name, seed, shows, types, unattended, written_over
from tests.integration.stage import staged
from tests.integration.test_do_no_harm_people import (
    FIELDS,
    NAMES,
    beside,
    each_order,
    group,
    one_of_group,
    second_of_group,
)


@each_order
@pytest.mark.parametrize("pair", ["flats", "boxes", "twins", "colleagues"])
def test_two_people_who_share_much_are_two(databases: Databases, pair: str, turn: bool) -> None:
    some, first, second = beside(pair, turn)
    with staged(some) as stage:
        hub = stage.hub(databases)
        hub.sync(2)
        mark = stage.mark()
        other = stage.edit("hubspot", "contacts", None, {"properties": second})
        unattended(hub, 2)
        for record, told in ((key("hubspot"), first), (other, second)):
            shown = shows(stage, "hubspot", record)
            assert {one: shown[one] or None for one in FIELDS} == {one: told.get(one) for one in FIELDS}
        assert not written_over(stage, mark)
        assert frozenset({f"hubspot/person/{other}"}) in hub.clusters()


def test_two_firms_of_one_vat_group_are_two(databases: Databases) -> None:
    with staged(group()) as stage:
        hub = stage.hub(databases)
        hub.sync(2)
        assert sorted(str(one.document.get("legal_name")) for one in hub.golden()) == sorted(NAMES)
        for number in (1, 2):
            company = shows(stage, "hubspot", key("hubspot", number, "organisation"), "companies")
            assert float(company["overdue_balance"]) == 125.0


def test_a_second_firm_of_a_vat_group_leaves_the_first_whole(databases: Databases) -> None:
    with staged(one_of_group()) as stage:
        hub = stage.hub(databases)
        hub.sync(2)
        (before,) = hub.clusters()
        made = stage.edit("moneybird", "contacts", None, {**second_of_group()})
        unattended(hub, 2)
        assert hub.clusters() == {before, frozenset({f"moneybird/organisation/{made}"})}
        user = shows(stage, "zendesk", key("zendesk", 1, "organisation"), "organizations")
        assert float(user["organization_fields"]["overdue_balance"]) == 125.0


def test_what_the_hub_placed_goes_when_nothing_decides_any_more(databases: Databases) -> None:
    """Marketing never knew the day of birth: of two it shows neither, also where it showed the first."""
    some = seed(1, 2, without=("zendesk",))
    del some["brevo"]["contacts"][0]["attributes"]["BIRTHDATE"]
    with staged(some) as stage:
        hub = stage.hub(databases)
        hub.sync(2)
        assert shows(stage, "brevo")["BIRTHDATE"] == "1950-02-07"
        told = {"email": "p@klant1.nl", "firstname": "Jan", "lastname": "Babaca", "phone": "+31610000001"}
        where = {"address": "Plein 2", "zip": "1001 AB", "city": "Delft", "country": "Netherlands"}
        twice = {**told, **where, "date_of_birth": "1950-02-17", "email": "p2@klant1.nl"}
        made = stage.edit("hubspot", "contacts", None, {"properties": twice})
        hub.sync(3)
        assert f"hubspot/person/{made}" in {one for some in hub.clusters() for one in some if len(some) > 2}
        assert not shows(stage, "brevo").get("BIRTHDATE")


def test_a_family_name_stays_as_it_is_spelt_where_the_given_name_beside_it_is_completed(
    databases: Databases,
) -> None:
    some = seed(1)
    some["hubspot"]["contacts"][0]["properties"].update(firstname="J.", lastname="BABACA")
    with staged(some) as stage:
        stage.hub(databases).sync(3)
        assert name(stage, "hubspot") == "Jan|BABACA"


@pytest.mark.parametrize("system", ["hubspot", "brevo"])
def test_the_first_of_january_typed_over_a_day_is_the_day_of_birth(databases: Databases, system: str) -> None:
    """Who saw the day and typed over it meant it; no other record says what he took away."""
    field = {"hubspot": "date_of_birth", "brevo": "BIRTHDATE"}
    with staged(seed(1)) as stage:
        hub = stage.hub(databases)
        hub.sync(2)
        types(stage, system, 1, **{field[system]: "1950-01-01"})
        hub.sync(2)
        shown = {one: line(stage, one, field[one]) for one in field}
        assert shown == dict.fromkeys(field, ("1950-01-01",))


@pytest.mark.parametrize(
    ("system", "told"),
    [("brevo", {"LASTNAME": "BABACA"}), ("zendesk", {"name": "Jan BABACA"})],
    ids=["brevo", "zendesk"],
)
def test_respelling_the_old_surname_elsewhere_does_not_undo_another(
    databases: Databases, system: str, told: dict[str, str]
) -> None:
    """Whoever respelt it had not seen the new one; that he says the old one was known before he typed."""
    with staged(seed(1)) as stage:
        hub = stage.hub(databases)
        hub.sync(2)
        types(stage, "hubspot", lastname="Zonneveld")
        stage.pass_time(timedelta(minutes=1))
        types(stage, system, 1, **told)
        hub.sync(3)
        assert name(stage, "hubspot") == name(stage, "moneybird") == "Jan|Zonneveld"
