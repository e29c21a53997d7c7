"""The sandbox population: pure, complete in its truth, and hard in every way it says it is."""

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Any

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import iban
from stdnum.be import vat as be_vat
from stdnum.de import vat as de_vat
from stdnum.gb import vat as gb_vat
from stdnum.nl import btw as nl_vat

from sandbox.people import Population, parts, population
from sandbox.people.customers import units
from sandbox.people.dice import Dice
from sandbox.people.households import Registry
from sandbox.people.model import Unit

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
OBJECTS = {
    "hubspot": ["contacts", "companies"],
    "moneybird": ["contacts", "sales_invoices"],
    "brevo": ["contacts"],
    "zendesk": ["users", "organizations", "tickets"],
}
Json = dict[str, Any]


@pytest.fixture(scope="module")
def two_thousand() -> Population:
    return population(2_000, seed=7, now=NOW)


@given(customers=st.integers(0, 120), seed=st.integers(0, 2**31))
@settings(max_examples=40, deadline=None)
def test_same_arguments_give_the_same_population_with_exactly_that_many_customers(
    customers: int, seed: int
) -> None:
    first, again = population(customers, seed, NOW), population(customers, seed, NOW)
    assert first == again
    assert len({row.customer for row in first.truth}) == customers


@given(customers=st.integers(0, 120), seed=st.integers(0, 2**31), size=st.integers(1, 60))
@settings(max_examples=40, deadline=None)
def test_the_parts_of_a_population_are_the_whole_of_it(customers: int, seed: int, size: int) -> None:
    whole, some = population(customers, seed, NOW), list(parts(customers, seed, NOW, size))
    for system, objects in (whole.systems if some else {}).items():
        for name, rows in objects.items():
            assert rows == [row for part in some for row in part.systems[system][name]]
    assert sorted(whole.truth, key=repr) == sorted((row for part in some for row in part.truth), key=repr)
    members = [{row.customer for row in part.truth} for part in some]
    assert sum(map(len, members)) == len(set().union(*members)) == customers


@given(seed=st.integers(0, 2**31), later=st.integers(1, 400))
@settings(max_examples=20, deadline=None)
def test_the_same_seed_gives_the_same_people_on_another_day(seed: int, later: int) -> None:
    told = [population(60, seed, NOW + timedelta(days=days)) for days in (0, later)]
    first, other = ([row["properties"] for row in one.systems["hubspot"]["contacts"]] for one in told)
    kept = ("firstname", "lastname", "email", "phone", "date_of_birth", "address", "zip", "city")
    assert [[row[name] for name in kept] for row in first] == [[row[name] for name in kept] for row in other]


def test_another_seed_gives_other_people() -> None:
    assert population(50, 1, NOW).systems != population(50, 2, NOW).systems


@given(customers=st.integers(1, 150), seed=st.integers(0, 2**31))
@settings(max_examples=40, deadline=None)
def test_the_truth_covers_every_customer_record_exactly_once(customers: int, seed: int) -> None:
    people = population(customers, seed, NOW)
    told = Counter((row.system, row.object, row.key, row.kind) for row in people.truth)
    assert told == Counter(_facets(people))


@given(customers=st.integers(1, 150), seed=st.integers(0, 2**31))
@settings(max_examples=30, deadline=None)
def test_ids_and_what_a_vendor_keeps_unique_are_unique(customers: int, seed: int) -> None:
    systems = population(customers, seed, NOW).systems
    for objects in systems.values():
        for rows in objects.values():
            assert _unique([row["id"] for row in rows])
    assert _unique([row["properties"]["email"] for row in systems["hubspot"]["contacts"]])
    assert _unique([row["email"] for row in systems["brevo"]["contacts"]])
    assert _unique([row["attributes"].get("SMS") for row in systems["brevo"]["contacts"]])
    assert _unique([row["email"] for row in systems["zendesk"]["users"]])
    assert _unique([row["name"].lower() for row in systems["zendesk"]["organizations"]])
    assert _unique([row["customer_id"] for row in systems["moneybird"]["contacts"]])


def test_objects_are_the_vendors_own(two_thousand: Population) -> None:
    assert {name: list(objects) for name, objects in two_thousand.systems.items()} == {
        name: OBJECTS[name] for name in two_thousand.systems
    }
    assert sorted(two_thousand.systems) == sorted(OBJECTS)


def test_references_lead_to_records_that_exist(two_thousand: Population) -> None:
    hubspot, zendesk = two_thousand.systems["hubspot"], two_thousand.systems["zendesk"]
    employers = {row["properties"]["associatedcompanyid"] for row in hubspot["contacts"]} - {None}
    assert employers and employers <= {row["id"] for row in hubspot["companies"]}
    offices = {row["organization_id"] for row in zendesk["users"]} - {None}
    assert offices and offices <= {row["id"] for row in zendesk["organizations"]}
    assert {row["requester_id"] for row in zendesk["tickets"]} <= {row["id"] for row in zendesk["users"]}
    invoices = two_thousand.systems["moneybird"]["sales_invoices"]
    contacts = {row["id"] for row in two_thousand.systems["moneybird"]["contacts"]}
    assert {row["contact_id"] for row in invoices} <= contacts


def test_stamps_lie_in_the_last_three_years_and_in_order(two_thousand: Population) -> None:
    pairs = [("createdAt", "updatedAt"), ("created_at", "updated_at"), ("createdAt", "modifiedAt")]
    for row in _rows(two_thousand):
        created, updated = next((row[a], row[b]) for a, b in pairs if a in row and b in row)
        born, changed = datetime.fromisoformat(created), datetime.fromisoformat(updated)
        assert NOW - timedelta(days=1096) <= born <= changed < NOW - timedelta(minutes=5)


def test_every_email_is_at_a_reserved_domain(two_thousand: Population) -> None:
    emails = [text for row in _rows(two_thousand) for text in _texts(row) if "@" in text]
    assert len(emails) > 2_000
    for email in emails:
        domain = email.lower().rpartition("@")[2]
        assert domain in ("example.com", "example.org", "example.net") or domain.endswith(".example")


def test_nobody_is_given_an_address_twice() -> None:
    registry = Registry(Dice(5), NOW)
    emails = [email for _ in range(3_000) for email in registry.person("NL").emails]
    assert _unique(emails)


def test_only_those_who_share_a_mailbox_have_the_same_address(two_thousand: Population) -> None:
    users: defaultdict[str, set[str]] = defaultdict(set)
    contacts = {row.key: row.customer for row in two_thousand.truth if row.object == "contacts"}
    for row in two_thousand.systems["hubspot"]["contacts"]:
        users[row["properties"]["email"] or ""].add(contacts[row["id"]])
    for row in two_thousand.systems["brevo"]["contacts"]:
        users[row["email"]].add(contacts[str(row["id"])])
    del users[""]
    together = {email: customers for email, customers in users.items() if len(customers) > 1}
    sharing = {*two_thousand.traits["shared_mailbox"], *two_thousand.traits["info_mailbox"]}
    assert together
    assert all(customers <= sharing for customers in together.values())


@pytest.mark.parametrize(
    "trait",
    [
        "single",
        "couple",
        "parent_and_child",
        "twins",
        "firm",
        "group",
        "sole_trader",
        "shared_mailbox",
        "info_mailbox",
        "moved",
        "married",
    ],
)
def test_every_hard_thing_happens(two_thousand: Population, trait: str) -> None:
    assert len(two_thousand.traits[trait]) >= 2


def test_kinds_and_spread_are_as_announced(two_thousand: Population) -> None:
    kinds = Counter({row.customer: row.kind for row in two_thousand.truth}.values())
    assert 0.20 <= kinds["organisation"] / 2_000 <= 0.30
    spread: defaultdict[str, set[str]] = defaultdict(set)
    for row in two_thousand.truth:
        spread[row.customer].add(row.system)
    assert {len(systems) for systems in spread.values()} == {1, 2, 3, 4}
    assert 0.55 <= sum(len(systems) > 1 for systems in spread.values()) / 2_000 <= 0.70


def test_systems_hold_a_few_duplicates_of_their_own(two_thousand: Population) -> None:
    entered = Counter((row.system, row.customer, row.kind) for row in two_thousand.truth)
    share = sum(count > 1 for count in entered.values()) / len(entered)
    assert 0.01 <= share <= 0.03


@pytest.fixture(scope="module")
def a_city() -> list[Unit]:
    return list(units(Registry(Dice(1), NOW), 20_000))


def test_a_few_firms_are_namesakes_and_the_others_keep_a_name_to_themselves(a_city: list[Unit]) -> None:
    named = Counter(one.name for unit in a_city for one in unit.organisations)
    share = sum(number for number in named.values() if number > 1) / named.total()
    assert 0.005 <= share <= 0.05


def test_no_two_of_one_generation_in_one_house_have_one_given_name(a_city: list[Unit]) -> None:
    pairs = [unit.people for unit in a_city if unit.kind in ("couple", "twins")]
    assert pairs and all(one.given != other.given for one, other in pairs)


def test_full_names_clash_now_and_then(two_thousand: Population) -> None:
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    people = {row.key: row.customer for row in two_thousand.truth if row.system == "brevo"}
    for row in two_thousand.systems["brevo"]["contacts"]:
        name = f"{row['attributes'].get('FIRSTNAME')} {row['attributes']['LASTNAME']}"
        bearers[name].add(people[str(row["id"])])
    clashes = sum(len(customers) > 1 for customers in bearers.values())
    assert 1 <= clashes <= len(bearers) * 0.05


def test_people_are_written_differently_from_system_to_system(two_thousand: Population) -> None:
    families = [row["properties"]["lastname"] for row in two_thousand.systems["hubspot"]["contacts"]]
    assert any(name.startswith("v.d. ") for name in families)
    assert any(name.endswith((", van", ", de", ", van der", ", van den")) for name in families)
    firsts = [row["properties"]["firstname"] or "" for row in two_thousand.systems["hubspot"]["contacts"]]
    assert any(len(name) == 2 and name.endswith(".") for name in firsts)
    assert "unknown" in firsts
    phones = {_phone_form(text) for text in _phones(two_thousand)}
    assert len(phones) >= 7


def test_placeholders_and_missing_values_occur(two_thousand: Population) -> None:
    properties = [row["properties"] for row in two_thousand.systems["hubspot"]["contacts"]]
    births = {row["date_of_birth"] for row in properties}
    assert {None, "1900-01-01"} <= births
    every = {text for row in _rows(two_thousand) for text in _texts(row)}
    assert {"0000 AA", "unknown", "noreply@example.com"} <= every
    assert {"Netherlands", "Nederland"} <= {row["country"] for row in properties}
    countries = {row["country"] for row in two_thousand.systems["moneybird"]["contacts"]}
    assert countries == {"NL", "BE", "DE", "GB"}


def test_vat_numbers_are_valid_but_for_a_few(two_thousand: Population) -> None:
    checks = {"NL": nl_vat, "BE": be_vat, "DE": de_vat, "GB": gb_vat}
    numbers = [
        row["tax_number"] for row in two_thousand.systems["moneybird"]["contacts"] if row["tax_number"]
    ]
    wrong = [number for number in numbers if not checks[number[:2]].is_valid(number)]
    assert 1 <= len(wrong) <= len(numbers) * 0.06
    accounts = [row["bank_account"] for row in two_thousand.systems["moneybird"]["contacts"]]
    assert all(iban.is_valid(account) for account in accounts if account)


def test_sisters_in_a_group_have_their_own_vat_numbers(two_thousand: Population) -> None:
    group = set(two_thousand.traits["group"])
    owner = {row.key: row.customer for row in two_thousand.truth if row.object == "companies"}
    vat: defaultdict[str, set[str]] = defaultdict(set)
    for row in two_thousand.systems["hubspot"]["companies"]:
        if owner[row["id"]] in group and row["properties"]["vat_number"]:
            vat[owner[row["id"]]].add(row["properties"]["vat_number"])
    assert len(vat) > 5
    assert all(not (vat[one] & vat[two]) for one, two in combinations(vat, 2))


def test_a_sole_trader_is_two_customers_in_one_moneybird_contact(two_thousand: Population) -> None:
    traders = set(two_thousand.traits["sole_trader"])
    keys = Counter(row.key.split("#")[0] for row in two_thousand.truth
                   if row.system == "moneybird" and row.customer in traders)  # fmt: skip
    assert max(keys.values()) == 2


def test_most_telephone_numbers_are_possible_ones(two_thousand: Population) -> None:
    numbers = [row["attributes"]["SMS"] for row in two_thousand.systems["brevo"]["contacts"]
               if "SMS" in row["attributes"]]  # fmt: skip
    valid = [phonenumbers.is_valid_number(phonenumbers.parse(f"+{number}")) for number in numbers]
    assert sum(valid) / len(valid) > 0.95


def test_finance_and_support_bring_their_facts(two_thousand: Population) -> None:
    contacts = len(two_thousand.systems["moneybird"]["contacts"])
    invoices = two_thousand.systems["moneybird"]["sales_invoices"]
    late = [row for row in invoices if row["state"] == "late"]
    assert 0.5 <= len({row["contact_id"] for row in invoices}) / contacts <= 0.7
    assert 0.10 <= len(late) / contacts <= 0.20
    assert all(row["due_date"] < NOW.date().isoformat() and float(row["total_unpaid"]) > 0 for row in late)
    users = [row for row in two_thousand.systems["zendesk"]["users"] if row["role"] == "end-user"]
    tickets = two_thousand.systems["zendesk"]["tickets"]
    asking = {row["requester_id"] for row in tickets}
    waiting = {row["requester_id"] for row in tickets if row["status"] not in ("solved", "closed")}
    assert 0.33 <= len(asking) / len(users) <= 0.47
    assert 0.17 <= len(waiting) / len(asking) <= 0.33


def _facets(people: Population) -> list[tuple[str, str, str, str]]:
    """Every place in the records where a customer is, found without looking at the truth."""
    hubspot, brevo = people.systems["hubspot"], people.systems["brevo"]
    found = [("hubspot", "contacts", row["id"], "person") for row in hubspot["contacts"]]
    found += [("hubspot", "companies", row["id"], "organisation") for row in hubspot["companies"]]
    found += [("brevo", "contacts", str(row["id"]), "person") for row in brevo["contacts"]]
    for row in people.systems["zendesk"]["users"]:
        if row["role"] == "end-user":
            found.append(("zendesk", "users", str(row["id"]), "person"))
    for row in people.systems["zendesk"]["organizations"]:
        found.append(("zendesk", "organizations", str(row["id"]), "organisation"))
    for row in people.systems["moneybird"]["contacts"]:
        if row["company_name"]:
            found.append(("moneybird", "contacts", row["id"], "organisation"))
        if row["lastname"]:
            found.append(("moneybird", "contacts", f"{row['id']}#person", "person"))
        for one in row["contact_people"]:
            found.append(("moneybird", "contacts", f"{row['id']}#cp:{one['id']}", "person"))
    return found


def _unique(values: list[Any]) -> bool:
    known = [value for value in values if value is not None]
    return len(known) == len(set(known))


def _rows(people: Population) -> list[Json]:
    return [row for objects in people.systems.values() for rows in objects.values() for row in rows]


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for inner in value.values() for text in _texts(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in _texts(inner)]
    return [value] if isinstance(value, str) else []


def _phones(people: Population) -> list[str]:
    contacts = [row["properties"] for row in people.systems["hubspot"]["contacts"]]
    return [row[name] for row in contacts for name in ("phone", "mobilephone") if row[name]]


def _phone_form(text: str) -> str:
    return "".join("9" if c.isdigit() and i > 1 else c for i, c in enumerate(text))


def test_the_truth_says_who_each_person_is(two_thousand: Population) -> None:
    told = {row.customer for row in two_thousand.truth if row.kind == "person"}
    assert told == {one.customer for one in two_thousand.people}
