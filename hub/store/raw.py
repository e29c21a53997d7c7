"""Records as received: the current one of each, every version ever seen, and what is still to be admitted."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

import orjson
from sqlalchemy import Connection, bindparam, case, func, select, update

from connectors.contract import RawRecord
from hub.mapping.paths import Path
from hub.model.instant import Instant, shift
from hub.store.form import dump, parse
from hub.store.tables import raw_record, raw_version
from hub.store.upsert import chunks, insert, upsert


@dataclass(frozen=True, slots=True)
class Raw:
    """One record as a system gave it, ready to be stored."""

    system: str
    object: str
    key: str
    hash: str
    data: dict[str, Any]
    stamp: str | None
    version: str | None
    deleted: bool
    merged_into: str | None
    parent: str | None
    read_at: Instant
    since: Instant
    unshown: frozenset[Path] = frozenset()
    """What of it the system did not show at the last reading; ``data`` has it as it was shown before."""
    typed: Mapping[str, str] = field(default_factory=dict)
    """Dotted path → when it got its present value, by the system's own history of that field."""
    earlier: Mapping[str, Sequence[tuple[Any, str]]] = field(default_factory=dict)
    """Dotted path → the last few values before that, the newest first, each with since when."""
    received: Mapping[str, Any] | None = None
    """As it came, where that is not how it stands."""
    swallowed: Sequence[str] = ()
    """The keys of the records that came with this one as merged into it."""


@dataclass(frozen=True, slots=True)
class Landed:
    """What storing a page came to; ``offered`` is their sum."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    parents: frozenset[str] = frozenset()
    """Keys of the records that those belong to, or belonged to, that are new or changed."""


LOOKED = "looked"
"""In place of a fingerprint: seen by a look, and not listed since."""
Seen = tuple[RawRecord, dict[str, Any]]
"""A record as it was just seen, and how it stands with what it did not show this time."""


def land(connection: Connection, page: Sequence[Raw], run_id: str, lag: timedelta = timedelta()) -> Landed:
    """Store a page: unchanged records are only counted, the others become pending and get a version.

    A record twice on one page counts as unchanged once it was stored; the last one stands. ``lag``: how long
    the listing may go on showing a record as it was before it was last seen.
    """
    latest = {one.key: one for one in page}
    held = _hashes(connection, page[0].system, page[0].object, list(latest)) if page else {}
    moved = [one for one in latest.values() if one.key not in held or held[one.key].is_news(one, lag)]
    upsert(connection, raw_record, [_row(one) for one in moved], ("system", "object", "key"))
    insert(connection, raw_version, [_version(one, run_id) for one in moved])
    new = sum(one.key not in held for one in moved)
    parents = {one.parent for one in moved} | {held[one.key].parent for one in moved if one.key in held}
    return Landed(
        new, len(moved) - new, len(page) - len(moved), frozenset(one for one in parents if one is not None)
    )


@dataclass(frozen=True, slots=True)
class _Before:
    hash: str
    parent: str | None
    stamp: str | None
    read_at: Instant
    merged: bool

    def is_news(self, one: Raw, lag: timedelta) -> bool:
        """Whether a record is another than it was, and not one from before it was last seen.

        That a record is gone is none of one that is known to be part of another by now.
        """
        if self.hash == one.hash or (self.merged and one.deleted and not one.merged_into):
            return False
        older = self.stamp is not None and one.stamp is not None and one.stamp < self.stamp
        return not (older and one.read_at <= shift(self.read_at, lag))


def _hashes(connection: Connection, system: str, obj: str, keys: Sequence[str]) -> dict[str, _Before]:
    found: dict[str, _Before] = {}
    for some in chunks(keys):
        table = raw_record.c
        merged = table.merged_into.is_not(None)
        query = select(table.key, table.hash, table.parent, table.stamp, table.read_at, merged).where(
            table.system == system, table.object == obj, table.key.in_(some)
        )
        found |= {key: _Before(*rest) for key, *rest in connection.execute(query)}
    return found


def _row(one: Raw) -> dict[str, Any]:
    return {
        "system": one.system,
        "object": one.object,
        "key": one.key,
        "hash": one.hash,
        "data": dump(one.data),
        "stamp": one.stamp,
        "version": one.version,
        "deleted": one.deleted,
        "merged_into": one.merged_into,
        "parent": one.parent,
        "read_at": one.read_at,
        "since": one.since,
        "pending": True,
        "told": dump(_told(one)),
    }


def _told(one: Raw) -> dict[str, Any]:
    """What else the system told at the last reading, or did not."""
    told: dict[str, Any] = {"unshown": sorted(map(list, one.unshown)), "typed": dict(one.typed)}
    if one.swallowed:
        told["swallowed"] = list(one.swallowed)
    if one.earlier:
        told["earlier"] = {name: list(map(list, some)) for name, some in one.earlier.items()}
    return {name: what for name, what in told.items() if what}


def _version(one: Raw, run_id: str) -> dict[str, Any]:
    kept = ("system", "object", "key", "hash", "data", "deleted", "read_at")
    row = _row(one)
    whole = one.data if one.received is None else one.received
    return {name: row[name] for name in kept} | {"data": dump(whole), "run_id": run_id}


def _raw(row: Any) -> Raw:
    told = parse(row.told)
    return Raw(
        row.system,
        row.object,
        row.key,
        row.hash,
        parse(row.data),
        row.stamp,
        row.version,
        row.deleted,
        row.merged_into,
        row.parent,
        row.read_at,
        row.since,
        frozenset(map(tuple, told.get("unshown", ()))),
        told.get("typed", {}),
        {name: [(value, at) for value, at in some] for name, some in told.get("earlier", {}).items()},
        swallowed=told.get("swallowed", ()),
    )


def fingerprint(record: RawRecord) -> str:
    """What changes when anything about the record does."""
    whole = [record.data, record.deleted, record.merged_into]
    return sha256(orjson.dumps(whole, option=orjson.OPT_SORT_KEYS)).hexdigest()


def looked(connection: Connection, system: str, obj: str, seen: Mapping[str, Seen], at: Instant) -> None:
    """Keep records as they were seen right after a write: what a listing shows from before that is no news.

    They are still to be admitted: beside what the hub wrote there may be what somebody typed. To the next
    listing they are news all the same: it gives the version that is kept, and the system's own history.
    """
    found = []
    for some in chunks(sorted(seen)):
        query = select(raw_record).where(
            raw_record.c.system == system, raw_record.c.object == obj, raw_record.c.key.in_(some)
        )
        for row in connection.execute(query):
            record, whole = seen[row.key]
            since = row.since if row.pending else row.read_at
            if fingerprint(record) != row.hash:
                one = replace(_raw(row), hash=LOOKED, data=whole, stamp=record.stamp, since=since, read_at=at)
                # Of what it shows now the former reading's history says nothing.
                found.append(replace(one, typed=record.typed, earlier=record.earlier))
    upsert(connection, raw_record, [_row(one) for one in found], ("system", "object", "key"))


def pending(connection: Connection, system: str, obj: str, limit: int) -> list[Raw]:
    """Records still to be admitted, in the order of their keys.

    Those that others were made of come when nothing else is left: until then who goes on as what is open.
    """
    mine = (raw_record.c.system == system, raw_record.c.object == obj, raw_record.c.pending)
    query = select(raw_record).where(*mine).order_by(raw_record.c.key).limit(limit)
    gone = raw_record.c.merged_into
    first = [_raw(row) for row in connection.execute(query.where(gone.is_(None)))]
    return first or [_raw(row) for row in connection.execute(query.where(gone.is_not(None)))]


def read_at(connection: Connection, system: str, obj: str, at: Instant) -> Iterator[Raw]:
    """Records still to be admitted that the pull read which began then."""
    query = select(raw_record).where(
        raw_record.c.system == system,
        raw_record.c.object == obj,
        raw_record.c.pending,
        raw_record.c.read_at == at,
    )
    for row in connection.execute(query.execution_options(yield_per=500)):
        yield _raw(row)


def count_pending(connection: Connection, system: str) -> int:
    """How many records of a system wait to be admitted."""
    query = select(func.count()).where(raw_record.c.system == system, raw_record.c.pending)
    return connection.execute(query).scalar_one()


def settle(connection: Connection, records: Sequence[Raw]) -> None:
    """Records are dealt with (admitted or quarantined), unless they have moved on meanwhile."""
    names = ("system", "object", "key", "hash", "read_at")
    unmoved = [raw_record.c[name] == bindparam(f"of_{name}") for name in names]
    rows = [{f"of_{name}": getattr(one, name) for name in names} for one in records]
    if rows:
        connection.execute(update(raw_record).where(*unmoved).values(pending=False), rows)


def awaken(connection: Connection, system: str, obj: str, keys: Collection[str], at: Instant) -> None:
    """These must be mapped again: something that belongs to them changed.

    What is new then became so between their last reading and ``at``; one that is still to be admitted
    keeps the reading before that, or its own values would look as new as what belongs to it.
    """
    table = raw_record.c
    since = case((table.pending, table.since), else_=table.read_at)
    for some in chunks(sorted(keys)):
        connection.execute(
            update(raw_record)
            .where(table.system == system, table.object == obj, table.key.in_(some))
            .values(pending=True, since=since, read_at=at)
        )


def retry(connection: Connection, system: str, obj: str, keys: Collection[str]) -> None:
    """These must be mapped again because a person redrives them; when they were read stays as it was."""
    for some in chunks(sorted(keys)):
        connection.execute(
            update(raw_record)
            .where(raw_record.c.system == system, raw_record.c.object == obj, raw_record.c.key.in_(some))
            .values(pending=True)
        )


def related(
    connection: Connection, system: str, obj: str, parents: Sequence[str]
) -> dict[str, list[dict[str, Any]]]:
    """Parent key → the living records of ``obj`` that belong to it."""
    found: dict[str, list[dict[str, Any]]] = {}
    for some in chunks(parents):
        query = (
            select(raw_record.c.parent, raw_record.c.data)
            .where(
                raw_record.c.system == system,
                raw_record.c.object == obj,
                raw_record.c.parent.in_(some),
                ~raw_record.c.deleted,
            )
            .order_by(raw_record.c.key)
        )
        for row in connection.execute(query):
            found.setdefault(row.parent, []).append(parse(row.data))
    return found


def data(connection: Connection, system: str, obj: str, keys: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Key → the record as last received."""
    found: dict[str, dict[str, Any]] = {}
    for some in chunks(keys):
        query = select(raw_record.c.key, raw_record.c.data).where(
            raw_record.c.system == system, raw_record.c.object == obj, raw_record.c.key.in_(some)
        )
        found |= {row.key: parse(row.data) for row in connection.execute(query)}
    return found


def shown(
    connection: Connection, system: str, wanted: Collection[tuple[str, str]]
) -> dict[tuple[str, str], dict[str, Any]]:
    """(Object, key) → the record as last received."""
    keys: dict[str, list[str]] = {}
    for obj, key in sorted(wanted):
        keys.setdefault(obj, []).append(key)
    return {
        (obj, key): one
        for obj, some in keys.items()
        for key, one in data(connection, system, obj, some).items()
    }


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored record, and whether it is still to be admitted."""

    raw: Raw
    pending: bool


def stored(connection: Connection, system: str, obj: str, keys: Sequence[str]) -> dict[str, Stored]:
    """Key → the record as last received."""
    found: dict[str, Stored] = {}
    for some in chunks(keys):
        query = select(raw_record).where(
            raw_record.c.system == system, raw_record.c.object == obj, raw_record.c.key.in_(some)
        )
        found |= {row.key: Stored(_raw(row), row.pending) for row in connection.execute(query)}
    return found


def reshow(connection: Connection, records: Sequence[Raw]) -> None:
    """Keep what is known to stand in these records, and what of it is not shown; nothing was received."""
    names = ("system", "object", "key")
    same = [raw_record.c[name] == bindparam(f"of_{name}") for name in names]
    rows = [
        {f"of_{name}": getattr(one, name) for name in names}
        | {"data": dump(one.data), "told": dump(_told(one))}
        for one in records
    ]
    if rows:
        shown = update(raw_record).where(*same).values(data=bindparam("data"), told=bindparam("told"))
        connection.execute(shown, rows)


def retry_object(connection: Connection, system: str, obj: str) -> None:
    """Every record of an object must be mapped again: its file finds other customers in them."""
    mine = (raw_record.c.system == system) & (raw_record.c.object == obj)
    connection.execute(update(raw_record).where(mine).values(pending=True))


def latest(connection: Connection, system: str, obj: str, limit: int) -> list[Raw]:
    """The living records of an object that were read last."""
    query = (
        select(raw_record)
        .where(raw_record.c.system == system, raw_record.c.object == obj, ~raw_record.c.deleted)
        .order_by(raw_record.c.read_at.desc(), raw_record.c.key)
        .limit(limit)
    )
    return [_raw(row) for row in connection.execute(query)]


def count(connection: Connection, system: str, obj: str) -> int:
    """How many living records of an object are stored."""
    query = select(func.count()).where(
        raw_record.c.system == system, raw_record.c.object == obj, ~raw_record.c.deleted
    )
    return connection.execute(query).scalar_one()


def living_keys(connection: Connection, system: str, obj: str) -> Iterator[str]:
    """Keys of every record that is not known to be gone."""
    query = select(raw_record.c.key).where(
        raw_record.c.system == system, raw_record.c.object == obj, ~raw_record.c.deleted
    )
    for row in connection.execute(query):
        yield row.key


def living_among(connection: Connection, system: str, obj: str, keys: Collection[str]) -> set[str]:
    """Which of these keys are of records that are not known to be gone."""
    found: set[str] = set()
    for some in chunks(sorted(keys)):
        query = select(raw_record.c.key).where(
            raw_record.c.system == system,
            raw_record.c.object == obj,
            raw_record.c.key.in_(some),
            ~raw_record.c.deleted,
        )
        found.update(connection.execute(query).scalars())
    return found


def parents(connection: Connection, system: str, obj: str, keys: Sequence[str]) -> set[str]:
    """Keys of the records that these belong to."""
    found: set[str] = set()
    for some in chunks(keys):
        query = select(raw_record.c.parent).where(
            raw_record.c.system == system,
            raw_record.c.object == obj,
            raw_record.c.key.in_(some),
            raw_record.c.parent.is_not(None),
        )
        found.update(connection.execute(query).scalars())
    return found


def bury(connection: Connection, system: str, obj: str, keys: Sequence[str], at: Instant) -> None:
    """These are gone from the system."""
    for some in chunks(keys):
        connection.execute(
            update(raw_record)
            .where(raw_record.c.system == system, raw_record.c.object == obj, raw_record.c.key.in_(some))
            .values(deleted=True, pending=True, read_at=at, hash="deleted")
        )
