"""Is part of an address right? House numbers may come first, and additions and boxes in many notations."""

import re

from bench.harm.spelling import plain, same, says_nothing, spellings, two_letters, words
from bench.harm.truth import Truth
from bench.harm.verdict import Verdict
from sandbox.people.model import Address

_MARKERS = frozenset(("bus", "bte", "bt", "boite", "box", "apt", "flat", "stock", "etage", "og", "nr"))
"""Words before a box or a floor that say nothing of which."""
_TOWNS = {"denhaag": "sgravenhage", "denbosch": "shertogenbosch"}


def street(text: str | None, truth: Truth) -> Verdict:
    """Street, number, addition and box in one; less than all of them is poorer."""
    if says_nothing(text):
        return "empty"
    now = _line(text, truth.home)
    if now != "wrong":
        return now
    return "former" if any(_line(text, home) == "right" for home in truth.former_homes) else "wrong"


def postcode(text: str | None, truth: Truth) -> Verdict:
    """The first half of a Dutch or British one is poorer."""
    if says_nothing(text):
        return "empty"
    said = [_code(text, home) for home in (truth.home, *truth.former_homes)]
    if said[0] == plain(truth.home.postcode):
        return "right"
    if any(code == plain(home.postcode) for code, home in zip(said[1:], truth.former_homes, strict=True)):
        return "former"
    outward = truth.home.postcode.split()
    return "poorer" if len(outward) == 2 and said[0] == plain(outward[0]) else "wrong"


def town(text: str | None, truth: Truth) -> Verdict:
    """What stands behind it in brackets is no matter."""
    said = re.sub(r"\(.*?\)", "", text or "")
    if says_nothing(said):
        return "empty"
    said = _TOWNS.get(plain(said), said)
    if same(said, truth.home.city):
        return "right"
    return "former" if any(same(said, home.city) for home in truth.former_homes) else "wrong"


def _line(text: str | None, home: Address) -> Verdict:
    number = [word for part in (home.number, home.box) for word in words(part)]
    number = [word for word in number if word not in _MARKERS]
    for spelt in (text or "", two_letters(text)):
        said = [word for word in words(spelt) if word not in _MARKERS]
        rest = _without_street(said, home.street)
        if rest is not None:
            return "right" if rest == number else "poorer" if rest == number[: len(rest)] else "wrong"
    return "wrong"


def _without_street(said: list[str], name: str) -> list[str] | None:
    """What is left of a line once the street is taken out; None where it is not in it."""
    known = {_short(one) for one in spellings(name)}
    for start in range(len(said)):
        for end in range(start + 1, len(said) + 1):
            if _short("".join(said[start:end])) in known:
                return said[:start] + said[end:]
    return None


def _short(name: str) -> str:
    """``kerkstr`` for ``kerkstraat``."""
    return re.sub(r"(straat|strasse|str)$", "str", name)


def _code(text: str | None, home: Address) -> str:
    """Without the country in front: ``B-2000`` is 2000, but Birmingham's B12 is itself."""
    return plain(text) if home.country == "GB" else re.sub(r"^(nl|be|de|b|d)(?=[0-9])", "", plain(text))
