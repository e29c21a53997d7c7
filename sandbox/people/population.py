"""Customers of a fictitious company, as four departments hold them, with the truth about who is who."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from sandbox.people.customers import units
from sandbox.people.dice import Dice
from sandbox.people.entries import Clerk
from sandbox.people.households import Registry
from sandbox.people.model import Person, Population, Unit
from sandbox.people.offices import Offices


def population(customers: int, seed: int, now: datetime) -> Population:
    """Exactly ``customers`` customers with stamps in the three years before ``now``.

    Pure: the same arguments give the same population, ids and all.
    """
    dice = Dice(seed)
    offices = Offices(Clerk(dice, now))
    return _entered(offices, units(Registry(dice, now), customers))


def parts(customers: int, seed: int, now: datetime, size: int) -> Iterator[Population]:
    """The same population in parts, ``size`` households or firms each: one after the other, the whole.

    What was handed out is not kept, so a million records fit in little memory. Whoever belongs together is
    in one part.
    """
    dice = Dice(seed)
    offices = Offices(Clerk(dice, now))
    everyone = units(Registry(dice, now), customers)
    while (part := _entered(offices, islice(everyone, size))).traits:
        yield part


def _entered(offices: Offices, some: Iterable[Unit]) -> Population:
    """What the offices write down of these, and who they are."""
    traits: dict[str, list[str]] = {}
    people: list[Person] = []
    for unit in some:
        offices.enter(unit)
        _note(traits, unit)
        people += unit.people
    written = {book.system: book.hand_over() for book in offices.books}
    return Population(
        systems={system: objects for system, (objects, _) in written.items()},
        truth=[row for _, truth in written.values() for row in truth],
        traits=traits,
        people=people,
    )


def _note(traits: dict[str, list[str]], unit: Unit) -> None:
    firms = {firm.email for firm in unit.organisations}
    shared = len({person.emails[0] for person in unit.people}) < len(unit.people)
    members = traits.setdefault(unit.kind, [])
    members += [person.customer for person in unit.people]
    members += [firm.customer for firm in unit.organisations]
    for person in unit.people:
        met = {
            "moved": person.old_home is not None,
            "married": person.maiden is not None,
            "info_mailbox": person.emails[0] in firms,
            "shared_mailbox": shared and person.emails[0] not in firms,
        }
        for trait in (name for name, found in met.items() if found):
            traits.setdefault(trait, []).append(person.customer)
