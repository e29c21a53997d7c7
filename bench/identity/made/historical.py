"""Historical persons as a wiki's many pages name them: about ten records each, most of them wrong somewhere.

Baronets and their sons of the same name, names shortened or lengthened by titles, birth dates known to the
year, places near the true one. No mailbox and no telephone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

import pyarrow as pa

from bench.identity.made import spoil
from bench.identity.made.rows import Row, cut
from bench.identity.made.words import english

COLUMNS = (
    *("full_name", "first_name", "surname", "dob", "birth_place", "postcode", "gender", "occupation"),
    "customer",
)
ROLES = {
    "first_name": "given_name",
    "surname": "family_name",
    "dob": "birth_date",
    "birth_place": "birth_place",
    "postcode": "postal_code",
    "occupation": "occupation",
}
MOST = 20
STAYS = 0.985
"""Of one more record of a person to one less."""
RELATIVE = 0.06
"""People with a father or child of the same name from the same place."""
TITLED, YEAR_ONLY = 0.15, 0.10
OTHER_FIRST = 0.30
"""First names shortened, cut to a letter, second instead of first, or left out."""
TWO_GIVEN = 0.20
SPELT_WRONG, SWAPPED, OTHER_LAST = 0.10, 0.03, 0.07
DATE_GONE, DATE_OFF, NOTHING_BUT_YEAR = 0.08, 0.16, 0.04
PLACE_GONE, PLACE_NEAR, CODE_GONE, CODE_NEAR = 0.08, 0.14, 0.12, 0.22
TRADE_GONE, TRADE_OTHER = 0.30, 0.08
POOR = 0.28
"""Pages that say little: each of date, place, postcode and trade is left out half the time."""
PLACES = 400
_DAWN = date(1560, 1, 1)


@dataclass(frozen=True, slots=True)
class Place:
    """A town of a postcode area, with the neighbours that are taken for it."""

    name: str
    area: str
    number: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as the best page has them."""

    given: tuple[str, ...]
    short: tuple[str, ...]
    last: str
    title: str
    suffix: str
    birth: date
    place: Place
    code: str
    gender: str
    trade: str


def parts(records: int, seed: int) -> Iterator[pa.Table]:
    """Exactly ``records`` records."""
    return cut(COLUMNS, _rows(Random(seed)), records)


def _rows(dice: Random) -> Iterator[Row]:
    places, number = _places(dice), 0
    while True:
        first = _person(dice, places)
        family = [first, _child(dice, first)] if dice.random() < RELATIVE else [first]
        for one in family:
            number += 1
            for _ in range(_how_many(dice)):
                yield {**_written(dice, one, places), "customer": f"q{number:06d}"}


def _how_many(dice: Random) -> int:
    return dice.choices(range(1, MOST + 1), [STAYS**more for more in range(MOST)])[0]


def _places(dice: Random) -> list[Place]:
    found = []
    for number in range(PLACES):
        name = dice.choice(english.FIRST_HALVES) + dice.choice((*english.TOWN_ENDS, *english.LAST_HALVES))
        area = english.FAMILY[number // 8][:2].upper()
        found.append(Place(name, f"{area}{number % 8 * 5 + 1}", number))
    return found


def _person(dice: Random, places: list[Place]) -> Person:
    woman = dice.random() < 0.2
    names = english.WOMEN if woman else english.MEN
    some = dice.choices((1, 2, 3), (45, 40, 15))[0]
    drawn = [one.split("/") for one in dict.fromkeys(_one(dice, names) for _ in range(some))]
    place = places[spoil.skewed(dice, len(places))]
    titled = dice.random() < TITLED
    return Person(
        tuple(one[0] for one in drawn),
        tuple(short for short in drawn[0][1].split(",") if short),
        _family(dice),
        ("Lady" if woman else dice.choice(("Sir", "Sir", "Lord"))) if titled else "",
        f", {dice.choice(('1st', '2nd', '3rd', '4th', '5th'))} Baronet" if titled and not woman else "",
        _birth(dice),
        place,
        _code(dice, place),
        "female" if woman else "male",
        dice.choice(english.TRADES),
    )


def _one(dice: Random, names: list[str]) -> str:
    return names[spoil.skewed(dice, len(names))]


def _birth(dice: Random) -> date:
    day = _DAWN + timedelta(days=int(140_000 * dice.random() ** 0.6))
    return day.replace(month=1, day=1) if dice.random() < YEAR_ONLY else day


def _family(dice: Random) -> str:
    if dice.random() < 0.45:
        return english.FAMILY[spoil.skewed(dice, len(english.FAMILY))]
    return dice.choice(english.FIRST_HALVES) + dice.choice(english.LAST_HALVES)


def _child(dice: Random, one: Person) -> Person:
    """Of the same name, a generation later."""
    born = one.birth.replace(year=one.birth.year + dice.randint(20, 40), day=min(one.birth.day, 28))
    return replace(one, birth=born + timedelta(days=dice.randrange(300)), trade=dice.choice(english.TRADES))


def _code(dice: Random, place: Place) -> str:
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    return f"{place.area} {dice.randint(0, 9)}{dice.choice(letters)}{dice.choice(letters)}"


def _written(dice: Random, one: Person, places: list[Place]) -> dict[str, str | None]:
    first, last = _first(dice, one), _last(dice, one.last)
    title = f"{one.title} " if one.title and dice.random() < 0.6 else ""
    suffix = one.suffix if dice.random() < 0.5 else ""
    whole = f"{title}{first or ''} {last}{suffix}".replace("  ", " ").strip()
    if dice.random() < SWAPPED:
        first, last = last, first or ""
    about = {
        "dob": _dob(dice, one.birth),
        "birth_place": _place(dice, one.place, places),
        "postcode": _postcode(dice, one),
        "occupation": _trade(dice, one.trade),
    }
    if dice.random() < POOR:
        about = {name: text if dice.random() < 0.5 else None for name, text in about.items()}
    gender = one.gender if dice.random() > 0.04 else None
    return {"full_name": whole, "first_name": first, "surname": last or None, **about, "gender": gender}


def _first(dice: Random, one: Person) -> str | None:
    if dice.random() < OTHER_FIRST:
        way = dice.random()
        if way < 0.45:
            return dice.choice(one.short) if one.short else one.given[0]
        if way < 0.65:
            return one.given[0][0]
        if way < 0.85:
            return one.given[-1]
        return None
    many = len(one.given) if dice.random() < TWO_GIVEN else 1
    return spoil.now_and_then(dice, SPELT_WRONG, " ".join(one.given[:many]))


def _last(dice: Random, last: str) -> str:
    if dice.random() < OTHER_LAST:
        return _family(dice)
    return spoil.now_and_then(dice, SPELT_WRONG, last)


def _dob(dice: Random, birth: date) -> str | None:
    luck = dice.random()
    if luck < DATE_GONE:
        return None
    if luck < DATE_GONE + DATE_OFF:
        return spoil.off(dice, birth).isoformat()
    if luck < DATE_GONE + DATE_OFF + NOTHING_BUT_YEAR:
        return f"{birth.year:04d}-01-01"
    return birth.isoformat()


def _place(dice: Random, place: Place, places: list[Place]) -> str | None:
    luck = dice.random()
    if luck < PLACE_GONE:
        return None
    if luck < PLACE_GONE + PLACE_NEAR:
        return places[place.number // 8 * 8 + dice.randrange(8)].name
    return spoil.now_and_then(dice, SPELT_WRONG / 2, place.name)


def _postcode(dice: Random, one: Person) -> str | None:
    luck = dice.random()
    if luck < CODE_GONE:
        return None
    return _code(dice, one.place) if luck < CODE_GONE + CODE_NEAR else one.code


def _trade(dice: Random, trade: str) -> str | None:
    luck = dice.random()
    if luck < TRADE_GONE:
        return None
    return dice.choice(english.TRADES) if luck < TRADE_GONE + TRADE_OTHER else trade
