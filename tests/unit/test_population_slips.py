"""Slips and habits of the sandbox's people: each happens, at about the rate it says."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

import pytest

from sandbox.people import Person, Population, population
from sandbox.people import difficulty as hard
from sandbox.people.naming import full_family

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
Row = tuple[Person, dict[str, Any]]


@pytest.fixture(scope="module")
def everybody() -> Population:
    return population(12_000, seed=7, now=NOW)


@pytest.fixture(scope="module")
def contacts(everybody: Population) -> list[Row]:
    """People who never moved or married, as Sales has them."""
    return [(who, row["properties"]) for who, row in _of(everybody, "hubspot", "contacts") if not who.changed]


@pytest.fixture(scope="module")
def addressed(contacts: list[Row]) -> list[Row]:
    return [(who, row) for who, row in contacts if row["address"] not in (None, "unknown")]


@pytest.fixture(scope="module")
def users(everybody: Population) -> list[Row]:
    return [(who, row) for who, row in _of(everybody, "zendesk", "users") if not who.changed]


def test_days_of_birth_slip(contacts: list[Row]) -> None:
    born = [(who, row) for who, row in contacts if row["date_of_birth"] not in (None, "1900-01-01")]
    wrong = [(who, row) for who, row in born if row["date_of_birth"] != who.birth.isoformat()]
    new_year = [1 for who, row in wrong if row["date_of_birth"] == f"{who.birth.year}-01-01"]
    swapped = [1 for who, row in wrong if row["date_of_birth"] == f"{who.birth:%Y-%d-%m}"]
    _about(hard.BIRTH_NEW_YEAR, len(new_year), len(born))
    _about(hard.BIRTH_SWAPPED * 0.36, len(swapped), len(born))  # where the day is a month, and another one
    _about(hard.BIRTH_DIGIT, len(wrong) - len(new_year) - len(swapped), len(born))


def test_house_numbers_have_a_digit_wrong(addressed: list[Row]) -> None:
    _share(
        hard.HOUSE_NUMBER_DIGIT, addressed, lambda who, row: _number(who) not in _digits(who, row["address"])
    )


def test_additions_are_left_out_or_typed_another_way(addressed: list[Row]) -> None:
    some = [(who, row) for who, row in addressed if re.search(r"[0-9](A|-2| bis)$", who.home.number)]
    assert 0.08 < len(some) / len(addressed) < 0.20
    _share(hard.ADDITION_LEFT_OUT, some, lambda who, row: bool(_typed(who, row, _number(who))))
    forms = {row["address"].removeprefix(who.home.street) for who, row in some if who.home.number == "12A"}
    forms |= {re.sub("[0-9]+", "12", row["address"].removeprefix(who.home.street)) for who, row in some
              if who.home.number.endswith("A")}  # fmt: skip
    assert {" 12A", " 12a", " 12-a", " 12 A"} <= forms


def test_belgians_have_boxes_in_several_notations_and_others_floors_and_apartments(
    addressed: list[Row],
) -> None:
    belgian = [(who, row) for who, row in addressed if who.home.country == "BE"]
    _share(hard.BOXED["BE"], belgian, lambda who, _: bool(who.home.box))
    written = {re.sub("[0-9]+", "#", row["address"]) for who, row in addressed if who.home.box}
    for form in (" #/#$", " # bus #$", " # bte #$", ", #. Stock$", ", Apt #$"):
        assert any(re.search(form, one) for one in written), form


def test_finance_alone_has_a_second_line_for_half_of_its_boxes(
    everybody: Population, addressed: list[Row]
) -> None:
    """What a vendor's own contacts have no property for stands in their one line."""
    assert not any("address2" in row for _, row in addressed)
    some = [
        (who, row)
        for who, row in _of(everybody, "moneybird", "contacts", "#person")
        if not row["company_name"]
    ]
    boxed = [one for one in some if one[1]["address2"] or re.search("bus|bte|Stock|Apt", one[1]["address1"])]
    _share(hard.SECOND_LINE, boxed, lambda _, row: bool(row["address2"]))
    written = {re.sub("[0-9]+", "#", row["address2"]) for _, row in boxed}
    assert {"bus #", "Apt #", "#. Stock"} <= written
    assert not any(row["address2"] for who, row in some if not who.changed and not who.home.box)
    streets = [row["attributes"].get("STREET", "") for row in everybody.systems["brevo"]["contacts"]]
    assert any(re.search(r"[0-9] bus [0-9]", one) for one in streets)


def test_postcodes_have_a_digit_or_letter_wrong(addressed: list[Row]) -> None:
    some = [(who, row) for who, row in addressed if row["zip"] != "0000 AA"]
    _share(hard.POSTCODE_SLIP, some, lambda who, row: _plain(row["zip"]) != _plain(who.home.postcode))
    wrong = [_plain(row["zip"]) for who, row in some if _plain(row["zip"]) != _plain(who.home.postcode)]
    assert all(len(one) in (4, 5, 6, 7) for one in wrong)


def test_towns_have_a_letter_too_many_or_something_in_brackets(addressed: list[Row]) -> None:
    _share(hard.TOWN_SUFFIX, addressed, lambda _, row: row["city"].endswith(")"))
    assert any(row["city"].endswith(" (Gld)") for _, row in addressed)
    _share(hard.TOWN_SLIP, addressed, lambda who, row: row["city"].split(" (")[0] != who.home.city)


def test_streets_have_a_letter_wrong_or_are_cut_short(addressed: list[Row]) -> None:
    long = [(who, row) for who, row in addressed if who.home.street.endswith(("straat", "straße"))]
    _share(hard.STREET_SHORT, long, lambda _, row: "str. " in row["address"])
    _share(
        hard.STREET_SLIP,
        [(who, row) for who, row in addressed if "str. " not in row["address"]],
        lambda who, row: who.home.street not in row["address"],
    )


def test_telephones_have_a_digit_wrong(contacts: list[Row]) -> None:
    some = [(who, row) for who, row in contacts if _plain(row["mobilephone"]) not in _FILLERS]
    _share(hard.PHONE_DIGIT, some, lambda who, row: who.mobile.number[-6:] != _plain(row["mobilephone"])[-6:])


def test_who_lives_near_a_border_may_have_a_number_from_beyond_it(
    everybody: Population, users: list[Row]
) -> None:
    own = {"NL": "31", "BE": "32", "DE": "49", "GB": "44"}
    free = [who for who in everybody.people if who.employer is None]
    abroad = [who for who in free if who.mobile.country != own[who.home.country]]
    _about(hard.BORDER_NUMBER, len(abroad), len(free))
    known = {who.customer for who in abroad}
    assert any((row["phone"] or "").startswith("04") for who, row in users if who.customer in known)


def test_initials_may_be_several(everybody: Population, contacts: list[Row]) -> None:
    _about(hard.SEVERAL_GIVEN, sum(bool(who.others) for who in everybody.people), len(everybody.people))
    initials = [(who, row["firstname"]) for who, row in contacts
                if re.fullmatch(r"([A-ZÉÖÄÜ]\.)+", row["firstname"] or "")]  # fmt: skip
    several = [(who, text) for who, text in initials if len(text) > 2]
    assert several and all(text == f"{who.given[0]}.{who.others[0][0]}." for who, text in several)


def test_double_names_are_split_in_two_ways(everybody: Population, contacts: list[Row]) -> None:
    dutch = [who for who in everybody.people if who.home.country == "NL" and who.name.prefix]
    _about(hard.DOUBLE_NAME, sum(bool(who.name.before) for who in dutch), len(dutch))
    some = [(who, row) for who, row in contacts if who.name.before and row["firstname"]]
    split = [row for who, row in some if row["firstname"].endswith(f" {who.name.before}")]
    _about(hard.SPLIT_OTHERWISE, len(split), len(some))
    whole = [row for who, row in some if row["lastname"].startswith(f"{who.name.before} ")]
    assert len(whole) + len(split) == len(some)


def test_some_users_of_support_made_themselves_by_a_mail(users: list[Row]) -> None:
    made = [(who, row) for who, row in users if row["locale"] == "nl" and who.language != "nl"]
    strangers = [(who, row) for who, row in users if who.language != "nl"]
    _about(hard.FROM_MAIL, len(made), len(strangers))
    assert all(row["email"] and row["phone"] is None for _, row in made)
    names = {row["name"] for who, row in users if row["phone"] is None}
    telling = [
        (f"{who.given[0]}. {full_family(who.name)}", full_family(who.name),
         f"{who.given} {full_family(who.name)}".upper())
        for who, _ in users
    ]  # fmt: skip
    assert all(names & set(kind) for kind in zip(*telling, strict=True))


_FILLERS = {"", "0000000000", "0612345678", "unknown"}


def _of(people: Population, system: str, obj: str, facet: str = "") -> Iterable[Row]:
    who = {one.customer: one for one in people.people}
    about = {
        row.key.removesuffix(facet): row.customer
        for row in people.truth
        if (row.system, row.object) == (system, obj)
    }
    rows = people.systems[system][obj]
    return [(who[about[str(row["id"])]], row) for row in rows if about.get(str(row["id"])) in who]


def _share(rate: float, rows: list[Row], happened: Callable[[Person, dict[str, Any]], bool]) -> None:
    _about(rate, sum(happened(who, row) for who, row in rows), len(rows))


def _about(rate: float, number: int, of: int) -> None:
    """Within four standard deviations of what is expected."""
    assert of > 50
    assert abs(number - rate * of) <= 4 * (of * rate * (1 - rate)) ** 0.5, (number, round(rate * of, 1), of)


def _number(who: Person) -> str:
    return re.sub(r"[^0-9].*", "", who.home.number)


def _digits(who: Person, line: str) -> list[str]:
    return re.findall("[0-9]+", line.replace(who.home.street, ""))


def _typed(who: Person, row: dict[str, Any], number: str) -> bool:
    """Whether the house number stands alone, without its addition."""
    return bool(re.search(rf"(^{number} [^0-9]*[a-z]{{2}}|[^0-9] {number}$)", row["address"]))


def _plain(text: str | None) -> str:
    return re.sub("[^A-Z0-9a-z]", "", text or "").upper() if text and text != "unknown" else text or ""
