"""One finger wrong: dates, addresses and telephone numbers as they should not have been typed.

Thrown with the dice aside: the customers, and who knows them, are the same with these slips and without.
"""

import re
from contextlib import suppress
from dataclasses import replace
from datetime import date

from sandbox.people.dice import Dice
from sandbox.people.difficulty import (
    ADDITION_LEFT_OUT,
    ADDITION_RESPELT,
    BIRTH_DIGIT,
    BIRTH_NEW_YEAR,
    BIRTH_SWAPPED,
    HOUSE_NUMBER_DIGIT,
    PHONE_DIGIT,
    POSTCODE_SLIP,
    STREET_SHORT,
    STREET_SLIP,
    TOWN_SLIP,
    TOWN_SUFFIX,
)
from sandbox.people.model import Phone
from sandbox.people.words.places import POSTCODE_LETTERS, SUFFIXES

_NUMBER = re.compile(r"([0-9]+)[ -]?(.*)")


def birth(dice: Dice, born: date) -> date:
    """Another digit, day and month swapped, or the first of January of that year."""
    dice = dice.aside
    if dice.chance(BIRTH_DIGIT):
        return _other_date(dice, born)
    if dice.chance(BIRTH_SWAPPED) and born.day <= 12:
        return born.replace(month=born.day, day=born.month)
    return born.replace(month=1, day=1) if dice.chance(BIRTH_NEW_YEAR) else born


def house_number(dice: Dice, number: str) -> str:
    """``12A`` as ``13A``, ``12-a``, ``12 A`` or ``12``; most as it is."""
    dice = dice.aside
    if dice.chance(HOUSE_NUMBER_DIGIT):
        number = other_digit(dice, number)
    found = _NUMBER.fullmatch(number)
    if found is None or not found[2]:
        return number
    if dice.chance(ADDITION_LEFT_OUT):
        return found[1]
    return _respelt(dice, found[1], found[2]) if dice.chance(ADDITION_RESPELT) else number


def box(dice: Dice, text: str) -> str:
    """``bus 4`` as ``/4`` or ``bte 4``, or not at all; floors and apartments only left out."""
    dice = dice.aside
    if not text or dice.chance(ADDITION_LEFT_OUT):
        return ""
    if text.startswith("bus ") and dice.chance(ADDITION_RESPELT):
        return dice.choice(("/", "bte ")) + text.removeprefix("bus ")
    return text


def street(dice: Dice, name: str) -> str:
    """A letter left out or doubled, or ``Kerkstr.``."""
    dice = dice.aside
    if dice.chance(STREET_SLIP):
        at = dice.randint(1, len(name) - 2)
        return name[:at] + name[at + 1 :] if dice.chance(0.5) else name[:at] + name[at] + name[at:]
    return re.sub("stra(at|ße)$", "str.", name) if dice.chance(STREET_SHORT) else name


def postcode(dice: Dice, value: str) -> str:
    """Another digit or letter in it."""
    dice = dice.aside
    if not dice.chance(POSTCODE_SLIP):
        return value
    at = dice.choice([at for at, c in enumerate(value) if c.isalpha()] or [0])
    if dice.chance(0.5) or not value[at].isalpha():
        return other_digit(dice, value)
    return value[:at] + dice.choice(POSTCODE_LETTERS.replace(value[at], "")) + value[at + 1 :]


def town(dice: Dice, name: str, country: str) -> str:
    """A letter doubled, or something in brackets behind it: ``Arnhem (Gld)``."""
    dice = dice.aside
    if dice.chance(TOWN_SLIP):
        at = dice.randint(1, len(name) - 2)
        return name[:at] + name[at] + name[at:]
    if dice.chance(TOWN_SUFFIX):
        return f"{name} ({SUFFIXES.get(name, country)})"
    return name


def phone(dice: Dice, number: Phone) -> Phone:
    """Another digit in it."""
    dice = dice.aside
    return replace(number, number=other_digit(dice, number.number)) if dice.chance(PHONE_DIGIT) else number


def other_digit(dice: Dice, text: str) -> str:
    """One of the digits replaced by another; a first one never by a zero."""
    at = dice.choice([at for at, c in enumerate(text) if c.isdigit()])
    others = [c for c in "123456789" if c != text[at]]
    return text[:at] + dice.choice(others) + text[at + 1 :]


def _other_date(dice: Dice, born: date) -> date:
    while True:
        year, month, day = f"{born:%Y-%m-%d}".split("-")
        part = dice.choice(("year", "month", "day"))
        with suppress(ValueError):
            if part == "year":
                return born.replace(year=int(year[:3] + other_digit(dice, year[3])))
            if part == "month":
                return born.replace(month=int(other_digit(dice, month)))
            return born.replace(day=int(other_digit(dice, day)))


def _respelt(dice: Dice, number: str, addition: str) -> str:
    if addition.isdigit():
        return number + dice.choice(("-", "/", " ")) + addition
    return number + dice.choice(("", "-", " ")) + dice.choice((addition.lower(), addition.upper()))
