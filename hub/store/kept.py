"""What is kept of vendors' records: every version as received, and what of the last was not shown."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, false, or_, select

from hub.mapping.paths import Path
from hub.model.instant import Instant
from hub.store.form import dump, parse
from hub.store.tables import raw_record, raw_version
from hub.store.upsert import chunks


@dataclass(frozen=True, slots=True)
class Version:
    """A record as it was once received."""

    data: dict[str, Any]
    read_at: Instant
    deleted: bool


def versions(
    connection: Connection, system: str, obj: str, keys: Collection[str], words: Collection[str] = ()
) -> dict[str, list[Version]]:
    """Key → every version of the record that is kept, newest first; with ``words``: that has one of these."""
    told = or_(false(), *(raw_version.c.data.contains(f'"{one}"', autoescape=True) for one in sorted(words)))
    found: dict[str, list[Version]] = {}
    table = raw_version.c
    for some in chunks(sorted(keys)):
        query = select(table.key, table.data, table.read_at, table.deleted).where(
            table.system == system, table.object == obj, table.key.in_(some), *((told,) if words else ())
        )
        for key, data_, read_at, deleted in connection.execute(query.order_by(table.id.desc())):
            found.setdefault(key, []).append(Version(parse(data_), read_at, deleted))
    return found


def living(connection: Connection, system: str, obj: str) -> Iterator[dict[str, Any]]:
    """The records of an object that are not known to be gone, until nobody asks for more."""
    query = select(raw_record.c.data).where(
        raw_record.c.system == system, raw_record.c.object == obj, ~raw_record.c.deleted
    )
    for one in connection.scalars(query.execution_options(yield_per=500)):
        yield parse(one)


def unshown(connection: Connection, system: str, obj: str, keys: Sequence[str]) -> dict[str, frozenset[Path]]:
    """Key → what of the record the system did not show at its last reading; of those of which it is some."""
    found: dict[str, frozenset[Path]] = {}
    for some in chunks(keys):
        query = select(raw_record.c.key, raw_record.c.told).where(
            raw_record.c.system == system, raw_record.c.object == obj, raw_record.c.key.in_(some)
        )
        for key, told in connection.execute(query):
            if paths := parse(told).get("unshown"):
                found[key] = frozenset(map(tuple, paths))
    return found


def read_without(
    connection: Connection, system: str, obj: str, where: Path, limit: int | None = None
) -> list[str]:
    """Keys of the living records whose last reading did not show a place, the last stored first.

    With ``limit`` no more of them are read than that.
    """
    query = select(raw_record.c.key, raw_record.c.told).where(
        raw_record.c.system == system,
        raw_record.c.object == obj,
        ~raw_record.c.deleted,
        raw_record.c.told.contains(dump(list(where)), autoescape=True),
    )
    rows = connection.execute(query.order_by(raw_record.c.id.desc()).limit(limit))
    return [key for key, told in rows if list(where) in parse(told).get("unshown", ())]
