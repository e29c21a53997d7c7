"""What a system stopped showing: told once, and over when it is shown again."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select

from hub.mapping.paths import Path, path
from hub.model.instant import Instant
from hub.store.tables import drift
from hub.store.upsert import insert


@dataclass(frozen=True, slots=True)
class Drift:
    """One place of a system's records that it showed before and shows no longer."""

    system: str
    object: str
    path: str
    since: Instant
    """Up to when it was shown: the last complete pull before it was missed."""


def begin(connection: Connection, system: str, obj: str, paths: Collection[str], at: Instant) -> list[str]:
    """These places are not shown any more; returns those that were not known for it."""
    known = {one.path for one in listed(connection, [system]) if one.object == obj}
    new = sorted({*paths} - known)
    insert(connection, drift, [{"system": system, "object": obj, "path": one, "since": at} for one in new])
    return new


def end(connection: Connection, system: str, obj: str, paths: Collection[str]) -> None:
    """These places are shown again."""
    mine = (drift.c.system == system, drift.c.object == obj, drift.c.path.in_(sorted(paths)))
    connection.execute(delete(drift).where(*mine))


def listed(connection: Connection, systems: Collection[str] | None = None) -> list[Drift]:
    """All that systems (any, where none is named) do not show any more, longest first."""
    query = select(drift).order_by(drift.c.since, drift.c.system, drift.c.object, drift.c.path)
    if systems is not None:
        query = query.where(drift.c.system.in_(sorted(systems)))
    return [Drift(row.system, row.object, row.path, row.since) for row in connection.execute(query)]


def paths(connection: Connection, system: str, obj: str) -> frozenset[Path]:
    """What an object does not show any more."""
    mine = (drift.c.system == system) & (drift.c.object == obj)
    return frozenset(path(one) for one in connection.scalars(select(drift.c.path).where(mine)))
