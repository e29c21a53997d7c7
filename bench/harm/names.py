"""Is a name right? Nicknames, prefixes and double names as people write them."""

import re
from itertools import product

from bench.harm.spelling import plain, same, says_nothing, spellings, words
from bench.harm.truth import Truth
from bench.harm.verdict import Verdict
from sandbox.people.model import Name
from sandbox.people.naming import full_family
from sandbox.people.words.given import SHORT

_PARTICLES = frozenset(("van", "de", "der", "den", "t", "in", "op", "uit", "ter", "ten", "te", "aan"))
_RANK: dict[Verdict, int] = {"right": 3, "former": 2, "poorer": 1, "empty": 0, "wrong": 0}


def given(text: str | None, truth: Truth) -> Verdict:
    """A nickname is right, an initial poorer."""
    if says_nothing(text):
        return "empty"
    usual = (truth.given, SHORT.get(truth.given, truth.given))
    first, *rest = (text or "").split()
    if any(same(text, one) for one in usual):
        return "right"
    if any(same(first, one) for one in usual) and _further(" ".join(rest), truth.others):
        return "right"
    return "poorer" if any(_initials(text, (one, *truth.others)) for one in usual) else "wrong"


def family(text: str | None, truth: Truth) -> Verdict:
    """``Berg, van der`` and ``v.d. Berg`` are right; without the prefix, or half a double name, is poorer."""
    if says_nothing(text):
        return "empty"
    said = spellings(_turned(text or ""))
    if said & _full(truth.name):
        return "right"
    if any(said & _full(name) for name in truth.former_names):
        return "former"
    return "poorer" if said & _partly(truth.name) else "wrong"


def parted(line: str | None, truth: Truth) -> tuple[str, str]:
    """A name in one line as given and family name, in the way that makes the most of it."""
    first, _, behind = (line or "").partition(",")
    said = behind.split() if behind else first.split()
    usual = 1 if behind or len(said) > 1 else 0
    ways = [
        (" ".join(said[:at]), _family_of(said[at:], first if behind else "")) for at in range(len(said) + 1)
    ]

    def worth(at: int) -> tuple[int, int]:
        one, other = ways[at]
        return _RANK[given(one, truth)] + _RANK[family(other, truth)], -abs(at - usual)

    return ways[max(range(len(ways)), key=worth)]


def _family_of(said: list[str], before_comma: str) -> str:
    return " ".join([*said, before_comma] if before_comma else said)


def _further(text: str, others: tuple[str, ...]) -> bool:
    return same(text, " ".join(others)) or _initials(text, others)


def _initials(text: str | None, names: tuple[str, ...]) -> bool:
    """Whether it is the first letters of these names, or of the first few: ``J.``, ``J.P.``, ``JP``."""
    return plain("".join(one[0] for one in names)).startswith(plain(text)) and bool(plain(text))


def _turned(text: str) -> str:
    """``Berg, van der`` as ``van der Berg``."""
    one, _, other = text.partition(",")
    return f"{other.strip()} {one.strip()}" if other.strip() else one


def _full(name: Name) -> frozenset[str]:
    ways = [[f"{prefix} {stem}" for prefix in _prefixes(prefix)] for prefix, stem in _halves(name)]
    return frozenset(one for way in product(*ways) for one in spellings(" ".join(way)))


def _partly(name: Name) -> frozenset[str]:
    """One half of a double name, a name without its prefix, its first letter."""
    halves = _halves(name)
    some = [f"{prefix} {stem}" for half, stem in halves for prefix in ("", *_prefixes(half))]
    some += [" ".join(stem for _, stem in halves), plain(halves[0][1])[:1]]
    return frozenset(one for text in some for one in spellings(text))


def _halves(name: Name) -> list[tuple[str, str]]:
    """(prefix, stem) of each name in a name: ``de Vries-van Dam`` has two, ``Jansen de Vries`` too."""
    halves: list[tuple[list[str], list[str]]] = []
    for piece in re.split(r"\s*-\s*", full_family(name)):
        halves.append(([], []))
        for word in piece.split():
            if plain(word) in _PARTICLES:
                halves += [([], [])] if halves[-1][1] else []
                halves[-1][0].append(word)
            else:
                halves[-1][1].append(word)
    return [(" ".join(prefix), " ".join(stem)) for prefix, stem in halves if prefix or stem]


def _prefixes(prefix: str) -> set[str]:
    """``van der``, ``v d``, ``v der``, ``van d``."""
    said = words(prefix)
    ways = {"".join(one) for one in product(*([word, word[0]] for word in said))}
    # The sandbox's clerks, as many of ours, write v.d. for van den, van der and van de alike.
    return ways | {prefix}
