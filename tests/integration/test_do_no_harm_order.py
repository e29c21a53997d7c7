"""What stands must not depend on when the hub looked, nor on what it wrote itself."""

from datetime import timedelta

import pytest

from tests.databases import Databases
from tests.integration.settled import settled
from tests.integration.shown import line, name, seed, shows, types
from tests.integration.stage import staged


def test_what_the_hub_placed_goes_when_nothing_decides_any_more(databases: Databases) -> None:
    """Marketing never knew the language: of two it shows neither, also where it showed the first."""
    some = seed(1, 2, without=("zendesk",))
    del some["brevo"]["contacts"][0]["attributes"]["LANGUAGE"]
    with settled(databases, some, 2) as (stage, hub):
        assert shows(stage, "brevo")["LANGUAGE"] == "nl"
        told = {"email": "p@klant1.nl", "firstname": "Jan", "lastname": "Babaca", "phone": "+31610000001"}
        where = {"address": "Plein 2", "zip": "1001 AB", "city": "Delft", "country": "Netherlands"}
        twice = {**told, **where, "date_of_birth": "1950-02-07", "email": "p2@klant1.nl", "hs_language": "de"}
        made = stage.edit("hubspot", "contacts", None, {"properties": twice})
        hub.sync(3)
        assert f"hubspot/person/{made}" in {one for some in hub.clusters() for one in some if len(some) > 2}
        assert not shows(stage, "brevo").get("LANGUAGE")


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
    with settled(databases, seed(1), 2) as (stage, hub):
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
    with settled(databases, seed(1), 2) as (stage, hub):
        types(stage, "hubspot", lastname="Zonneveld")
        stage.pass_time(timedelta(minutes=1))
        types(stage, system, 1, **told)
        hub.sync(3)
        assert name(stage, "hubspot") == name(stage, "moneybird") == "Jan|Zonneveld"
