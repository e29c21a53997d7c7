"""Which claim becomes the golden value: the rules of ``mappings/customer.yml``, and nothing else. Pure.

A verdict is a function of the *set* of testimonies: who was pulled first, or how often, cannot
matter. Ties go to the later claim, then to the record key, so that two hubs with the same history
hold the same golden records.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from hub.golden.claims import Claim
from hub.model.instant import Instant
from hub.model.keys import RecordKey
from hub.model.rule import Rule
from hub.model.value import Value, canonical, same


class Testimony(NamedTuple):
    """One record's say about one field."""

    record: RecordKey
    claim: Claim
    overwritten: bool = False
    """The hub has since put another value there."""
    retired: bool = False
    """The record was deleted: its claim stands only until a living one replaces it."""
    holds: frozenset[str] | None = None
    """The parts of a composite value this system can hold; None for all."""

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
    rule: str
    winner: RecordKey | None = None
    at: Instant | None = None
    filled: Mapping[str, RecordKey] = field(default_factory=dict)
    """Part → record, for parts of a composite that the winner's system cannot hold."""
    losers: tuple[Testimony, ...] = ()
    overruled: tuple[Testimony, ...] = ()
    """Edits and removals made after the winning claim, or against it: their authors are told why."""


@dataclass(frozen=True, slots=True)
class Pin:
    """A steward's override of one golden field."""

    value: Value | None
    who: str
    why: str
    at: Instant
    until: Instant | None = None


def survive(rule: Rule, testimonies: Sequence[Testimony], pin: Pin | None = None) -> Verdict:
    """The golden value of one field of one customer. ``pin`` must already be in force."""
    if pin is not None:
        return Verdict(pin.value, "pin", at=pin.at, losers=_values(testimonies))
    if _is_uncontested(rule, testimonies):
        (winner,) = testimonies
        return Verdict(winner.says, rule.name, winner.record, winner.claim.at)
    if rule.name == "union":
        return _union(rule, testimonies)
    if rule.name == "consent":
        return _consent(rule, testimonies)
    standing = _standing(rule, testimonies)
    if rule.name == "total":
        return _total(rule, standing, testimonies)
    ranked = _ranked(rule, _eligible(rule, standing), standing)
    if not ranked:
        return _nobody(rule, testimonies)
    return _elected(rule, ranked, testimonies)


def _is_uncontested(rule: Rule, testimonies: Sequence[Testimony]) -> bool:
    """Whether one claim is all there is, and simply holds: most fields of most customers."""
    return len(testimonies) == 1 and rule.name not in ("union", "total") and _may_win(rule, testimonies[0])


def _values(testimonies: Iterable[Testimony]) -> tuple[Testimony, ...]:
    return tuple(sorted((one for one in testimonies if one.claim.value is not None), key=_by_record))


def _by_record(one: Testimony) -> tuple[RecordKey, str]:
    return one.record, canonical(one.claim.value)


def _standing(rule: Rule, testimonies: Sequence[Testimony]) -> list[Testimony]:
    """Value claims that may win and no removal strikes; retired ones only where no living one is left."""
    removals = [one for one in testimonies if one.claim.value is None]
    left = [one for one in testimonies if _may_win(rule, one)]
    if removals:
        left = [one for one in left if not any(_strikes(rule, gone, one) for gone in removals)]
    living = [one for one in left if not one.retired]
    return living or left


def _may_win(rule: Rule, one: Testimony) -> bool:
    """Whether the rule gives this value a say at all; what has none replaces no retired claim either."""
    if one.claim.value is None:
        return False
    if rule.name in ("only", "first_of", "total"):
        return one.record.system in rule.systems
    return rule.name != "strictest" or one.claim.value in rule.order


def _strikes(rule: Rule, removal: Testimony, other: Testimony) -> bool:
    """A removal strikes older claims of the removed value, and older ones the hub has overwritten.

    Not those of a system that the rule puts above it, nor another account's share of a total.
    """
    outranked = _rank(rule, removal) > _rank(rule, other)
    if outranked or rule.name == "total" or other.claim.at >= removal.claim.at:
        return False
    return other.overwritten or any(same(other.claim.value, gone) for gone in removal.claim.removed)


def _rank(rule: Rule, one: Testimony) -> int:
    """How far behind the best system this one is; 0 for all where the rule makes no difference."""
    if one.record.system not in rule.systems:
        return len(rule.systems)
    return rule.systems.index(one.record.system) if rule.name == "first_of" else 0


def _eligible(rule: Rule, standing: Sequence[Testimony]) -> list[Testimony]:
    if rule.name == "most_agreed":
        return [one for one in standing if one.claim.how == "edit"] or list(standing)
    return list(standing)


def _ranked(rule: Rule, eligible: Sequence[Testimony], standing: Sequence[Testimony]) -> list[Testimony]:
    """The best first; of equals the latest."""
    ranked = _latest(eligible)
    if len(ranked) < 2:
        return ranked
    if rule.name == "first_of":
        ranked.sort(key=lambda one: _rank(rule, one))
    if rule.name == "strictest":
        ranked.sort(key=lambda one: rule.order.index(str(one.claim.value)))
    if rule.name == "most_agreed":
        votes = _votes(standing)
        ranked.sort(key=lambda one: one.claim.how != "edit" and -votes[canonical(one.says)])
    return ranked


def _latest(some: Iterable[Testimony]) -> list[Testimony]:
    """The latest first, edits before first sights, then by name of the record."""
    found = list(some)
    if len(found) > 1:
        found.sort(key=lambda one: (one.claim.how != "edit", one.record, canonical(one.claim.value)))
        found.sort(key=lambda one: one.claim.at, reverse=True)
    return found


def _votes(standing: Sequence[Testimony]) -> dict[str, int]:
    """How many systems (not records) say each value at first sight."""
    voters: dict[str, set[str]] = {}
    for one in standing:
        voters.setdefault(canonical(one.says), set()).add(one.record.system)
    return {value: len(systems) for value, systems in voters.items()}


def _elected(rule: Rule, ranked: Sequence[Testimony], testimonies: Sequence[Testimony]) -> Verdict:
    winner = ranked[0]
    value, filled = _filled(winner, ranked[1:])
    losers = _values(one for one in testimonies if not same(one.claim.value, value))
    overruled = tuple(one for one in testimonies if _is_overruled(one, winner, value))
    return Verdict(
        value,
        rule.name,
        winner.record,
        winner.claim.at,
        filled,
        losers,
        tuple(sorted(overruled, key=_by_record)),
    )


def _is_overruled(one: Testimony, winner: Testimony, value: Value) -> bool:
    if one.claim.how != "edit" or one.claim.at < winner.claim.at:
        return False
    return one.claim.value is None or not same(one.claim.value, value)


def _filled(winner: Testimony, others: Sequence[Testimony]) -> tuple[Value, dict[str, RecordKey]]:
    """The winner's value, with the parts its system cannot hold taken from the next that can."""
    value = winner.says
    if not isinstance(value, dict) or winner.holds is None:
        return value, {}
    whole, filled = dict(value), {}
    for one in others:
        if not isinstance(one.claim.value, dict):
            continue
        for part, said in one.claim.value.items():
            if part not in winner.holds and part not in whole:
                whole[part] = said
                filled[part] = one.record
    return whole, filled


def _nobody(rule: Rule, testimonies: Sequence[Testimony]) -> Verdict:
    """No claim is left: empty, by the latest removal where there was one."""
    removals = _latest(one for one in testimonies if one.claim.value is None)
    losers = _values(testimonies)
    overruled = tuple(one for one in losers if one.claim.how == "edit" and rule.name in ("only", "first_of"))
    if not removals:
        return Verdict(None, rule.name, losers=losers, overruled=overruled)
    last = removals[0]
    return Verdict(None, rule.name, last.record, last.claim.at, losers=losers, overruled=overruled)


def _total(rule: Rule, standing: Sequence[Testimony], testimonies: Sequence[Testimony]) -> Verdict:
    """The sum over the owner's records: a customer with two accounts owes both balances."""
    owned = _latest(standing)
    value = _sum(owned)
    foreign = sorted((one for one in testimonies if _is_foreign_edit(rule, one, value)), key=_by_record)
    if not owned:
        return Verdict(None, rule.name, overruled=tuple(foreign))
    return Verdict(value, rule.name, owned[0].record, owned[0].claim.at, overruled=tuple(foreign))


def _sum(owned: Sequence[Testimony]) -> Value | None:
    """Money (texts) with two decimals, counts as a whole number; None where nobody says anything."""
    if not owned:
        return None
    whole = sum(Decimal(str(one.says)) for one in owned)
    return f"{whole:.2f}" if any(isinstance(one.says, str) for one in owned) else int(whole)


def _is_foreign_edit(rule: Rule, one: Testimony, value: Value | None) -> bool:
    edited = one.claim.how == "edit" and one.record.system not in rule.systems
    return edited and (one.claim.value is None or not same(one.claim.value, value))


def _union(rule: Rule, testimonies: Sequence[Testimony]) -> Verdict:
    """Every element somebody claims and nobody has since removed, last confirmed first."""
    removed: dict[str, Instant] = {}
    for one in testimonies:
        if one.claim.value is None:
            for gone in one.claim.removed:
                removed[str(gone)] = max(removed.get(str(gone), ""), one.claim.at)
    left = [
        one
        for one in testimonies
        if one.claim.value is not None and one.claim.at >= removed.get(str(one.claim.value), "")
    ]
    living = _latest([one for one in left if not one.retired] or left)
    elements: list[Value] = list(dict.fromkeys(str(one.claim.value) for one in living))
    if not living:
        return _nobody(rule, testimonies)
    losers = _values(one for one in testimonies if str(one.claim.value) not in elements)
    return Verdict(elements, rule.name, living[0].record, living[0].claim.at, losers=losers)


def _consent(rule: Rule, testimonies: Sequence[Testimony]) -> Verdict:
    """A *no* stands until a system the rules name dates a later *yes* (a removal of its no).

    Elsewhere a *no* that was taken back goes on standing, as of when it was said.
    """
    lifted = [one for one in testimonies if one.claim.value is None]
    grants = [one for one in lifted if one.record.system in rule.systems]
    taken_back = [_said_then(one) for one in lifted if one.claim.since and one not in grants]
    refusals = [one for one in testimonies if one.claim.value is not None] + taken_back
    standing = _latest(one for one in refusals if not any(grant.claim.at > one.claim.at for grant in grants))
    if not standing:
        last = _latest(grants)
        return Verdict(None, "consent", last[0].record if last else None, last[0].claim.at if last else None)
    overruled = sorted((one for one in lifted if one.claim.at >= standing[0].claim.at), key=_by_record)
    return Verdict(
        standing[0].claim.value,
        "consent",
        standing[0].record,
        standing[0].claim.at,
        overruled=tuple(overruled),
    )


def _said_then(one: Testimony) -> Testimony:
    """What a removal took back, as it was claimed before."""
    return one._replace(claim=Claim(one.claim.removed[0], one.claim.since or one.claim.at, "edit"))
