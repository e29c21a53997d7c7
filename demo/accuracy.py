"""How right the hub was about who is who, against the truth the sandbox's generator kept."""

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

Record = tuple[str, str]
"""System and key."""


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Pairs of records: of those joined, how many rightly; of those that belong together, how many joined."""

    precision: float
    recall: float
    joined_pairs: int
    true_pairs: int


def pairwise(truth: Mapping[Record, Hashable], found: Mapping[Record, Hashable]) -> Accuracy:
    """Precision and recall over the records both know; without pairs both are 1."""
    both = truth.keys() & found.keys()
    right = _pairs((truth[one], found[one]) for one in both)
    joined = _pairs(found[one] for one in both)
    true = _pairs(truth[one] for one in both)
    return Accuracy(right / joined if joined else 1.0, right / true if true else 1.0, joined, true)


def _pairs(groups: object) -> int:
    return sum(size * (size - 1) // 2 for size in Counter(groups).values())  # type: ignore[call-overload,no-any-return]
