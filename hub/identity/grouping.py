"""From weighed pairs to customers: the strongest first, and two groups only by all that is known of them.

One strong pair between two groups is a weak bridge where everything else between them speaks against it. So
groups join by the mean over all pairs across that were compared: of any other nothing is known. And they
need more where a birth date or registration number differs oftener than it agrees: a father and his son of
one name must not become one by way of a record that tells no date.

A function of the set of pairs: ties go by number.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import InitVar, dataclass, field

Weighed = tuple[int, int, float, int]
"""Two records, the lower number first; the pair's bits; 1 or -1 where what is telling agrees or differs."""

DIFFER = 2.0
"""Bits more that two groups must have in which what is telling differs oftener than it agrees."""
LEAST, MOST = -15.0, 25.0
"""No single pair outvotes all others."""


Pair = tuple[int, int]
"""Two records, the lower number first."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What people decided about pairs; no evidence outweighs it."""

    same: frozenset[Pair] = frozenset()
    """One customer, whatever else is known: of a contradiction, this stands."""
    apart: frozenset[Pair] = frozenset()
    """Two customers, and so are all who are one with either."""


NOTHING = Decided()


@dataclass(frozen=True, slots=True)
class Across:
    """What all compared pairs between two groups say of them."""

    pairs: int
    mean: float
    """Bits of a pair."""
    needed: float
    """The mean from which on the two are one."""
    differ: bool
    """What is telling differs oftener than it agrees, so that more is needed."""


Refused = Callable[[Sequence[int], Sequence[int]], None]


def grouped(
    records: int,
    pairs: Sequence[Weighed],
    accept: float,
    together: float,
    decided: Decided = NOTHING,
    refused: Refused | None = None,
) -> list[int]:
    """Record → the lowest number of its group. ``refused`` is told of two groups that were not joined.

    What people say is one brings together all that either is one with. It adds nothing to the evidence: a
    record the hub made itself tells nothing, and must not tear apart those it was made for.
    """
    known = _bounded(pairs)
    groups, whole = _Groups(records), _Groups(records)
    for low, high in sorted(decided.same):
        whole.join(low, high)
    joins = sorted((one for one in pairs if one[2] >= accept), key=lambda one: (-one[2], one[0], one[1]))
    for low, high, *_ in joins:
        left, right = groups.of(low), groups.of(high)
        if left is right:
            continue
        if not _alike(left, right, known, together):
            if refused is not None:
                refused(left, right)
            continue
        if decided.apart.isdisjoint(_across(whole.of(low), whole.of(high))):
            groups.join(low, high)
            whole.join(low, high)
    return whole.lead


@dataclass(slots=True)
class _Groups:
    """Records in groups, each led by its lowest number."""

    records: InitVar[int]
    lead: list[int] = field(init=False)
    members: dict[int, list[int]] = field(default_factory=dict)

    def __post_init__(self, records: int) -> None:
        self.lead = list(range(records))

    def of(self, record: int) -> list[int]:
        """The group of a record, always the same list."""
        return self.members.setdefault(self.lead[record], [self.lead[record]])

    def join(self, one: int, other: int) -> None:
        """Make one group of two."""
        left, right = sorted((self.of(one), self.of(other)), key=lambda group: self.lead[group[0]])
        if left is right:
            return
        del self.members[self.lead[right[0]]]
        for record in right:
            self.lead[record] = self.lead[left[0]]
        left += right


def _across(left: Sequence[int], right: Sequence[int]) -> Iterator[Pair]:
    return ((one, other) if one < other else (other, one) for one in left for other in right)


def _bounded(pairs: Sequence[Weighed]) -> dict[Pair, tuple[float, int]]:
    return {(low, high): (min(max(bits, LEAST), MOST), telling) for low, high, bits, telling in pairs}


def _alike(
    left: Sequence[int], right: Sequence[int], known: Mapping[Pair, tuple[float, int]], together: float
) -> bool:
    """Whether the evidence says two groups are one; of two single records it does already."""
    if len(left) + len(right) == 2:
        return True
    found = _all_across(left, right, known, together)
    return found.mean >= found.needed


def _all_across(
    left: Sequence[int], right: Sequence[int], known: Mapping[Pair, tuple[float, int]], together: float
) -> Across:
    found = [known[pair] for pair in _across(left, right) if pair in known]
    mean = sum(bits for bits, _ in found) / len(found)
    differ = sum(telling for _, telling in found) < 0
    return Across(len(found), mean, together + (DIFFER if differ else 0.0), differ)


def kept_apart(
    pair: Pair, records: int, pairs: Sequence[Weighed], accept: float, together: float, decided: Decided
) -> Across | None:
    """What was known of the groups of two records when they were kept apart last; None where it was not so.

    The arguments are those of :func:`grouped`, of which this is what happened.
    """
    last: list[Across] = []
    known = _bounded(pairs)

    def note(left: Sequence[int], right: Sequence[int]) -> None:
        if {*pair} <= {*left, *right}:
            last[:] = [_all_across(left, right, known, together)]

    grouped(records, pairs, accept, together, decided, note)
    return last[0] if last else None


def chain(pair: Pair, pairs: Sequence[Weighed], accept: float, decided: Decided) -> list[int]:
    """By way of which others two records are one: the fewest; empty where there is no such way."""
    near: dict[int, set[int]] = {}
    for one, other in (*((low, high) for low, high, bits, _ in pairs if bits >= accept), *decided.same):
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    ways, seen = [[pair[0]]], {pair[0]}
    for way in ways:
        if way[-1] == pair[1]:
            return way[1:-1]
        fresh = sorted(near.get(way[-1], set()) - seen)
        seen.update(fresh)
        ways += [[*way, one] for one in fresh]
    return []
