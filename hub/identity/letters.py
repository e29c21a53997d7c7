"""Texts as they are compared: in Latin letters, small, and without what stands between words."""

import re
from functools import lru_cache

from anyascii import anyascii

from hub.codecs.clean import unaccented

_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "ł": "l", "æ": "ae"})
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
