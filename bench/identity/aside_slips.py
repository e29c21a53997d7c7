"""How the people of the set kept aside are written down: gaps, short forms, swaps and slips of the finger."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from bench.identity import aside_words as words

GAPS = {
    "first_name": 0.01,
    "email": 0.30,
    "phone": 0.30,
    "date_of_birth": 0.30,
    "address": 0.08,
    "postcode": 0.06,
}
"""Share of records without it."""
SHORT, INITIAL, NAMES_SWAPPED = 0.15, 0.06, 0.02
DAY_AND_MONTH, WRONG_DAY, NO_DAY = 0.03, 0.02, 0.005
SLIP = 0.05
"""Names, streets, towns and mailboxes with a slip."""
ROAD_SHORTENED = 0.35
CAPITALS, SMALL = 0.08, 0.04

_SHORT = {one.split("/")[0]: one.split("/")[1].split(",") for one in words.GIVEN.split()}
_ROAD = dict(one.split("/") for one in words.KINDS_OF_ROAD)
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SOUNDS = (
    ("ph", "f"),
    ("ck", "k"),
    ("ie", "ei"),
    ("ey", "y"),
    ("ll", "l"),
    ("ou", "u"),
    ("c", "k"),
    ("i", "y"),
)


@dataclass(frozen=True, slots=True)
class Record:
    """A person at one moment, as they truly are."""

    given: str
    family: str
    birth: date
    email: str
    phone: str
    house: Mapping[str, str]


def written(dice: Random, one: Record) -> dict[str, str | None]:
    """What somebody typed of a person: columns of text, None where nothing."""
    first, last = _given(dice, one.given), slipped(dice, one.family)
    if dice.random() < NAMES_SWAPPED:
        first, last = last, first
    row: dict[str, str | None] = {
        "first_name": first,
        "last_name": last,
        "date_of_birth": _day(dice, one.birth),
        "email": slipped(dice, one.email),
        "phone": _phone(dice, one.phone),
        **_house(dice, one.house),
    }
    missing = {name for name, share in GAPS.items() if dice.random() < share}
    if "address" in missing:
        missing |= one.house.keys()
    shape = dice.random()
    cased = str.upper if shape < CAPITALS else str.lower if shape < CAPITALS + SMALL else str
    return {name: cased(text) if text and name not in missing else None for name, text in row.items()}


def slipped(dice: Random, text: str) -> str:
    """The text, now and then with one slip: a neighbouring key, a letter lost, doubled or turned, a sound."""
    if len(text) < 4 or dice.random() > SLIP:
        return text
    at = dice.randint(1, len(text) - 2)
    before, letter, after = text[:at], text[at], text[at + 1 :]
    turns = (
        before + _neighbour(dice, letter) + after,
        before + after,
        before + letter + letter + after,
        before + after[0] + letter + after[1:],
        _sounding(dice, text),
    )
    return dice.choice(turns)


def _neighbour(dice: Random, letter: str) -> str:
    row = next((one for one in _ROWS if letter.lower() in one), None)
    if row is None:
        return letter
    at = row.index(letter.lower())
    return dice.choice(row[max(at - 1, 0) : at] + row[at + 1 : at + 2])


def _sounding(dice: Random, text: str) -> str:
    fitting = [(one, other) for one, other in _SOUNDS if one in text]
    return text.replace(*dice.choice(fitting), 1) if fitting else text


def _given(dice: Random, given: str) -> str:
    if dice.random() < INITIAL:
        return given[0]
    if dice.random() < SHORT:
        return dice.choice(_SHORT[given]) or given
    return slipped(dice, given)


def _day(dice: Random, day: date) -> str:
    """An ISO date; day and month swapped where that is a date, another day, or one that says nothing."""
    luck = dice.random()
    if luck < DAY_AND_MONTH and day.day <= 12:
        return day.replace(month=day.day, day=day.month).isoformat()
    if luck > 1 - NO_DAY:
        return "1900-01-01"
    if luck > 1 - NO_DAY - WRONG_DAY:
        return day.replace(day=dice.randint(1, 28)).isoformat()
    return day.isoformat()


def _phone(dice: Random, phone: str) -> str:
    digits = phone.removeprefix("+44")
    return dice.choice((phone, f"0{digits}", f"0{digits[:4]} {digits[4:]}", f"+44 {digits[:4]} {digits[4:]}"))


def _house(dice: Random, house: Mapping[str, str]) -> dict[str, str]:
    street = slipped(dice, house["street"])
    road, _, kind = street.rpartition(" ")
    if kind in _ROAD and dice.random() < ROAD_SHORTENED:
        street = f"{road} {_ROAD[kind]}"
    code = house["postcode"] if dice.random() < 0.8 else house["postcode"].replace(" ", "")
    return {**house, "street": street, "town": slipped(dice, house["town"]), "postcode": code}
