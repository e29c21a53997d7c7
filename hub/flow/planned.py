"""What would be sent, field by field, and what waits for a person; and that person's word on it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from hub.flow.decisions import decide
from hub.flow.errors import NotFound
from hub.flow.hub import Hub
from hub.flow.views import name_of
from hub.model.instant import Instant
from hub.store import golden as goldens
from hub.store import outbox, plans, reads
from hub.store.change import Change
from hub.store.engine import Connection
from hub.store.golden import Golden
from hub.store.plans import Hold

UNSENT = ("held", "ready")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, before and after, as the shared schema has it."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One record's changes for one system."""

    id: str
    system: str
    object: str
    raw_key: str | None
    """None: a record to be created."""
    action: str
    state: str
    hold_id: str | None
    golden_id: str
    customer: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class HoldView:
    """A plan that waits for a person."""

    id: str
    system: str
    reasons: tuple[str, ...]
    changes: int
    made_at: Instant


@dataclass(frozen=True, slots=True)
class Planned:
    """What stands in the outbox and has not been sent."""

    holds: tuple[HoldView, ...]
    changes: tuple[ChangeView, ...]
    totals: Mapping[str, Mapping[str, int]]
    """System → state → changes; ``changes`` may list fewer."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A person's decision, carried out."""

    hold: str
    system: str
    state: str
    changes: int


def planned(hub: Hub, systems: Collection[str], limit: int = 100) -> Planned:
    """The unsent changes of these systems, at most ``limit`` a system."""
    with hub.store.read() as connection:
        found = [one for name in sorted(systems) for one in outbox.changes(connection, name, UNSENT, limit)]
        known = goldens.by_ids(connection, {one.golden_id for one in found})
        told = outbox.tally(connection, systems, UNSENT)
        holds = open_holds(hub, connection, systems)
    totals = {
        name: {state: number for state, number in sorted(told.get(name, {}).items()) if state in UNSENT}
        for name in sorted(systems)
    }
    return Planned(holds, tuple(_change(one, known.get(one.golden_id)) for one in found), totals)


def _change(one: Change, golden: Golden | None) -> ChangeView:
    fields = tuple(FieldChange(name, both["before"], both["after"]) for name, both in one.fields.items())
    customer = name_of(golden.document) if golden else "(merged into another customer)"
    return ChangeView(
        one.id,
        one.system,
        one.object,
        one.raw_key,
        one.action,
        one.state,
        one.hold_id,
        one.golden_id,
        customer,
        fields,
    )


def open_holds(
    hub: Hub, connection: Connection, systems: Collection[str] | None = None
) -> tuple[HoldView, ...]:
    """The holds that wait for a person, oldest first."""
    sizes = reads.held_sizes(connection)
    wanted = hub.mappings.systems if systems is None else systems
    return tuple(
        HoldView(one.id, one.system, one.reasons, sizes.get(one.id, 0), one.made_at)
        for one in plans.holds(connection)
        if one.system in wanted
    )


def waiting_for(hub: Hub, target: str) -> list[Hold]:
    """The open holds a person means by a hold's id or a system's name. Raises NotFound."""
    with hub.store.read() as connection:
        found = [one for one in plans.holds(connection) if target in (one.id, one.system)]
    if not found:
        raise NotFound(f"nothing is held under '{target}'; klantbeeld plan lists what is")
    return found


def decide_on(hub: Hub, target: str, *, approve: bool, who: str, why: str) -> list[Decided]:
    """Approve or reject a hold, or every open one of a system. Raises NotFound."""
    state = "approved" if approve else "rejected"
    return [
        Decided(one.id, one.system, state, decide(hub, one.id, approve=approve, who=who, why=why))
        for one in waiting_for(hub, target)
    ]
