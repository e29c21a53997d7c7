"""What is left of a view for somebody who does not see everything: one place for pages, API and exports.

A field that is masked says that there is something, not what; one that is not seen is not there at all.
What is not known here cannot be shown to such a person: a new view raises until it is.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import singledispatch
from typing import Any, TypeVar

from hub.flow.hub import Hub
from hub.mapping.views import ALL, NOBODY, Sight
from hub.model.keys import Kind, RecordKey
from hub.model.value import Value
from hub.views.changes import FieldChange
from hub.views.customer import Customer, FieldView, LinkView, Rival
from hub.views.disputes import Choice, Dispute, Disputes
from hub.views.feed import Change, Feed
from hub.views.find import Found, Hit
from hub.views.planned import ChangeView, Planned
from hub.views.quarantine import HeldRecord, Quarantine
from hub.views.refused import Refused
from hub.views.review import Question, Queue, Side
from hub.views.search import Candidate
from hub.views.through_time import Editions, Then

__all__ = ["MASK", "Sight", "seen", "seen_of", "sight_of"]

MASK = "•••"
"""What stands where something is masked."""
NAMES: Mapping[Kind, str] = {"person": "name", "organisation": "legal_name"}
"""Kind → the field a customer is called by."""
View = TypeVar("View")


def sight_of(hub: Hub, department: str | None) -> Sight:
    """What a department sees of customers; who is not of one (None) sees all."""
    return ALL if department is None else hub.mappings.views.get(department, NOBODY)


def seen(view: View, sight: Sight) -> View:
    """The view as somebody with this sight sees it. Raises NotImplementedError for a view not known here."""
    if sight == ALL:
        return view
    shown: View = _seen(view, sight)
    return shown


@singledispatch
def _seen(view: Any, sight: Sight) -> Any:
    raise NotImplementedError(f"what a department sees of {type(view).__name__} is not settled")


@_seen.register
def _(view: Found, sight: Sight) -> Found:
    hits = tuple(_seen(one, sight) for one in view.hits if sight.has(one.systems))
    mine = view.customer if view.customer and sight.has(view.customer.systems) else None
    old = view.redirected_from if mine else None
    return replace(view, customer=_seen(mine, sight) if mine else None, redirected_from=old, hits=hits)


@_seen.register
def _(view: Hit, sight: Sight) -> Hit:
    name, town, email = _called(view.kind, view.name, view.town, view.email, sight)
    return replace(view, name=name, town=town, email=email)


@_seen.register
def _(view: Candidate, sight: Sight) -> Candidate:
    name, town, email = _called(view.kind, view.name, view.town, view.email, sight)
    return replace(view, name=name, town=town, email=email)


def _called(kind: Kind, name: str, town: str, email: str, sight: Sight) -> tuple[str, str, str]:
    return (
        _text(name, kind, NAMES[kind], sight),
        _text(town, kind, "address", sight),
        _text(email, kind, "emails", sight),
    )


@_seen.register
def _(view: Customer, sight: Sight) -> Customer:
    kind = view.kind
    return replace(
        view,
        name=_text(view.name, kind, NAMES[kind], sight),
        fields=tuple(_field(one, kind, sight) for one in view.fields if sight.of(kind, one.name)),
        records=tuple(
            replace(one, held={name: why for name, why in one.held.items() if sight.of(kind, name)})
            for one in view.records
        ),
        links=tuple(_link(one, sight) for one in view.links),
        consent_events=tuple(
            _consent(one, kind, sight) for one in view.consent_events if _consents(kind, sight)
        ),
        refused=tuple(_refused(view.refused, sight)),
        ledger=None if view.ledger is None else tuple(_entries(view.ledger, kind, sight)),
    )


def _field(one: FieldView, kind: Kind, sight: Sight) -> FieldView:
    if sight.of(kind, one.name) == "shown":
        return one
    return replace(
        one,
        value=None if one.value is None else MASK,
        others=_rivals(one.others),
        overruled=_rivals(one.overruled),
        candidates={unit: [{**it, "value": MASK} for it in some] for unit, some in one.candidates.items()},
    )


def _rivals(some: Iterable[Rival]) -> tuple[Rival, ...]:
    return tuple(replace(one, value=None if one.value is None else MASK, why=MASK) for one in some)


def _link(one: LinkView, sight: Sight) -> LinkView:
    """Whom a person works for, or who works for a firm: seen where either kind's name is."""
    shown = all(sight.of(kind, field) == "shown" for kind, field in NAMES.items())
    return one if shown else replace(one, name=MASK)


def _consents(kind: Kind, sight: Sight) -> bool:
    return any(sight.of(kind, name) for name in ("email_consent", "sms_consent"))


def _consent(one: Mapping[str, str], kind: Kind, sight: Sight) -> Mapping[str, str]:
    field = "phones" if one.get("channel") == "sms" else "emails"
    whole = sight.of(kind, field) == "shown"
    return one if whole or "address" not in one else {**one, "address": MASK}


def _refused(some: Iterable[Refused], sight: Sight) -> Iterable[Refused]:
    for one in some:
        kind = one.kind
        fields = tuple(_change(it, kind, sight) for it in one.fields if sight.of(kind, it.name))
        if fields:
            whole = all(sight.of(kind, it.name) == "shown" for it in one.fields)
            customer, holder = (
                _text(text, kind, NAMES[kind], sight) for text in (one.customer, one.holder_name)
            )
            said = one.said if whole else ""
            yield replace(one, fields=fields, said=said, customer=customer, holder_name=holder)


def _change(one: FieldChange, kind: Kind, sight: Sight) -> FieldChange:
    return one if sight.of(kind, one.name) == "shown" else _masked_change(one)


def _masked_change(one: FieldChange) -> FieldChange:
    return FieldChange(one.name, _masked(one.before), _masked(one.after))


def _entries(some: Iterable[Any], kind: Kind, sight: Sight) -> Iterable[Any]:
    for one in some:
        how = sight.of(kind, one.field)
        if how:
            yield (
                one if how == "shown" else replace(one, before=_masked(one.before), after=_masked(one.after))
            )


@_seen.register
def _(view: Disputes, sight: Sight) -> Disputes:
    some = [one for one in view.questions if sight.of(one.kind, one.field) and sight.has(one.systems)]
    return replace(view, questions=tuple(_seen(one, sight) for one in some))


@_seen.register
def _(view: Dispute, sight: Sight) -> Dispute:
    name = _text(view.customer, view.kind, NAMES[view.kind], sight)
    if sight.of(view.kind, view.field) == "shown":
        return replace(view, customer=name)
    return replace(view, customer=name, choices=tuple(Choice(MASK, one.records) for one in view.choices))


@_seen.register
def _(view: Planned, sight: Sight) -> Planned:
    refused = replace(view.refused, refused=tuple(_refused(view.refused.refused, sight)))
    return replace(view, changes=tuple(_planned(one, sight) for one in view.changes), refused=refused)


def _planned(one: ChangeView, sight: Sight) -> ChangeView:
    """What is to be written: that it is stays told of every field, for it is decided on as a whole."""
    if one.kind is None:
        return replace(one, fields=tuple(_masked_change(it) for it in one.fields))
    name = _text(one.customer, one.kind, NAMES[one.kind], sight)
    return replace(one, customer=name, fields=tuple(_change(it, one.kind, sight) for it in one.fields))


@_seen.register
def _(view: Quarantine, sight: Sight) -> Quarantine:
    return replace(view, held=tuple(_held(one, sight) for one in view.held))


def _held(one: HeldRecord, sight: Sight) -> HeldRecord:
    kind = RecordKey.parse(one.record).kind
    reasons = (
        it
        if sight.of(kind, it.path.partition("/")[0]) == "shown"
        else replace(it, value=_masked(it.value), sentence=it.place)
        for it in one.reasons
    )
    return replace(one, name=_text(one.name, kind, NAMES[kind], sight), reasons=tuple(reasons))


@_seen.register
def _(view: Queue, sight: Sight) -> Queue:
    both = ((one, one.left.systems, one.right.systems) for one in view.questions)
    mine = tuple(_seen(one, sight) for one, left, right in both if sight.has(left) and sight.has(right))
    return replace(view, questions=mine)


@_seen.register
def _(view: Question, sight: Sight) -> Question:
    named: Callable[[Side], Side] = lambda one: replace(  # noqa: E731
        one, name=_text(one.name, view.kind, NAMES[view.kind], sight)
    )
    return replace(view, left=named(view.left), right=named(view.right))


@_seen.register
def _(view: Editions, sight: Sight) -> Editions:
    told = (replace(one, changed=_changes(one.changed, view.kind, sight)) for one in view.editions)
    return replace(view, editions=tuple(told) if sight.has(view.systems) else ())


@_seen.register
def _(view: Then, sight: Sight) -> Then:
    mine = view.fields if sight.has(view.systems) else ()
    return replace(view, fields=_changes(mine, view.kind, sight))


def _changes(some: Iterable[FieldChange], kind: Kind, sight: Sight) -> tuple[FieldChange, ...]:
    return tuple(_change(one, kind, sight) for one in some if sight.of(kind, one.name))


@_seen.register
def _(view: Feed, sight: Sight) -> Feed:
    return replace(view, changes=tuple(_seen(one, sight) for one in view.changes if sight.has(one.systems)))


@_seen.register
def _(view: Change, sight: Sight) -> Change:
    return replace(view, document=seen_of(view.kind, view.document, sight))


def seen_of(kind: Kind, document: Mapping[str, Value], sight: Sight) -> dict[str, Value]:
    """What is seen of a golden document."""
    told = {name: value for name, value in document.items() if sight.of(kind, name)}
    return {name: value if sight.of(kind, name) == "shown" else MASK for name, value in told.items()}


def _text(text: str, kind: Kind, field: str, sight: Sight) -> str:
    return text if not text or sight.of(kind, field) == "shown" else MASK


def _masked(value: Any) -> Any:
    return None if value is None else MASK
