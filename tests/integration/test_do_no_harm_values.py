"""What says more travels, what says as much stays as it is spelt, and what nothing decides is left alone."""

from collections.abc import Mapping
from typing import Any

import pytest

from hub.views.disputes import disputes
from tests.databases import Databases
from tests.integration.settled import settled
from tests.integration.shown import Seed, home, line, name, seed, shows, types, unattended, written_over
from tests.integration.stage import Stage, staged

NAMED = {
    "hubspot": ("firstname", "lastname"),
    "brevo": ("FIRSTNAME", "LASTNAME"),
    "moneybird": ("firstname", "lastname"),
}
LIVES = {
    "hubspot": ("address", "zip", "city"),
    "brevo": ("STREET", "POSTCODE", "CITY"),
    "moneybird": ("address1", "zipcode", "city"),
}


def row(some: Seed, system: str) -> dict[str, Any]:
    """What a system shows of customer 1, to be altered."""
    found: dict[str, Any] = some[system]["users" if system == "zendesk" else "contacts"][0]
    inner: dict[str, Any] = found.get({"hubspot": "properties", "brevo": "attributes"}.get(system, ""), found)
    return inner


def people(**said: str) -> Seed:
    """Customer 1, whose name some systems have otherwise: given and family name with a bar between."""
    some = seed(1)
    for system, text in said.items():
        places = NAMED.get(system)
        row(some, system).update(
            zip(places, text.split("|"), strict=True) if places else {"name": text.replace("|", " ")}
        )
    return some


def names(stage: Stage) -> dict[str, str]:
    """The name every system shows."""
    return {one: name(stage, one) for one in (*NAMED, "zendesk")}


def as_in(some: Seed, system: str) -> str:
    """The name a system was given."""
    return "|".join(str(row(some, system)[one]) for one in NAMED.get(system, ("name",)))


POORER: list[dict[str, str]] = [
    {"hubspot": "J.|Babaca"},
    {"brevo": "J.|Babaca", "zendesk": "J. Babaca"},
    {"hubspot": "J.|Babaca", "brevo": "J.|Babaca", "moneybird": "J.|Babaca"},
    {"brevo": "|Babaca"},
    {"moneybird": "Jan|Babaka"},
]


@pytest.mark.parametrize("said", POORER, ids=lambda one: " ".join(one))
def test_what_says_less_or_is_a_slip_of_the_rest_is_mended(
    databases: Databases, said: Mapping[str, str]
) -> None:
    with staged(people(**said)) as stage:
        stage.hub(databases).sync(3)
        assert names(stage) == {**dict.fromkeys(NAMED, "Jan|Babaca"), "zendesk": "Jan Babaca"}


@pytest.mark.parametrize(
    "said",
    [
        {"hubspot": "JAN|BABACA"},
        {"brevo": "jan|babaca", "moneybird": "JAN|BABACA"},
        {"zendesk": "Babaca, Jan"},
        {one: "Jan|Müller" if one == "brevo" else "Jan|Mueller" for one in (*NAMED, "zendesk")},
        {one: "Jan|v.d. Berg" if one == "hubspot" else "Jan|van den Berg" for one in (*NAMED, "zendesk")},
    ],
    ids=["capitals", "small", "turned", "umlaut", "short prefix"],
)
def test_another_spelling_of_the_same_is_left_alone(databases: Databases, said: Mapping[str, str]) -> None:
    some = people(**said)
    before = {one: as_in(some, one) for one in (*NAMED, "zendesk")}
    with staged(some) as stage:
        stage.hub(databases).sync(3)
        assert names(stage) == before
        assert not written_over(stage)


@pytest.mark.parametrize(
    "said",
    [
        {"hubspot": "Jan|Babaca", "brevo": "Joost|Babaca", "moneybird": "J.|Babaca", "zendesk": "J. Babaca"},
        {one: "Jan|Zonneveld" if one == "brevo" else "Jan|Babaca" for one in (*NAMED, "zendesk")},
    ],
    ids=["two given names", "one surname of four"],
)
def test_what_nothing_decides_is_asked_and_written_nowhere(
    databases: Databases, said: Mapping[str, str]
) -> None:
    some = people(**said)
    before = {one: as_in(some, one) for one in (*NAMED, "zendesk")}
    with settled(databases, some, 3) as (stage, hub):
        assert names(stage) == before and not written_over(stage)
        assert [one.field for one in disputes(hub.hub).questions] == ["name"]


def test_a_day_of_birth_of_which_only_the_year_was_known_is_completed(databases: Databases) -> None:
    some = seed(1)
    row(some, "hubspot")["date_of_birth"] = "1950-01-01"
    with staged(some) as stage:
        stage.hub(databases).sync(2)
        assert line(stage, "hubspot", "date_of_birth") == line(stage, "brevo", "BIRTHDATE") == ("1950-02-07",)


@pytest.mark.parametrize(
    ("system", "told", "left"),
    [
        ("hubspot", {"firstname": "J."}, "J.|Babaca"),
        ("brevo", {"FIRSTNAME": "J."}, "J.|Babaca"),
        ("zendesk", {"name": "J. Babaca"}, "J.|Babaca"),
        ("moneybird", {"firstname": ""}, "|Babaca"),
        ("zendesk", {"name": "Babaca"}, "|Babaca"),
    ],
    ids=lambda one: str(one),
)
def test_who_takes_something_away_from_a_name_he_saw_has_typed_it(
    databases: Databases, system: str, told: dict[str, str], left: str
) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        types(stage, system, 1, **told)
        hub.sync(3)
        assert names(stage) == {**dict.fromkeys(NAMED, left), "zendesk": left.replace("|", " ").strip()}


@pytest.mark.parametrize("code", ["1001", ""])
def test_who_takes_something_away_from_an_address_he_saw_has_typed_it(
    databases: Databases, code: str
) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        types(stage, "hubspot", zip=code)
        hub.sync(3)
        left = ", ".join(filter(None, ("Plein 2", code, "Delft")))
        assert {one: home(stage, one) for one in LIVES} == dict.fromkeys(LIVES, left)


@pytest.mark.parametrize(
    ("system", "told", "left"),
    [
        ("zendesk", {"name": "Jan Willem Babaca"}, "Jan Willem|Babaca"),
        ("brevo", {"LASTNAME": "van Babaca"}, "Jan|van Babaca"),
        ("moneybird", {"firstname": "JAN"}, "JAN|Babaca"),
    ],
    ids=lambda one: str(one),
)
def test_who_adds_or_respells_is_heard_once(
    databases: Databases, system: str, told: dict[str, str], left: str
) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        types(stage, system, 1, **told)
        hub.sync(2)
        assert names(stage) == {**dict.fromkeys(NAMED, left), "zendesk": left.replace("|", " ")}
        mark = stage.mark()
        hub.sync(2)
        assert not stage.by_hub(mark)


def test_two_days_of_birth_are_left_as_they_are_and_asked(databases: Databases) -> None:
    some = seed(1)
    row(some, "hubspot")["date_of_birth"] = "1950-02-17"
    with settled(databases, some, 3) as (stage, hub):
        assert line(stage, "hubspot", "date_of_birth") == ("1950-02-17",)
        assert line(stage, "brevo", "BIRTHDATE") == ("1950-02-07",)
        (asked,) = disputes(hub.hub).questions
        assert (asked.field, asked.owner) == ("birth_date", "sales")


@pytest.mark.parametrize("turn", [False, True])
def test_two_edits_of_one_part_at_once_stay_where_they_were_typed_until_a_third(
    databases: Databases, turn: bool
) -> None:
    edits = [("hubspot", {"lastname": "Zonneveld"}), ("moneybird", {"lastname": "Bakker"})]
    with settled(databases, seed(1), 2) as (stage, hub):
        for system, told in edits[::-1] if turn else edits:
            types(stage, system, 1, **told)
        hub.sync(3)
        shown = names(stage)
        if shown["hubspot"] != shown["moneybird"]:  # else their systems told which of the two was later
            assert (shown["hubspot"], shown["moneybird"]) == ("Jan|Zonneveld", "Jan|Bakker")
            assert (shown["brevo"], shown["zendesk"]) == ("Jan|Babaca", "Jan Babaca")
            assert [one.unit for one in disputes(hub.hub).questions] == ["family_name"]
        types(stage, "brevo", LASTNAME="van der Meer")
        hub.sync(2)
        assert names(stage) == {**dict.fromkeys(NAMED, "Jan|van der Meer"), "zendesk": "Jan van der Meer"}
        assert not disputes(hub.hub).questions


def test_an_empty_address_gets_what_all_agree_on_and_no_more(databases: Databases) -> None:
    some = seed(1)
    row(some, "hubspot")["address"] = "Kerkweg 9"
    row(some, "brevo").update(dict.fromkeys(LIVES["brevo"]))
    with settled(databases, some, 3) as (stage, hub):
        assert home(stage, "hubspot") == "Kerkweg 9, 1001 AB, Delft"
        assert home(stage, "moneybird") == "Plein 2, 1001 AB, Delft"
        assert home(stage, "brevo") == "1001 AB, Delft"
        types(stage, "moneybird", address1="Kerkweg 9")
        hub.sync(2)
        assert {one: home(stage, one) for one in LIVES} == dict.fromkeys(LIVES, "Kerkweg 9, 1001 AB, Delft")


def test_what_was_emptied_goes_everywhere_and_comes_back_when_typed(databases: Databases) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        types(stage, "brevo", LANGUAGE="")
        hub.sync(2)
        assert line(stage, "hubspot", "hs_language") == ("",)
        types(stage, "hubspot", hs_language="de")
        hub.sync(2)
        assert line(stage, "brevo", "LANGUAGE") == ("de",)


@pytest.mark.parametrize(
    "order", [("hubspot", "zendesk", "brevo", "moneybird"), ("moneybird", "brevo", "zendesk", "hubspot")]
)
def test_in_which_order_systems_are_heard_of_makes_no_difference(
    databases: Databases, order: tuple[str, ...]
) -> None:
    some = people(hubspot="J.|Babaca", brevo="JAN|BABACA", zendesk="Jan Babaka", moneybird="Jan|Babaca")
    with staged(some) as stage:
        hub = stage.hub(databases)
        hub.pull(*order)
        (golden,) = hub.golden()
        assert golden.document["name"] == {"given_name": "Jan", "family_name": "Babaca"}
        unattended(hub, 3)
        assert shows(stage, "brevo")["LASTNAME"] == "BABACA"
