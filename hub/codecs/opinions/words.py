"""Words as they are compared: letters and digits alone, with or without their accents."""

import re
from unicodedata import normalize

from rapidfuzz.distance import OSA

from hub.codecs.clean import unaccented
from hub.codecs.memory import remembered

_ALONE = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "ß": "ss", "æ": "ae"})
_OTHER = re.compile(r"[\W_]+")
_THRICE = re.compile(r"([^\W\d_])\1\1")


@remembered
def key(text: str) -> str:
    """Small letters and digits, accents kept: ``Van der Bérg`` → ``vanderbérg``."""
    return _OTHER.sub("", normalize("NFC", text.casefold()))


@remembered
def bare(text: str) -> str:
    """The key without accents: ``Dörte`` → ``dorte``."""
    plain = unaccented(normalize("NFC", text.casefold()))
    return _OTHER.sub("", plain.casefold().translate(_ALONE))


@remembered
def spelt_out(text: str) -> str:
    """The key with umlauts in two letters: ``Dörte`` → ``doerte``."""
    return bare(normalize("NFC", text.lower()).translate(_UMLAUTS))


@remembered
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
    return min(len(left), len(right)) >= 3 and OSA.distance(left, right, score_cutoff=1) == 1


def thrice(text: str) -> bool:
    """Whether a letter stands there three times in a row: in no name or word we know of it does."""
    return bool(_THRICE.search(text.casefold()))


def looks(text: str) -> tuple[int, int]:
    """How well a word is spelt: accents it has, and whether it is neither all capitals nor all small."""
    accents = sum(not letter.isascii() for letter in text)
    return accents, int(not (text.isupper() or text.islower()))
