"""What is put to the vote: who says what of one unit of a field, and what came of it. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from hub.model.instant import Instant
from hub.model.keys import RecordKey
from hub.model.opinion import Known, Opinion, Standing, Typed, Unit
from hub.model.value import Value

NOT_TYPED: Typed = MappingProxyType({})


class Vote(NamedTuple):
    """What one record says about one unit of a field."""

    record: RecordKey
    says: Value
    touched: Instant
    """When the record was last touched before this was read: no word on when the field was typed."""
    edited: Instant | None = None
    """When somebody typed it over something else; None at first sight."""
    typed: Typed = NOT_TYPED
    made: Instant | None = None
    """When the record was made, where a person made it and its system tells."""
    overwritten: bool = False
    shortened: bool = False
    """Whoever typed it saw more there: what is missing he took away."""
    holds: Collection[str] | None = None
    default: bool = False
    """The vendor may have filled it in by itself."""
    answered: bool = False
    """The owner of the field answered so."""
    respelt: bool = False
    """What was typed says the same as what stood there: it undoes nobody's change."""
    spans: Mapping[Instant, Instant] = MappingProxyType({})
    """A moment at which something was typed → the moment after which it was."""
    first: Instant = ""
    """When what nobody typed was first seen, where something else of it was typed since."""
    kept: Sequence[Value] = ()
    """What was refused in its place: by a person, it may be, who knows better."""

    def after(self, at: Instant) -> Instant:
        """What was typed ``at`` (at the latest) was typed after this."""
        return self.spans.get(at, at)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of the opinions between which nothing decides."""

    value: Value
    records: tuple[RecordKey, ...]
    """Whose people say so, or something it covers."""
    typed: bool = False
    """Somebody typed it over something else."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What stands of a unit."""

    value: Value | None
    standing: Standing
    winner: Vote | None = None
    candidates: tuple[Candidate, ...] = ()
    """Where undecided: the opinions, those of most systems first."""
    filled: Mapping[str, RecordKey] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ballot:
    """One unit of one field, its opinion, and what else is known."""

    opinion: Opinion
    unit: Unit
    known: Known
    by_time: bool = True
    """Whether a record made after the other was last touched may speak."""

    def same(self, left: Vote, right: Vote) -> bool:
        return left.says == right.says or self.opinion.same(self.unit, left.says, right.says)

    def rivals(self, one: Vote, other: Vote) -> bool:
        """Whether they say different things, and neither says all that the other does."""
        return not (self.same(one, other) or self.covers(one, other) or self.covers(other, one))

    def covers(self, fuller: Vote, other: Vote) -> bool:
        return fuller.says != other.says and self.opinion.covers(self.unit, fuller.says, other.says)
