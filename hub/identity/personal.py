"""A person's name in its parts, as it is compared: what is no name is taken out, and said for what it is."""

from collections.abc import Mapping
from dataclasses import dataclass

from hub.identity.letters import plain

PREFIXES = frozenset(
    ["v", "d", "vd", "van", "von", "de", "den", "der", "het", "t", "ten", "ter", "te", "op", "in"]
)
"""Of family names, as they are compared: they tell nobody apart."""
_TITLES = frozenset(
    {
        *("dr", "drs", "ir", "ing", "mr", "mrs", "ms", "mw", "mevr", "mevrouw", "dhr", "heer", "prof"),
        *("professor", "doctor", "herr", "frau", "mme", "mlle", "madame", "monsieur", "sir", "lady", "rev"),
        *("phd", "msc", "bsc", "mba", "llm", "esq"),
    }
)
_MARKS = {
    **dict.fromkeys(("jr", "jnr", "jun", "junior", "fils"), "jr"),
    **dict.fromkeys(("sr", "snr", "sen", "senior", "pere"), "sr"),
    **{one: one for one in ("ii", "iii", "iv")},
}
"""Which of several generations of one name."""
_SHORT = frozenset({"jr", "jnr", "sr", "snr", "ii", "iii", "iv"})
"""Those that are no family name: somebody may be called Senior."""
_INITIALS = 4
"""Capitals that may be initials written together, at most."""


@dataclass(frozen=True, slots=True)
class Personal:
    """Plain words; empty where not told."""

    given: str = ""
    """The first given name, or its initial."""
    second: str = ""
    """Those after it."""
    family: str = ""
    """Without its prefix: ``van der Berg`` and ``v.d. Berg`` are one name."""
    mark: str = ""
    """``jr``, ``sr`` or a number: which of several of one name."""


def personal(name: Mapping[str, str]) -> Personal:
    """The name of a person. ``name``: given_name, family_name."""
    given, family = name.get("given_name", ""), name.get("family_name", "")
    first = plain(_parted(given, family)).split()
    last = plain(family).split()
    first, last = _recut(first, last)
    marks = [_MARKS[one] for some in (first, last) for one in _taken(some, _MARKS)]
    for some in (first, last):
        _taken(some, _TITLES)
    while len(first) > 1 and first[-1] in PREFIXES:
        del first[-1]
    while len(last) > 1 and last[0] in PREFIXES:
        del last[0]
    return Personal(
        first[0] if first else "", " ".join(first[1:]), " ".join(last), marks[-1] if marks else ""
    )


def _recut(first: list[str], last: list[str]) -> tuple[list[str], list[str]]:
    """A whole name whose mark was taken for a part of it: ``Jan Berg Jr`` and ``Jan Berg, Jr.``."""
    if len(first) > 1 and len(last) == 1 and last[0] in _SHORT:
        return first[:-1], [first[-1], *last]
    if len(last) > 1 and len(first) == 1 and first[0] in _SHORT:
        return last[:1], [*last[1:], *first]
    return first, last


def _parted(given: str, family: str) -> str:
    """``JB`` as ``J B``, where the family name shows that not all is written in capitals."""
    if 2 <= len(given) <= _INITIALS and given.isalpha() and given.isupper() and not family.isupper():
        return " ".join(given)
    return given


def _taken(some: list[str], words: Mapping[str, str] | frozenset[str]) -> list[str]:
    """What of these words is in ``some``, and is taken out of it; never the only one."""
    found = [one for one in some if one in words][: max(len(some) - 1, 0)]
    for one in found:
        some.remove(one)
    return found
