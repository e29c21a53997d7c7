"""Quarantine holds a field, not a person; what waited was typed when it was typed; a no reaches everybody."""

import pytest

from hub.flow import verbs
from hub.views.quarantine import held_back
from tests.databases import Databases
from tests.integration.household import Customer
from tests.integration.settled import settled
from tests.integration.shown import key, name, seed, shows, types
from tests.integration.stage import SHIPPED, UNJUDGED, Stage, staged


def _refused(stage: Stage, number: int = 1) -> bool:
    found = stage.connector(SHIPPED.systems["brevo"]).fetch("contacts", [key("brevo", number)])
    return bool(found[key("brevo", number)].data["emailBlacklisted"])


@pytest.mark.parametrize(
    ("system", "told"),
    [
        ("hubspot", {"zip": "1234 AB Amsterdam-Zuidoost en omstreken"}),
        ("hubspot", {"date_of_birth": "ergens in mei"}),
        ("hubspot", {"firstname": "", "lastname": ""}),
    ],
    ids=["a postal code", "a day", "no name"],
)
def test_a_refusal_beside_what_cannot_be_read_reaches_marketing(
    databases: Databases, system: str, told: dict[str, str]
) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        types(stage, system, 1, hs_email_optout="true", **told)
        hub.sync(2)
        assert _refused(stage)


def test_an_unreadable_field_is_neither_spread_nor_written_over(databases: Databases) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        types(stage, "hubspot", 1, date_of_birth="ergens in mei", phone="+31201234567")
        types(stage, "moneybird", 1, city="Breda")
        hub.sync(2)
        assert shows(stage, "hubspot")["date_of_birth"] == "ergens in mei"
        assert shows(stage, "brevo")["BIRTHDATE"] == Customer(1).said("person")["birth_date"]
        assert shows(stage, "moneybird")["phone"] == "+31201234567"


def test_a_newcomer_s_refusal_is_booked_for_the_address(databases: Databases) -> None:
    """The record cannot be admitted, for it has no name; the address is a customer's all the same."""
    with settled(databases, seed(1), 2) as (stage, hub):
        told = {"email": "p@klant1.nl", "firstname": "", "lastname": "", "hs_email_optout": "true"}
        stage.ask("hubspot", "DELETE", f"/crm/objects/2026-09/contacts/{key('hubspot')}")
        stage.edit("hubspot", "contacts", None, {"properties": told})
        hub.sync(2)
        assert held_back(hub.hub, ["hubspot"]).total == 1
        assert _refused(stage)


def test_a_booked_refusal_stays_with_an_address_let_go_of_before_the_record_was_admitted(
    databases: Databases,
) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        told = {"email": "zoe@nieuw.nl", "firstname": "", "lastname": "", "hs_email_optout": "true"}
        zoe = stage.edit("hubspot", "contacts", None, {"properties": told})
        for more in ({"email": "zoe2@nieuw.nl"}, {"firstname": "Zoe", "lastname": "Nieuw"}):
            hub.sync()
            stage.edit("hubspot", "contacts", zoe, {"properties": more})
        hub.sync()
        mine = {"FIRSTNAME": "Piet", "LASTNAME": "Ander"}
        piet = stage.edit("brevo", "contacts", None, {"email": "zoe@nieuw.nl", "attributes": mine})
        hub.sync(2)
        assert (
            stage.connector(SHIPPED.systems["brevo"]).fetch("contacts", [piet])[piet].data["emailBlacklisted"]
        )


def test_what_waited_was_typed_when_it_was_typed(databases: Databases) -> None:
    """Surname and an unreadable postal code in Brevo; Sales types another surname; the code is put right."""
    with settled(databases, seed(1), 2) as (stage, hub):
        types(stage, "brevo", 1, LASTNAME="Getrouwd", POSTCODE="x" * 20)
        hub.sync()
        types(stage, "hubspot", 1, lastname="Anders")
        hub.sync()
        types(stage, "brevo", 1, POSTCODE="1001 AB")
        hub.sync(2)
        assert name(stage, "hubspot") == name(stage, "moneybird") == "Jan|Anders"


def test_a_field_that_is_put_right_leaves_the_quarantine(databases: Databases) -> None:
    with staged(seed(1)) as stage:
        hub = stage.hub(databases, UNJUDGED)
        hub.sync(2)
        types(stage, "hubspot", 1, firstname="", lastname="")
        hub.sync()
        (held,) = held_back(hub.hub, ["hubspot"]).held
        assert (held.field, held.record) == ("name", f"hubspot/person/{key('hubspot')}")
        assert name(stage, "moneybird") == "Jan|Babaca"
        types(stage, "hubspot", 1, firstname="Jan", lastname="Nieuw")
        hub.sync(2)
        assert held_back(hub.hub, ["hubspot"]).total == 0
        assert name(stage, "moneybird") == "Jan|Nieuw"


def test_a_refusal_goes_with_the_mailbox_and_stays_with_its_former_holder(databases: Databases) -> None:
    some = seed(1, 2)
    some["brevo"]["contacts"][0]["emailBlacklisted"] = True
    with settled(databases, some, 2) as (stage, hub):
        assert _refused(stage, 1)
        assert not _refused(stage, 2)
        types(stage, "hubspot", 1, email="p@elders.nl")
        types(stage, "hubspot", 2, email="p@klant1.nl")
        hub.sync(3)
        assert _refused(stage, 1)
        assert _refused(stage, 2)


def test_a_refusal_stays_with_the_mailbox_of_a_deleted_record(databases: Databases) -> None:
    some = seed(1)
    some["brevo"]["contacts"][0]["emailBlacklisted"] = True
    with settled(databases, some, 2) as (stage, hub):
        stage.ask("brevo", "DELETE", f"/v3/contacts/{key('brevo')}")
        hub.sync()
        verbs.keep(hub.hub, "brevo")
        hub.sync()
        mine = {"FIRSTNAME": "Piet", "LASTNAME": "Anders"}
        piet = stage.edit("brevo", "contacts", None, {"email": "p@klant1.nl", "attributes": mine})
        hub.sync(2)
        assert (
            stage.connector(SHIPPED.systems["brevo"]).fetch("contacts", [piet])[piet].data["emailBlacklisted"]
        )


def test_a_record_deleted_beside_a_field_that_waits_is_deleted(databases: Databases) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        types(stage, "hubspot", 1, date_of_birth="ergens in mei")
        hub.sync()
        stage.ask("hubspot", "DELETE", f"/crm/objects/2026-09/contacts/{key('hubspot')}")
        hub.sync()
        verbs.keep(hub.hub, "hubspot")
        hub.sync()
        (one,) = [it for it in hub.records() if str(it.key) == f"hubspot/person/{key('hubspot')}"]
        assert one.deleted


@pytest.mark.parametrize(
    ("place", "unreadable", "right", "elsewhere", "there"),
    [
        ("date_of_birth", "ergens in mei", "1950-02-07", {"BIRTHDATE": "1960-01-01"}, "BIRTHDATE"),
        ("zip", "onleesbaar onleesbaar", "1001 AB", {"POSTCODE": "5555 AB"}, "POSTCODE"),
    ],
)
def test_what_is_put_right_is_typed_last_be_it_what_stood_there_before(
    databases: Databases,
    place: str,
    unreadable: str,
    right: str,
    elsewhere: dict[str, str],
    there: str,
) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        assert shows(stage, "hubspot")[place] == right
        types(stage, "hubspot", 1, **{place: unreadable})
        hub.sync()
        types(stage, "brevo", 1, **elsewhere)
        hub.sync(2)
        types(stage, "hubspot", 1, **{place: right})
        hub.sync(2)
        assert shows(stage, "hubspot")[place] == shows(stage, "brevo")[there] == right
