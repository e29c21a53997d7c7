"""What waits for a person's word, and that word carried out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from hub.flow.decide.decisions import decide
from hub.flow.errors import NotFound, NotRead
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
    mark: str
    """Stands for the changes it keeps: who read another mark has read something else.

    To a hold nothing is ever added, so how many it keeps says which.
    """
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
    found = [one for one in plans.holds(connection) if one.system in wanted]
    return tuple(_view(one, sizes.get(one.id, 0)) for one in found)


def _view(one: Hold, changes: int) -> HoldView:
    mark = _mark([one.id, str(changes)])
    return HoldView(one.id, one.system, one.reasons, changes, one.made_at, mark, one.read_at)


def _mark(words: Sequence[str]) -> str:
    return blake2b(" ".join(words).encode(), digest_size=4).hexdigest()


def mark_of(holds: Sequence[HoldView]) -> str:
    """The mark of several holds together; of one its own."""
    return holds[0].mark if len(holds) == 1 else _mark(sorted(one.mark for one in holds))


def waiting_for(hub: Hub, target: str) -> list[HoldView]:
    """The open holds a person means by a hold's id or a system's name. Raises NotFound."""
    with hub.store.read() as connection:
        found = [one for one in open_holds(hub, connection) if target in (one.id, one.system)]
    if not found:
        raise NotFound(f"nothing is held under '{target}'; klantbeeld plan lists what is")
    return found


def decide_on(hub: Hub, target: str, *, approve: bool, who: str, why: str, mark: str = "") -> list[Decided]:
    """Approve or reject a hold, or a system's: what somebody has read of it, or what ``mark`` stands for.

    Raises NotFound, and NotRead where nothing of it was read, or the mark stands for something else.
    """
    state = "approved" if approve else "rejected"
    waiting = waiting_for(hub, target)
    if mark and mark != mark_of(waiting):
        raise NotRead(f"what is held under '{target}' is no longer what was read as {mark}")
    found = waiting if mark else [one for one in waiting if one.read_at]
    if not found:
        raise NotRead(f"nobody has read what is held for {target}: klantbeeld plan {target} shows it")
    return [
        Decided(one.id, one.system, state, decide(hub, one.id, approve=approve, who=who, why=why))
        for one in found
    ]


def note_read(hub: Hub, hold_ids: Collection[str]) -> None:
    """A person was shown what these holds keep back: who names their system decides on them."""
    with hub.store.begin() as connection:
        plans.note_read(connection, hold_ids, hub.now())
