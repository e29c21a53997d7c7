"""A golden record through time: its versions and what each changed, and what it was on a day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from hub.flow.decide.sides import present
from hub.flow.errors import NotFound
from hub.flow.faults import store_faults
from hub.flow.hub import Hub
from hub.model.instant import Instant
from hub.model.keys import Kind
from hub.store import editions
from hub.store.editions import Version
from hub.views.changes import FieldChange


@dataclass(frozen=True, slots=True)
class Edition:
    """One version, and what it changed."""

    version: int
    at: Instant
    run_id: str
    changed: tuple[FieldChange, ...]
    """Before and after; none where only the origin of a value is another."""


@dataclass(frozen=True, slots=True)
class Editions:
    """All versions of a golden record, the latest first."""

    golden_id: str
    kind: Kind
    systems: tuple[str, ...]
    editions: tuple[Edition, ...]


@dataclass(frozen=True, slots=True)
class Then:
    """What a golden record was at a moment."""

    golden_id: str
    kind: Kind
    systems: tuple[str, ...]
    """Those it is known in today."""
    asked_at: Instant
    version: int
    since: Instant
    fields: tuple[FieldChange, ...]
    """Each field as it was then, and as it is now."""


def through_time(hub: Hub, golden_id: str) -> Editions:
    """Every version of a golden record. Raises NotFound."""
    with store_faults(), hub.store.read() as connection:
        found = present(connection, golden_id)
        told = editions.versions(connection, found.golden_id)
        return Editions(found.golden_id, found.kind, found.systems, tuple(_editions(told)))


def as_of(hub: Hub, golden_id: str, at: Instant) -> Then:
    """What a golden record was at a moment. Raises NotFound for one that was not there yet."""
    with store_faults(), hub.store.read() as connection:
        found = present(connection, golden_id)
        told = editions.versions(connection, found.golden_id)
    then = next((one for one in told if one.at <= at), None)
    if then is None:
        first = told[-1].at if told else found.changed_at
        raise NotFound(f"{golden_id} was not there on {at[:10]}: it was composed first on {first[:10]}")
    names = sorted(then.document.keys() | found.document.keys())
    fields = (FieldChange(name, then.document.get(name), found.document.get(name)) for name in names)
    return Then(found.golden_id, found.kind, found.systems, at, then.version, then.at, tuple(fields))


def _editions(told: Sequence[Version]) -> Iterator[Edition]:
    """The latest first, each beside the one before it."""
    for one, before in pairwise([*told, None]):
        if one is not None:
            yield Edition(one.version, one.at, one.run_id, tuple(_changes(before, one)))


def _changes(before: Version | None, one: Version) -> Iterator[FieldChange]:
    was = before.document if before else {}
    for name in sorted(was.keys() | one.document.keys()):
        if was.get(name) != one.document.get(name):
            yield FieldChange(name, was.get(name), one.document.get(name))
