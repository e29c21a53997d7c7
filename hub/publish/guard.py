"""What stops a plan until a person has looked: the blast radius, in plain words. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that may happen without anybody looking."""

    max_changes: int
    max_share: float
    max_creates: int
    max_clears: int


@dataclass(frozen=True, slots=True)
class Size:
    """What a plan would do."""

    changes: int
    creates: int
    clears: int
    records: int
    """How many records the system has that the hub knows of."""
    first_load: bool
    """Nothing was ever written to this system."""
    waited: int = 0
    """Changes that take the place of ones a person has not yet decided on."""


def reasons(size: Size, limits: Limits) -> tuple[str, ...]:
    """Why a person must look first; empty where nobody need."""
    return tuple(_reasons(size, limits)) if size.changes else ()


def _reasons(size: Size, limits: Limits) -> Iterator[str]:
    if size.first_load:
        yield "nothing was ever written to this system: its first load is a person's decision"
    if size.waited:
        yield f"{size.waited} changes take the place of ones that wait for a person's decision"
    if size.changes > limits.max_changes:
        yield f"{size.changes} records would change, more than {limits.max_changes}"
    share = size.changes / size.records if size.records else 0.0
    if share > limits.max_share and size.changes > SMALL:
        yield f"{share:.0%} of the system's records would change, more than {limits.max_share:.0%}"
    if size.creates > limits.max_creates:
        yield f"{size.creates} records would be created, more than {limits.max_creates}"
    if size.clears > limits.max_clears:
        yield f"{size.clears} fields would be emptied, more than {limits.max_clears}"


SMALL = 20
"""Below this many changes a share says nothing."""
