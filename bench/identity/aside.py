"""A set kept aside: nothing is ever tuned to it, and neither its words nor its noise are the sandbox's.

English-language people in households of one name and address. A person has one to six records, written at
different times: they move, marry, change number and mailbox in between, and whoever types makes slips.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import islice
from random import Random
from zlib import crc32

import pyarrow as pa

from bench.identity import aside_words as words
from bench.identity.aside_slips import Record, written

COLUMNS = (
    *("id", "first_name", "last_name", "date_of_birth", "email", "phone"),
    *("house_number", "street", "town", "postcode", "customer"),
)
SCHEMA = pa.schema([(name, pa.string()) for name in COLUMNS])
ROLES = {
    "first_name": "given_name",
    "last_name": "family_name",
    "date_of_birth": "birth_date",
    "email": "email",
    "phone": "phone",
    "house_number": "house_number",
    "street": "street",
    "town": "city",
    "postcode": "postal_code",
}
PART = 20_000
RECORDS_OF_A_PERSON = (38, 27, 17, 10, 5, 3)
"""Weights of one to six."""
HOUSEHOLDS = (45, 25, 15, 10, 5)
"""Weights of one to five housemates."""
NAMESAKE = 0.06
"""Housemates called after the first of them."""
OTHER_NAME = 0.12
"""Housemates of another family name."""
SHARED_MAILBOX, SHARED_PHONE = 0.08, 0.30
MOVES, MARRIES, NEW_MAILBOX, NEW_PHONE = 0.10, 0.02, 0.10, 0.12
"""From one record of a person to the next."""

_GIVEN = [one.split("/")[0] for one in words.GIVEN.split()]
_FAMILY = words.FAMILY.split()
_FIRST, _LAST = words.FIRST_HALVES.split(), words.LAST_HALVES.split()


@dataclass(slots=True)
class Town:
    """Where everybody of the set lives; mailboxes are given out once."""

    dice: Random
    mailboxes: set[str] = field(default_factory=set)

    def family(self) -> str:
        """A common name, or one of the many rare ones."""
        if self.dice.random() < 0.5:
            return self.dice.choice(_FAMILY)
        return self.dice.choice(_FIRST) + self.dice.choice(_LAST)

    def house(self) -> dict[str, str]:
        """An address; neighbours share the postcode."""
        town, area = self.dice.choice(words.TOWNS.split()).split("/")
        road = self.dice.choice(words.ROADS.split())
        street = f"{road} {self.dice.choice(words.KINDS_OF_ROAD).split('/')[0]}"
        quarter, number = self.dice.randint(1, 40), self.dice.randint(1, 160)
        unit = crc32(f"{street}{quarter}{number // 20}".encode())
        letters = "ABDEFGHJLNPQRSTUWXYZ"
        code = f"{area}{quarter} {unit % 9 + 1}{letters[unit // 9 % 20]}{letters[unit // 180 % 20]}"
        return {"street": street, "house_number": str(number), "town": town, "postcode": code}

    def phone(self) -> str:
        """A number in digits with its country."""
        return f"+44{self.dice.choice('127')}{self.dice.randrange(10**8, 10**9)}"

    def mailbox(self, given: str, family: str) -> str:
        """An address nobody else has."""
        first, last = given.lower(), family.lower().replace("'", "")
        stem = self.dice.choice(
            (f"{first}.{last}", f"{first[0]}{last}", f"{first}_{last[0]}", f"{last}{first[:2]}")
        )
        tail = "" if self.dice.random() < 0.4 else str(self.dice.randint(1, 2010))
        while (made := f"{stem}{tail}@{self.dice.choice(words.MAIL.split())}") in self.mailboxes:
            tail = str(self.dice.randint(1, 99_999))
        self.mailboxes.add(made)
        return made


def parts(records: int, seed: int) -> Iterator[pa.Table]:
    """Exactly ``records`` records, in parts."""
    rows = ({"id": str(number), **row} for number, row in enumerate(islice(_rows(Random(seed)), records)))
    while part := list(islice(rows, PART)):
        yield pa.Table.from_pylist(part, SCHEMA)


def _rows(dice: Random) -> Iterator[dict[str, str | None]]:
    town, people = Town(dice), 0
    while True:
        for one in _household(town):
            people += 1
            for record in _life(town, one):
                yield {**written(dice, record), "customer": f"c{people:07d}"}


def _household(town: Town) -> list[Record]:
    dice, family, house = town.dice, town.family(), town.house()
    phone, mailbox, found = town.phone(), town.mailbox("the", family), list[Record]()
    for _ in range(dice.choices((1, 2, 3, 4, 5), HOUSEHOLDS)[0]):
        given = found[0].given if found and dice.random() < NAMESAKE else dice.choice(_GIVEN)
        name = town.family() if found and dice.random() < OTHER_NAME else family
        found.append(
            Record(
                given,
                name,
                date(1935, 1, 1) + timedelta(days=dice.randint(0, 27_000)),
                mailbox if dice.random() < SHARED_MAILBOX else town.mailbox(given, name),
                phone if dice.random() < SHARED_PHONE else town.phone(),
                house,
            )
        )
    return found


def _life(town: Town, now: Record) -> Iterator[Record]:
    """The same person from one record to the next."""
    dice = town.dice
    for number in range(dice.choices((1, 2, 3, 4, 5, 6), RECORDS_OF_A_PERSON)[0]):
        if number and dice.random() < MOVES:
            now = replace(now, house=town.house())
        if number and dice.random() < MARRIES:
            now = replace(now, family=town.family())
        if number and dice.random() < NEW_MAILBOX:
            now = replace(now, email=town.mailbox(now.given, now.family))
        if number and dice.random() < NEW_PHONE:
            now = replace(now, phone=town.phone())
        yield now
