"""An address is one home: written as it was typed, never mixed of two, never undone by an older one."""

import pytest

from tests.databases import Databases
from tests.integration.settled import settled
from tests.integration.shown import home, key, line, seed, types, unattended, written_over
from tests.integration.stage import ROUND

MOVES = {
    "brevo": {"STREET": "Nieuwstraat 5", "POSTCODE": "5001 AB", "CITY": "Breda"},
    "hubspot": {"address": "Nieuwstraat 5", "zip": "5001 AB", "city": "Breda"},
    "moneybird": {"address1": "Nieuwstraat 5", "address2": "", "zipcode": "5001 AB", "city": "Breda"},
}
OLD, NEW = "Plein 2, 1001 AB, Delft", "Nieuwstraat 5, 5001 AB, Breda"


@pytest.mark.parametrize("system", MOVES)
def test_a_second_line_does_not_stay_behind_in_a_move(databases: Databases, system: str) -> None:
    some = seed(1)
    some["moneybird"]["contacts"][0]["address2"] = "bus 3"
    with settled(databases, some, 2) as (stage, hub):
        types(stage, system, 1, **MOVES[system])
        hub.sync(3)
        assert {one: home(stage, one) for one in MOVES} == dict.fromkeys(MOVES, NEW)


def test_a_move_typed_line_by_line_is_one_move(databases: Databases) -> None:
    some = seed(1)
    some["moneybird"]["contacts"][0]["address2"] = "bus 3"
    with settled(databases, some, 2) as (stage, hub):
        types(stage, "hubspot", address="Nieuwstraat 5")
        types(stage, "hubspot", zip="5001 AB")
        types(stage, "hubspot", city="Breda")
        hub.sync(3)
        assert {one: home(stage, one) for one in MOVES} == dict.fromkeys(MOVES, NEW)


def test_a_box_that_is_part_of_the_only_line_is_not_written_into_it_twice(databases: Databases) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        types(stage, "moneybird", address2="bus 3")
        hub.sync(2)
        assert line(stage, "hubspot", "address") == ("Plein 2, bus 3",)
        types(stage, "hubspot", address="Plein 42 bus 3")
        hub.sync(3)
        assert line(stage, "hubspot", "address") == ("Plein 42 bus 3",)
        assert line(stage, "moneybird", "address1", "address2") == ("Plein 42", "bus 3")
        assert line(stage, "brevo", "STREET") == ("Plein 42, bus 3",)


LINES = [
    ("Bergensesteenweg 18/4", "1150", "Brussel", "Belgium", "BE"),
    ("Kanaalstraat 12 1/2", "1054 XK", "Amsterdam", "Netherlands", "NL"),
    ("Louizalaan 303, bus 100", "1050", "Brussel", "Belgium", "BE"),
    ("Postfach 100654", "50667", "Köln", "Germany", "DE"),
    ("10 rue de la Paix", "75002", "Paris", "France", "FR"),
    ("Herrengasse 3 46", "50667", "Köln", "Germany", "DE"),
    ("12 High Street", "SW1A 1AA", "London", "United Kingdom", "GB"),
    ("Flat 3, 12 High Street", "SW1A 1AA", "London", "United Kingdom", "GB"),
    ("Plein 1940-1945 12a", "1054 XK", "Amsterdam", "Netherlands", "NL"),
    ("Kerkstraat 12 A-1", "1054 XK", "Amsterdam", "Netherlands", "NL"),
    ("Hauptstraße 5, 3. Stock", "50667", "Köln", "Germany", "DE"),
    ("Rue Haute 22 bte 7", "1000", "Bruxelles", "Belgium", "BE"),
]


@pytest.mark.parametrize(("typed", "code", "city", "country", "iso"), LINES, ids=lambda one: str(one))
def test_a_street_line_is_written_elsewhere_as_it_was_typed(
    databases: Databases, typed: str, code: str, city: str, country: str, iso: str
) -> None:
    some = seed(1)
    some["hubspot"]["contacts"][0]["properties"].update(address=typed, zip=code, city=city, country=country)
    some["moneybird"]["contacts"][0].update(address1="", zipcode="", city="", country=iso)
    for name in ("STREET", "POSTCODE", "CITY", "COUNTRY"):
        some["brevo"]["contacts"][0]["attributes"].pop(name)
    with settled(databases, some, 2) as (stage, _):
        whole = (typed, code, city)
        assert line(stage, "hubspot", "address", "zip", "city") == whole
        assert line(stage, "brevo", "STREET", "POSTCODE", "CITY") == whole
        assert ", ".join(filter(None, line(stage, "moneybird", "address1", "address2"))) == typed
        assert line(stage, "moneybird", "zipcode", "city", "country") == (code, city, iso)
        assert not written_over(stage)


@pytest.mark.parametrize(
    ("typed", "system", "field"),
    [("Vaart 7 bus 12", "hubspot", "address"), ("Vaart 7/12", "brevo", "STREET")],
)
def test_an_edited_street_line_travels_as_it_was_typed(
    databases: Databases, typed: str, system: str, field: str
) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        types(stage, system, 1, **{field: typed})
        hub.sync(3)
        assert {one: home(stage, one) for one in MOVES} == dict.fromkeys(MOVES, f"{typed}, 1001 AB, Delft")


@pytest.mark.parametrize("system", ["hubspot", "brevo"])
def test_a_move_outlives_the_record_it_was_typed_in(databases: Databases, system: str) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        types(stage, system, 1, **MOVES[system])
        hub.sync(2)
        path = {
            "hubspot": f"/crm/v3/objects/contacts/{key('hubspot')}",
            "brevo": f"/v3/contacts/{key('brevo')}?identifierType=contact_id",
        }
        stage.ask(system, "DELETE", path[system])
        hub.sync(3)
        left = MOVES.keys() - {system}
        assert {one: home(stage, one) for one in left} == dict.fromkeys(left, NEW)


def test_a_move_outlives_a_record_that_went_before_the_move_had_travelled(databases: Databases) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        types(stage, "hubspot", 1, **MOVES["hubspot"])
        stage.pass_time(ROUND)
        hub.pull("hubspot")
        stage.ask("hubspot", "DELETE", f"/crm/v3/objects/contacts/{key('hubspot')}")
        hub.sync(3)
        left = MOVES.keys() - {"hubspot"}
        assert {one: home(stage, one) for one in left} == dict.fromkeys(left, NEW)


@pytest.mark.parametrize("respelt", ["NIEUWSTRAAT 5", "Nieuwstr. 5"])
def test_respelling_the_new_address_does_not_undo_a_move(databases: Databases, respelt: str) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        types(stage, "hubspot", 1, **MOVES["hubspot"])
        hub.sync(2)
        types(stage, "brevo", STREET=respelt)
        hub.sync(3)
        assert home(stage, "brevo") == f"{respelt}, 5001 AB, Breda"
        assert home(stage, "hubspot") == NEW
        assert home(stage, "moneybird").casefold().startswith("nieuwst")
        assert home(stage, "moneybird").endswith("5001 AB, Breda")


def test_respelling_the_old_address_elsewhere_does_not_undo_a_move(databases: Databases) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        types(stage, "hubspot", 1, **MOVES["hubspot"])
        types(stage, "brevo", STREET="PLEIN 2")
        hub.sync(3)
        assert {one: home(stage, one) for one in MOVES} == dict.fromkeys(MOVES, NEW)


@pytest.mark.parametrize("turn", [False, True])
def test_an_addition_typed_into_the_old_home_is_not_mixed_into_the_new(
    databases: Databases, turn: bool
) -> None:
    edits = [("hubspot", MOVES["hubspot"]), ("brevo", {"STREET": "Plein 2 A"})]
    with settled(databases, seed(1), 2) as (stage, hub):
        for system, told in edits[::-1] if turn else edits:
            types(stage, system, 1, **told)
        hub.sync(3)
        assert {one: home(stage, one) for one in MOVES} == dict.fromkeys(MOVES, NEW)


def test_an_addition_typed_into_the_new_home_is_mixed_in(databases: Databases) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        types(stage, "hubspot", 1, **MOVES["hubspot"])
        hub.sync(2)
        types(stage, "brevo", STREET="Nieuwstraat 5 A")
        hub.sync(3)
        mixed = "Nieuwstraat 5 A, 5001 AB, Breda"
        assert {one: home(stage, one) for one in MOVES} == dict.fromkeys(MOVES, mixed)


def test_an_addition_left_out_by_two_of_three_is_taken_from_nobody(databases: Databases) -> None:
    some = seed(1)
    some["hubspot"]["contacts"][0]["properties"]["address"] = "Plein 2 A"
    with settled(databases, some, 2) as (stage, _):
        assert home(stage, "hubspot") == "Plein 2 A, 1001 AB, Delft"
        assert not [one for one in written_over(stage) if one[0] == "hubspot"]


@pytest.mark.parametrize("alone", ["hubspot", "brevo", "moneybird"])
def test_between_two_homes_nobody_typed_over_the_other_nothing_is_written(
    databases: Databases, alone: str
) -> None:
    """Two systems say one home and one says another: a majority of homes is no better than a toss."""
    some = seed(1)
    rows = {
        "hubspot": some["hubspot"]["contacts"][0]["properties"],
        "brevo": some["brevo"]["contacts"][0]["attributes"],
        "moneybird": some["moneybird"]["contacts"][0],
    }
    rows[alone].update(MOVES[alone])
    with settled(databases, some, 1) as (stage, hub):
        unattended(hub, 2)
        wanted = {one: NEW if one == alone else OLD for one in MOVES}
        assert {one: home(stage, one) for one in MOVES} == wanted
        assert not written_over(stage)
