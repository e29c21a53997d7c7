"""What is not shown says nothing, and what too many lost at once is asked about."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from connectors.contract import Connector, Json, Page, RawRecord
from hub.flow import verbs
from hub.flow.decide.emptied import accept
from hub.store import drift
from hub.views.quarantine import held_back
from tests.databases import Databases
from tests.integration.boundary import Around
from tests.integration.household import Customer, rows
from tests.integration.settled import settled
from tests.integration.shown import home, key, name, seed, shows, types, unattended
from tests.integration.stage import ROUND, Stage, Staged


def _unattended(hub: Staged) -> int:
    """One round in which nobody approves anything; how much was written."""
    hub.stage.pass_time(ROUND)
    hub.pull()
    mark = hub.stage.mark()
    for system in hub.systems:
        verbs.publish(hub.hub, system)
    return len(hub.stage.by_hub(mark))


def _tax(stage: Stage, firm: Customer) -> str:
    return str(shows(stage, "moneybird", firm.key("moneybird", "organisation"))["tax_number"] or "")


class Partial(Around):
    """A connector whose pulls leave keys out of what they show."""

    def __init__(self, real: Connector, *gone: tuple[str, ...]) -> None:
        super().__init__(real)
        self.gone = gone

    def pull(self, obj: str, cursor: Json | None) -> Iterator[Page]:
        for page in self.real.pull(obj, cursor):
            records = tuple(replace(one, data=self._without(one.data)) for one in page.records)
            yield replace(page, records=records)

    def _without(self, data: Json) -> Json:
        left = dict(data)
        for *way, last in self.gone:
            inner = left
            for step in way:
                inner[step] = dict(inner[step])
                inner = inner[step]
            inner.pop(last, None)
        return left


class Blind(Partial):
    """One that leaves them out of looks by key, too."""

    def fetch(self, obj: str, keys: Sequence[str]) -> dict[str, RawRecord]:
        found = self.real.fetch(obj, keys)
        return {key: replace(one, data=self._without(one.data)) for key, one in found.items()}

    def with_history(self, obj: str, records: Sequence[RawRecord]) -> list[RawRecord]:
        found = super().with_history(obj, records)
        return [replace(one, data=self._without(one.data)) for one in found]


def test_a_property_archived_in_one_system_empties_nothing_elsewhere(databases: Databases) -> None:
    firms = [Customer(number) for number in (1, 2, 3)]
    some = rows([], firms)
    for one in some["moneybird"]["contacts"]:
        one["tax_number"] = ""  # type: ignore[index]
    with settled(databases, some, 3) as (stage, hub):
        before = [_tax(stage, one) for one in firms]
        assert all(before)
        stage.ask("hubspot", "DELETE", "/crm/properties/2026-09/companies/vat_number")
        hub.sync()
        told = {"properties": {"phone": "+31201234567"}}
        stage.edit("hubspot", "companies", firms[0].key("hubspot", "organisation"), told)
        hub.sync()
        assert [_tax(stage, one) for one in firms] == before
        with hub.hub.store.read() as connection:
            (gone,) = drift.listed(connection)
        assert (gone.system, gone.object, gone.path) == ("hubspot", "companies", "properties.vat_number")


def test_an_answer_without_the_flags_lifts_no_refusal(databases: Databases) -> None:
    some = rows([Customer(1, refused_in="brevo")], [])
    with settled(databases, some, 2) as (stage, hub):
        types(stage, "brevo", 1, CITY="Breda")
        hub.wrap["brevo"] = lambda real: Partial(real, ("emailBlacklisted",), ("smsBlacklisted",))
        hub.sync()
        del hub.wrap["brevo"]
        assert hub.golden_of("brevo/person/11").document["email_consent"] == "no"
        hub.sync(2)
        assert hub.golden_of("brevo/person/11").document["email_consent"] == "no"


class PartialFacts(Blind):
    """One whose records that belong to a customer lack what says to whom."""

    def _without(self, data: Json) -> Json:
        return super()._without(data) if {where[-1] for where in self.gone} <= data.keys() else data


@pytest.mark.parametrize(
    ("system", "obj", "place"),
    [("moneybird", "sales_invoices", "contact_id"), ("zendesk", "tickets", "requester_id")],
)
def test_an_invoice_that_does_not_say_whose_it_is_is_whose_it_was(
    databases: Databases, system: str, obj: str, place: str
) -> None:
    with settled(databases, seed(1), 3) as (stage, hub):
        facts = {name: shows(stage, "hubspot")[name] for name in ("overdue_balance", "open_tickets")}
        assert all(float(one) > 0 for one in facts.values())
        hub.wrap[system] = lambda real: PartialFacts(real, (place,))
        now, row = stage.world.clock.now(), dict(rows([Customer(1)], [])[system][obj][0])
        row |= {"updated_at": now.strftime("%Y-%m-%dT%H:%M:%SZ"), "version": int(now.timestamp())}
        stage.show(system, {obj: [row]})
        unattended(hub, 2)
        assert {name: shows(stage, "hubspot")[name] for name in facts} == facts
        assert _drifted(hub) == [(system, obj, place)]
        del hub.wrap[system]
        unattended(hub, 2)
        assert {name: shows(stage, "hubspot")[name] for name in facts} == facts
        assert _drifted(hub) == []


def _drifted(hub: Staged) -> list[tuple[str, str, str]]:
    with hub.hub.store.read() as connection:
        return [(one.system, one.object, one.path) for one in drift.listed(connection)]


def test_a_no_in_a_contact_that_first_came_without_its_flags_is_heard(databases: Databases) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        hub.wrap["brevo"] = lambda real: Blind(real, ("emailBlacklisted",), ("smsBlacklisted",))
        told = {"FIRSTNAME": "Kees", "LASTNAME": "Zonneveld"}
        made = {"email": "kees@zonneveld.nl", "emailBlacklisted": True, "attributes": told}
        new = stage.edit("brevo", "contacts", None, made)
        hub.sync(2)
        del hub.wrap["brevo"]
        types(stage, "brevo", 1, CITY="Breda")
        hub.sync(2)
        assert hub.golden_of(f"brevo/person/{new}").document["email_consent"] == "no"


def test_what_was_typed_where_nothing_was_shown_is_read_when_it_is_shown_again(databases: Databases) -> None:
    with settled(databases, seed(1, 2), 3) as (stage, hub):
        hub.wrap["hubspot"] = lambda real: Partial(real, ("properties", "city"))
        types(stage, "hubspot", city="Breda")
        hub.sync()
        del hub.wrap["hubspot"]
        types(stage, "hubspot", 2, firstname="Jaap")
        hub.sync(3)
        for system in ("hubspot", "moneybird"):
            assert shows(stage, system, key(system, 1))["city"] == "Breda"
            assert shows(stage, system, key(system, 2))["city"] == "Delft"


def test_what_was_typed_while_it_was_not_shown_was_typed_any_time_since(databases: Databases) -> None:
    """Sales types a home, an answer lacks it, Finance types another; Sales's record is touched after that."""
    with settled(databases, seed(1), 3) as (stage, hub):
        types(stage, "brevo", STREET="Markt 1", POSTCODE="9999 XA", CITY="Delfzijl")
        hub.wrap["brevo"] = lambda real: Blind(real, ("attributes", "STREET"), ("attributes", "CITY"))
        stage.pass_time(ROUND)
        hub.pull("brevo")
        types(stage, "moneybird", address1="Havenkade 7", zipcode="1111 AA", city="Diemen")
        hub.pull("moneybird")
        for language in ("de", "fr"):
            stage.pass_time(ROUND)
            types(stage, "brevo", LANGUAGE=language)
            hub.pull("brevo")
            hub.wrap.pop("brevo", None)
        hub.sync(2)
        assert home(stage, "moneybird") == "Havenkade 7, 1111 AA, Diemen"
        assert home(stage, "brevo") == "Markt 1, 9999 XA, Delfzijl"


def test_a_record_deleted_while_a_field_of_it_was_not_shown_is_deleted(databases: Databases) -> None:
    with settled(databases, seed(1, 2), 3) as (stage, hub):
        hub.wrap["zendesk"] = lambda real: Blind(real, ("phone",))
        types(stage, "zendesk", name="Jan Bakker")
        hub.sync()
        stage.ask("zendesk", "DELETE", f"/api/v2/users/{key('zendesk')}")
        hub.sync()
        (gone,) = [one for one in hub.records() if one.deleted]
        assert gone.key.system == "zendesk"
        with hub.hub.store.read() as connection:
            assert [one.path for one in drift.listed(connection)] == ["phone"]


def test_what_was_emptied_where_nothing_was_shown_is_empty_when_the_others_are_not(
    databases: Databases,
) -> None:
    """The answers were partial: the field was not made anew, for what others have there stands."""
    with settled(databases, seed(1, 2, 3, 4), 3) as (stage, hub):
        hub.wrap["moneybird"] = lambda real: Partial(real, ("city",))
        types(stage, "moneybird", 1, city="")
        for number in (2, 3, 4):
            types(stage, "moneybird", number, firstname="Jaap")
        hub.sync()
        del hub.wrap["moneybird"]
        hub.sync(3)
        for system in ("hubspot", "moneybird", "brevo"):
            assert not shows(stage, system, key(system, 1)).get("city" if system != "brevo" else "CITY")
        assert shows(stage, "hubspot", key("hubspot", 2))["city"] == "Delft"


def test_what_the_hub_emptied_in_brevo_is_seen_back(databases: Databases) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        types(stage, "hubspot", hs_language="")
        hub.sync(3)
        assert not shows(stage, "brevo", "11").get("LANGUAGE")
        assert hub.sync()["sent"] == 0


@pytest.mark.parametrize("what", ["firstname", "city", "date_of_birth"])
def test_a_tenth_of_a_field_emptied_at_once_is_asked_about(databases: Databases, what: str) -> None:
    people = [Customer(number) for number in range(1, 41)]
    with settled(databases, rows(people, []), 2) as (stage, hub):
        for one in people[:6]:
            stage.edit("hubspot", "contacts", one.key("hubspot", "person"), {"properties": {what: ""}})
        stage.edit(
            "hubspot",
            "contacts",
            people[0].key("hubspot", "person"),
            {"properties": {"phone": "+31201234567"}},
        )
        assert _unattended(hub) == 2, "the telephone number goes on"
        found = held_back(hub.hub, ["hubspot"])
        assert found.total == 6
        assert {why.rule for one in found.held for why in one.reasons} == {"emptied"}
        assert _unattended(hub) == 0
        field = {"firstname": "name", "city": "address", "date_of_birth": "birth_date"}[what]
        assert accept(hub.hub, "hubspot", field, who="an", why="an abolished field") == 6
        assert held_back(hub.hub, ["hubspot"]).total == 0


def test_a_number_typed_where_another_went_in_a_bad_import_stands_beside_it(databases: Databases) -> None:
    numbers = range(1, 41)
    with settled(databases, rows([Customer(number) for number in numbers], []), 2) as (stage, hub):
        types(stage, "zendesk", 1, phone="+31201234567")
        hub.sync(3)
        before = hub.golden_of(f"zendesk/person/{key('zendesk')}").document["phones"]
        assert shows(stage, "moneybird")["phone"] == "+31201234567"
        for number in numbers[:6]:
            types(stage, "moneybird", number, phone="")
        _unattended(hub)
        assert held_back(hub.hub, ["moneybird"]).total == 6
        types(stage, "moneybird", 1, phone="+31207654321")
        hub.sync(3)
        after = hub.golden_of(f"zendesk/person/{key('zendesk')}").document["phones"]
        assert isinstance(before, list) and isinstance(after, list)
        assert {*map(str, after)} == {*map(str, before), "+31207654321"}


def test_a_surname_typed_beside_a_given_name_that_waits_is_no_later_for_that(databases: Databases) -> None:
    numbers = range(1, 41)
    with settled(databases, rows([Customer(number) for number in numbers], []), 2) as (stage, hub):
        for number in numbers[:6]:
            types(stage, "hubspot", number, firstname="")
        types(stage, "hubspot", 1, lastname="Anders")
        _unattended(hub)
        assert held_back(hub.hub, ["hubspot"]).total == 6
        types(stage, "brevo", 1, LASTNAME="Zilver")
        _unattended(hub)
        for number in numbers[:6]:
            types(stage, "hubspot", number, firstname="Jan")
        hub.sync(3)
        assert [name(stage, one) for one in ("hubspot", "brevo", "moneybird")] == ["Jan|Zilver"] * 3


def test_a_few_emptied_one_by_one_go_on(databases: Databases) -> None:
    people = [Customer(number) for number in range(1, 4)]
    with settled(databases, rows(people, []), 2) as (stage, hub):
        key = people[0].key("hubspot", "person")
        stage.edit("hubspot", "contacts", key, {"properties": {"hs_language": ""}})
        hub.sync(2)
        assert not shows(stage, "brevo", "11").get("LANGUAGE")


def test_a_record_missing_from_a_listing_is_looked_for_by_its_id(databases: Databases) -> None:
    with settled(databases, seed(1, 2), 2) as (_, hub):

        class Short(Around):
            def keys(self, obj: str) -> Iterator[tuple[str, ...]]:
                for some in self.real.keys(obj):
                    yield some[1:]

        hub.wrap["hubspot"] = Short
        assert verbs.keep(hub.hub, "hubspot")["gone"] == 0


def test_an_attribute_made_anew_is_empty_and_empties_nothing(databases: Databases) -> None:
    with settled(databases, seed(1, 2), 3) as (stage, hub):
        stage.ask("brevo", "DELETE", "/v3/contacts/attributes/normal/CITY")
        for number in (1, 2):
            types(stage, "brevo", number, FIRSTNAME="Jaap")
        hub.sync(2)
        stage.ask("brevo", "POST", "/v3/contacts/attributes/normal/CITY", {"type": "text"})
        types(stage, "brevo", 1, FIRSTNAME="Jan")
        types(stage, "brevo", 2, STREET="Markt 11")
        hub.sync(2)
        for system in ("hubspot", "moneybird"):
            assert [shows(stage, system, key(system, number))["city"] for number in (1, 2)] == ["Delft"] * 2
        assert [shows(stage, "brevo", key("brevo", number))["CITY"] for number in (1, 2)] == ["Delft"] * 2
        assert shows(stage, "hubspot", key("hubspot", 2))["address"] == "Markt 11"


def test_what_was_emptied_in_one_record_while_it_was_not_shown_is_empty_where_the_history_tells(
    databases: Databases,
) -> None:
    with settled(databases, seed(1, 2), 2) as (stage, hub):
        hub.wrap["hubspot"] = lambda real: Blind(real, ("properties", "hs_language"))
        types(stage, "hubspot", 1, firstname="Joost")
        hub.sync()
        types(stage, "hubspot", 1, hs_language="")
        hub.sync()
        del hub.wrap["hubspot"]
        hub.sync(3)
        assert not shows(stage, "hubspot")["hs_language"] and not shows(stage, "brevo").get("LANGUAGE")
        assert shows(stage, "brevo", key("brevo", 2))["LANGUAGE"]


@pytest.mark.parametrize("system", ["brevo", "hubspot", "moneybird"])
def test_nothing_is_written_over_what_the_look_does_not_show(system: str, databases: Databases) -> None:
    """Somebody typed there since the pull; the look right before the write is partial."""
    places = {"hubspot": "city", "brevo": "CITY", "moneybird": "city"}
    where = {"hubspot": ("properties", "city"), "brevo": ("attributes", "CITY"), "moneybird": ("city",)}
    other = "moneybird" if system == "brevo" else "brevo"
    with settled(databases, seed(1), 2) as (stage, hub):
        types(stage, other, **{places[other]: "Breda"})
        stage.pass_time(ROUND)
        hub.pull()
        types(stage, system, **{places[system]: "Utrecht"})
        hub.wrap[system] = lambda real: Blind(real, where[system])
        hub.publish()
        assert shows(stage, system)[places[system]] == "Utrecht"
        del hub.wrap[system]
        hub.sync(2)
        assert shows(stage, other)[places[other]] == "Utrecht"


class OneAPage(Blind):
    """One that leaves them out, and shows each record on a page of its own, a new one first."""

    def pull(self, obj: str, cursor: Json | None) -> Iterator[Page]:
        for page in super().pull(obj, cursor):
            some = sorted(page.records, key=lambda one: -int(one.key))
            for one in some:
                yield replace(page, records=(one,), offered=1, last=page.last and one is some[-1])
            if not some:
                yield page


def test_a_new_record_lacks_what_a_later_page_tells_is_not_shown_any_more(databases: Databases) -> None:
    some = seed(1, 2, without=("moneybird",))
    (made,) = [one for one in some["hubspot"]["contacts"] if one["id"] == key("hubspot", 1)]
    some["hubspot"]["contacts"].remove(made)
    told = {name: made["properties"][name] for name in ("email", "firstname", "lastname")}
    with settled(databases, some, 2) as (stage, hub):
        new = stage.edit("hubspot", "contacts", None, {"properties": {**told, "phone": "+31699999999"}})
        types(stage, "hubspot", 2, firstname="Joost")
        hub.wrap["hubspot"] = lambda real: OneAPage(real, ("properties", "phone"))
        hub.sync()
        assert shows(stage, "hubspot", new)["phone"] == "+31699999999"
        del hub.wrap["hubspot"]
        hub.sync(3)
        assert shows(stage, "hubspot", new)["phone"] == "+31699999999"
        assert "+31699999999" in str(hub.golden_of(f"hubspot/person/{new}").document["phones"])
