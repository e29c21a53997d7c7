"""Words that tell nobody apart, or mean another: from the ``matching`` section of ``customer.yml``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the data office knows of the words in one kind of customer's records."""

    generic: frozenset[str] = frozenset()
    """Values that identify nobody; a local part ends in @ (``info@``)."""
    legal_forms: frozenset[str] = frozenset()
    public_domains: frozenset[str] = frozenset()
    nicknames: Mapping[str, str] = field(default_factory=dict)
    """Short form → full given name."""

    def is_generic(self, value: str) -> bool:
        """Whether many customers may share this value."""
        return value in self.generic or value.split("@")[0] + "@" in self.generic

    def is_shared(self, email: str) -> bool:
        """Whether a mailbox says by its name that several people read it."""
        return email.split("@")[0].split(".")[0] + "@" in self.generic

    def full(self, given: str) -> str:
        """A given name with its short form undone."""
        return self.nicknames.get(given, given)


def vocabulary(spec: Mapping[str, Any]) -> Vocabulary:
    """The ``matching`` section of ``customer.yml`` for one kind."""
    return Vocabulary(
        frozenset(spec.get("generic", ())),
        frozenset(spec.get("legal_forms", ())),
        frozenset(spec.get("public_domains", ())),
        {short: full for full, shorts in spec.get("nicknames", {}).items() for short in shorts},
    )
