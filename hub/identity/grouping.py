"""From weighed pairs to customers: the strongest first, and two groups only by all that is known of them.

One strong pair between two groups is a weak bridge where everything else between them speaks against it. So
groups join by the mean over all pairs across, a pair never compared counting as :data:`UNKNOWN`. A function
of the set of pairs: ties go by number.
"""

from collections.abc import Iterable, Sequence

Weighed = tuple[int, int, float]
"""Two records, the lower number first, and the bits of the pair."""

UNKNOWN = -5.0
"""Bits of a pair that was not worth comparing."""
LEAST, MOST = -15.0, 25.0
"""No single pair outvotes all others."""


def grouped(records: int, pairs: Sequence[Weighed], accept: float, together: float) -> list[int]:
    """Record → the lowest number of its group."""
    known = {(low, high): min(max(bits, LEAST), MOST) for low, high, bits in pairs}
    lead = list(range(records))
    members: dict[int, list[int]] = {}
    joins = sorted((one for one in pairs if one[2] >= accept), key=lambda one: (-one[2], one[0], one[1]))
    for low, high, _ in joins:
        one, other = sorted((lead[low], lead[high]))
        if one == other:
            continue
        left, right = members.get(one, [one]), members.get(other, [other])
        if len(left) + len(right) > 2 and _mean(left, right, known) < together:
            continue
        for record in right:
            lead[record] = one
        members[one] = left + right
        members.pop(other, None)
    return lead


def _mean(left: Iterable[int], right: Sequence[int], known: dict[tuple[int, int], float]) -> float:
    bits = [
        known.get((one, other) if one < other else (other, one), UNKNOWN) for one in left for other in right
    ]
    return sum(bits) / len(bits)
