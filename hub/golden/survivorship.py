"""Which claim becomes the golden value: the rules of ``mappings/customer.yml``, and nothing else. Pure.

A verdict is a function of the *set* of testimonies: who was pulled first, or how often, cannot matter, and
two hubs with the same history hold the same golden records. Values are decided unit by unit (see
:mod:`hub.golden.voting`); lists, facts and consent have rules of their own (:mod:`hub.golden.gathering`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from hub.golden.claims import Claim
from hub.golden.voting import Ballot, Candidate, Decision, Struck, Vote, decide, strikes, undecided
from hub.model.instant import Instant
from hub.model.keys import RecordKey
from hub.model.opinion import NOTHING_KNOWN, RESPELT, Known, Opinion, Standing, Unit, joined_units, unit_of
from hub.model.rule import Rule
from hub.model.value import Value, canonical


class Testimony(NamedTuple):
    """One record's say about one field."""

    record: RecordKey
    claim: Claim
    overwritten: bool = False
    """The hub has since put another value there."""
    retired: bool = False
    """The record was deleted: what was said there stands, but a fact goes with its record."""
    holds: frozenset[str] | None = None
    """The parts of a composite value this system can hold; None for all."""
    made: Instant | None = None
    """When a person made the record, where its system tells."""
    answered: bool = False
    """The owner of the field said so where nothing decided: no authority stands above that."""
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


def pinned(case: Case, testimonies: Sequence[Testimony], pin: Pin) -> Verdict:
    """A steward's word, which must already be in force; what it leaves open is decided as ever."""
    told = {unit: unit_of(case.opinion, unit, pin.value) for unit in case.opinion.units}
    open_units = [unit for unit, share in told.items() if share is None and pin.value is not None]
    rest = elect(case, testimonies) if open_units and testimonies else Verdict(None, "pin")
    left = {unit: unit_of(case.opinion, unit, rest.value) for unit in open_units}
    standing: dict[Unit, Standing] = dict.fromkeys(case.opinion.units, "authority")
    return Verdict(
        joined_units(case.opinion, told | left),
        "pin",
        at=pin.at,
        losers=values(testimonies),
        standing=standing | {unit: rest.standing.get(unit, "unopposed") for unit in open_units},
        candidates={unit: some for unit, some in rest.candidates.items() if unit in open_units},
    )


def elect(case: Case, testimonies: Sequence[Testimony]) -> Verdict:
    """The golden value of a field of one value (``latest``, ``most_agreed``, ``first_of``, ``only``)."""
    if winner := _unanimous(case.rule, testimonies):
        why = _without_contest(case.rule, winner)
        standing = dict.fromkeys(case.opinion.units, why) if why else {}
        return Verdict(winner.says, case.rule.name, winner.record, winner.claim.at, standing=standing)
    aligned = _aligned(case.opinion, testimonies)
    found: dict[Unit, Decision | None] = {}
    for unit in case.opinion.units:
        found[unit] = one = _decided(case, unit, aligned)
        if case.identifies and one and one.standing == "undecided":
            case = case._replace(may_be_two=True)
    return _verdict(case, testimonies, found)


def _unanimous(rule: Rule, testimonies: Sequence[Testimony]) -> Testimony | None:
    """The one who speaks for all where all say the same: most fields of most customers."""
    first = next(iter(testimonies), None)
    if not first or not all(
        may_win(rule, one) and one.claim.value == first.claim.value for one in testimonies
    ):
        return None
    return max(testimonies, key=_freshest) if len(testimonies) > 1 else first


def _without_contest(rule: Rule, winner: Testimony) -> Standing | None:
    if rule.name in ("first_of", "only"):
        return "authority"
    return "edited" if winner.claim.how == "edit" else None


def values(testimonies: Iterable[Testimony]) -> tuple[Testimony, ...]:
    """Those that say a value, in order."""
    return tuple(sorted((one for one in testimonies if one.claim.value is not None), key=by_record))


def by_record(one: Testimony) -> tuple[RecordKey, str]:
    """The order in which testimonies are told."""
    return one.record, canonical(one.claim.value)


def may_win(rule: Rule, one: Testimony) -> bool:
    """Whether the rule gives this value a say; a vendor's default has one where it is the authority."""
    if one.claim.value is None:
        return False
    if rule.name in ("only", "first_of"):
        return one.record.system in rule.systems or one.answered
    return one.claim.how != "default"


def _aligned(opinion: Opinion, testimonies: Sequence[Testimony]) -> Sequence[Testimony]:
    """All cut as one of them is: the one somebody typed last in places of its own, else that most have."""
    saying = [one for one in testimonies if one.claim.value is not None]
    if len(opinion.units) < 2 or len({canonical(one.says) for one in saying}) < 2:
        return testimonies
    cut = [one for one in saying if one.opinion is None] or saying
    first = next(iter(opinion.units))
    starts = [canonical(unit_of(opinion, first, one.says)) for one in cut]
    told = list(zip(cut, starts, strict=True))
    votes = {text: len({one.record.system for one, it in told if it == text}) for text in starts}
    best, _ = max(
        told,
        key=lambda one: (
            all(unit_of(opinion, unit, one[0].says) is not None for unit in opinion.units),
            one[0].claim.at if one[0].claim.how == "edit" else "",
            votes[one[1]],
            -len(one[1]),
            canonical(one[0].says),
        ),
    )
    return [
        one if one.claim.value is None else one._replace(claim=_cut_as(opinion, one, best.says))
        for one in testimonies
    ]


def _cut_as(opinion: Opinion, one: Testimony, reference: Value) -> Claim:
    cut = one.opinion or opinion
    gone = tuple(cut.aligned(it, reference) for it in one.claim.removed)
    return one.claim._replace(value=cut.aligned(one.says, reference), removed=gone)


def _decided(case: Case, unit: Unit, testimonies: Sequence[Testimony]) -> Decision | None:
    """What stands of one unit; None where nobody says anything of it that still holds."""
    ballot = Ballot(case.opinion, unit, case.known, not case.may_be_two)
    gone = [struck for one in testimonies if (struck := _struck(case.opinion, unit, one))]
    votes = [
        vote
        for one in testimonies
        if may_win(case.rule, one) and (vote := _vote(case.opinion, unit, one))
        if not any(_outlasts(case.rule, it, vote) and strikes(ballot, it, vote) for it in gone)
    ]
    if not votes:
        return None
    if case.identifies and _conflicting(ballot, testimonies, case):
        return _all_undecided(ballot, testimonies, case)
    if case.rule.name == "first_of":
        best = min(_rank(case.rule, one.record.system) for one in votes)
        votes = [one for one in votes if _rank(case.rule, one.record.system) == best or one.answered]
    votes = [one for one in votes if not one.default] or votes
    found = decide(ballot, votes)
    if case.rule.name in ("first_of", "only") and found.standing != "undecided":
        return Decision(found.value, "authority", found.winner)
    return found


def _conflicting(ballot: Ballot, testimonies: Sequence[Testimony], case: Case) -> bool:
    """Whether an authority would choose between what two customers say."""
    if case.rule.name not in ("first_of", "only"):
        return False
    told = [share for one in testimonies if (share := _first_sight(ballot, one)) is not None]
    pairs = ((one, other) for at, one in enumerate(told) for other in told[at + 1 :])
    return not any(one.answered for one in testimonies) and any(
        one != other and ballot.opinion.conflicts(ballot.unit, one, other, ballot.known)
        for one, other in pairs
    )


def _first_sight(ballot: Ballot, one: Testimony) -> Value | None:
    return unit_of(ballot.opinion, ballot.unit, one.claim.value) if one.claim.how == "first" else None


def _all_undecided(ballot: Ballot, testimonies: Sequence[Testimony], case: Case) -> Decision:
    every = [vote for one in testimonies if (vote := _vote(case.opinion, ballot.unit, one))]
    return undecided(ballot, every)


def _vote(opinion: Opinion, unit: Unit, one: Testimony) -> Vote | None:
    share = unit_of(opinion, unit, one.claim.value)
    if share is None:
        return None
    cut = one.opinion or opinion
    edited = _edited(cut, unit, one.claim)
    respelt = None if edited else _respelt(cut, unit, one.claim)
    befores = [was for it in one.claim.removed if (was := unit_of(opinion, unit, it)) is not None]
    shorter = any(opinion.covers(unit, was, share) for was in befores)
    return Vote(
        one.record,
        share,
        one.claim.at,
        edited or respelt,
        one.claim.typed or {},
        one.made,
        one.overwritten,
        shorter and edited is not None,
        one.holds,
        one.claim.how == "default",
        one.answered,
        respelt is not None,
    )


def _respelt(cut: Opinion, unit: Unit, claim: Claim) -> Instant | None:
    """When a unit was last spelt another way; None where it was not."""
    told = {part.removeprefix(RESPELT): at for part, at in (claim.typed or {}).items() if part[0] == RESPELT}
    return cut.typed_at(unit, claim.value or "", told) if told else None


def _edited(cut: Opinion, unit: Unit, claim: Claim) -> Instant | None:
    if claim.how != "edit":
        return None
    if claim.typed is None:
        return claim.at
    typed = {part: at for part, at in claim.typed.items() if not part.startswith(RESPELT)}
    return cut.typed_at(unit, claim.value or "", typed, claim.removed)


def _struck(opinion: Opinion, unit: Unit, one: Testimony) -> Struck | None:
    """The emptying of a unit, where somebody typed it: of the whole value, or of this unit alone."""
    claim = one.claim
    if claim.how != "edit" or unit_of(opinion, unit, claim.value) is not None:
        return None
    at = claim.at if claim.value is None else _edited(one.opinion or opinion, unit, claim)
    gone = tuple(share for it in claim.removed if (share := unit_of(opinion, unit, it)) is not None)
    return Struck(one.record, at, gone) if at and (gone or claim.value is None) else None


def _outlasts(rule: Rule, gone: Struck, vote: Vote) -> bool:
    """A removal says nothing against a system the rule puts above its own."""
    return not _rank(rule, gone.record.system) > _rank(rule, vote.record.system)


def _rank(rule: Rule, system: str) -> int:
    """How far behind the best system this one is; 0 for all where the rule makes no difference."""
    if system not in rule.systems:
        return len(rule.systems)
    return rule.systems.index(system) if rule.name == "first_of" else 0


def _verdict(case: Case, testimonies: Sequence[Testimony], found: Mapping[Unit, Decision | None]) -> Verdict:
    decisions = {unit: one for unit, one in found.items() if one is not None}
    winners = [one.winner for one in decisions.values() if one.winner]
    if not decisions:
        return nobody(case.rule, testimonies)
    value = joined_units(case.opinion, {unit: one.value for unit, one in decisions.items()})
    value, filled = _completed(case, value, decisions, testimonies)
    first = max(winners, key=_leads, default=None)
    at = (first.edited or first.touched) if first else None
    against = [one for one in testimonies if not _says(case.opinion, one, value)]
    return Verdict(
        value,
        case.rule.name,
        first.record if first else None,
        at,
        filled,
        values(against),
        tuple(sorted((one for one in against if _is_overruled(one, winners)), key=by_record)),
        {unit: one.standing for unit, one in decisions.items() if one.standing != "unopposed"},
        {unit: one.candidates for unit, one in decisions.items() if one.candidates},
    )


def _leads(one: Vote) -> tuple[Instant, int, RecordKey]:
    """Of the winners of a name's two units the one told first: who edited last, who says more."""
    return one.edited or "", len(canonical(one.says)), one.record


def _says(opinion: Opinion, one: Testimony, value: Value | None) -> bool:
    """Whether a testimony says what stands, as far as it says anything."""
    if one.claim.value is None or value is None:
        return one.claim.value is None and value is None
    cut = (one.opinion or opinion).aligned(one.says, value)
    shares = [(unit, unit_of(opinion, unit, cut), unit_of(opinion, unit, value)) for unit in opinion.units]
    return all(
        mine is None or (theirs is not None and (mine == theirs or opinion.same(unit, mine, theirs)))
        for unit, mine, theirs in shares
    )


def _is_overruled(one: Testimony, winners: Sequence[Vote]) -> bool:
    if one.claim.how != "edit":
        return False
    return any(one.claim.at >= (it.edited or it.touched) for it in winners) or not winners


def _completed(
    case: Case, value: Value | None, decisions: Mapping[Unit, Decision], testimonies: Sequence[Testimony]
) -> tuple[Value | None, dict[str, RecordKey]]:
    """The value with the parts that the winner's system cannot hold, from others of the same thing."""
    filled: dict[str, RecordKey] = {}
    for one in decisions.values():
        if value is None or one.winner is None or not isinstance(value, dict):
            continue
        for other in sorted(testimonies, key=_freshest, reverse=True):
            if other.claim.value is None or other.record == one.winner.record:
                continue
            slips = one.standing == "majority"
            more = case.opinion.completed(value, one.winner.holds, other.says, slips=slips)
            if isinstance(more, dict):
                filled |= dict.fromkeys(more.keys() - value.keys(), other.record)
                value = more
    return value, filled


def _freshest(one: Testimony) -> tuple[bool, Instant, RecordKey, str]:
    return one.claim.how == "edit", one.claim.at, one.record, canonical(one.claim.value)


def nobody(rule: Rule, testimonies: Sequence[Testimony]) -> Verdict:
    """No claim is left: empty, by the latest removal where there was one."""
    removals = [one for one in testimonies if one.claim.value is None]
    losers = values(testimonies)
    overruled = tuple(one for one in losers if one.claim.how == "edit" and rule.name in ("only", "first_of"))
    if not removals:
        return Verdict(None, rule.name, losers=losers, overruled=overruled)
    last = max(removals, key=lambda one: (one.claim.at, one.record))
    return Verdict(None, rule.name, last.record, last.claim.at, losers=losers, overruled=overruled)
