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
    read_at: Instant | None = None
    """When a person was shown it."""


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
        HoldView(one.id, one.system, one.reasons, sizes.get(one.id, 0), one.made_at, one.read_at)
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
    """Approve or reject a hold, or those of a system that somebody has read. Raises NotFound."""
    state = "approved" if approve else "rejected"
    found = [one for one in waiting_for(hub, target) if one.id == target or one.read_at]
    if not found:
        raise NotFound(
            f"nobody has read what is held for {target}: klantbeeld plan {target} shows it, field by field"
        )
    return [
        Decided(one.id, one.system, state, decide(hub, one.id, approve=approve, who=who, why=why))
        for one in found
    ]


def note_read(hub: Hub, hold_ids: Collection[str]) -> None:
    """A person was shown what these holds keep back: who names their system decides on them."""
    with hub.store.begin() as connection:
        plans.note_read(connection, hold_ids, hub.now())
