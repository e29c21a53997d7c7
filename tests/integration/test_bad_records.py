"""A record that cannot be right is held back with its reasons; its neighbours pass, the next sync too."""

import json
from typing import Any

import pytest

from connectors.keys import nameless
from hub.codecs.clean import LONGEST
from hub.flow import verbs
from hub.store import raw
from tests.databases import Databases
from tests.integration.vendor import Desk, Item, desk, person

SYSTEMS = ["brevo", "hubspot", "moneybird", "zendesk"]
NAME = {
    "brevo": "attributes.FIRSTNAME",
    "hubspot": "properties.firstname",
    "moneybird": "firstname",
    "zendesk": "name",
}
NO_NAMES: list[bytes] = [
    b'["Jan"]',
    b'{"name": "Jan"}',
    b"true",
    b'"' + b"J" * 1_000_000 + b'"',
    b'"Jan\\ud800"',
    b"NaN",
    b"-Infinity",
    b"1" * 30,
    b"1" * 5000,
    b"1e999",
    b'"J\xff\xfen"',
    b"[" * 150 + b"]" * 150,
    b"[" * 300 + b"]" * 300,
    b'"' + b"J" * (LONGEST + 1) + b'"',
    b'"' + b"J" * 301 + b'"',
]
"""What may stand where a name should, in JSON and in what is none."""

each_system = pytest.mark.parametrize("system", SYSTEMS)


def named(system: str, number: int, name: bytes) -> bytes:
    """A person whose given name is sent as these very bytes."""
    whole = person(system, number)
    inner = whole
    *way, last = NAME[system].split(".")
    for step in way:
        inner = inner[step]
    inner[last] = "HERE"
    return json.dumps(whole).encode().replace(b'"HERE"', name)


def people(system: str, *numbers: int) -> list[Item]:
    return [person(system, number) for number in numbers]


@each_system
def test_a_name_that_is_none_is_held_back_until_it_is_corrected(system: str, databases: Databases) -> None:
    with desk(databases, system) as one:
        bad = {str(number): named(system, number, name) for number, name in enumerate(NO_NAMES, 2)}
        one.vendors[system].hold(person(system, 1), *bad.values(), person(system, 99))
        counts = one.pull(system)
        assert counts["offered"] == len(bad) + 2
        assert (counts["admitted"], counts["quarantined"]) == (2, len(bad))
        held = one.held()
        assert {key.split("#")[0] for key in held} == bad.keys()
        for reasons in held.values():
            assert all(why["path"] and why["rule"] and why["allowed"] for why in reasons)
            assert all(len(why["value"]) <= 80 and why["value"].isascii() for why in reasons)
        assert verbs.try_again(one.hub, system)["held_after"] == len(bad)
        one.vendors[system].hold(*people(system, 1, 99, *map(int, bad)))
        assert one.pull(system)["admitted"] == len(bad)
        assert one.held() == {} and len(one.records()) == len(bad) + 2


KEYS: list[Any] = [
    None,
    "",
    " ",
    "1#person",
    "..",
    "a\x00b",
    "k" * 256,
    "half \ud800",
    5.5,
    True,
    ["1"],
    10**40,
]


@each_system
def test_a_record_without_a_usable_key_is_held_back_and_stops_nobody(
    system: str, databases: Databases
) -> None:
    with desk(databases, system) as one:
        bad = [person(system, number, id=key) for number, key in enumerate(KEYS, 2)]
        sound, lost = person(system, 1), person(system, 90)
        for told in (sound, *bad):  # what is not shown is looked for, but not by these keys
            told.pop("emailBlacklisted", None)
        del lost["id"]
        one.vendors[system].hold(sound, lost, *bad, person(system, 99))
        counts = one.pull(system)
        assert (counts["admitted"], counts["quarantined"]) == (2, len(KEYS) + 1)
        held = one.held()
        assert all(map(nameless, held))
        assert {why["rule"] for reasons in held.values() for why in reasons} == {"key"}
        assert {why["path"] for reasons in held.values() for why in reasons} == {"id"}
        again = one.pull(system)
        assert (again["quarantined"], one.held().keys()) == (0, held.keys())


def test_a_key_may_hold_what_a_path_and_a_query_may_not(databases: Databases) -> None:
    """HubSpot's ids are texts to us; what is printable and has no # is taken as it is."""
    keys = ["a/b", "a?b&c=d", "é-1", "k" * 200, "7"]
    with desk(databases, "hubspot") as one:
        one.vendors["hubspot"].hold(*(person("hubspot", n, id=key) for n, key in enumerate(keys, 1)))
        assert one.pull("hubspot")["admitted"] == len(keys)
        assert one.records().keys() == set(keys)


def test_a_number_as_key_and_the_same_in_text_are_one_record(databases: Databases) -> None:
    with desk(databases, "hubspot") as one:
        one.vendors["hubspot"].hold(person("hubspot", 1, id=5), person("hubspot", 1, id="5"))
        counts = one.pull("hubspot")
        assert (counts["offered"], counts["landed"], counts["admitted"]) == (2, 1, 1)
        assert one.records().keys() == {"5"}


def test_of_a_record_twice_on_a_page_and_of_a_name_twice_in_it_the_last_counts(databases: Databases) -> None:
    twice = b'{"id": "1", "properties": {"firstname": "Old", "firstname": "Jan", "lastname": "Bakker"}}'
    with desk(databases, "hubspot") as one:
        one.vendors["hubspot"].hold(person("hubspot", 1), twice)
        one.pull("hubspot")
        (record,) = one.records().values()
        assert record.cells["name"].base == {"given_name": "Jan", "family_name": "Bakker"}


STAMPS = ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00+23:59", "yesterday", "", 5, None, ["x"], "2026-13-45"]


LISTINGS = ("/v3/contacts", "/contacts/search")


@pytest.mark.parametrize(("system", "field"), [("brevo", "modifiedAt"), ("hubspot", "updatedAt")])
def test_a_stamp_that_is_none_or_far_off_hides_no_later_change(
    system: str, field: str, databases: Databases
) -> None:
    odd = [person(system, number, **{field: stamp}) for number, stamp in enumerate(STAMPS, 2)]
    with desk(databases, system) as one:
        one.vendors[system].hold(*odd)
        assert one.pull(system)["admitted"] == len(STAMPS)
        one.pull(system)
        asked = next(one for one in reversed(one.servers[system].asked) if one.path.endswith(LISTINGS))
        since = asked.query.get("modifiedSince") or asked.body["filterGroups"][0]["filters"][0]["value"]
        assert (since.isdecimal() and int(since) < 4e12) or since < "2100"


TICKETS = [{"name": "Open tickets", "value": "many"}]
FIELDS: list[tuple[str, dict[str, Any], str]] = [
    ("zendesk", {"email": ["jan@firm.example"]}, ""),
    ("zendesk", {"phone": {"number": 1}}, ""),
    ("zendesk", {"organization_id": {"id": 1}}, "organization_id"),
    ("zendesk", {"organization_id": "o" * 5000}, "organization_id"),
    ("zendesk", {"organization_id": "1\x00"}, "organization_id"),
    ("zendesk", {"user_fields": {"overdue_balance": "1e5"}}, "user_fields.overdue_balance"),
    ("moneybird", {"country": "Atlantis"}, ""),
    ("moneybird", {"custom_fields": "none"}, ""),
    (
        "moneybird",
        {"custom_fields": [{"name": "Open tickets", "value": "many"}]},
        "custom_fields.Open tickets",
    ),
    ("moneybird", {"archived": "false"}, ""),
    ("moneybird", {"version": "1\x00"}, ""),
    ("moneybird", {"contact_people": "Piet"}, "contact_people.id"),
    ("moneybird", {"contact_people": [5]}, "contact_people.id"),
    ("moneybird", {"contact_people": [{"firstname": "Piet", "lastname": "P"}]}, "contact_people.id"),
    ("moneybird", {"contact_people": {"firstname": "Piet"}}, "contact_people.id"),
    ("brevo", {"emailBlacklisted": "perhaps"}, "emailBlacklisted"),
    ("brevo", {"email": 5}, "email"),
    ("hubspot", {"properties": {"firstname": "Jan", "lastname": "B", "date_of_birth": 10**6}}, ""),
    ("hubspot", {"properties": None}, "name"),
    ("hubspot", {"properties": [1]}, "name"),
    ("hubspot", {"archived": "perhaps"}, ""),
]
"""A system, what is laid over a sound record, and where the reason points; "" where the field is left."""


@each_system
def test_a_field_of_the_wrong_kind_is_left_alone_or_holds_its_record_back(
    system: str, databases: Databases
) -> None:
    cases = [(n, change, path) for n, (whose, change, path) in enumerate(FIELDS, 1) if whose == system]
    with desk(databases, system) as one:
        one.vendors[system].hold(*(person(system, n, **change) for n, change, _ in cases))
        one.pull(system)
        found = {key: [why["path"] for why in reasons] for key, reasons in one.held().items()}
        for number, _, path in cases:
            mine = [paths[0] for key, paths in found.items() if key.split("#")[0] == str(number)]
            assert mine == ([path] if path else []), (number, mine)


def test_two_contact_people_with_one_id_are_both_held_back(databases: Databases) -> None:
    twins = [{"id": "7", "firstname": name, "lastname": "B"} for name in ("Piet", "Kees")]
    alone = {"id": "8", "firstname": "Els", "lastname": "B"}
    with desk(databases, "moneybird") as one:
        one.vendors["moneybird"].hold(person("moneybird", 1, contact_people=[*twins, alone]))
        counts = one.pull("moneybird")
        assert (counts["admitted"], counts["quarantined"]) == (2, 2)
        assert "1#cp:8" in one.records()


def test_what_belongs_to_nobody_we_know_is_kept_and_counts_for_nobody(databases: Databases) -> None:
    with desk(databases, "zendesk") as one:
        one.vendors["zendesk"].hold(person("zendesk", 1))
        one.vendors["zendesk"].tickets = [
            {"id": number, "status": "open", "requester_id": whose}
            for number, whose in enumerate([1, {"id": 1}, "x" * 5000, None, "1\x00", 1.0], 1)
        ]
        one.pull("zendesk")
        assert one.records()["1"].cells["open_tickets"].base == 1
        assert _stored(one, "tickets") == 6


@pytest.mark.parametrize("amount", ["much", "1e999999999", [1], 10**20])
def test_an_amount_that_is_none_holds_back_whom_it_would_be_summed_for(
    amount: Any, databases: Databases
) -> None:
    with desk(databases, "moneybird") as one:
        one.vendors["moneybird"].hold(person("moneybird", 1), person("moneybird", 2))
        one.vendors["moneybird"].invoices = [
            {
                "id": "1",
                "contact_id": "1",
                "state": "late",
                "due_date": "2026-01-31",
                "total_unpaid_base": amount,
            },
            {
                "id": "2",
                "contact_id": "2",
                "state": "late",
                "due_date": "2026-01-31",
                "total_unpaid_base": "12.50",
            },
        ]
        one.pull("moneybird")
        one.pull("moneybird")
        assert [why["path"] for why in one.held()["1#person"]] == ["total_unpaid_base"]
        assert one.records()["2#person"].cells["overdue_balance"].base == "12.50"


def test_a_record_without_a_key_leaves_the_quarantine_when_the_system_has_none_left(
    databases: Databases,
) -> None:
    with desk(databases, "hubspot") as one:
        one.vendors["hubspot"].hold(person("hubspot", 1), person("hubspot", 2, id=None))
        one.pull("hubspot")
        assert verbs.keep(one.hub, "hubspot")["gone"] == 0 and len(one.held()) == 1
        one.vendors["hubspot"].hold(person("hubspot", 1), person("hubspot", 2))
        one.pull("hubspot")
        assert verbs.keep(one.hub, "hubspot")["gone"] == 1 and one.held() == {}


def _stored(one: Desk, obj: str) -> int:
    with one.hub.store.read() as connection:
        return raw.count(connection, "zendesk", obj)
