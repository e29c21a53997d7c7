"""The trail: every full record that was read, every export and every decision, by whom and when."""

from collections.abc import Sequence
from typing import Any

from hub.flow.access.roles import Person
from hub.flow.faults import store_faults
from hub.flow.hub import Hub
from hub.store import trail
from hub.store.trail import Noted, Step, Verified

__all__ = ["Noted", "Step", "Verified", "latest", "note", "step", "verified"]


def step(hub: Hub, person: Person, what: str, about: str, **told: Any) -> Step:
    """What somebody does now. ``told``: counts and names, nothing anybody said."""
    return Step(hub.now(), person.who, person.role, what, about, told)


def note(hub: Hub, steps: Sequence[Step]) -> None:
    """Store these, in their order."""
    with store_faults(), hub.store.begin() as connection:
        trail.append(connection, steps)


def latest(hub: Hub, limit: int = 100, about: str | None = None) -> Sequence[Noted]:
    """The latest steps, the latest first."""
    with store_faults(), hub.store.read() as connection:
        return trail.latest(connection, limit, about)


def verified(hub: Hub, head: str | None = None) -> Verified:
    """Whether the chain is whole. Reads all of it. ``head``: one that was written down earlier."""
    with store_faults(), hub.store.read() as connection:
        return trail.verified(connection, head)
