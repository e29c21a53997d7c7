"""Short words for the hub's tests: seconds as instants, readings, records, testimonies."""

from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import get_args

from hub.codecs.opinions import EXACT, OPINIONS
from hub.golden import choosing
from hub.golden.cell import Cell, observe
from hub.golden.claims import NO_SPANS, Claim, How, Reading, Rules, Spans
from hub.golden.testimony import Case, Testimony, Verdict
from hub.golden.vote import Ballot, Decision, Vote
from hub.golden.voting import decide
from hub.model.instant import Instant, instant
from hub.model.keys import RecordKey
from hub.model.opinion import NOTHING_KNOWN, Opinion
from hub.model.rule import Rule
from hub.model.value import Value

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
HOWS: tuple[How, ...] = get_args(How)


def at(seconds: int) -> Instant:
    """A second of the test as an instant."""
    return instant(EPOCH + timedelta(seconds=seconds))


def read_at(seconds: int, since: int = 0, stamp: int | None = None) -> Reading:
    """A reading by a pull at ``seconds``, the one before at ``since``."""
    return Reading(at(seconds), at(since), None if stamp is None else at(stamp))


def person(system: str, number: int = 1) -> RecordKey:
    """The key of a person in a system."""
    return RecordKey(system, "person", str(number))


def first(system: str, value: Value, seconds: int = 0, number: int = 1) -> Testimony:
    """A value that stood there when the record was first read."""
    return Testimony(person(system, number), Claim(value, at(seconds), "first"))


def span(seconds: int, after: int | None) -> Spans:
    """What was typed at a second at the latest, and after another; None: at that very second."""
    return NO_SPANS if after is None else {at(seconds): at(after)}


def typed_between(value: Value | None, after: int, seconds: int, *removed: Value) -> Claim:
    """The claim of somebody who typed between two readings."""
    return Claim(value, at(seconds), "edit", removed, spans=span(seconds, after))


def edit(system: str, value: Value, seconds: int, number: int = 1, *, after: int | None = None) -> Testimony:
    """A value somebody typed later; ``after``: the second after which he did."""
    claim = Claim(value, at(seconds), "edit", spans=span(seconds, after))
    return Testimony(person(system, number), claim)


def removal(
    system: str,
    removed: Value,
    seconds: int,
    *,
    own: int | None = None,
    number: int = 1,
    after: int | None = None,
) -> Testimony:
    """An authored emptying of what stood there; ``own``: of what somebody had typed there at that second."""
    since = None if own is None else at(own)
    claim = Claim(None, at(seconds), "edit", (removed,), since, spans=span(seconds, after))
    return Testimony(person(system, number), claim)


def survive(rule: Rule, *some: Testimony, opinion: Opinion = EXACT) -> Verdict:
    """What stands."""
    return choosing.survive(Case(rule, opinion), some)


def typed(system: str, says: Value, by: int, after: int | None = None) -> Vote:
    """What somebody typed at a second at the latest, after another."""
    return Vote(person(system), says, at(by), edited=at(by), spans=span(by, after))


def decided(*votes: Vote, kind: str = "text", unit: str = "") -> Decision:
    """What stands of one unit, whoever is asked first."""
    ballot = Ballot(OPINIONS[kind], unit, NOTHING_KNOWN)
    found = [decide(ballot, some) for some in permutations(votes)]
    assert all(one == found[0] for one in found)
    return found[0]


def seen(*values: Value | None) -> Cell:
    """A cell after readings a minute apart."""
    cell = None
    for minute, value in enumerate(values):
        cell = observe(cell, value, read_at(60 * minute, max(0, 60 * minute - 60)), Rules()).cell
    assert cell is not None
    return cell
