"""From weighed pairs to customers: the strongest first, and two groups only by all that is known of them.

One strong pair between two groups is a weak bridge where everything else between them speaks against it. So
groups join by the mean over all pairs across, a pair never compared counting as :data:`UNKNOWN`. And they
need more where a birth date or registration number differs oftener than it agrees: a father and his son of
one name must not become one by way of a record that tells no date.

A function of the set of pairs: ties go by number.
"""

from collections.abc import Sequence

Weighed = tuple[int, int, float, int]
"""Two records, the lower number first; the pair's bits; 1 or -1 where what is telling agrees or differs."""

UNKNOWN = -5.0
"""Bits of a pair that was not worth comparing."""
DIFFER = 2.0
"""Bits more that two groups must have in which what is telling differs oftener than it agrees."""
LEAST, MOST = -15.0, 25.0
"""No single pair outvotes all others."""


def grouped(records: int, pairs: Sequence[Weighed], accept: float, together: float) -> list[int]:
    """Record → the lowest number of its group."""
    known = {(low, high): (min(max(bits, LEAST), MOST), telling) for low, high, bits, telling in pairs}
    lead = list(range(records))
    members: dict[int, list[int]] = {}
    joins = sorted((one for one in pairs if one[2] >= accept), key=lambda one: (-one[2], one[0], one[1]))
    for low, high, *_ in joins:
        one, other = sorted((lead[low], lead[high]))
        if one == other:
            continue
        left, right = members.get(one, [one]), members.get(other, [other])
        if len(left) + len(right) > 2 and not _belong(left, right, known, together):
            continue
        for record in right:
            lead[record] = one
        members[one] = left + right
        members.pop(other, None)
    return lead


def _belong(
    left: Sequence[int],
    right: Sequence[int],
    known: dict[tuple[int, int], tuple[float, int]],
    together: float,
) -> bool:
    across = [
        known.get((one, other) if one < other else (other, one), (UNKNOWN, 0))
        for one in left
        for other in right
    ]
    mean = sum(bits for bits, _ in across) / len(across)
    differ = sum(telling for _, telling in across) < 0
    return mean >= together + (DIFFER if differ else 0.0)
