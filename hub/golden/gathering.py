"""Golden values that no single claim gives: lists, facts summed up, the strictest of all, consent. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from hub.golden.claims import Claim
from hub.golden.survivorship import last_typed, nobody
from hub.golden.testimony import Testimony, Verdict, by_record, values
from hub.model.rule import Rule
from hub.model.value import Value, canonical, same


def union(rule: Rule, testimonies: Sequence[Testimony]) -> Verdict:
    """Every element somebody claims and nobody has since removed, last confirmed first."""
    removed: dict[str, list[Claim]] = {}
    for one in testimonies:
        if one.claim.value is None:
            for gone in one.claim.removed:
                removed.setdefault(str(gone), []).append(one.claim)
    left = [
        one
        for one in testimonies
        if one.claim.value is not None
        and not any(one.claim.precedes(gone) for gone in removed.get(str(one.claim.value), ()))
    ]
    if not left:
        return nobody(rule, testimonies)
    standing = latest(left)
    elements: list[Value] = list(dict.fromkeys(str(one.claim.value) for one in standing))
    losers = values(one for one in testimonies if str(one.claim.value) not in elements)
    first, typed = standing[0], last_typed(testimonies)
    edits = sorted((one.claim.after(), str(one.claim.value)) for one in left if one.claim.how == "edit")
    typed_of = {str(one): "" for one in elements} | {one: at for at, one in edits} if typed else {}
    return Verdict(
        elements, rule.name, first.record, first.claim.at, losers=losers, typed=typed, typed_of=typed_of
    )


def total(rule: Rule, testimonies: Sequence[Testimony]) -> Verdict:
    """The sum over the owner's living records: a customer with two accounts owes both balances.

    A fact goes with its record: whoever left the system owes nothing there.
    """
    owned = latest(
        one
        for one in testimonies
        if one.record.system in rule.systems and one.claim.value is not None and not one.retired
    )
    value = _sum(owned)
    foreign = tuple(sorted((one for one in testimonies if _is_foreign_edit(rule, one, value)), key=by_record))
    if not owned:
        return Verdict(None, rule.name, overruled=foreign)
    return Verdict(value, rule.name, owned[0].record, owned[0].claim.at, overruled=foreign)


def _sum(owned: Sequence[Testimony]) -> Value | None:
    """Money (texts) with two decimals, counts as a whole number; None where nobody says anything."""
    if not owned:
        return None
    whole = sum(Decimal(str(one.says)) for one in owned)
    return f"{whole:.2f}" if any(isinstance(one.says, str) for one in owned) else int(whole)


def _is_foreign_edit(rule: Rule, one: Testimony, value: Value | None) -> bool:
    edited = one.claim.how == "edit" and one.record.system not in rule.systems
    return edited and (one.claim.value is None or not same(one.claim.value, value))


def strictest(rule: Rule, testimonies: Sequence[Testimony]) -> Verdict:
    """The value that stands first in the rule's order; a value not in it has no say."""
    removals = [one for one in testimonies if one.claim.value is None]
    left = [
        one
        for one in testimonies
        if one.claim.value in rule.order and not any(_takes_away(gone, one) for gone in removals)
    ]
    if not left:
        return nobody(rule, testimonies)
    winner = min(latest(left), key=lambda one: rule.order.index(str(one.claim.value)))
    against = [one for one in testimonies if one.claim.value != winner.claim.value]
    later = [one for one in against if one.claim.how == "edit" and one.claim.at >= winner.claim.at]
    return Verdict(
        winner.says,
        rule.name,
        winner.record,
        winner.claim.at,
        losers=values(against),
        overruled=tuple(sorted(later, key=by_record)),
        typed=last_typed(testimonies),
    )


def _takes_away(gone: Testimony, other: Testimony) -> bool:
    if any(other.claim.at < one.at and other.claim.value == one.value for one in gone.claim.over):
        return True
    older = other.claim.precedes(gone.claim)
    return older and (other.overwritten or other.claim.value in gone.claim.removed)


def consent(rule: Rule, testimonies: Sequence[Testimony]) -> Verdict:
    """A *no* stands until a system the rules name dates a later *yes* (a removal of its no).

    Elsewhere a *no* that was taken back goes on standing, as of when it was said.
    """
    lifted = [one for one in testimonies if one.claim.value is None]
    grants = [one for one in lifted if one.record.system in rule.systems]
    taken_back = [_said_then(one) for one in lifted if one.claim.since and one not in grants]
    refusals = [one for one in testimonies if one.claim.value is not None] + taken_back
    standing = latest(one for one in refusals if not any(one.claim.precedes(grant.claim) for grant in grants))
    if not standing:
        last = latest(grants)
        return Verdict(None, "consent", last[0].record if last else None, last[0].claim.at if last else None)
    overruled = sorted((one for one in lifted if one.claim.at >= standing[0].claim.at), key=by_record)
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


def latest(some: Iterable[Testimony]) -> list[Testimony]:
    """The latest first, edits before first sights, then by name of the record."""
    found = list(some)
    if len(found) > 1:
        found.sort(key=lambda one: (one.claim.how != "edit", one.record, canonical(one.claim.value)))
        found.sort(key=lambda one: one.claim.at, reverse=True)
    return found


GATHERED: Mapping[str, Callable[[Rule, Sequence[Testimony]], Verdict]] = {
    "union": union,
    "total": total,
    "strictest": strictest,
    "consent": consent,
}
"""The rules that take from several claims, or ask other than whose claim is best."""
