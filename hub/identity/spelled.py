"""The words a customer is, or was, called by, as they are looked up: without accents, apostrophes or case.

Whoever looks somebody up types a name in any order, with a prefix in front, behind or left out.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache

from hub.codecs.clean import unaccented
from hub.identity.letters import plain
from hub.identity.personal import PREFIXES
from hub.identity.vocabulary import Vocabulary
from hub.model.value import Value

LONGEST = 64
"""Characters of a word that are kept."""
_APOSTROPHES = re.compile(
    "['`\N{ACUTE ACCENT}\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\u02bc]"
)
_BETWEEN = re.compile('[\\s,;:/.()&+_"\N{HYPHEN}-\N{HORIZONTAL BAR}-]+')
_SAID = ("given_name", "family_name")
Forms = frozenset[str]
"""One word in each spelling it is looked up by: ``Müller`` is ``mueller`` and ``muller``."""


def words_of(versions: Iterable[Mapping[str, Value]], words: Vocabulary) -> list[str]:
    """Every word by which a record can be looked up, in order: of what its people say and said.

    An address that many share (``info@``) is a word too, for it is no key by which customers are compared.
    """
    found: set[str] = set()
    for said in versions:
        found.update(*map(_all, _names(said)))
        emails = said.get("emails")
        for one in emails if isinstance(emails, list) else ():
            if words.is_generic(str(one)):
                found.add(str(one)[:LONGEST])
    return sorted(found - PREFIXES)


def _names(said: Mapping[str, Value]) -> Iterator[str]:
    name = said.get("name")
    if isinstance(name, dict):
        yield from (str(name[part]) for part in _SAID if part in name)
    if firm := said.get("legal_name"):
        yield str(firm)


@lru_cache(maxsize=200_000)
def _all(text: str) -> Forms:
    """The words of a name, in each spelling; of one with an apostrophe in it what stands behind that too."""
    pieces = [*_BETWEEN.split(text)]
    pieces += [parts[-1] for one in pieces if len(parts := _APOSTROPHES.split(one)) > 1]
    return frozenset(form for one in pieces for form in forms(one))


def forms(piece: str) -> Forms:
    """One word as it is looked up; empty for what has no letter or digit, and for an initial."""
    bare = _APOSTROPHES.sub("", piece)
    spelled = {plain(bare), plain(unaccented(bare))}
    return frozenset(one.replace(" ", "")[:LONGEST] for one in spelled if len(one) > 1)


def sought(asked: str, idle: Collection[str] = ()) -> list[Forms]:
    """The words somebody typed, without prefixes and other ``idle`` ones (``bv``), unless that is all."""
    every = [one for piece in _BETWEEN.split(asked) if (one := forms(piece))]
    told = [one for one in every if not one <= PREFIXES.union(idle)]
    return list(dict.fromkeys(told or every))
