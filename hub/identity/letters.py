"""Texts as they are compared: in Latin letters, small, and without what stands between words."""

import re
from functools import lru_cache

from anyascii import anyascii

from hub.codecs.clean import unaccented

_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "ł": "l", "æ": "ae"})
_FLAT = {"ae": "a", "oe": "o", "ue": "u"}
_NOT_WORD = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=200_000)
def plain(text: str) -> str:
    """Small letters, digits and single spaces; umlauts as two letters, accents dropped.

    Every script is spelt in Latin letters (``Шевченко`` is ``shevchenko``): a name that would vanish is
    nobody's.
    """
    lowered = text.casefold()
    if not lowered.isascii():
        lowered = anyascii(unaccented(lowered.translate(_SPELT_OUT))).casefold()
    return _NOT_WORD.sub(" ", lowered).strip()


def flat(plain: str) -> str:
    """A plain text without its umlauts, as those write it who have none: ``moebelhaus`` is ``mobelhaus``."""
    for two, one in _FLAT.items():
        plain = plain.replace(two, one)
    return plain
