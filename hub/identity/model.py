"""The matching model: weights, bands and generic values, from the reviewable file in ``mappings/``.

A score is a function of two records and a model; nothing in it depends on what else is stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Model:
    """One version of the matching rules for one kind of customer."""

    version: str
    accept: float
    """A pair at or above this is the same customer."""
    review: float
    """A pair from here up to ``accept`` is a possible match, for a steward."""
    weights: Mapping[str, float]
    """Evidence → weight, in bits: ``email.same: 9`` doubles the odds nine times."""
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

    def weight(self, evidence: str) -> float:
        """The weight of one piece of evidence; 0 where the model has none."""
        return self.weights.get(evidence, 0.0)

    def full(self, given: str) -> str:
        """A given name with its short form undone."""
        return self.nicknames.get(given, given)


def model(spec: Mapping[str, Any]) -> Model:
    """The ``matching`` section of ``customer.yml`` for one kind."""
    return Model(
        spec["version"],
        float(spec["accept"]),
        float(spec["review"]),
        {name: float(text) for name, text in spec["weights"].items()},
        frozenset(spec.get("generic", ())),
        frozenset(spec.get("legal_forms", ())),
        frozenset(spec.get("public_domains", ())),
        {short: full for full, shorts in spec.get("nicknames", {}).items() for short in shorts},
    )
