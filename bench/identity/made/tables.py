"""Places to eat and shops as two guides list them: a name, a street line, a city, what is served; no number.

The guides shorten, add and leave out words in ways of their own. Chains have several places in one city, and
different places share a street, a building or most of a name.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

import pyarrow as pa

from bench.identity.made import spoil
from bench.identity.made.rows import Row, cut
from bench.identity.made.words import tables as words

COLUMNS = ("name", "addr", "city", "type", "customer")
WITH_PHONE = ("name", "addr", "city", "phone", "type", "customer")
ROLES = {"name": "legal_name", "addr": "street", "city": "city"}
ROLES_WITH_PHONE = {**ROLES, "phone": "phone"}
TOLD = {"name": "legal_name", "addr": "street"}
IN_BOTH = 0.20
"""Places that both guides list."""
SPELT_WRONG = 0.05
BRANCHES, SAME_BUILDING, OTHER_HOUSE = 0.10, 0.06, 0.10
CORNER = 0.12


@dataclass(frozen=True, slots=True)
class Place:
    """A place as it is."""

    name: str
    kind: str
    number: int
    side: str
    road: str
    kind_of_road: str
    suite: str
    city: str
    phone: str
    type: str


def parts(records: int, seed: int) -> Iterator[pa.Table]:
    """Exactly ``records`` records without a telephone."""
    return cut(COLUMNS, _rows(Random(seed)), records)


def with_phone(records: int, seed: int) -> Iterator[pa.Table]:
    """The same places, with one."""
    return cut(WITH_PHONE, _rows(Random(seed)), records)


def _rows(dice: Random) -> Iterator[Row]:
    seen, number = list[Place](), 0
    while True:
        number += 1
        one = _place(dice, seen)
        seen.append(one)
        first, second = _plain(dice, one), _chatty(dice, one)
        told = [first, second] if dice.random() < IN_BOTH else [dice.choice((first, second))]
        for row in told:
            kept = {name: text for name, text in row.items() if name in WITH_PHONE}
            yield {**kept, "customer": f"p{number:06d}"}


def _place(dice: Random, seen: list[Place]) -> Place:
    """A new one, or one that resembles another."""
    fresh, luck = _fresh(dice), dice.random()
    if not seen or luck > BRANCHES + SAME_BUILDING + OTHER_HOUSE:
        return fresh
    like = dice.choice(seen)
    if luck < BRANCHES:
        return replace(fresh, name=like.name, kind=like.kind, type=like.type, city=like.city)
    if luck < BRANCHES + SAME_BUILDING:
        return replace(like, name=fresh.name, kind=fresh.kind, type=fresh.type, phone=fresh.phone)
    return replace(fresh, road=like.road, kind_of_road=like.kind_of_road, city=like.city, side=like.side)


def _fresh(dice: Random) -> Place:
    name, kind = _name(dice)
    city, area = words.CITIES[spoil.skewed(dice, len(words.CITIES))].split("/")
    return Place(
        name,
        kind,
        dice.randint(1, 250) * dice.choice((1, 10, 37)),
        dice.choice(("North", "South", "East", "West")) if dice.random() < 0.35 else "",
        dice.choice(words.ROADS) if dice.random() < 0.75 else _ordinal(dice.randint(1, 89)),
        dice.choice(words.KINDS),
        f"Suite {dice.randint(1, 40)}" if dice.random() < 0.06 else "",
        city,
        f"{area}/{dice.randint(200, 999)}-{dice.randrange(10_000):04d}",
        dice.choice(words.CUISINES),
    )


def _name(dice: Random) -> tuple[str, str]:
    luck, behind = dice.random(), dice.choice(words.WORDS_BEHIND)
    if luck < 0.06:
        return dice.choice(words.CHAINS), ""
    if luck < 0.26:
        return dice.choice(words.PEOPLE), behind
    if luck < 0.36:
        return dice.choice(words.FRENCH), behind if dice.random() < 0.3 else ""
    if luck < 0.46:
        return f"{dice.choice(words.PEOPLE)} {dice.choice(words.SHOPS)}", ""
    if luck < 0.60:
        return f"{dice.choice(words.ROADS)} {dice.choice(words.THINGS).split()[1]}", behind
    one, other = dice.choice(words.THINGS).split()[0], dice.choice(words.THINGS).split()[1]
    return f"{one} {other}", behind if dice.random() < 0.6 else ""


def _ordinal(number: int) -> str:
    tail = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number // 10 != 1 else "th"
    return f"{number}{tail}"


def _plain(dice: Random, one: Place) -> dict[str, str | None]:
    """The guide that writes little: everything shortened, in small letters."""
    road, short = one.road, one.kind_of_road.split("/")[1]
    side = f"{one.side[:1]}. " if one.side and dice.random() < 0.8 else ""
    line = f"{one.number} {side}{road} {short if dice.random() < 0.9 else ''}".strip()
    name = one.name if dice.random() < 0.35 else f"{one.name} {_shorter(dice, one.kind)}"
    return _row(dice, one, _shorter(dice, name), line, one.phone)


def _chatty(dice: Random, one: Place) -> dict[str, str | None]:
    """The guide that writes all: ``the`` in front, what is served behind, the corner, the floor."""
    name = f"{one.name} {one.kind}".strip() if dice.random() < 0.7 else one.name
    if dice.random() < 0.15:
        name = f"The {name}"
    if dice.random() < 0.15:
        name = f"{name} ({one.city})" if dice.random() < 0.4 else f"{name} {one.type.title()}"
    if dice.random() < 0.06:
        name = f"{one.name} at the {dice.choice(words.THINGS)}"
    way = one.kind_of_road.split("/")[0] if dice.random() < 0.6 else one.kind_of_road.split("/")[1]
    side = f"{one.side if dice.random() < 0.3 else one.side[:1] + '.'} " if one.side else ""
    line = f"{one.number} {side}{one.road} {way}{' ' if one.suite else ''}{one.suite}"
    if dice.random() < CORNER:
        near = dice.choice(words.ROADS)
        line = dice.choice((f"{line} at {near}", f"{line} between {near} and {dice.choice(words.ROADS)}",
                            f"{one.road} {way} & {near}", f"{line} off {near}"))  # fmt: skip
    return _row(dice, one, name, line, one.phone.replace("/", "-"))


def _row(dice: Random, one: Place, name: str, line: str, phone: str) -> dict[str, str | None]:
    if dice.random() < 0.03:
        phone = spoil.slip(dice, phone)
    return {
        "name": " ".join(spoil.now_and_then(dice, SPELT_WRONG, name).lower().split()),
        "addr": " ".join(spoil.now_and_then(dice, SPELT_WRONG, line).lower().split()),
        "city": one.city.lower() if dice.random() > 0.05 else words.CITIES[0].split("/")[0].lower(),
        "phone": phone if dice.random() > 0.02 else None,
        "type": one.type if dice.random() > 0.3 else dice.choice(words.CUISINES),
    }


def _shorter(dice: Random, text: str) -> str:
    return " ".join(
        words.SHORTER.get(word.lower(), word) if dice.random() < 0.7 else word for word in text.split()
    )
