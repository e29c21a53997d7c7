"""When two texts are one, however they are spelt: capitals, spaces, points and accents apart."""

import re
import unicodedata

_ONE_LETTER = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "ł": "l"})
_TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa"})
FILLERS = frozenset(
    {"", "unknown", "onbekend", "0000aa", "19000101", "0000000000", "0612345678", "31612345678"}
)
"""What stands in a field only so that something does."""


def plain(text: str | None) -> str:
    """Lower-case ASCII letters and digits, accents dropped: ``Müller-Lüders`` → ``mullerluders``."""
    return re.sub(r"[^a-z0-9]", "", _ascii(text or ""))


def spellings(text: str | None) -> frozenset[str]:
    """The text plain, and with German umlauts as two letters: ``muller``, ``mueller``."""
    return frozenset({plain(text), plain(two_letters(text))})


def same(one: str | None, other: str | None) -> bool:
    """Whether both are one word or line, each in some usual spelling."""
    return bool(spellings(one) & spellings(other))


def words(text: str | None) -> list[str]:
    """Runs of letters and runs of digits, plain; ``St John's 12A`` → ``st``, ``johns``, ``12``, ``a``."""
    apart = _ascii(text or "").replace("'", "").replace("\u2019", "")
    return re.findall(r"[a-z]+|[0-9]+", apart)


def says_nothing(text: str | None) -> bool:
    """Whether a field is empty, or filled with a filler."""
    return plain(text) in FILLERS


def two_letters(text: str | None) -> str:
    """German umlauts as two letters, small: ``Müller`` → ``mueller``."""
    return (text or "").lower().translate(_TWO_LETTERS)


def _ascii(text: str) -> str:
    split = unicodedata.normalize("NFKD", text.lower().translate(_ONE_LETTER))
    return "".join(c for c in split if not unicodedata.combining(c))
