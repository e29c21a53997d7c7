"""A firm's name in its parts, as it is compared: what it is called, what it does, which of a group it is."""

from dataclasses import dataclass

from hub.identity.letters import plain
from hub.identity.vocabulary import Vocabulary

_JOINING = frozenset({"en", "und", "and", "et", "the", "de", "het", "der", "die", "das", "la", "le", "les"})


@dataclass(frozen=True, slots=True)
class Firm:
    """Plain words; empty where not told."""

    name: str = ""
    """Without its legal form and the words that join others or tell a firm of a group apart."""
    form: str = ""
    """The legal form, its letters together: ``B.V.`` and ``bv`` are one."""
    group: str = ""
    """``beheer``, ``holding``: which firm of a group it is."""
    own: frozenset[str] = frozenset()
    """What it is called, without what it does."""
    trades: frozenset[str] = frozenset()
    """What it does."""


def firm(name: str, words: Vocabulary) -> Firm:
    """A legal name in its parts."""
    every = plain(name).split()
    kept = [one for one in every if one not in words.legal_forms]
    told = [one for one in kept if one not in words.groups and one not in _JOINING] or kept or every
    own = [one for one in told if one not in words.trades and len(one) > 1]
    return Firm(
        " ".join(told),
        "".join(one for one in every if one in words.legal_forms),
        " ".join(sorted({one for one in kept if one in words.groups} - {*told})),
        frozenset(own),
        frozenset(one for one in told if one in words.trades),
    )
