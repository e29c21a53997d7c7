"""Between look and write: what is typed there is never mixed with the write, is told, and stands again."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from connectors.contract import Connector, Receipt, Write
from connectors.errors import Unsure
from hub.store import ledger, tables
from tests.databases import Databases
from tests.integration.boundary import Around, Killed, meanwhile
from tests.integration.changing import Edit, changed, put
from tests.integration.settled import settled
from tests.integration.shown import home, key, name, seed, shows, types
from tests.integration.stage import ROUND, staged

MINUTE = timedelta(minutes=1)
TOWN: Edit = ("hubspot", "properties.city,", "properties.town,")


def test_a_home_typed_between_look_and_write_is_never_mixed(databases: Databases) -> None:
    def typing() -> None:
        types(stage, "moneybird", 1, address1="Havenkade 7", zipcode="9999 XA", city="Delfzijl")

    with settled(databases, seed(1), 2) as (stage, hub):
        hub.wrap["moneybird"] = gap = meanwhile("address1", typing)
        types(stage, "hubspot", 1, address="Markt 99")
        hub.sync(3)
        assert gap.done
        homes = {system: home(stage, system) for system in ("hubspot", "moneybird", "brevo")}
        assert set(homes.values()) <= {"Markt 99, 1001 AB, Delft", "Havenkade 7, 9999 XA, Delfzijl"}, homes


def test_the_hub_never_waits_between_look_and_write(databases: Databases) -> None:
    """However small the limit: what is waited for is waited for before the look."""
    gaps: list[str] = []

    class Watched(Around):
        looked = ""

        def fetch(self, obj: str, keys: Sequence[str]):  # type: ignore[no-untyped-def]
            found = self.real.fetch(obj, keys)
            Watched.looked = hub.now()
            return found

        def push(self, obj: str, writes: Sequence[Write]) -> list[Receipt]:
            done = self.real.push(obj, writes)
            if any(one.key for one in writes) and Watched.looked != hub.now():
                gaps.append(f"{Watched.looked} {hub.now()}")
            return done

    people = range(1, 31)
    with staged(seed(*people)) as stage:
        hub = stage.hub(databases, limit_factor="0.05")
        hub.sync(2)
        hub.wrap["moneybird"] = Watched
        for number in people:
            types(stage, "hubspot", number, city="Breda")
        hub.sync(2)
        assert all(shows(stage, "moneybird", key("moneybird", one))["city"] == "Breda" for one in people)
        assert not gaps


def test_what_was_typed_between_look_and_write_is_recovered_from_the_history(databases: Databases) -> None:
    """HubSpot keeps every value a property had: the edit stands again, and the ledger tells of it."""

    def typing() -> None:
        types(stage, "hubspot", 1, lastname="Dinges")

    with settled(databases, seed(1), 2) as (stage, hub):
        hub.wrap["hubspot"] = gap = meanwhile("lastname", typing)
        types(stage, "moneybird", 1, lastname="Zonneveld")
        hub.sync()
        assert gap.done
        assert name(stage, "hubspot") == "Jan|Zonneveld"
        stage.pass_time(ROUND)
        assert hub.pull()["hubspot"]["raced"] == 1
        hub.sync(2)
        assert name(stage, "hubspot") == name(stage, "moneybird") == "Jan|Dinges"


def test_the_history_is_asked_for_before_everything_is_read_anew(
    tmp_path: Path, databases: Databases
) -> None:
    """A changed file reads what the store does not have; a listing of everything tells no history."""

    def typing() -> None:
        types(stage, "hubspot", 1, lastname="Dinges")

    with settled(databases, seed(1), 2) as (stage, hub):
        hub.wrap["hubspot"] = gap = meanwhile("lastname", typing)
        types(stage, "moneybird", 1, lastname="Zonneveld")
        hub.sync()
        assert gap.done
        put(hub, changed(tmp_path, TOWN))
        stage.pass_time(ROUND)
        assert hub.pull()["hubspot"]["raced"] == 1
        hub.sync(2)
        assert name(stage, "hubspot") == name(stage, "moneybird") == "Jan|Dinges"
        with hub.hub.store.read() as connection:
            written = ledger.written(connection, "hubspot", "contacts", {key("hubspot"): hub.hub.now()})
        assert written[key("hubspot"), "name"][0].after["family_name"] == "Dinges"


@pytest.mark.parametrize(
    ("system", "told", "back"),
    [
        ("hubspot", {"city": "Breda"}, ("moneybird", {"city": "Delft"})),
        ("hubspot", {"lastname": "Zonneveld"}, ("brevo", {"LASTNAME": "Babaca"})),
        ("moneybird", {"city": "Breda"}, ("hubspot", {"city": "Delft"})),
    ],
    ids=["a town", "a surname", "a town in Sales"],
)
def test_putting_back_what_the_hub_wrote_over_is_an_edit(
    databases: Databases, system: str, told: dict[str, str], back: tuple[str, dict[str, str]]
) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        types(stage, system, 1, **told)
        hub.sync()
        stage.pass_time(5 * MINUTE)
        types(stage, back[0], 1, **back[1])
        hub.sync(2)
        assert home(stage, "hubspot") == home(stage, "moneybird") == "Plein 2, 1001 AB, Delft"
        assert name(stage, "hubspot") == name(stage, "brevo") == "Jan|Babaca"


def test_of_a_name_typed_whole_in_the_gap_the_part_that_was_written_over_is_recovered(
    databases: Databases,
) -> None:
    def typing() -> None:
        types(stage, "hubspot", 1, firstname="Piet", lastname="Dinges")
        stage.pass_time(timedelta(seconds=1))

    with settled(databases, seed(1), 2) as (stage, hub):
        hub.wrap["hubspot"] = meanwhile("lastname", typing)
        types(stage, "moneybird", 1, lastname="Zonneveld")
        hub.sync()
        assert name(stage, "hubspot") == "Piet|Zonneveld"
        stage.pass_time(ROUND)
        assert hub.pull()["hubspot"]["raced"] == 1
        hub.sync(2)
        assert name(stage, "hubspot") == name(stage, "moneybird") == "Piet|Dinges"


TOLD_ALL_THE_SAME = [
    ({"lastname": "Dinges"}, {"lastname": "Zonneveld"}, {"lastname": "Later"}, "Dinges"),
    ({"address": "Havenkade 7", "zip": "9999 XA"}, {"address1": "Markt 1"}, {"city": ""}, "Havenkade"),
    (
        {"email": "nieuw@voorbeeld.nl"},
        {"email": "ander@voorbeeld.nl"},
        {"email": "laatst@voorbeeld.nl"},
        "nieuw@",
    ),
]


@pytest.mark.parametrize(
    ("meant", "written", "since", "word"), TOLD_ALL_THE_SAME, ids=["a name", "a home", "a mailbox"]
)
def test_what_was_written_over_is_told_where_somebody_typed_over_that_before_the_pull(
    databases: Databases, meant: dict[str, str], written: dict[str, str], since: dict[str, str], word: str
) -> None:
    def typing() -> None:
        types(stage, "hubspot", 1, **meant)

    with settled(databases, seed(1), 2) as (stage, hub):
        hub.wrap["hubspot"] = meanwhile(next(iter(meant)), typing)
        types(stage, "moneybird", 1, **written)
        hub.sync()
        stage.pass_time(timedelta(seconds=5))
        types(stage, "hubspot", 1, **since)
        stage.pass_time(ROUND)
        assert hub.pull()["hubspot"]["raced"] == 1
        with hub.hub.store.read() as connection:
            raced = select(tables.ledger.c.before).where(tables.ledger.c.status == ledger.RACED)
            (told,) = connection.scalars(raced)
        assert word in told
        hub.sync(2)
        assert shows(stage, "hubspot")[next(iter(since))] == (next(iter(since.values())) or None)


@pytest.mark.parametrize("minutes", [1, 40], ids=["before the next pull", "long after"])
def test_what_was_emptied_after_the_hub_wrote_it_and_put_back_was_not_typed_before_it(
    databases: Databases, minutes: int
) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        types(stage, "moneybird", 1, address1="Markt 1", zipcode="9999 XA", city="Breda")
        hub.sync()
        stage.pass_time(timedelta(seconds=8))
        types(stage, "hubspot", 1, city="")
        stage.pass_time(minutes * MINUTE)
        types(stage, "hubspot", 1, city="Breda")
        assert hub.pull()["hubspot"]["raced"] == 0
        types(stage, "moneybird", 1, address2="bus 4")
        hub.sync(2)
        assert home(stage, "hubspot") == "Markt 1, bus 4, 9999 XA, Breda"


def test_what_was_written_over_is_recovered_though_an_import_took_a_part_of_it_since(
    databases: Databases,
) -> None:
    """The import's emptying waits for a person; what was typed before is dated when it was typed."""
    people = range(1, 8)

    def typing() -> None:
        stage.pass_time(timedelta(seconds=1))
        types(stage, "hubspot", 1, address="Havenkade 7", zip="8888 XB", city="Breda")
        stage.pass_time(timedelta(seconds=1))

    with settled(databases, seed(*people), 2) as (stage, hub):
        hub.wrap["hubspot"] = meanwhile("address", typing)
        types(stage, "brevo", 1, STREET="Markt 1", POSTCODE="9999 XA", CITY="Zwolle")
        hub.sync()
        stage.pass_time(timedelta(seconds=5))
        for number in people:
            types(stage, "hubspot", number, city="")
        stage.pass_time(ROUND)
        assert hub.pull()["hubspot"]["raced"] == 1
        types(stage, "brevo", 1, STREET="Kerkstraat 3", POSTCODE="7777 XC", CITY="Gouda")
        hub.sync()
        for number in people:
            types(stage, "hubspot", number, city="Zwolle" if number == 1 else "Delft")
        hub.sync(2)
        assert home(stage, "moneybird") == "Kerkstraat 3, 7777 XC, Gouda"


def test_a_street_typed_in_the_gap_beside_the_town_that_is_written_is_recovered(databases: Databases) -> None:
    def typing() -> None:
        types(stage, "hubspot", 1, address="Havenkade 7")

    with settled(databases, seed(1), 2) as (stage, hub):
        hub.wrap["hubspot"] = meanwhile("city", typing)
        types(stage, "moneybird", 1, city="Breda")
        hub.sync()
        stage.pass_time(ROUND)
        assert hub.pull()["hubspot"]["raced"] == 1
        hub.sync(2)
        assert home(stage, "hubspot").startswith("Havenkade 7, 1001 AB")


def test_a_home_typed_in_the_gap_with_the_very_town_that_is_written_is_recovered_whole(
    databases: Databases,
) -> None:
    def typing() -> None:
        types(stage, "hubspot", 1, address="Havenkade 7", zip="8888 XB", city="Breda")
        stage.pass_time(timedelta(seconds=1))

    with settled(databases, seed(1), 2) as (stage, hub):
        hub.wrap["hubspot"] = meanwhile("city", typing)
        types(stage, "moneybird", 1, address1="Markt 1", zipcode="9999 XA", city="Breda")
        hub.sync()
        stage.pass_time(ROUND)
        assert hub.pull()["hubspot"]["raced"] == 1
        hub.sync(2)
        assert home(stage, "moneybird") == home(stage, "hubspot") == "Havenkade 7, 8888 XB, Breda"


def test_a_home_typed_in_the_gap_takes_no_second_line_that_was_written_beside_it(
    databases: Databases,
) -> None:
    def typing() -> None:
        told = {"address": "Havenkade 7", "zip": "8888 XB", "city": "Breda"}
        stage.edit("hubspot", "companies", firm, {"properties": told})
        stage.pass_time(timedelta(seconds=1))

    firm = key("hubspot", 1, "organisation")
    with settled(databases, seed(firms=(1,)), 2) as (stage, hub):
        hub.wrap["hubspot"] = gap = meanwhile("address2", typing)
        stage.edit("moneybird", "contacts", key("moneybird", 1, "organisation"), {"address2": "bus 5"})
        hub.sync()
        assert gap.done
        hub.sync(3)
        shown = shows(stage, "hubspot", firm, "companies")
        assert [shown[one] or "" for one in ("address", "address2", "city")] == ["Havenkade 7", "", "Breda"]


def test_what_was_written_over_is_recovered_though_the_hub_wrote_there_once_more(
    databases: Databases,
) -> None:
    """Another part of the same name, before HubSpot is read again."""

    def typing() -> None:
        types(stage, "hubspot", 1, lastname="Dinges")
        stage.pass_time(timedelta(seconds=1))

    with settled(databases, seed(1), 2) as (stage, hub):
        hub.wrap["hubspot"] = meanwhile("lastname", typing)
        types(stage, "moneybird", 1, lastname="Zonneveld")
        hub.sync()
        types(stage, "moneybird", 1, firstname="Piet")
        stage.pass_time(ROUND)
        hub.pull("moneybird")
        hub.publish("hubspot")
        assert name(stage, "hubspot") == "Piet|Zonneveld"
        hub.sync(2)
        assert name(stage, "hubspot") == name(stage, "moneybird") == "Piet|Dinges"


class Dying(Around):
    """One whose first write of a surname lands, and nobody hears of it."""

    def __init__(self, real: Connector, how: type[BaseException], before: Callable[[], None]) -> None:
        super().__init__(real)
        self.how, self.before = how, before

    def push(self, obj: str, writes: Sequence[Write]) -> list[Receipt]:
        if not any("lastname" in one.data.get("properties", {}) for one in writes):
            return self.real.push(obj, writes)
        self.before()
        self.real.push(obj, writes)
        raise self.how("no answer")


def test_what_was_written_over_by_a_hub_that_died_is_recovered(databases: Databases) -> None:
    def typing() -> None:
        types(stage, "hubspot", 1, lastname="Dinges")
        stage.pass_time(timedelta(seconds=1))

    with settled(databases, seed(1), 2) as (stage, hub):
        hub.wrap["hubspot"] = lambda real: Dying(real, Killed, typing)
        types(stage, "moneybird", 1, lastname="Zonneveld")
        with pytest.raises(Killed):
            hub.sync()
        del hub.wrap["hubspot"]
        stage.pass_time(ROUND)
        assert hub.pull()["hubspot"]["raced"] == 1
        hub.sync(2)
        assert name(stage, "hubspot") == name(stage, "moneybird") == "Jan|Dinges"


@pytest.mark.parametrize("how", [Killed, Unsure])
def test_who_puts_back_what_an_unheard_write_replaced_has_typed_last(
    databases: Databases, how: type[Exception]
) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        hub.wrap["hubspot"] = lambda real: Dying(real, how, lambda: None)
        types(stage, "moneybird", 1, lastname="Zonneveld")
        with suppress(Killed):
            hub.sync()
        del hub.wrap["hubspot"]
        assert name(stage, "hubspot") == "Jan|Zonneveld"
        stage.pass_time(5 * MINUTE)
        types(stage, "hubspot", 1, lastname="Babaca")
        hub.sync(2)
        assert name(stage, "hubspot") == name(stage, "moneybird") == "Jan|Babaca"


def test_a_mailbox_that_was_written_over_stands_again_where_it_was_typed(databases: Databases) -> None:
    def typing() -> None:
        types(stage, "hubspot", 1, email="gap@klant7.nl")
        stage.pass_time(timedelta(seconds=1))

    with settled(databases, seed(1), 2) as (stage, hub):
        hub.wrap["hubspot"] = meanwhile("email", typing)
        types(stage, "moneybird", 1, send_invoices_to_email="nieuw@klant9.nl")
        hub.sync(3)
        assert shows(stage, "hubspot")["email"] == "gap@klant7.nl"
        assert shows(stage, "moneybird")["send_invoices_to_email"] == "nieuw@klant9.nl"
        assert hub.sync()["sent"] == 0


def test_what_was_written_over_earlier_is_no_claim_against_what_was_typed_since(databases: Databases) -> None:
    """The hub writes the same twice in a quarter of an hour: the second time over an edit it had seen."""

    def types_vat(number: str) -> None:
        stage.edit("hubspot", "companies", firm, {"properties": {"vat_number": number}})

    firm = key("hubspot", 1, "organisation")
    with settled(databases, seed(1, firms=(1,)), 2) as (stage, hub):
        hub.wrap["hubspot"] = meanwhile("vat_number", lambda: types_vat("NL100087838B01"))
        told = {"tax_number": "NL100176379B01"}
        stage.edit("moneybird", "contacts", key("moneybird", 1, "organisation"), told)
        hub.sync()
        stage.pass_time(MINUTE)
        types_vat("NL100198098B01")
        hub.sync(3)
        golden = hub.golden_of(f"hubspot/organisation/{firm}")
        assert golden.document["vat_number"] == "NL100176379B01"
        others = [one["value"] for one in golden.provenance["vat_number"]["others"]]
        assert "NL100198098B01" in others and "NL100087838B01" not in others
