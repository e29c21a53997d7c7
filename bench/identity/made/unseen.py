"""Customers of seven countries as four departments hold them, for the stored engine: nothing is tuned to it.

Households with one name, colleagues, firms; people move, marry, change number and mailbox between records.
About 2.3 records a customer; people and organisations in one file, told apart by ``kind``.
"""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pyarrow as pa

from bench.identity.made import written
from bench.identity.made.european import Firm, Person, World
from bench.identity.made.rows import Row, cut
from bench.identity.made.words.europe import Country
from bench.identity.made.written import Habit

COLUMNS = ("system", *written.COLUMNS, "customer")
ROLES = written.ROLES
HABITS = {
    "desk": Habit(email=0.85, phone=0.55, address=0.30, birth=0.15, name=0.97, coc=0.10, landline=0.15),
    "mailing": Habit(email=0.98, phone=0.30, address=0.45, birth=0.40, short=0.14, coc=0.05, landline=0.05),
    "sales": Habit(
        email=0.75, phone=0.80, address=0.65, birth=0.20, employer=0.4, coc=0.40, slips=0.05, landline=0.15
    ),
    "books": Habit(email=0.65, phone=0.50, address=0.97, birth=0.45, initial=0.15, coc=0.80, landline=0.2),
}
"""What each department asks for."""
RECORDS_OF_A_CUSTOMER = (30, 32, 22, 12, 4)
"""Weights of one to five."""
HOUSEHOLD = (52, 26, 12, 10)
"""Weights of one to four people in a house."""
OTHER_NAME, SHARED_MAILBOX, SHARED_LANDLINE = 0.30, 0.06, 0.7
FIRMS, STAFF = 0.18, (0, 0, 1, 1, 2, 4)
"""Firms among what is drawn, and people who work there."""
MOVES, MARRIES, NEW_MAILBOX, NEW_MOBILE = 0.08, 0.02, 0.10, 0.08
"""From one record to the next."""


def parts(records: int, seed: int) -> Iterator[pa.Table]:
    """Exactly ``records`` records."""
    return cut(COLUMNS, _rows(World(Random(seed))), records)


def _rows(world: World) -> Iterator[Row]:
    number = 0
    while True:
        for one in _drawn(world, world.country()):
            number += 1
            for row in _life(world, one):
                yield {**row, "customer": f"u{number:07d}"}


def _drawn(world: World, country: Country) -> list[Person | Firm]:
    if world.dice.random() >= FIRMS:
        return [*_household(world, country)]
    firm = world.firm(country)
    staff = [_staff(world, country, firm) for _ in range(world.dice.choice(STAFF))]
    return [firm, *staff]


def _staff(world: World, country: Country, firm: Firm) -> Person:
    one = world.person(country, firm.home)
    return replace(
        one,
        landline=firm.phone,
        email=world.mailbox(one.given, one.family, firm.domain),
        employer=firm.name,
    )


def _household(world: World, country: Country) -> Iterator[Person]:
    first = world.person(country)
    yield first
    for _ in range(world.dice.choices((0, 1, 2, 3), HOUSEHOLD)[0]):
        family = None if world.dice.random() < OTHER_NAME else (first.prefix, first.family)
        other = world.person(country, first.home, family)
        if world.dice.random() < SHARED_LANDLINE:
            other = replace(other, landline=first.landline)
        yield replace(other, email=first.email) if world.dice.random() < SHARED_MAILBOX else other


def _life(world: World, now: Person | Firm) -> Iterator[Row]:
    dice = world.dice
    for number in range(dice.choices((1, 2, 3, 4, 5), RECORDS_OF_A_CUSTOMER)[0]):
        system = dice.choice(list(HABITS))
        if isinstance(now, Firm):
            yield {"system": system, **written.firm(dice, now, HABITS[system])}
            continue
        now = _later(world, now) if number else now
        yield {"system": system, **written.person(dice, now, HABITS[system])}


def _later(world: World, now: Person) -> Person:
    dice = world.dice
    country = world.of(now.home)
    if dice.random() < MOVES:
        home = world.home(country)
        now = replace(now, home=home, landline=world.landline(country, home.area))
    if dice.random() < MARRIES:
        prefix, family = world.family(country)
        now = replace(now, prefix=prefix, family=family)
    if dice.random() < NEW_MAILBOX:
        now = replace(now, email=world.mailbox(now.given, now.family))
    return replace(now, mobile=world.mobile(country)) if dice.random() < NEW_MOBILE else now
