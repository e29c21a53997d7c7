"""Thin people: a name, a birth date, a town and a mailbox, each of them often missing or wrong.

About four records a person. As in the small sample files that come with linkage tools.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import pyarrow as pa

from bench.identity.made import spoil
from bench.identity.made.rows import Row, cut
from bench.identity.made.words import english

COLUMNS = ("first_name", "surname", "dob", "city", "email", "customer")
ROLES = {
    "first_name": "given_name",
    "surname": "family_name",
    "dob": "birth_date",
    "city": "city",
    "email": "email",
}
RECORDS_OF_A_PERSON = (8, 17, 22, 22, 17, 14)
"""Weights of one to six."""
GAPS = {"first_name": 0.17, "surname": 0.18, "dob": 0.16, "city": 0.19, "email": 0.20}
SPELT_WRONG = {"first_name": 0.14, "surname": 0.14, "city": 0.24}
SWAPPED, DATE_OFF, OTHER_MAILBOX, SLIP_IN_MAILBOX = 0.08, 0.18, 0.12, 0.16
CITIES = 60


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as they are."""

    first: str
    last: str
    birth: date
    city: str
    email: str


def parts(records: int, seed: int) -> Iterator[pa.Table]:
    """Exactly ``records`` records."""
    return cut(COLUMNS, _rows(Random(seed)), records)


def _rows(dice: Random) -> Iterator[Row]:
    cities, people = _cities(dice), 0
    while True:
        people += 1
        one = _person(dice, cities)
        for _ in range(dice.choices((1, 2, 3, 4, 5, 6), RECORDS_OF_A_PERSON)[0]):
            yield {**_written(dice, one), "customer": f"t{people:06d}"}


def _cities(dice: Random) -> list[str]:
    made = {dice.choice(english.FIRST_HALVES) + dice.choice(english.TOWN_ENDS) for _ in range(CITIES)}
    return sorted(made)


def _person(dice: Random, cities: list[str]) -> Person:
    names = dice.choice((english.MEN, english.WOMEN))
    first = names[spoil.skewed(dice, len(names))].split("/")[0]
    last = dice.choice(english.FAMILY)
    if dice.random() < 0.4:
        last = dice.choice(english.FIRST_HALVES) + dice.choice(english.LAST_HALVES)
    number = dice.randint(1, 99)
    stem = dice.choice((f"{first}.{last}", f"{first[0]}{last}", f"{last}{number}", f"{first}{last[0]}"))
    return Person(
        first,
        last,
        date(1940, 1, 1) + timedelta(days=dice.randrange(25_000)),
        cities[spoil.skewed(dice, len(cities))],
        f"{stem.lower()}@{dice.choice(english.MAIL)}",
    )


def _written(dice: Random, one: Person) -> dict[str, str | None]:
    first = spoil.now_and_then(dice, SPELT_WRONG["first_name"], one.first)
    last = spoil.now_and_then(dice, SPELT_WRONG["surname"], one.last)
    if dice.random() < SWAPPED:
        first, last = last, first
    row = {
        "first_name": first,
        "surname": last,
        "dob": (spoil.off(dice, one.birth) if dice.random() < DATE_OFF else one.birth).isoformat(),
        "city": spoil.now_and_then(dice, SPELT_WRONG["city"], one.city),
        "email": _mailbox(dice, one.email),
    }
    return {name: None if dice.random() < GAPS[name] else text for name, text in row.items()}


def _mailbox(dice: Random, email: str) -> str:
    local = email.split("@")[0]
    luck = dice.random()
    if luck < OTHER_MAILBOX:
        return f"{local}@{dice.choice(english.MAIL)}"
    if luck < OTHER_MAILBOX + SLIP_IN_MAILBOX:
        return spoil.slip(dice, email)
    return email
