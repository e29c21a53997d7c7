"""Who types a placeholder over what was known takes nothing from the others, and is not typed over."""

import pytest

from hub.views.quarantine import held_back
from tests.databases import Databases
from tests.integration.boundary import Fault, LosingPush
from tests.integration.settled import settled
from tests.integration.shown import key, seed, shows, types
from tests.integration.stage import ROUND

TYPED = [
    ("brevo", "CITY", "Onbekend", "city", "Breda"),
    ("moneybird", "lastname", "onbekend", "lastname", "Verkade"),
    ("zendesk", "phone", "+31612345678", "phone", "+31201234567"),
    ("moneybird", "send_invoices_to_email", "onbekend@example.com", "email", "nieuw@example.nl"),
]
"""System, place, placeholder, HubSpot's place for the same, and a real value."""


@pytest.mark.parametrize(("system", "place", "nothing", "there", "real"), TYPED)
def test_a_placeholder_typed_over_a_value_empties_it_nowhere_and_stands(
    databases: Databases, system: str, place: str, nothing: str, there: str, real: str
) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        before, written = shows(stage, "hubspot")[there], len(stage.by_hub())
        assert before
        types(stage, system, 1, **{place: nothing})
        hub.sync(3)
        assert shows(stage, "hubspot")[there] == before
        assert shows(stage, system, key(system))[place] == nothing
        assert len(stage.by_hub()) == written
        (waits,) = held_back(hub.hub, hub.systems).held
        (why,) = waits.reasons
        assert (why.rule, why.value) == ("placeholder", "") and "as it stands everywhere" in why.sentence
        types(stage, system, 1, **{place: real})
        hub.sync(3)
        assert shows(stage, "hubspot")[there] == real
        assert not held_back(hub.hub, hub.systems).held


@pytest.mark.parametrize("sends", [True, False])
@pytest.mark.parametrize(("system", "place", "nothing", "there", "real"), TYPED)
def test_nor_while_a_write_of_ours_is_on_its_way(
    databases: Databases, system: str, place: str, nothing: str, there: str, real: str, *, sends: bool
) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        fault = Fault(sends=sends)
        hub.wrap[system] = lambda connector: LosingPush(connector, fault)
        types(stage, "hubspot", 1, **{there: real})
        hub.sync()
        types(stage, system, 1, **{place: nothing})
        hub.sync(4)
        assert shows(stage, "hubspot")[there] == real
        assert shows(stage, system, key(system))[place] == nothing


def test_what_stood_there_before_and_is_typed_again_was_typed_then(databases: Databases) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        known = shows(stage, "moneybird")["lastname"]
        types(stage, "moneybird", 1, lastname="onbekend")
        hub.sync(2)
        types(stage, "hubspot", 1, lastname="Verkade")
        hub.sync(2)
        stage.pass_time(ROUND)
        types(stage, "moneybird", 1, lastname=known)
        hub.sync(3)
        assert shows(stage, "hubspot")["lastname"] == known == shows(stage, "brevo")["LASTNAME"]


@pytest.mark.parametrize("typed", ["12345", "02 123 45 67"])
def test_digits_nobody_can_dial_take_no_number_from_others(databases: Databases, typed: str) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        before = shows(stage, "zendesk", key("zendesk"))["phone"]
        types(stage, "moneybird", 1, phone=typed)
        hub.sync(3)
        assert shows(stage, "moneybird")["phone"] == typed
        assert shows(stage, "zendesk", key("zendesk"))["phone"] == before


def test_over_nothing_a_placeholder_is_as_good_as_an_empty_place(databases: Databases) -> None:
    some = seed(1)
    some["brevo"]["contacts"][0]["attributes"]["CITY"] = "onbekend"
    with settled(databases, some, 2) as (stage, _):
        assert shows(stage, "brevo")["CITY"] == shows(stage, "hubspot")["city"]


def test_a_blank_empties_as_nothing_does(databases: Databases) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        types(stage, "hubspot", 1, city="  ")
        stage.pass_time(ROUND)
        hub.sync(2)
        assert not shows(stage, "moneybird")["city"]
