"""How records come and go by people's hands: a second one, a merge, a deletion, one made again."""

from bench.edits.hands import Hands
from bench.edits.place import HOMES
from bench.edits.register import Register
from hub.model.value import Value

MERGING = ("hubspot", "zendesk")
"""Systems that can merge two records."""


def duplicate(hands: Hands, customer: str) -> bool:
    """A second record of a person in a system that can merge them."""
    kind, system = hands.register.kind(customer), hands.words.dice.choice(MERGING)
    here = [one for one in hands.register.living(customer) if one.system == system]
    found = hands.look(here[0]) if len(here) == 1 and kind == "person" else None
    if found is None:
        return False
    mail: list[Value] = [hands.words.email()]
    values: dict[str, Value] = {**found.document(), "emails": mail}
    return hands.create(system, HOMES[system, kind], customer, values, "duplicate") is not None


def merge(hands: Hands) -> bool:
    """The older of two records of one person stays."""
    register = hands.register
    people = [one for one in sorted(register.customers) if register.kind(one) == "person"]
    for customer, system in ((one, system) for one in people for system in MERGING):
        here = [one for one in register.living(customer) if one.system == system]
        if len(here) > 1:
            older, newer, *_ = sorted(here, key=lambda one: int(one.key))
            return hands.merge(older, newer)
    return False


def delete(hands: Hands, customer: str) -> bool:
    """One of a customer's records goes; some other system keeps him."""
    places = hands.register.living(customer)
    systems = {one.system for one in places}
    return len(systems) > 1 and hands.delete(hands.words.dice.choice(places))


def restore(hands: Hands) -> bool:
    """What was deleted is made again, with what another system shows."""
    owners = hands.register.owners
    for place in sorted(hands.register.gone, key=lambda one: (owners[one], one)):
        customer = owners[place]
        living = hands.register.living(customer)
        found = hands.look(living[0]) if _lacks(hands.register, customer, place.system) else None
        if found is not None:
            values = found.document()
            return hands.create(place.system, place.object, customer, values, "restore") is not None
    return False


def _lacks(register: Register, customer: str, system: str) -> bool:
    """Whether somebody known elsewhere has no record in a system."""
    living = register.living(customer)
    return bool(living) and system not in {one.system for one in living}
