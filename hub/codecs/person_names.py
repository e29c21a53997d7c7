"""Dutch person names: given names, the prefix (*voorvoegsel*: van der, de, 't) and the family name.

Reading cuts the words of a name in three and never reorders, drops or recases one (``Berg, van der,
Jan`` apart: its commas say the order). Writing puts them in natural order. So what a name in one field
cannot tell (does ``Ana García López`` have two given names or two family names?) is lost on the way
through that field, always in the same way: that is this codec's projection.
"""

import re
from dataclasses import dataclass
from typing import ClassVar

from hub.codecs.clean import clean
from hub.codecs.contract import NO_HINTS, Hints
from hub.codecs.spread import filled, joined_parts
from hub.model.value import Value

_WORDS = (
    "van der den de het 't \N{RIGHT SINGLE QUOTATION MARK}t ten ter te op in aan bij onder over uit uijt "
    "voor tot toe thoe von vom zu zum zur am im auf dem du des la le del della el d' l'"
)
_PREFIXES = frozenset(_WORDS.split())
"""The Netherlands' own list (BRP table 36) as single words, less those that are given names as often
(``Les``, ``Ben``)."""

_ABBREVIATED = frozenset(("v.d.", "v/d", "vd"))
"""Only in small letters: ``V.D.`` are initials."""

_DASHES = "-\N{EN DASH}"
_SHORT = re.compile(r"(?<!\S)(v\.d\.|v/d)(?=\w)(?!v[./]d)")
_MARRIED = re.compile(rf".*[{_DASHES}](.*)")


@dataclass(frozen=True, slots=True)
class DutchName:
    """A full name: ``Jan van der Berg``, ``Berg, van der, Jan``; one word is a family name."""

    parts: ClassVar[tuple[str, ...]] = ("given_name", "family_name_prefix", "family_name")
    opinion: ClassVar[str] = "joined name"

    def read(self, raw: object, hints: Hints = NO_HINTS) -> Value | None:
        text = clean(raw, "dutch_name")
        pieces = _pieces(text or "")
        cut = _by_comma(pieces) if len(pieces) > 1 else _by_order(pieces[0] if pieces else [])
        return filled(self.parts, cut)

    def write(self, value: Value | None) -> object:
        return _written(value, "dutch_name", self.parts)


@dataclass(frozen=True, slots=True)
class DutchFamilyName:
    """A family name with its prefix: ``van der Berg``, ``v.d. Berg``, ``Berg, van der``."""

    parts: ClassVar[tuple[str, ...]] = ("family_name_prefix", "family_name")
    opinion: ClassVar[str] = "name"

    def read(self, raw: object, hints: Hints = NO_HINTS) -> Value | None:
        pieces = _pieces(clean(raw, "dutch_family_name") or "")
        if len(pieces) == 2 and _all_prefix(pieces[1]):
            return filled(self.parts, (pieces[1], pieces[0]))
        return filled(self.parts, prefix_first([word for piece in pieces for word in piece]))

    def write(self, value: Value | None) -> object:
        return _written(value, "dutch_family_name", self.parts)


def _written(value: Value | None, codec: str, parts: tuple[str, ...]) -> str | None:
    # A comma inside a part would be read as an order of its own.
    words = " ".join(joined_parts(value, codec, parts).values()).replace(",", " ").split()
    return " ".join(words) or None


def _pieces(text: str) -> list[list[str]]:
    return [words for piece in text.split(",") if (words := _SHORT.sub(r"\1 ", piece).split())]


def _by_comma(pieces: list[list[str]]) -> tuple[list[str], list[str], list[str]]:
    family, rest = pieces[0], pieces[1:]
    prefix = [word for piece in rest if _all_prefix(piece) for word in piece]
    given = [word for piece in rest if not _all_prefix(piece) for word in piece]
    if not prefix:
        given, prefix = _prefix_last(given)
    if not prefix:
        prefix, family = prefix_first(family)
    return given, prefix, family


def _by_order(words: list[str]) -> tuple[list[str], list[str], list[str]]:
    start = _family_start(words)
    return (words[:start], *prefix_first(words[start:]))


def _family_start(words: list[str]) -> int:
    """Where prefix and family name begin: at the first prefix or married name, else at the last word."""
    last = len(words) - 1
    for at, word in enumerate(words[:-1]):
        if _all_prefix([word]):
            return at
        if word in _DASHES:
            return max(at - 1, 0)
        if (married := _MARRIED.fullmatch(word)) and (not married[1] or _all_prefix([married[1]])):
            return at
    return max(last, 0)


def prefix_first(words: list[str]) -> tuple[list[str], list[str]]:
    count = 0
    while count < len(words) - 1 and _all_prefix([words[count]]):
        count += 1
    return words[:count], words[count:]


def _prefix_last(words: list[str]) -> tuple[list[str], list[str]]:
    cut = len(words)
    while cut > 1 and _all_prefix([words[cut - 1]]):
        cut -= 1
    return words[:cut], words[cut:]


def _all_prefix(words: list[str]) -> bool:
    return all(word in _ABBREVIATED or word.lower() in _PREFIXES for word in words)
