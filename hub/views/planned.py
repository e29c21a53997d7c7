"""What would be sent, field by field, and what waits for a person."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from hub.flow.decide.holds import HoldView, open_holds
from hub.flow.hub import Hub
from hub.store import golden as goldens
from hub.store import outbox
from hub.store.change import Change
from hub.store.golden import Golden
from hub.views.changes import FieldChange, field_changes
from hub.views.naming import name_of

UNSENT = ("held", "ready")


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
class Planned:
    """What stands in the outbox and has not been sent."""

    holds: tuple[HoldView, ...]
    changes: tuple[ChangeView, ...]
    totals: Mapping[str, Mapping[str, int]]
    """System → state → changes; ``changes`` may list fewer."""


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
    customer = name_of(golden) if golden else "(merged into another customer)"
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
        tuple(field_changes(one)),
    )
