"""A firm's name in its parts, as it is compared: what it is called, what it does, which of a group it is."""

import re
from dataclasses import dataclass

from hub.identity.letters import plain
from hub.identity.vocabulary import Vocabulary

_JOINING = frozenset(
    {"en", "und", "and", "et", "the", "de", "het", "der", "die", "das", "la", "le", "les", *"tsld"}
)
_NUMBERED = re.compile(r"[0-9]+|[ivx]+|[a-z]")
"""What tells one of several of a name apart: a number, also a Roman one, or an initial."""
_LONGEST = 6
"""Words that are one legal form, at most."""


@dataclass(frozen=True, slots=True)
class Firm:
    """Plain words; empty where not told."""

    name: str = ""
    """Without its legal form and the words that join others or tell a firm of a group apart."""
    form: str = ""
    """The legal form, by one of its names: ``Limited`` is ``ltd``."""
    group: str = ""
    """``beheer``, ``holding``, ``2``: which of a group, or of several of one name, it is."""
    own: frozenset[str] = frozenset()
    """What it is called, without what it does."""
    trades: frozenset[str] = frozenset()
    """What it does."""
    sign: str = ""
    """What kind of house it is that is called by its sign: in every town there may be one."""


def firm(name: str, words: Vocabulary) -> Firm:
    """A legal name in its parts."""
    every = plain(name).split()
    forms, kept = _forms(every, words)
    kept = [one for one in kept if one not in _JOINING] or kept
    told = [one for one in kept if not _tells_apart(one, words)] or kept
    trades = frozenset(one for one in told if one in words.trades)
    own = frozenset(one for one in told if one not in trades and len(one) > 1)
    return Firm(
        " ".join(told),
        " ".join(forms),
        " ".join(sorted({one for one in kept if _tells_apart(one, words)} - {*told})),
        own,
        trades,
        min(trades, default="") if _is_sign(own, trades, words) else "",
    )


def _tells_apart(word: str, words: Vocabulary) -> bool:
    return word in words.groups or bool(_NUMBERED.fullmatch(word))


def _forms(every: list[str], words: Vocabulary) -> tuple[list[str], list[str]]:
    """The legal forms among words, by their names, and the other words; all of them where none is left."""
    forms, kept, place = [], [], 0
    while place < len(every):
        for length in range(min(_LONGEST, len(every) - place), 0, -1):
            if form := words.legal_forms.get(" ".join(every[place : place + length])):
                forms.append(form)
                place += length
                break
        else:
            kept.append(every[place])
            place += 1
    return forms, kept or every


def _is_sign(own: frozenset[str], trades: frozenset[str], words: Vocabulary) -> bool:
    """An inn has a sign, whatever it is; a shop may be called by one, or by its owner."""
    return bool(trades & words.houses) or (bool(trades) and own <= words.signs)
