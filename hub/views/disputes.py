"""What nothing decides: for whom, between which values, and whose question it is."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hub.flow.hub import Hub
from hub.mapping.spec import Department
from hub.model.keys import Kind, RecordKey
from hub.model.value import Value, canonical
from hub.store import golden as goldens
from hub.store.golden import Golden
from hub.views.naming import Telling, name_of
from hub.views.sentences import Lang, sentences


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values."""

    value: Value
    records: tuple[str, ...]
    """Whose people say so, or say less."""

    @property
    def systems(self) -> tuple[str, ...]:
        """The systems of these records."""
        return tuple(sorted({RecordKey.parse(one).system for one in self.records}))


@dataclass(frozen=True, slots=True)
class Dispute:
    """One question: which of these values is a customer's?"""

    golden_id: str
    kind: Kind
    customer: str
    field: str
    unit: str
    """Which part of the field; empty for all of it."""
    owner: Department
    owner_name: str
    choices: tuple[Choice, ...]
    """Those of most systems first; numbered from 1 where people choose."""
    alike: int
    """Of how many customers the very same is asked, this one with them."""
    systems: tuple[str, ...]
    """In which the customer is known."""


@dataclass(frozen=True, slots=True)
class Disputes:
    """The questions, those first that settle most."""

    questions: tuple[Dispute, ...]
    total: int
    customers: int
    """How many customers have one."""
    by_field: Mapping[str, int]


def disputes(
    hub: Hub,
    limit: int | None = None,
    *,
    system: str | None = None,
    owner: str | None = None,
    field: str | None = None,
    lang: Lang = "en",
) -> Disputes:
    """What waits for its owner; ``system``: in which its people say something.

    Reads every golden record of which something is undecided, and no other.
    """
    with hub.store.read() as connection:
        every = [
            one
            for golden in goldens.disputed(connection)
            for one in _of(hub, golden)
            if owner in (None, one[2]) and field in (None, one[1][0]) and _said_in(one[3], system)
        ]
    alike = Counter(_likeness(golden, where, some) for golden, where, _, some in every)
    tell = Telling(hub.mappings, sentences(lang))
    found = [
        _dispute(tell, golden, where, who, some, alike[_likeness(golden, where, some)])
        for golden, where, who, some in every
    ]
    found.sort(key=lambda one: (-one.alike, one.owner, one.field, one.unit, one.golden_id))
    fields = Counter(one.field for one in found)
    customers = len({one.golden_id for one in found})
    return Disputes(tuple(found[:limit]), len(found), customers, dict(sorted(fields.items())))


Where = tuple[str, str]
"""A field and a unit of it."""
Asked = Sequence[Mapping[str, Any]]


def _of(hub: Hub, golden: Golden) -> Iterator[tuple[Golden, Where, Department, Asked]]:
    fields, told = hub.mappings.customer.fields[golden.kind], hub.mappings.told(golden.kind)
    for name, units in golden.candidates.items():
        for unit, some in units.items():
            if name in fields and name in told:
                yield golden, (name, unit), fields[name].owner, some


def _said_in(some: Asked, system: str | None) -> bool:
    """Whether one of the values is of this system's people."""
    every = (RecordKey.parse(record).system for one in some for record in one["from"])
    return system is None or system in every


def _likeness(golden: Golden, where: Where, some: Asked) -> tuple[str, str, str, str]:
    """What makes two questions the same one: the field, and the values to choose from."""
    return golden.kind, *where, " ".join(sorted(canonical(one["value"]) for one in some))


def _dispute(
    tell: Telling, golden: Golden, where: Where, owner: Department, some: Asked, alike: int
) -> Dispute:
    choices = tuple(Choice(one["value"], tuple(one["from"])) for one in some)
    name = tell.department(owner)
    head = (golden.golden_id, golden.kind, name_of(golden))
    return Dispute(*head, *where, owner, name, choices, alike, golden.systems)
