"""Who sees what: ``mappings/views.yml``, department by department. What it does not name is not seen."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from hub.mapping.sense import unknown
from hub.mapping.spec import CustomerRules
from hub.model.keys import KINDS, Kind

Shown = Literal["shown", "masked"]


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody sees of customers."""

    systems: frozenset[str] | None = None
    """Only customers known in one of these; None: all."""
    fields: Mapping[Kind, Mapping[str, Shown]] | None = None
    """Kind → field → how it is seen; a field that is not there is not seen. None: all as they are."""

    def of(self, kind: Kind, field: str) -> Shown | None:
        """How a field is seen; None: not at all."""
        return "shown" if self.fields is None else self.fields[kind].get(field)

    def shows(self, field: str) -> bool:
        """Whether a field is seen as it is in customers of every kind that is seen at all."""
        return self.fields is None or (
            any(field in some for some in self.fields.values())
            and all(some.get(field, "shown") == "shown" for some in self.fields.values())
        )

    def has(self, systems: Collection[str]) -> bool:
        """Whether a customer who is known in these systems is seen."""
        return self.systems is None or not self.systems.isdisjoint(systems)


ALL = Sight()
NOBODY = Sight(frozenset(), {kind: {} for kind in KINDS})


def build_views(document: Mapping[str, Any]) -> dict[str, Sight]:
    """Department → what it sees, of a file that is well written."""
    return {name: _sight(told) for name, told in document.get("departments", {}).items()}


def _sight(told: Mapping[str, Any]) -> Sight:
    customers = told["customers"]
    fields: dict[Kind, dict[str, Shown]] = {
        kind: {
            **dict.fromkeys(told.get(kind, {}).get("masked", ()), "masked"),
            **dict.fromkeys(told.get(kind, {}).get("shown", ()), "shown"),
        }
        for kind in KINDS
    }
    return Sight(None if customers == "all" else frozenset(customers), fields)


def doubts_of_views(
    document: Mapping[str, Any], rules: CustomerRules, systems: Collection[str]
) -> Iterator[str]:
    """What is wrong in ``views.yml``; ``systems`` are those that have a mapping file."""
    for name, told in document.get("departments", {}).items():
        place = f"mappings/views.yml, departments.{name}"
        for system in told["customers"] if isinstance(told["customers"], list) else ():
            if system not in systems:
                yield unknown(f"{place}.customers", "system", system, systems)
        for kind in KINDS:
            yield from _doubts_of_fields(told.get(kind, {}), rules.fields.get(kind, {}), f"{place}.{kind}")


def _doubts_of_fields(
    told: Mapping[str, Collection[str]], known: Collection[str], place: str
) -> Iterator[str]:
    for how in ("shown", "masked"):
        for field in told.get(how, ()):
            if field not in known:
                yield unknown(f"{place}.{how}", "field", field, known)
    for field in sorted({*told.get("shown", ())} & {*told.get("masked", ())}):
        yield f"{place}: '{field}' is both shown and masked; take it out of one of them."
