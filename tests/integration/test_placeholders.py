"""Who types a placeholder over what was known takes nothing from the others, and is not typed over."""

import pytest

from tests.databases import Databases
from tests.integration.shown import key, seed, shows, types
from tests.integration.stage import ROUND, staged

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
    with staged(seed(1)) as stage:
        hub = stage.hub(databases)
        hub.sync(2)
        before, written = shows(stage, "hubspot")[there], len(stage.by_hub())
        assert before
        types(stage, system, 1, **{place: nothing})
        hub.sync(3)
        assert shows(stage, "hubspot")[there] == before
        assert shows(stage, system, key(system))[place] == nothing
        assert len(stage.by_hub()) == written
        types(stage, system, 1, **{place: real})
        hub.sync(3)
        assert shows(stage, "hubspot")[there] == real


def test_over_nothing_a_placeholder_is_as_good_as_an_empty_place(databases: Databases) -> None:
    some = seed(1)
    some["brevo"]["contacts"][0]["attributes"]["CITY"] = "onbekend"
    with staged(some) as stage:
        hub = stage.hub(databases)
        hub.sync(2)
        assert shows(stage, "brevo")["CITY"] == shows(stage, "hubspot")["city"]


def test_a_blank_empties_as_nothing_does(databases: Databases) -> None:
    with staged(seed(1)) as stage:
        hub = stage.hub(databases)
        hub.sync(2)
        types(stage, "hubspot", 1, city="  ")
        stage.pass_time(ROUND)
        hub.sync(2)
        assert not shows(stage, "moneybird")["city"]
