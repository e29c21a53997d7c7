"""From weighed pairs to customers: the strongest first, and two groups only by all that is known of them.

One strong pair between two groups is a weak bridge where everything else between them speaks against it. So
groups join by the mean over all pairs across that were compared: of any other nothing is known. And they
need more where a birth date or registration number differs oftener than it agrees: a father and his son of
one name must not become one by way of a record that tells no date. Nor may they where a person is asked about
two of them: a record that fits father and son alike is neither's, until somebody says whose.

A function of the set of pairs: ties go by number.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import InitVar, dataclass, field
from typing import Literal

Weighed = tuple[int, int, float, int]
"""Two records, the lower number first; the pair's bits; 1 or -1 where what is telling agrees or differs,
:data:`PERSONAL`, :data:`ASKED_ABOUT`, or :data:`TWO`; 0 for none of these."""

PERSONAL = 2
"""What is one customer's own agrees, but nothing that is so for life."""
ASKED_ABOUT = -2
"""Who may as well be two: so may the groups they are of, unless what is one's own agrees between those."""
TWO = -3
"""Who are two by themselves, for something of the two conflicts."""

DIFFER = 2.0
"""Bits more that two groups must have in which what is telling differs oftener than it agrees."""
AS_WELL = 1.0
"""Bits by which a pair may be weaker, and its two fit as well."""
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
    against: "Against | None"
    """Why they are not one; None where they are."""
    thirds: tuple[int, ...] = ()
    """Whom one of them fits as well, where they are ``torn``."""


Against = Literal["mean", "differ", "asked", "torn"]
"""``mean``: all pairs together say too little; ``differ``: so they do where what is telling differs, or a
doubt stands, oftener than it agrees; ``asked``: a person is asked about two of them, and nothing of one's own
agrees between the groups; ``torn``: one fits a third as well, who may not be, or is not, the other."""
Of = Callable[[int], Sequence[int]]
"""Record → its group, so far."""
Refused = Callable[[Sequence[int], Sequence[int], Across], None]


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
    groups, whole = _Groups(records), _Groups(records)
    for low, high in sorted(decided.same):
        whole.join(low, high)
    joins = sorted((one for one in pairs if one[2] >= accept), key=lambda one: (-one[2], one[0], one[1]))
    unsaid = [one for one in pairs if whole.lead[one[0]] != whole.lead[one[1]]]
    asked, two = (_of(unsaid, telling) for telling in (ASKED_ABOUT, TWO))
    evidence = _Evidence(pairs, joins, asked, two, together)
    for low, high, *_ in joins:
        left, right = groups.of(low), groups.of(high)
        if left is right:
            continue
        across = evidence.across(left, right, groups.of)
        if across.against:
            if refused is not None:
                refused(left, right, across)
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


def _mean(found: Sequence[tuple[float, int]]) -> float:
    return sum(bits for bits, _ in found) / len(found)


def _of(pairs: Sequence[Weighed], telling: int) -> list[Pair]:
    return [(low, high) for low, high, _, found in pairs if found == telling]


def _each(pairs: Sequence[Pair]) -> dict[int, set[int]]:
    """Record → those it is in a pair with."""
    found: dict[int, set[int]] = {}
    for low, high in pairs:
        found.setdefault(low, set()).add(high)
        found.setdefault(high, set()).add(low)
    return found


def _across(left: Sequence[int], right: Sequence[int]) -> Iterator[Pair]:
    return ((one, other) if one < other else (other, one) for one in left for other in right)


class _Evidence:
    """What is known of pairs, asked for groups."""

    def __init__(
        self,
        pairs: Sequence[Weighed],
        joins: Sequence[Weighed],
        asked: Sequence[Pair],
        two: Sequence[Pair],
        together: float,
    ) -> None:
        """``joins``: pairs that are one by themselves; ``asked``, ``two``: of whom nobody said they are."""
        self._together = together
        self._known = {
            (low, high): (min(max(bits, LEAST), MOST), telling) for low, high, bits, telling in pairs
        }
        self._asked, self._others = _each(asked), _each([*asked, *two])
        self._near = _each([(low, high) for low, high, *_ in joins if self._others])

    def across(self, left: Sequence[int], right: Sequence[int], of: Of) -> Across:
        """Of two groups."""
        found = self._found(left, right)
        told, mean = [telling for _, telling in found], _mean(found)
        differ = sum(one < 0 for one in told) > told.count(1)
        needed = self._together + (DIFFER if differ else 0.0)
        against: Against | None = None
        if mean < needed and len(left) + len(right) > 2:  # Of two single records the pair has said it.
            against = "differ" if differ else "mean"
        elif max(told) <= 0 and any(not self._asked.get(one, set()).isdisjoint(right) for one in left):
            against = "asked"
        thirds = () if against else self._thirds(left, right, mean, of) or self._thirds(right, left, mean, of)
        return Across(len(found), mean, needed, "torn" if thirds else against, thirds)

    def _thirds(self, one: Sequence[int], other: Sequence[int], mean: float, of: Of) -> tuple[int, ...]:
        """Whom one of the two groups fits as well, with all they are one with, and who are not the other."""
        near = {third for record in one for third in self._near.get(record, ())}.difference(one, other)
        groups = {of(third)[0]: of(third) for third in near}
        as_well = {
            first
            for first, group in groups.items()
            if any(not self._others.get(each, set()).isdisjoint(other) for each in group)
            and _mean(self._found(one, group)) >= mean - AS_WELL
        }
        return tuple(third for third in sorted(near) if of(third)[0] in as_well)

    def _found(self, left: Sequence[int], right: Sequence[int]) -> list[tuple[float, int]]:
        return [self._known[pair] for pair in _across(left, right) if pair in self._known]


def kept_apart(
    pair: Pair, records: int, pairs: Sequence[Weighed], accept: float, together: float, decided: Decided
) -> Across | None:
    """What was known of the groups of two records when they were kept apart last; None where it was not so.

    The arguments are those of :func:`grouped`, of which this is what happened.
    """
    last: list[Across] = []

    def note(left: Sequence[int], right: Sequence[int], across: Across) -> None:
        if {*pair} <= {*left, *right}:
            last[:] = [across]

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
