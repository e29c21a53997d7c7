"""From testimonies to votes: what each says of one unit, when it was typed, and what was taken away. Pure."""

from collections.abc import Sequence

from hub.golden.claims import Claim
from hub.golden.emptying import Struck, strikes, typed_over
from hub.golden.testimony import Case, Testimony
from hub.golden.vote import Ballot, Decision, Vote
from hub.golden.voting import decide, undecided
from hub.model.instant import Instant
from hub.model.keys import RecordKey
from hub.model.opinion import RESPELT, Opinion, Unit, unit_of
from hub.model.rule import Rule
from hub.model.value import Value


def may_win(rule: Rule, one: Testimony) -> bool:
    """Whether the rule gives this value a say; a vendor's default has one where it is the authority."""
    if one.claim.value is None:
        return False
    if rule.name in ("only", "first_of"):
        return one.record.system in rule.systems or one.answered
    return one.claim.how != "default"


def decided(case: Case, unit: Unit, testimonies: Sequence[Testimony]) -> Decision | None:
    """What stands of one unit; None where nobody says anything of it that still holds."""
    ballot = Ballot(case.opinion, unit, case.known, not case.may_be_two)
    votes = _standing(case, ballot, testimonies)
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


def _standing(case: Case, ballot: Ballot, testimonies: Sequence[Testimony]) -> list[Vote]:
    """The votes no emptying took away; what was typed over before it went does not come back in its place."""
    gone = [it for one in testimonies if (it := struck(case.opinion, ballot.unit, one))]
    every = [
        vote
        for one in testimonies
        if may_win(case.rule, one) and (vote := _vote(case.opinion, ballot.unit, one))
    ]
    if not gone:
        return every
    away = [
        one
        for one in every
        if any(_outlasts(case.rule, it.record, one) and strikes(ballot, it, one) for it in gone)
    ]
    return [
        one
        for one in every
        if one not in away
        and not any(_outlasts(case.rule, it.record, one) and typed_over(it, one) for it in away)
    ]


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
        one.overwritten and share != unit_of(opinion, unit, one.shows),
        shorter and edited is not None,
        one.holds,
        one.claim.how == "default",
        one.answered,
        respelt is not None,
        one.claim.spans,
        one.claim.first,
        [kept for it in one.kept if (kept := unit_of(opinion, unit, it)) is not None],
    )


def _respelt(cut: Opinion, unit: Unit, claim: Claim) -> Instant | None:
    """When a unit was last spelt another way; None where it was not."""
    typed = (claim.typed or {}).items()
    told = {part.removeprefix(RESPELT): at for part, at in typed if part.startswith(RESPELT)}
    return cut.typed_at(unit, claim.value or "", told) if told else None


def _edited(cut: Opinion, unit: Unit, claim: Claim) -> Instant | None:
    if claim.how != "edit":
        return None
    if claim.typed is None or "" in claim.typed:  # of a value without parts: all of it
        return claim.at
    typed = {part: at for part, at in claim.typed.items() if not part.startswith(RESPELT)}
    return cut.typed_at(unit, claim.value or "", typed, claim.removed)


def struck(opinion: Opinion, unit: Unit, one: Testimony) -> Struck | None:
    """The emptying of a unit, where somebody typed it: of the whole value, or of this unit alone."""
    claim = one.claim
    if claim.how != "edit" or unit_of(opinion, unit, claim.value) is not None:
        return None
    at = claim.at if claim.value is None else _edited(one.opinion or opinion, unit, claim)
    gone = tuple(share for it in claim.removed if (share := unit_of(opinion, unit, it)) is not None)
    if not at or not (gone or claim.value is None):
        return None
    over = ((unit_of(opinion, unit, it.value), it.at) for it in claim.over)
    told = tuple((share, when) for share, when in over if share is not None)
    own = claim.own.get(unit)
    return Struck(one.record, at, gone, claim.after(at), told, (claim.after(own), own) if own else None)


def _outlasts(rule: Rule, by: RecordKey, vote: Vote) -> bool:
    """What was said in one system says nothing against one the rule puts above it."""
    return not _rank(rule, by.system) > _rank(rule, vote.record.system)


def _rank(rule: Rule, system: str) -> int:
    """How far behind the best system this one is; 0 for all where the rule makes no difference."""
    if system not in rule.systems:
        return len(rule.systems)
    return rule.systems.index(system) if rule.name == "first_of" else 0
