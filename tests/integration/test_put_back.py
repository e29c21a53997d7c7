"""A mapping file that was wrong for a time and is put back: what it read has no say any more."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from hub.views.disputes import disputes
from tests.databases import Databases
from tests.integration.changing import Edit, changed, put
from tests.integration.settled import settled
from tests.integration.shown import home, key, name, seed, shows, types, unattended
from tests.integration.stage import UNJUDGED, Stage, Staged, staged

EXCHANGED: tuple[Edit, ...] = (
    (
        "hubspot",
        "{from: properties.firstname, as: given_name, max",
        "{from: properties.lastname, as: given_name, max",
    ),
    (
        "hubspot",
        "{from: properties.lastname, codec: dutch_family_name, max",
        "{from: properties.firstname, codec: dutch_family_name, max",
    ),
)
NO_POSTCODE: Edit = (
    "hubspot",
    "              - {from: properties.zip, as: postal_code, codec: postal_code}\n",
    "",
)
SUFFIX: Edit = ("moneybird", 'suffix: "#person"', 'suffix: "#mens"')
ONE_PHONE: Edit = ("hubspot", "[properties.phone, properties.mobilephone]", "[properties.phone]")


@contextmanager
def _two(databases: Databases) -> Iterator[tuple[Stage, Staged]]:
    """A hub at rest with two customers."""
    with settled(databases, seed(1, 2), 3) as (stage, hub):
        yield stage, hub


def _documents(hub: Staged, name: str) -> list[Any]:
    return sorted((one.document.get(name) for one in hub.golden()), key=str)


def test_exchanged_parts_are_a_dispute_with_nobody_afterwards(tmp_path: Path, databases: Databases) -> None:
    with _two(databases) as (stage, hub):
        before = _documents(hub, "name")
        put(hub, changed(tmp_path, *EXCHANGED))
        unattended(hub, 1)
        put(hub, UNJUDGED)
        unattended(hub, 3)
        assert _documents(hub, "name") == before and not disputes(hub.hub).questions
        types(stage, "hubspot", 2, firstname="Piet")
        hub.sync(2)
        assert shows(stage, "zendesk", key("zendesk", 2))["name"].startswith("Piet ")


def test_what_was_typed_meanwhile_is_right_everywhere_afterwards(
    tmp_path: Path, databases: Databases
) -> None:
    with _two(databases) as (stage, hub):
        put(hub, changed(tmp_path, NO_POSTCODE))
        unattended(hub, 2)
        types(stage, "hubspot", 2, address="Markt 9", zip="3333 CC", city="Ede")
        unattended(hub, 1)
        hub.sync(2)
        put(hub, UNJUDGED)
        hub.sync(3)
        found = shows(stage, "moneybird", key("moneybird", 2))
        assert [found[name] for name in ("address1", "zipcode", "city")] == ["Markt 9", "3333 CC", "Ede"]
        assert not disputes(hub.hub).questions


@pytest.mark.parametrize("back", [False, True], ids=["changed", "and back"])
def test_a_record_under_another_name_tells_its_debt_once(
    tmp_path: Path, databases: Databases, back: bool
) -> None:
    with _two(databases) as (_, hub):
        before = _documents(hub, "overdue_balance")
        put(hub, changed(tmp_path, SUFFIX))
        unattended(hub, 2)
        if back:
            put(hub, UNJUDGED)
            unattended(hub, 3)
        assert _documents(hub, "overdue_balance") == before != [None, None]


def test_a_list_with_one_place_less_is_read_all_the_same(tmp_path: Path, databases: Databases) -> None:
    with _two(databases) as (stage, hub):
        types(stage, "zendesk", 1, phone="+31687654321")
        hub.sync(2)
        put(hub, changed(tmp_path, ONE_PHONE))
        types(stage, "hubspot", 1, city="Breda")
        hub.sync()
        assert shows(stage, "moneybird", key("moneybird", 1))["city"] == "Breda"


OTHER_PHONE: Edit = ("hubspot", "[properties.phone, properties.mobilephone]", "[properties.mobilephone]")


def test_what_the_hub_had_written_is_nobodys_word_under_another_file_either(
    tmp_path: Path, databases: Databases
) -> None:
    with _two(databases) as (stage, hub):
        types(stage, "moneybird", address1="Markt 9", zipcode="9999 XA", city="Delfzijl")
        hub.sync(2)
        assert home(stage, "hubspot") == "Markt 9, 9999 XA, Delfzijl"
        put(hub, changed(tmp_path, NO_CITY))
        hub.sync(2)
        (one,) = [it for it in hub.records() if str(it.key) == f"hubspot/person/{key('hubspot')}"]
        cell: Any = one.cells["address"]
        assert cell.placed and (cell.claim.how, cell.claim.value["street"]) == ("first", "Plein")


NO_CITY: Edit = ("hubspot", "              - {from: properties.city, as: city}\n", "")


@pytest.mark.parametrize("edit", [NO_CITY, NO_POSTCODE], ids=["city", "postcode"])
def test_who_corrects_a_door_where_no_town_is_read_takes_no_town_away(
    tmp_path: Path, databases: Databases, edit: Edit
) -> None:
    with _two(databases) as (stage, hub):
        put(hub, changed(tmp_path, edit))
        hub.sync(2)
        types(stage, "hubspot", address="Plein 4245")
        hub.sync(2)
        for system in ("brevo", "hubspot", "moneybird"):
            assert home(stage, system) == "Plein 4245, 1001 AB, Delft"


def test_a_part_typed_beside_one_the_hub_wrote_by_a_wrong_file_stands(
    tmp_path: Path, databases: Databases
) -> None:
    with _two(databases) as (stage, hub):
        put(hub, changed(tmp_path, *EXCHANGED))
        hub.sync(2)
        types(stage, "hubspot", firstname="Piet")
        hub.sync(2)
        put(hub, UNJUDGED)
        hub.sync(3)
        assert [name(stage, one) for one in ("hubspot", "brevo", "moneybird")] == ["Piet|Babaca"] * 3


FIRST_NAME: Edit = ("brevo", "attributes.FIRSTNAME", "attributes.FIRST_NAME")


@pytest.mark.parametrize("syncs", [1, 2], ids=["at once", "later"])
def test_what_a_record_made_by_a_wrong_file_lacks_was_emptied_by_nobody(
    tmp_path: Path, databases: Databases, syncs: int
) -> None:
    with staged(seed(1, without=("brevo",))) as stage:
        hub = stage.hub(databases)
        put(hub, changed(tmp_path, FIRST_NAME))
        hub.sync(syncs)
        put(hub, UNJUDGED)
        hub.sync(3)
        assert [name(stage, one) for one in ("hubspot", "moneybird")] == ["Jan|Babaca"] * 2
        (made,) = [one.raw_key for one in hub.records() if one.key.system == "brevo"]
        assert shows(stage, "brevo", made)["FIRSTNAME"] == "Jan"


TOWN: Edit = ("hubspot", "properties.city,", "properties.town,")


@pytest.mark.parametrize("seen", [False, True], ids=["at once", "later"])
def test_a_home_whose_town_is_looked_for_where_none_is_shown_waits_as_a_whole(
    tmp_path: Path, databases: Databases, seen: bool
) -> None:
    with _two(databases) as (stage, hub):
        types(stage, "moneybird", address1="Markt 9", zipcode="9999 XA", city="Delfzijl")
        hub.sync(2 if seen else 1)
        put(hub, changed(tmp_path, TOWN))
        mark = stage.mark()
        hub.sync(2)
        assert stage.by_hub(mark) == []
        types(stage, "hubspot", address="Singel 7", zip="8888 XB", city="Tilburg")
        hub.sync(2)
        assert home(stage, "hubspot") == "Singel 7, 8888 XB, Tilburg"
        assert home(stage, "brevo") == home(stage, "moneybird") == "Markt 9, 9999 XA, Delfzijl"
        put(hub, UNJUDGED)
        hub.sync(3)
        assert {home(stage, one) for one in ("brevo", "hubspot", "moneybird")} == {
            "Singel 7, 8888 XB, Tilburg"
        }


def test_a_home_that_came_while_its_town_was_not_read_waits_as_a_whole(
    tmp_path: Path, databases: Databases
) -> None:
    with settled(databases, seed(1, 2), 2) as (stage, hub):
        put(hub, changed(tmp_path, TOWN))
        hub.sync()
        told = {"firstname": "Kees", "lastname": "Zonneveld", "email": "kees@zonneveld.nl"}
        told["lifecyclestage"] = "customer"
        where = {"address": "Markt 99", "zip": "9934 CK", "city": "Delfzijl", "country": "Netherlands"}
        stage.edit("hubspot", "contacts", None, {"properties": told | where})
        hub.sync(2)
        (made,) = {one.raw_key for one in hub.records() if one.key.system == "brevo"} - {"11", "12"}
        assert not shows(stage, "brevo", made)["STREET"]
        put(hub, UNJUDGED)
        hub.sync(3)
        shown = shows(stage, "brevo", made)
        assert [shown[one] for one in ("STREET", "POSTCODE", "CITY")] == ["Markt 99", "9934 CK", "Delfzijl"]


@pytest.mark.parametrize("seen", [False, True], ids=["at once", "later"])
@pytest.mark.parametrize("edits", [EXCHANGED, (OTHER_PHONE,)], ids=["names", "list"])
def test_what_the_hub_wrote_by_the_wrong_file_was_typed_by_nobody(
    tmp_path: Path, databases: Databases, edits: tuple[Edit, ...], seen: bool
) -> None:
    fields = ("name", "legal_name", "address", "phones")
    with _two(databases) as (_, hub):
        before = [_documents(hub, one) for one in fields]
        shown = _all(hub)
        put(hub, changed(tmp_path, *edits))
        hub.sync(2 if seen else 1)
        assert _all(hub) != shown
        put(hub, UNJUDGED)
        hub.sync(3)
        assert [_documents(hub, one) for one in fields] == before
        assert _all(hub) == shown or edits == (OTHER_PHONE,)  # which stands there twice


def _all(hub: Staged) -> list[Any]:
    """What every system shows of everybody, but for when."""
    found = [shows(hub.stage, system, key(system, number)) for number in (1, 2) for system in hub.systems]
    moving = ("lastmodifieddate", "updated_at", "modifiedAt", "version")
    return [{name: value for name, value in one.items() if name not in moving} for one in found]
