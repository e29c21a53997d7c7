"""From scored pairs and judgements to clusters: strongest first, and never across a cannot-link.

The result is a function of the set of records, pairs and judgements. Pairs are taken by weight, ties
by name; a union that would put two incompatible records together is left out, so a cannot-link cuts
the weakest connection between the two.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from hub.model.keys import RecordKey

Incompatible = Callable[[RecordKey, RecordKey], bool]


@dataclass(frozen=True, slots=True)
class Edge:
    """A reason to join two records; a steward's must-link has no rival."""

    left: RecordKey
    right: RecordKey
    weight: float
    judged: bool = False

    def rank(self) -> tuple[bool, float, RecordKey, RecordKey]:
        """Judgements first, then the strongest, then by name."""
        low, high = sorted((self.left, self.right))
        return (not self.judged, -self.weight, low, high)


def clusters(
    records: Iterable[RecordKey], edges: Iterable[Edge], incompatible: Incompatible
) -> list[frozenset[RecordKey]]:
    """The partition of ``records``, in the order of their smallest members."""
    groups: dict[RecordKey, set[RecordKey]] = {record: {record} for record in records}
    for edge in sorted(edges, key=Edge.rank):
        left, right = groups[edge.left], groups[edge.right]
        if left is right or (not edge.judged and _clash(left, right, incompatible)):
            continue
        small, large = sorted((left, right), key=len)
        large |= small
        for record in small:
            groups[record] = large
    distinct = {id(group): group for group in groups.values()}.values()
    return sorted((frozenset(group) for group in distinct), key=min)


def _clash(left: set[RecordKey], right: set[RecordKey], incompatible: Incompatible) -> bool:
    return any(incompatible(one, other) for one in left for other in right)
