"""Words as they are compared: letters and digits alone, with or without their accents."""

import re
from functools import lru_cache
from unicodedata import combining, normalize

_ALONE = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "ß": "ss", "æ": "ae"})
_OTHER = re.compile(r"[\W_]+")
_THRICE = re.compile(r"([^\W\d_])\1\1")
REMEMBERED = 65_536
"""Distinct words remembered; most of them come again."""


@lru_cache(REMEMBERED)
def key(text: str) -> str:
    """Small letters and digits, accents kept: ``Van der Bérg`` → ``vanderbérg``."""
    return _OTHER.sub("", normalize("NFC", text.casefold()))


@lru_cache(REMEMBERED)
def bare(text: str) -> str:
    """The key without accents: ``Dörte`` → ``dorte``."""
    plain = normalize("NFKD", normalize("NFC", text.casefold()).translate(_ALONE))
    return _OTHER.sub("", "".join(letter for letter in plain if not combining(letter)))


@lru_cache(REMEMBERED)
def spelt_out(text: str) -> str:
    """The key with umlauts in two letters: ``Dörte`` → ``doerte``."""
    return bare(normalize("NFC", text.lower()).translate(_UMLAUTS))


@lru_cache(REMEMBERED)
def same_words(left: str, right: str) -> bool:
    """Whether they differ by capitals, spacing, punctuation, or accents one of them has."""
    mine, theirs = key(left), key(right)
    if mine == theirs or _accented(mine, theirs) or _accented(theirs, mine):
        return True
    ones, others = left.split(), right.split()
    if len(ones) < 2 or len(ones) != len(others):
        return False
    return all(same_words(one, other) for one, other in zip(ones, others, strict=True))


def _accented(full: str, plain: str) -> bool:
    return not full.isascii() and plain.isascii() and plain in (bare(full), spelt_out(full))


def near(left: str, right: str) -> bool:
    """Whether one slip of the finger makes one of the other: a letter more, less, other, or two swapped.

    Of texts shorter than three characters a slip leaves nothing to go by.
    """
    if left == right or abs(len(left) - len(right)) > 1 or min(len(left), len(right)) < 3:
        return False
    if len(left) == len(right):
        other = [at for at in range(len(left)) if left[at] != right[at]]
        if len(other) == 1:
            return True
        return len(other) == 2 and other[1] == other[0] + 1 and _swapped(left, right, other[0])
    short, long = sorted((left, right), key=len)
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _swapped(left: str, right: str, at: int) -> bool:
    return left[at] == right[at + 1] and left[at + 1] == right[at]


def thrice(text: str) -> bool:
    """Whether a letter stands there three times in a row: in no name or word we know of it does."""
    return bool(_THRICE.search(text.casefold()))


def looks(text: str) -> tuple[int, int]:
    """How well a word is spelt: accents it has, and whether it is neither all capitals nor all small."""
    accents = sum(not letter.isascii() for letter in text)
    return accents, int(not (text.isupper() or text.islower()))
