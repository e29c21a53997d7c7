"""What a field is decided from and what it comes to: testimonies, the case, the verdict. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from hub.golden.claims import Claim
from hub.golden.vote import Candidate
from hub.model.instant import Instant
from hub.model.keys import RecordKey
from hub.model.opinion import NOTHING_KNOWN, Known, Opinion, Standing, Unit
from hub.model.rule import Rule
from hub.model.value import Value, canonical


class Testimony(NamedTuple):
    """One record's say about one field."""

    record: RecordKey
    claim: Claim
    overwritten: bool = False
    """The hub has since put another value there."""
    retired: bool = False
    """The record was deleted, or what it says is read elsewhere by now: what was said stands, a fact goes."""
    holds: frozenset[str] | None = None
    """The parts of a composite value this system can hold; None for all."""
    made: Instant | None = None
    """When a person made the record, where its system tells."""
    answered: bool = False
    """The owner of the field said so where nothing decided: no authority stands above that."""
    shows: Value | None = None
    """What stands there by now, or soon will: a unit of it may still be as it was said."""
    kept: tuple[Value, ...] = ()
    """What was not to be written there: who refused that kept what is said."""
    opinion: Opinion | None = None
    """How this very system's values are cut, where that is not as the field's are (a name on one line)."""

    @property
    def says(self) -> Value:
        """The claimed value of a claim that is no removal."""
        if self.claim.value is None:
            raise ValueError("a removal says no value")
        return self.claim.value


@dataclass(frozen=True, slots=True)
class Verdict:
    """A golden value and where it comes from."""

    value: Value | None
    """Of what is undecided only what all candidates share."""
    rule: str
    winner: RecordKey | None = None
    at: Instant | None = None
    filled: Mapping[str, RecordKey] = field(default_factory=dict)
    """Part → record, for parts that are not the winner's."""
    losers: tuple[Testimony, ...] = ()
    overruled: tuple[Testimony, ...] = ()
    """Edits and removals made after the winning claim, or against it: their authors are told why."""
    standing: Mapping[Unit, Standing] = field(default_factory=dict)
    """Unit → why it stands; a unit that is not there stands unopposed."""
    candidates: Mapping[Unit, tuple[Candidate, ...]] = field(default_factory=dict)
    """Unit → between whom nothing decides."""
    typed: Instant | None = None
    """What stands was typed, or emptied, after this; None where nobody typed it over something else."""
    typed_of: Mapping[str, Instant] = field(default_factory=dict)
    """Unit, or element of a list → the same of it alone, where there are several."""


@dataclass(frozen=True, slots=True)
class Pin:
    """A steward's override of one golden field."""

    value: Value | None
    who: str
    why: str
    at: Instant
    until: Instant | None = None


class Case(NamedTuple):
    """What is decided: one field of one customer, and all that is known beside its testimonies."""

    rule: Rule
    opinion: Opinion
    known: Known = NOTHING_KNOWN
    identifies: bool = False
    """Two values that conflict may be two customers: no authority decides between those."""
    may_be_two: bool = False
    """What tells customers apart differs in this one, and nobody confirmed it: no later record speaks."""


def values(testimonies: Iterable[Testimony]) -> tuple[Testimony, ...]:
    """Those that say a value, in order."""
    return tuple(sorted((one for one in testimonies if one.claim.value is not None), key=by_record))


def by_record(one: Testimony) -> tuple[RecordKey, str]:
    """The order in which testimonies are told."""
    return one.record, canonical(one.claim.value)
