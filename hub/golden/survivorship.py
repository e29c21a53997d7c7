"""Which claim becomes the golden value: the rules of ``mappings/customer.yml``, and nothing else. Pure.

A verdict is a function of the *set* of testimonies: who was pulled first, or how often, cannot matter, and
two hubs with the same history hold the same golden records. Values are decided unit by unit (see
:mod:`hub.golden.voting`); lists, facts and consent have rules of their own (:mod:`hub.golden.gathering`).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from hub.golden.ballots import decided, may_win, struck
from hub.golden.claims import Claim
from hub.golden.testimony import Case, Pin, Testimony, Verdict, by_record, values
from hub.golden.vote import Decision, Vote
from hub.model.instant import Instant
from hub.model.keys import RecordKey
from hub.model.opinion import RESPELT, Opinion, Standing, Unit, all_said, joined_units, unit_of
from hub.model.rule import Rule
from hub.model.value import Value, canonical


def pinned(case: Case, testimonies: Sequence[Testimony], pins: Sequence[Pin]) -> Verdict:
    """The word of stewards, in force, the earliest first; there is one at least.

    Of each unit the last that tells it stands; what none tells is decided as ever.
    """
    told: dict[Unit, Value | None] = {}
    for pin in pins:
        shares = {unit: unit_of(case.opinion, unit, pin.value) for unit in case.opinion.units}
        told |= {unit: one for unit, one in shares.items() if one is not None or pin.value is None}
    open_units = [unit for unit in case.opinion.units if unit not in told]
    rest = elect(case, testimonies) if open_units and testimonies else Verdict(None, "pin")
    left = {unit: unit_of(case.opinion, unit, rest.value) for unit in open_units}
    standing: dict[Unit, Standing] = dict.fromkeys(told, "authority")
    return Verdict(
        joined_units(case.opinion, told | left),
        "pin",
        at=pins[-1].at,
        losers=values(testimonies),
        standing=standing | {unit: rest.standing.get(unit, "unopposed") for unit in open_units},
        candidates={unit: some for unit, some in rest.candidates.items() if unit in open_units},
    )


def elect(case: Case, testimonies: Sequence[Testimony]) -> Verdict:
    """The golden value of a field of one value (``latest``, ``most_agreed``, ``first_of``, ``only``)."""
    if winner := _unanimous(case.rule, testimonies):
        why = _without_contest(case.rule, winner)
        standing = dict.fromkeys(case.opinion.units, why) if why else {}
        typed = winner.claim.after() if winner.claim.how == "edit" else None
        return Verdict(
            winner.says,
            case.rule.name,
            winner.record,
            winner.claim.at,
            standing=standing,
            typed=typed,
            typed_of=_typed_of(case, winner) if typed else {},
        )
    aligned = _aligned(case.opinion, testimonies)
    found: dict[Unit, Decision | None] = {}
    for unit in case.opinion.units:
        found[unit] = one = decided(case, unit, aligned)
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


def _verdict(case: Case, testimonies: Sequence[Testimony], found: Mapping[Unit, Decision | None]) -> Verdict:
    decisions = {unit: one for unit, one in found.items() if one is not None}
    winners = [one.winner for one in decisions.values() if one.winner]
    if not decisions:
        return nobody(case.rule, testimonies)
    value = joined_units(case.opinion, {unit: one.value for unit, one in decisions.items()})
    value, filled = _completed(case, value, decisions, testimonies)
    first = max(winners, key=_leads, default=None)
    at = (first.edited or first.touched) if first else None
    emptied = _emptied_at(case, found, testimonies)
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
        max([*emptied.values(), *(one.after(one.edited) for one in winners if one.edited)], default=None),
        {
            **emptied,
            **{
                unit: it.after(it.edited)
                for unit, one in decisions.items()
                if len(case.opinion.units) > 1 and (it := one.winner) and it.edited
            },
        },
    )


def _emptied_at(
    case: Case, found: Mapping[Unit, Decision | None], testimonies: Sequence[Testimony]
) -> dict[Unit, Instant]:
    """Unit in which nothing is left → after when the last of those who emptied it did."""
    empty = [unit for unit, one in found.items() if one is None]
    told = {
        unit: [it.after for one in testimonies if (it := struck(case.opinion, unit, one))] for unit in empty
    }
    return {unit: max(some) for unit, some in told.items() if some}


def _typed_of(case: Case, one: Testimony) -> dict[str, Instant]:
    """Unit → after when it was typed, of an edit that stands alone."""
    units, typed = case.opinion.units, one.claim.typed
    if len(units) < 2:
        return {}
    if typed is None:
        return dict.fromkeys(units, one.claim.after())
    plain = {part: at for part, at in typed.items() if not part.startswith(RESPELT)}
    told = {unit: case.opinion.typed_at(unit, one.says, plain, one.claim.removed) for unit in units}
    return {unit: one.claim.after(at) for unit, at in told.items() if at}


def _leads(one: Vote) -> tuple[Instant, int, RecordKey]:
    """Of the winners of a name's two units the one told first: who edited last, who says more."""
    return one.edited or "", len(canonical(one.says)), one.record


def _says(opinion: Opinion, one: Testimony, value: Value | None) -> bool:
    """Whether a testimony says what stands, as far as it says anything."""
    if one.claim.value is None or value is None:
        return one.claim.value is None and value is None
    return all_said(opinion, (one.opinion or opinion).aligned(one.says, value), value)


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
            if (
                other.claim.value is None
                or other.record == one.winner.record
                or other.says == one.winner.says
            ):
                continue  # a twin does not bring back what somebody took away since
            slips = one.standing == "majority"
            more = case.opinion.completed(value, _room(case, one.winner), other.says, slips=slips)
            if isinstance(more, dict):
                filled |= dict.fromkeys(more.keys() - value.keys(), other.record)
                value = more
    return value, filled


def _room(case: Case, winner: Vote) -> Collection[str] | None:
    """The parts the winner's system holds, in some place or other: what he typed by itself among them."""
    moved = case.opinion.moved_at(winner.typed) or ""
    alone = {part for part, at in winner.typed.items() if at > moved}
    return None if winner.holds is None else {*winner.holds, *alone}


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
    return Verdict(
        None,
        rule.name,
        last.record,
        last.claim.at,
        losers=losers,
        overruled=overruled,
        typed=last_typed(removals),
    )


def last_typed(testimonies: Iterable[Testimony]) -> Instant | None:
    """After when the last of these was typed; None where all were first seen as they are."""
    return max((one.claim.after() for one in testimonies if one.claim.how == "edit"), default=None)
