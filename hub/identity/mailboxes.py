"""What a mailbox says of who reads it, by its name: umlauts are two letters there, or one."""

import re
from collections.abc import Iterable, Sequence

from hub.identity.letters import flat
from hub.identity.vocabulary import Vocabulary

_PARTS = re.compile(r"[a-z]+")
DOTLESS = frozenset({"gmail.com", "googlemail.com"})
"""Providers to whom a dot says nothing, and who have one mailbox under either name."""
_BETWEEN = ("vander", "vanden", "vande", "van", "von", "der", "den", "ter", "ten", "de")
"""What stands before a family name, and is no more than the name."""
_BEGINS = 3
"""Letters of a given name that a mailbox may have beside the family name, at most: ``jansenpi``."""
LEAST = 5
"""Characters of a local part from which on it is hardly the same by chance."""


def one_box(email: str) -> str:
    """A mailbox by the name it has but for what its provider does not look at: a tag, and dots at some."""
    local, at, domain = email.partition("@")
    local = local.partition("+")[0] or local
    if domain in DOTLESS:
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}{at}{domain}"


def spells(email: str, given: Sequence[str], words: Vocabulary) -> bool:
    """Whether an address spells one of these given names, or a short form: no household's then."""
    local = _local(email)
    spelled = {one for one in given if len(one) > 2}
    if words.is_shared(email) or not spelled:
        return False
    if any(flat(one) in flat(local) for one in spelled):
        return True
    full = {root for one in spelled for root in words.roots(one)}
    return any(full & words.roots(one) for one in _PARTS.findall(local) if len(one) > 2)


def beside_family(email: str, family: str) -> str | None:
    """The letters a mailbox has beside a family name and its prefix; None where it has no family name."""
    joined, letters = flat(family.replace(" ", "")), flat("".join(_PARTS.findall(_local(email))))
    if len(joined) < 3 or joined not in letters:
        return None
    before, _, behind = letters.partition(joined)
    for prefix in _BETWEEN:
        before = before.removesuffix(prefix)
    return before + behind


def called_by(email: str, family: str, words: Vocabulary) -> str:
    """The given name a mailbox begins with, where no more than the family's initial is behind it."""
    name, *more = _PARTS.findall(_local(email)) or [""]
    return name if words.is_name(name) and all(family.startswith(one) for one in more) else ""


def calls_another(email: str, given: Sequence[str], family: str) -> bool:
    """Whether it has the family name and no more, or beside it a name or initial that is none of these."""
    rest = beside_family(email, family)
    return rest is not None and (not rest or (bool(given) and rest[0] not in {one[:1] for one in given}))


def has_initial(email: str, given: Sequence[str], family: str) -> bool:
    """Whether it is the family name and the initials of these given names, or how the first begins."""
    rest = beside_family(email, family) or "-"
    begins = len(rest) <= _BEGINS and bool(given) and _alike(rest, flat(given[0]))
    return begins or "".join(one[:1] for one in given).startswith(rest)


def _alike(one: str, other: str) -> bool:
    """Whether the shorter begins the other."""
    return bool(one and other) and (one.startswith(other) or other.startswith(one))


def told_by(email: str, names: Iterable[str], words: Vocabulary) -> tuple[str, bool]:
    """The local part, bare, where it is hardly the same by chance, and whether it is more than a name.

    ``("jansjansen", False)`` of a Jans Jansen, ``("zeilvos77", True)``; else an empty text.
    """
    local = _local(email)
    bare = "".join(one for one in local if one.isalnum())
    if len(bare) < LEAST or words.is_shared(email):
        return "", False
    rest = flat(bare)
    for one in sorted({flat(one) for one in names if len(one) > 1}.union(_BETWEEN), key=len, reverse=True):
        rest = rest.replace(one, "", 1)
    return bare, len(rest) > 3 and not words.is_name(rest)


def _local(email: str) -> str:
    return email.partition("@")[0]
