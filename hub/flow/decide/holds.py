"""What waits for a person's word, and that word carried out."""

from collections.abc import Collection
from dataclasses import dataclass

from hub.flow.decide.decisions import decide
from hub.flow.errors import NotFound
from hub.flow.hub import Hub
from hub.model.instant import Instant
from hub.store import plans, reads
from hub.store.engine import Connection
from hub.store.plans import Hold


@dataclass(frozen=True, slots=True)
class HoldView:
    """A plan that waits for a person."""

    id: str
    system: str
    reasons: tuple[str, ...]
    changes: int
    made_at: Instant


@dataclass(frozen=True, slots=True)
class Decided:
    """A person's decision, carried out."""

    hold: str
    system: str
    state: str
    changes: int


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
