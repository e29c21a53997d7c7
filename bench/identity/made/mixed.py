"""People and organisations in one file, from ten sources, with several addresses, telephones and numbers.

As the demonstrations of vendors have them: a source says what it knows, some little more than a name, and
people are known by other names. Whom a row is about is told by which name is filled; no column says it.
"""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pyarrow as pa

from bench.identity.made import spoil, written
from bench.identity.made.european import Firm, Home, Person, World
from bench.identity.made.rows import Row, cut
from bench.identity.made.written import Habit

COLUMNS = (
    *("source", "first_name", "last_name", "org_name", "other_name", "date_of_birth", "passport", "tax_id"),
    *("email", "phone_1", "phone_2", "address", "city", "postcode", "address_2", "city_2", "postcode_2"),
    *("country", "employer", "website", "customer"),
)
ROLES = {
    "first_name": "given_name",
    "last_name": "family_name",
    "org_name": "legal_name",
    "date_of_birth": "birth_date",
    "passport": "national_id",
    "email": "email",
    "phone_1": "phone",
    "address": "street",
    "city": "city",
    "postcode": "postal_code",
    "website": "domain",
}
TOLD = {"org_name": "legal_name"}
SOURCES = {
    "accounts": Habit(email=0.3, phone=0.6, address=0.9, birth=0.6, coc=0.5),
    "loyalty": Habit(email=0.6, phone=0.3, address=0.4, birth=0.4, coc=0.0, short=0.4),
    "watchlist": Habit(email=0.03, phone=0.05, address=0.4, birth=0.8, coc=0.3, slips=0.2),
    "payroll": Habit(email=0.2, phone=0.3, address=0.8, birth=0.8, employer=1.0, coc=0.4),
    "licences": Habit(email=0.05, phone=0.2, address=0.9, birth=0.6, initial=0.3, coc=0.7),
    "complaints": Habit(email=0.5, phone=0.5, address=0.15, birth=0.05, slips=0.15, coc=0.05),
    "register": Habit(email=0.03, phone=0.1, address=0.95, birth=0.4, upper=1.0, coc=0.8),
    "webshop": Habit(email=0.9, phone=0.3, address=0.6, birth=0.1, lower=0.2, coc=0.0, slips=0.08),
    "directory": Habit(email=0.1, phone=0.85, address=0.7, birth=0.0, initial=0.4, coc=0.05),
    "events": Habit(email=0.85, phone=0.2, address=0.1, birth=0.05, employer=0.6, short=0.4, coc=0.0),
}
RECORDS_OF_A_CUSTOMER = (14, 20, 20, 16, 12, 8, 6, 4)
"""Weights of one to eight."""
FIRMS, RELATED, MOVES, OTHER_NAME, FORMER = 0.35, 0.35, 0.28, 0.09, 0.25
REWORDED = 0.35
"""``FORMER``: records that say an address from before, beside the present one."""


def parts(records: int, seed: int) -> Iterator[pa.Table]:
    """Exactly ``records`` records."""
    return cut(COLUMNS, _rows(World(Random(seed))), records)


def _rows(world: World) -> Iterator[Row]:
    number = 0
    while True:
        for one in _drawn(world):
            number += 1
            for row in _life(world, one):
                yield {**row, "customer": f"m{number:06d}"}


def _drawn(world: World) -> Iterator[Person | Firm]:
    """A firm or a person, and now and then whoever shares its house."""
    country = world.country()
    if world.dice.random() < FIRMS:
        firm = world.firm(country)
        yield firm
        if world.dice.random() < RELATED:
            yield replace(world.person(country, firm.home), employer=firm.name, landline=firm.phone)
        return
    one = world.person(country)
    yield one
    if world.dice.random() < RELATED:
        yield replace(world.person(country, one.home, (one.prefix, one.family)), landline=one.landline)


def _life(world: World, now: Person | Firm) -> Iterator[Row]:
    dice, former = world.dice, now.home
    passport, tax = (f"{dice.choice('BCDKNP')}{dice.randrange(10**7):07d}" for _ in range(2))
    for _ in range(dice.choices(range(1, 9), RECORDS_OF_A_CUSTOMER)[0]):
        if dice.random() < MOVES:
            now, former = replace(now, home=world.home(world.of(now.home))), now.home
        source = dice.choice(list(SOURCES))
        habit = SOURCES[source]
        if isinstance(now, Firm):
            row = _flat(written.firm(dice, now, habit), "")
            row |= {"org_name": _reworded(dice, row["org_name"]), "phone_2": None}
        else:
            row = _person(world, now, habit)
            row["passport"] = passport if dice.random() < habit.birth / 3 else None
        row["tax_id"] = tax if dice.random() < habit.coc / 2 else None
        yield {**row, **_before(dice, former), "source": source}


def _person(world: World, now: Person, habit: Habit) -> dict[str, str | None]:
    dice = world.dice
    if dice.random() < OTHER_NAME:
        prefix, family = world.family(world.of(now.home))
        row = _flat(written.person(dice, replace(now, prefix=prefix, family=family), habit), now.family)
    else:
        row = _flat(written.person(dice, now, habit), "")
    second = written.phone(dice, now.landline, now.home)
    return {**row, "phone_2": second if row["phone_1"] and dice.random() < 0.3 else None}


def _flat(row: written.Row, other: str) -> dict[str, str | None]:
    last = f"{row['family_name_prefix'] or ''} {row['family_name'] or ''}".strip()
    line = f"{row['street'] or ''} {row['house_number'] or ''} {row['house_number_addition'] or ''}".strip()
    return {
        "first_name": row["given_name"],
        "last_name": last or None,
        "org_name": row["legal_name"],
        "other_name": other or None,
        "date_of_birth": row["birth_date"],
        "email": row["email"],
        "phone_1": row["phone"],
        "address": line or None,
        "city": row["city"],
        "postcode": row["postal_code"],
        "country": row["country"],
        "employer": row["employer"],
        "website": row["domain"],
    }


def _before(dice: Random, home: Home) -> dict[str, str | None]:
    if dice.random() >= FORMER:
        return {}
    street = f"{home.street} {home.house_number}"
    return {"address_2": street, "city_2": home.city, "postcode_2": home.postal_code}


def _reworded(dice: Random, name: str | None) -> str | None:
    """The words of a firm's name turned, or one of them left out, now and then."""
    if name is None or dice.random() > REWORDED:
        return name
    words = name.split()
    return (
        spoil.words_turned(dice, name) if dice.random() < 0.5 else " ".join(words[: max(len(words) - 1, 1)])
    )
