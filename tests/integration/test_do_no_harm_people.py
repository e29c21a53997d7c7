"""Two people, or two firms, who share much are not made one, and neither is written over the other."""

import pytest

from hub.flow.publish.judge import ORPHANED, TWIN
from hub.store import plans
from tests.databases import Databases
from tests.integration.household import Customer
from tests.integration.settled import settled
from tests.integration.shown import Seed, key, seed, shows, types, unattended, written_over
from tests.integration.stage import staged

HERE = {"zip": "1234 AB", "city": "Delft", "country": "Netherlands"}
FIELDS = ("firstname", "lastname", "email", "phone", "mobilephone", "address", *HERE, "date_of_birth")
Told = dict[str, str]


def person(given: str, family: str, address: str, **more: str) -> Told:
    """A person as Sales types one."""
    return {**HERE, "firstname": given, "lastname": family, "address": address, **more}


PAIRS: dict[str, tuple[Told, Told]] = {
    "flats": (
        person("Jan", "Jansen", "Dorpsstraat 12-A", email="jan.jansen@x.example"),
        person("Jan", "Jansen", "Dorpsstraat 12-B", mobilephone="0687654329"),
    ),
    "twins": (
        person("Lisa", "de Boer", "Kerkstraat 4", mobilephone="0612345671", date_of_birth="2001-03-04"),
        person("Lise", "de Boer", "Kerkstraat 4", mobilephone="0687654329", date_of_birth="2001-03-04"),
    ),
    "colleagues": (
        person("J.", "Smit", "Markt 10", phone="0151234567", email="j.smit@firma.example"),
        person("J.", "Smit", "Markt 10", phone="0151234567", email="jsmit2@firma.example"),
    ),
    "twins of other names": (
        person("Bart", "de Boer", "Kerkstraat 4", phone="0151234567", date_of_birth="2001-03-04"),
        person("Eva", "de Boer", "Kerkstraat 4", phone="0151234567", date_of_birth="2001-03-04"),
    ),
    "boxes": (
        person("An", "Peeters", "Louizalaan 303 bus 1", email="an.peeters@x.example"),
        person("An", "Peeters", "Louizalaan 303 bus 2", mobilephone="0687654329"),
    ),
    "mother and daughter": (
        person("Maria", "Visser", "Kerkstraat 9", phone="0151234567", date_of_birth="1951-03-04"),
        person("Marie", "Visser", "Kerkstraat 9", phone="0151234567", date_of_birth="1983-07-21"),
    ),
}


def beside(pair: str, turn: bool) -> tuple[Seed, Told, Told]:
    """Customer 1 as the first of a pair, whom Sales alone knows; and what is typed of both."""
    first, second = PAIRS[pair][::-1] if turn else PAIRS[pair]
    some = seed(1, 9)  # of customer 9 the first load writes something
    contact = some["hubspot"]["contacts"][0]["properties"]
    contact.update(dict.fromkeys(FIELDS))
    contact.update(first)
    for system, objects in some.items():
        if system != "hubspot":
            objects.update({obj: rows[1:] for obj, rows in objects.items()})
    return some, first, second


each_pair = pytest.mark.parametrize("pair", PAIRS)
each_order = pytest.mark.parametrize("turn", [False, True], ids=["", "turned"])


@each_order
@each_pair
def test_a_second_person_typed_beside_a_first_is_written_over_nobody(
    databases: Databases, pair: str, turn: bool
) -> None:
    some, first, second = beside(pair, turn)
    with settled(databases, some, 2) as (stage, hub):
        other = stage.edit("hubspot", "contacts", None, {"properties": second})
        unattended(hub, 2)
        for record, told in ((key("hubspot"), first), (other, second)):
            shown = shows(stage, "hubspot", record)
            assert {name: shown[name] for name in told} == told


@pytest.mark.parametrize("pair", ["twins of other names", "mother and daughter"])
@each_order
def test_people_of_two_names_are_two(databases: Databases, pair: str, turn: bool) -> None:
    some, _, second = beside(pair, turn)
    with settled(databases, some, 2) as (stage, hub):
        mark = stage.mark()
        other = stage.edit("hubspot", "contacts", None, {"properties": second})
        unattended(hub, 2)
        assert not written_over(stage, mark)
        assert frozenset({f"hubspot/person/{other}"}) in hub.clusters()


NAMES = ("Jansen Bouw B.V.", "Jansen Vastgoed B.V.")


def group() -> Seed:
    """Two firms of one VAT group: one VAT number, all else each its own."""
    some = seed(firms=(1, 2))
    for at, name in enumerate(NAMES):
        some["hubspot"]["companies"][at]["properties"]["name"] = name
        some["moneybird"]["contacts"][at]["company_name"] = name
        some["zendesk"]["organizations"][at]["name"] = name
    shared = some["hubspot"]["companies"][0]["properties"]["vat_number"]
    some["hubspot"]["companies"][1]["properties"]["vat_number"] = shared
    some["moneybird"]["contacts"][1]["tax_number"] = shared
    return some


def one_of_group() -> Seed:
    """The first of them."""
    return {system: {obj: rows[:1] for obj, rows in objects.items()} for system, objects in group().items()}


def second_of_group() -> Told:
    """The second, as Finance types it."""
    return {
        "company_name": NAMES[1],
        "tax_number": str(group()["moneybird"]["contacts"][1]["tax_number"]),
        "chamber_of_commerce": "10000020",
        "address1": "Plein 3",
        "zipcode": "1002 AB",
        "city": "Delft",
        "country": "NL",
        "email": "o@klant2.nl",
        "phone": "+31710000002",
    }


def test_two_firms_of_one_vat_group_are_not_written_over_each_other(databases: Databases) -> None:
    with staged(group()) as stage:
        stage.hub(databases).sync(3)
        assert not written_over(stage)


def test_a_second_firm_of_a_vat_group_that_comes_later_is_written_over_nobody(databases: Databases) -> None:
    with settled(databases, one_of_group(), 2) as (stage, hub):
        mark = stage.mark()
        stage.edit("moneybird", "contacts", None, {**second_of_group()})
        unattended(hub, 2)
        assert not written_over(stage, mark)


def test_a_branch_with_the_number_of_its_firm_typed_in_sales_is_written_over_nobody(
    databases: Databases,
) -> None:
    with settled(databases, seed(firms=(1,)), 2) as (stage, hub):
        mark = stage.mark()
        vat = shows(stage, "hubspot", key("hubspot", 1, "organisation"), "companies")["vat_number"]
        told = {"name": "Okafor Transport B.V.", "vat_number": vat, "city": "Gent", "phone": "+3293334455"}
        made = stage.edit("hubspot", "companies", None, {"properties": told})
        unattended(hub, 2)
        assert not written_over(stage, mark)
        assert frozenset({f"hubspot/organisation/{made}"}) in hub.clusters()


def test_who_looks_like_somebody_with_a_record_there_is_given_no_second_one(databases: Databases) -> None:
    """By what people typed the new contact is nobody known; by what is shown everywhere it is customer 1."""
    with settled(databases, seed(1, 2), 2) as (stage, hub):
        types(stage, "hubspot", 1, lastname="Klavernaber", email="een@klant1.nl", address="Singel 9")
        hub.sync(2)
        types(stage, "moneybird", 1, lastname="Adelaarpoort", address1="Molenweg 34", city="Arnhem")
        types(stage, "zendesk", 1, phone="+31611003182")
        hub.sync(2)
        shown = shows(stage, "hubspot")
        same = ("firstname", "lastname", "phone", "address", "zip", "city", "date_of_birth")
        told = {name: shown[name] for name in same}
        more = {"email": "ander@klant77.nl", "lifecyclestage": "customer"}
        stage.edit("hubspot", "contacts", None, {"properties": {**told, **more}})
        unattended(hub, 2)
        assert not [one for one in stage.by_hub(system="brevo") if one.action == "create"]
        with hub.hub.store.read() as connection:
            (hold,) = plans.holds(connection, system="brevo")
        mine = hub.golden_of(f"brevo/person/{key('brevo')}").golden_id
        assert hold.reasons == (TWIN.format(mine),)


def test_what_nobody_says_and_nobody_emptied_stays_until_a_person_has_looked(databases: Databases) -> None:
    """A firm made anew in Sales and known by its name, which changes, and its number with it."""
    before = Customer(1).key("hubspot", "organisation")
    with settled(databases, seed(1, firms=(1,), without=("moneybird",)), 2) as (stage, hub):
        shown = shows(stage, "hubspot", before, "companies")
        stage.ask("hubspot", "DELETE", f"/crm/objects/2026-09/companies/{before}")
        hub.sync()
        made = stage.edit("hubspot", "companies", None, {"properties": {"name": shown["name"]}})
        hub.sync(2)
        for told in ({"name": "Berkhoeve Advies"}, {"name": "Duinoever", "vat_number": "NL100176379B01"}):
            stage.edit("hubspot", "companies", made, {"properties": told})
            unattended(hub, 2)
        alone = hub.golden_of(f"hubspot/organisation/{made}")
        assert set(alone.systems) == {"hubspot"}
        assert shows(stage, "hubspot", made, "companies")["phone"] == shown["phone"]
        with hub.hub.store.read() as connection:
            assert [one.reasons for one in plans.holds(connection, system="hubspot")] == [(ORPHANED,)]
