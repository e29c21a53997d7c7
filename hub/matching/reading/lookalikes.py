"""Digits that were read or typed as letters: ``O6-12345678``, ``l98l-03-22``."""

import re

_LETTERS = str.maketrans("oOlIsSzZbB", "0011552268")
_DIGITS = re.compile(r"[0-9oOlIsSzZbB]+")
_HOUSE = re.compile(r"[0-9][0-9oOlI]*[0-9]")
MOSTLY = 0.6
"""Share of digits from which on the letters of a number are thought to be digits too."""


def as_number(text: str) -> str:
    """A telephone number or a day whose letters, if any, look like digits; else as it is."""
    alone = "".join(one for one in text if one.isalnum())
    digits = sum(one.isdigit() for one in alone)
    if digits == len(alone) or digits < MOSTLY * len(alone) or not _DIGITS.fullmatch(alone):
        return text
    return text.translate(_LETTERS)


def as_house(text: str) -> str:
    """The number of a house: a letter behind it stays one (``12b``)."""
    return text.translate(_LETTERS) if _HOUSE.fullmatch(text) else text
