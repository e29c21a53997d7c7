"""How right the hub was about who is who, against the truth the sandbox's generator kept."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Pairs of records: of those joined, how many rightly; of those that belong together, how many joined."""

    precision: float
    recall: float
    joined_pairs: int
    true_pairs: int


def pairwise(truth: Mapping[Any, Hashable], found: Mapping[Any, Hashable]) -> Accuracy:
    """Precision and recall over the records both know, by whatever names them; without pairs both are 1."""
    both = truth.keys() & found.keys()
    right = _pairs((truth[one], found[one]) for one in both)
    joined = _pairs(found[one] for one in both)
    true = _pairs(truth[one] for one in both)
    return Accuracy(right / joined if joined else 1.0, right / true if true else 1.0, joined, true)


def _pairs(groups: Iterable[Hashable]) -> int:
    return sum(size * (size - 1) // 2 for size in Counter(groups).values())
