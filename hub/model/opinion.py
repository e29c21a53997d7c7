"""When two values are one opinion, and which of two says more: what a codec knows of its values.

All of it is asked of two values at a time, never of a chain: ``Dörte`` is ``Doerte`` and ``Dörte`` is
``Dorte``, and still ``Doerte`` is not ``Dorte``.
"""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Literal, NamedTuple, Protocol

from hub.model.instant import Instant
from hub.model.value import Value

Unit = str
"""What stands or falls together: a name has two (``given_name``, ``family_name``), all else one (``""``)."""

Standing = Literal["edited", "authority", "majority", "fuller", "undecided", "unopposed"]
"""Why a golden value stands; ``unopposed``: whoever says anything says this."""

Typed = Mapping[str, Instant]
"""What of a value was typed, and when: a part of it, or (in a name on one line) a word of it."""
RESPELT = "~"
"""Before what was typed: it says the same as what stood there."""


class Known(NamedTuple):
    """What speaks between two spellings of one name, besides how many systems have each."""

    mailboxes: frozenset[str] = frozenset()
    """The local parts of the customer's own mailboxes."""
    given: frozenset[str] = frozenset()
    """Given names that many have, as they are compared."""
    family: frozenset[str] = frozenset()
    short: Mapping[str, frozenset[str]] = MappingProxyType({})
    """Given name → the full names it may stand for, itself where it is one."""
    towns: frozenset[str] = frozenset()
    """Towns there are, as they are compared."""
    streets: frozenset[str] = frozenset()
    """Streets that many places have."""
    forms: frozenset[str] = frozenset()
    """Words of a legal form: ``bv``, ``gmbh``."""


NOTHING_KNOWN = Known()


class Opinion(Protocol):
    """What two values of one field are to each other. ``None`` is no value, and never asked about."""

    @property
    def units(self) -> Mapping[Unit, tuple[str, ...]]:
        """Unit → its parts; () where the whole value is the unit."""
        ...

    def same(self, unit: Unit, left: Value, right: Value) -> bool:
        """Whether both say the same, however they are spelt."""
        ...

    def covers(self, unit: Unit, fuller: Value, other: Value) -> bool:
        """Whether ``fuller`` says all that ``other`` says, and more."""
        ...

    def empties(self, unit: Unit, gone: Value, other: Value) -> bool:
        """Whether who empties ``gone`` empties ``other`` with it: it says the same, or less of the same."""
        ...

    def spelt(self, unit: Unit, value: Value) -> tuple[int, ...]:
        """How well a value is spelt among those of one opinion; more is better."""
        ...

    def settles(self, unit: Unit, rivals: Sequence[Value], known: Known) -> bool:
        """Whether a majority may decide between these: they may be slips of one value."""
        ...

    def evidence(self, unit: Unit, rivals: Sequence[Value], known: Known) -> Value | None:
        """The one of these for which something else speaks; None where nothing does."""
        ...

    def dated(self, unit: Unit, rivals: Sequence[Value]) -> bool:
        """Whether each may have been right in its time: then a later record may speak."""
        ...

    def shared(self, unit: Unit, rivals: Sequence[Value]) -> Value | None:
        """What all of these say; None where they share nothing."""
        ...

    def poor(self, unit: Unit, value: Value, rivals: Sequence[Value]) -> bool:
        """Whether a value says too little to win by a majority: initials, a house without its door."""
        ...

    def conflicts(self, unit: Unit, left: Value, right: Value, known: Known) -> bool:
        """Whether two of one customer cannot both say this truly, not even with a slip."""
        ...

    def typed(self, before: Sequence[Value], after: Value) -> frozenset[str]:
        """What of ``after`` somebody typed who saw one of ``before`` (the base first); keys of Typed."""
        ...

    def claimed(self, earlier: Value, before: Sequence[Value], after: Value) -> Value:
        """What is said where ``after`` was typed over the hub's ``before``, and ``earlier`` was said."""
        ...

    def answered(self, value: Value) -> frozenset[str]:
        """What of a value somebody typed who answered with it as it is; none for a value without parts."""
        ...

    def kept(self, typed: Typed, earlier: Value, now: Value) -> Typed:
        """What of ``typed`` still holds where ``now`` is said in place of ``earlier``."""
        ...

    def typed_at(
        self, unit: Unit, value: Value, typed: Typed, before: Sequence[Value] = ()
    ) -> Instant | None:
        """When a unit of a value was last typed; None where it was not. ``before``: what was typed over."""
        ...

    def moved_at(self, typed: Typed) -> Instant | None:
        """When another thing as a whole was last typed (a move); None where there is no such thing."""
        ...

    def whole(self, value: Value, typed: Typed) -> bool:
        """Whether all of a value was typed, where nothing stood before."""
        ...

    def righted_at(self, typed: Typed) -> Instant | None:
        """When that by which the thing is known was last put right by itself; None where it was not."""
        ...

    def aligned(self, value: Value, reference: Value) -> Value:
        """The value cut into its parts as the reference is, where both may be the same line."""
        ...

    def amended(self, value: Value, typed: Typed, others: Sequence[tuple[Value, Typed]]) -> Value:
        """The value with what others typed later into the very same thing."""
        ...

    def fitted(self, value: Value, holds: Collection[str] | None) -> Value:
        """The value as a system with room for these parts can hold it, losing as little as may be."""
        ...

    def completed(
        self, value: Value, holds: Collection[str] | None, other: Value, *, slips: bool = False
    ) -> Value:
        """The value with what ``other``, of the same thing, has and its system has no room for.

        ``slips``: also with what a slip of it has and it lacks.
        """
        ...


def unit_of(opinion: Opinion, unit: Unit, value: Value | None) -> Value | None:
    """A unit's share of a value; None where it has none."""
    parts = opinion.units[unit]
    if not parts or not isinstance(value, dict):
        return value
    share: dict[str, Value] = {name: value[name] for name in parts if name in value}
    return share or None


def all_said(opinion: Opinion, less: Value, full: Value, *, covered: bool = False) -> bool:
    """Whether ``full`` says all that ``less`` says, both cut alike; ``covered``: or more than that."""
    for unit in opinion.units:
        mine, theirs = unit_of(opinion, unit, less), unit_of(opinion, unit, full)
        if mine is None or mine == theirs:
            continue
        if theirs is None or not (
            opinion.same(unit, mine, theirs) or (covered and opinion.covers(unit, theirs, mine))
        ):
            return False
    return True


def joined_units(opinion: Opinion, shares: Mapping[Unit, Value | None]) -> Value | None:
    """The value whose units these are; None where all are empty."""
    if list(opinion.units) == [""]:
        return shares.get("")
    whole: dict[str, Value] = {}
    for unit in opinion.units:
        share = shares.get(unit)
        if isinstance(share, dict):
            whole |= share
    return whole or None
