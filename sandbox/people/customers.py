"""The customers themselves, before any department wrote them down."""

from collections.abc import Callable, Iterator

from sandbox.people.difficulty import UNITS
from sandbox.people.firms import Chamber
from sandbox.people.households import Registry, couple, parent_and_child, single, twins
from sandbox.people.model import Person, Unit

_HOUSEHOLDS: dict[str, Callable[[Registry], list[Person]]] = {
    "single": single,
    "couple": couple,
    "parent_and_child": parent_and_child,
    "twins": twins,
}
_SIZES = {"couple": 2, "parent_and_child": 2, "twins": 2, "group": 2, "sole_trader": 2}


def units(registry: Registry, customers: int) -> Iterator[Unit]:
    """Households, firms, groups and sole traders until there are exactly ``customers`` customers."""
    chamber = Chamber(registry)
    while customers > 0:
        unit = _unit(registry, chamber, customers)
        customers -= len(unit.people) + len(unit.organisations)
        yield unit


def _unit(registry: Registry, chamber: Chamber, room: int) -> Unit:
    kind = registry.dice.among(list(UNITS), list(UNITS.values()))
    if _SIZES.get(kind, 1) > room:
        kind = "single"
    if kind == "firm":
        return chamber.firm(room)
    if kind == "group":
        return chamber.group(room)
    if kind == "sole_trader":
        return chamber.sole_trader()
    return Unit(kind, _HOUSEHOLDS[kind](registry))
