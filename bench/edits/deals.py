"""Mailboxes and numbers that change hands: along a chain of people, or between two who swap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.edits.fields import put_in
from bench.edits.hands import Hands
from bench.edits.place import Place


@dataclass(frozen=True, slots=True)
class Deal:
    """Who has what once it is right everywhere."""

    name: str
    """``emails`` or ``phones``."""
    wanted: Mapping[str, str]
    """Customer → the one element he has."""
    round: int
    last_act: int
    """The number of the act that ended it: who edits these later, changes what is right."""


def deal_along(hands: Hands, people: Sequence[str], name: str = "emails") -> Deal | None:
    """The first gets a new mailbox, each other one that of the one before; typed in one system."""
    places = _places(hands, people, name)
    if places is None:
        return None
    had = [_has(hands, one, name) for one in people]
    new = [hands.words.email(), *[str(one) for one in had[:-1]]]
    done = [_take(hands, place, name, one, "chain") for place, one in zip(places, new, strict=True)]
    return _deal(hands, name, dict(zip(people, new, strict=True))) if all(done) else None


def swap(hands: Hands, people: Sequence[str], name: str) -> Deal | None:
    """Two people's mailboxes (or numbers) change hands; the first place is empty for a moment."""
    places = _places(hands, people, name) if len(people) == 2 else None
    if places is None:
        return None
    first, second = (_has(hands, one, name) for one in people)
    steps = ((places[0], None), (places[1], first), (places[0], second))
    done = [_take(hands, place, name, one, "swap") for place, one in steps]
    return _deal(hands, name, {people[0]: str(second), people[1]: str(first)}) if all(done) else None


def _deal(hands: Hands, name: str, wanted: Mapping[str, str]) -> Deal:
    return Deal(name, wanted, hands.round, hands.journal.acts)


def _places(hands: Hands, people: Sequence[str], name: str) -> list[Place] | None:
    """Everybody's record in one system that lets people do it; None where not all have one there."""
    for system in hands.words.dice.sample(("hubspot", "moneybird", "hubspot"), 2):
        mine = [[it for it in hands.register.living(one) if it.system == system] for one in people]
        if all(len(one) == 1 for one in mine) and all(_has(hands, one, name) for one in people):
            return [one[0] for one in mine]
    return None


def _has(hands: Hands, customer: str, name: str) -> str | None:
    """The one element all of a customer's records agree on."""
    told = set()
    for place in hands.register.living(customer):
        lens, found = hands.lenses(place).get(name), hands.look(place)
        if lens is not None and found is not None and lens.write_rule == "always":
            told |= {tuple(one for one in found.slots.get(name, ()) if one)}
    (only,) = told if len(told) == 1 else ((),)
    return only[0] if len(only) == 1 else None


def _take(hands: Hands, place: Place, name: str, element: str | None, kind: str) -> bool:
    found = hands.look(place)
    return bool(found and hands.type(place, put_in(hands.lenses(place)[name], found, element), kind))
