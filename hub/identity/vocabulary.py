"""Words that tell nobody apart, or mean another: from the ``matching`` section of ``customer.yml``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from nicknames import name_triplets

from hub.identity.letters import plain

NONE: frozenset[str] = frozenset()
_HERS = frozenset({"a", "e", "ia", "ina", "ine", "ette"})


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the data office knows of the words in one kind of customer's records."""

    generic: frozenset[str] = frozenset()
    """Values that identify nobody; a local part ends in @ (``info@``)."""
    legal_forms: Mapping[str, str] = field(default_factory=dict)
    """Each way to write a legal form, in plain words → its name: ``b v`` → ``bv``."""
    public_domains: frozenset[str] = frozenset()
    nicknames: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Given name → the given names it may be short for."""
    given_names: frozenset[str] = frozenset()
    """Names in their own right: two of them are two, however much alike."""
    groups: frozenset[str] = frozenset()
    """Words by which one firm of a group differs from another: ``holding``."""
    trades: frozenset[str] = frozenset()
    """What a firm does, which many do: ``bakkerij``."""
    houses: frozenset[str] = frozenset()
    """Of these, houses called by a sign, whatever it is: ``café``."""
    signs: frozenset[str] = frozenset()
    """What hangs out in many towns: ``kroon``; and the towns."""

    def is_generic(self, value: str) -> bool:
        """Whether many customers may share this value."""
        return value in self.generic or value.split("@")[0] + "@" in self.generic

    def is_shared(self, email: str) -> bool:
        """Whether a mailbox says by its name that several people read it."""
        return email.split("@")[0].split(".")[0] + "@" in self.generic

    def roots(self, given: str) -> frozenset[str]:
        """A given name and those it may be short for."""
        return self.nicknames.get(given, NONE) | _english().get(given, NONE) | {given}

    def is_name(self, given: str) -> bool:
        """Whether it is known as a given name in its own right."""
        return given in self.given_names or given in self.nicknames or given in _english()


def vocabulary(spec: Mapping[str, Any]) -> Vocabulary:
    """The ``matching`` section of ``customer.yml`` for one kind."""
    return Vocabulary(
        frozenset(spec.get("generic", ())),
        _ways(spec.get("legal_forms", {})),
        frozenset(spec.get("public_domains", ())),
        _shorts(spec.get("nicknames", {})),
        frozenset(spec.get("given_names", ())),
        frozenset(spec.get("groups", ())),
        frozenset(spec.get("trades", ())).union(spec.get("houses", ())),
        frozenset(spec.get("houses", ())),
        frozenset(
            word for one in ("signs", "towns") for text in spec.get(one, ()) for word in plain(text).split()
        ),
    )


def _ways(told: Mapping[str, Any]) -> Mapping[str, str]:
    """Way to write a legal form → its name, which is one of them."""
    return {way: name for name, ways in told.items() for way in (name, *ways)}


def _shorts(told: Mapping[str, Any]) -> Mapping[str, frozenset[str]]:
    """Name → what it may be short for; of one that nobody shortens, nothing."""
    found: dict[str, set[str]] = {}
    for full, shorts in told.items():
        found.setdefault(full, set())
        for short in shorts:
            found.setdefault(short, set()).add(full)
    return {name: frozenset(fulls) for name, fulls in found.items()}


@cache
def _english() -> Mapping[str, frozenset[str]]:
    """The same of the English names that everybody shortens alike."""
    found: dict[str, set[str]] = {}
    for full, _, short in name_triplets():
        if _of_her(full, short):
            continue
        found.setdefault(plain(full), set())
        found.setdefault(plain(short), set()).add(plain(full))
    return {name: frozenset(fulls) for name, fulls in found.items()}


def _of_her(one: str, other: str) -> bool:
    """Whether one is a man's name and the other the woman's made of it, as ``Louis`` and ``Louise``."""
    short, long = sorted((plain(one), plain(other)), key=len)
    return long.startswith(short) and long[len(short) :] in _HERS
