"""Customers of a fictitious company, as four departments hold them, with the truth about who is who."""

from datetime import datetime

from sandbox.people.customers import units
from sandbox.people.dice import Dice
from sandbox.people.entries import Clerk
from sandbox.people.households import Registry
from sandbox.people.model import Population, Unit
from sandbox.people.offices import Offices


def population(customers: int, seed: int, now: datetime) -> Population:
    """Exactly ``customers`` customers with stamps in the three years before ``now``.

    Pure: the same arguments give the same population, ids and all.
    """
    dice = Dice(seed)
    offices = Offices(Clerk(dice, now))
    traits: dict[str, list[str]] = {}
    for unit in units(Registry(dice, now), customers):
        offices.enter(unit)
        _note(traits, unit)
    return Population(
        systems={book.system: book.objects for book in offices.books},
        truth=[row for book in offices.books for row in book.truth],
        traits=traits,
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
