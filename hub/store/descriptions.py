"""Records as they are compared, and the keys by which those worth comparing are found."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, delete, func, select, tuple_

from hub.model.keys import Kind
from hub.store.among import among
from hub.store.form import dump, parse
from hub.store.tables import blocking_key, description
from hub.store.upsert import chunks, insert, upsert

Key = int
Keyed = list[tuple[int, Key]]
"""Record, and one of its keys."""


@dataclass(frozen=True, slots=True)
class Description:
    """One record, described."""

    kind: Kind
    documents: str
    """JSON: today's description and earlier ones."""
    keys: tuple[Key, ...]


def save(connection: Connection, described: Mapping[int, Description], crowd: int) -> set[int]:
    """Store descriptions with their keys; returns the records for whom a key began or ceased to be a crowd's.

    A key that more than ``crowd`` records share brings no pairs, so all who share it must be compared anew
    when one comes or goes there.
    """
    held = _keys(connection, described)
    came = [(key, row) for row, one in described.items() for key in set(one.keys) - held.get(row, set())]
    went = [(key, row) for row, some in held.items() for key in some - set(described[row].keys)]
    crossed = _crossed(connection, came, went, crowd)
    rows = [
        {"record_id": row, "kind": one.kind, "documents": one.documents, "keys": dump(list(one.keys))}
        for row, one in described.items()
    ]
    upsert(connection, description, rows, ("record_id",))
    for some in chunks(sorted(went)):
        gone = tuple_(blocking_key.c.key, blocking_key.c.record_id).in_(some)
        connection.execute(delete(blocking_key).where(gone))
    insert(connection, blocking_key, [{"key": key, "record_id": row} for key, row in sorted(came)])
    return {row for row, _ in holders(connection, crossed)} - described.keys()


def _crossed(
    connection: Connection, came: Iterable[tuple[Key, int]], went: Iterable[tuple[Key, int]], crowd: int
) -> set[Key]:
    more, fewer = Counter(key for key, _ in came), Counter(key for key, _ in went)
    # Few keys have many holders: those too small to come to cross the line need not be told.
    large = func.count() > crowd - max(more.values(), default=0)
    before = _counted(connection, more.keys() | fewer.keys(), large)
    return {
        key
        for key in more.keys() | fewer.keys()
        if (before[key] <= crowd) != (before[key] + more[key] - fewer[key] <= crowd)
    }


def _counted(connection: Connection, keys: Collection[Key], *having: ColumnElement[bool]) -> Counter[Key]:
    query = select(blocking_key.c.key, func.count()).where(among(blocking_key.c.key, keys))
    counted = query.group_by(blocking_key.c.key).having(*having)
    return Counter(dict(connection.execute(counted).all()))


def _keys(connection: Connection, records: Collection[int]) -> dict[int, set[Key]]:
    return {row: set(parse(keys)) for row, keys in _column(connection, records, "keys").items()}


def keys_of(connection: Connection, kind: Kind, records: Collection[int]) -> set[Key]:
    """The keys of those of these records that are of a kind."""
    told = _column(connection, records, "keys", description.c.kind == kind).values()
    return {key for keys in told for key in parse(keys)}


def sharing(connection: Connection, keys: Collection[Key], crowd: int) -> Keyed:
    """Every record that has one of these keys, but for those of a crowd and those of one record alone."""
    counted = select(blocking_key.c.key).where(among(blocking_key.c.key, keys)).group_by(blocking_key.c.key)
    telling = counted.having(func.count().between(2, crowd))
    query = select(blocking_key.c.record_id, blocking_key.c.key).where(blocking_key.c.key.in_(telling))
    return [(row, key) for row, key in connection.execute(query).all()]


def share_a_key(connection: Connection, one: int, other: int, crowd: int) -> bool:
    """Whether two records have a key in common by which they are compared."""
    told = [set(parse(keys)) for keys in _column(connection, (one, other), "keys").values()]
    shared = set.intersection(*told) if len(told) == 2 else set()
    return any(number <= crowd for number in _counted(connection, shared).values())


def holders(connection: Connection, keys: Collection[Key]) -> Keyed:
    """Every record that has one of these keys."""
    query = select(blocking_key.c.record_id, blocking_key.c.key).where(among(blocking_key.c.key, keys))
    return [(row, key) for row, key in connection.execute(query).all()]


def some_holders(connection: Connection, keys: Collection[Key], crowd: int) -> set[int]:
    """Who has one of these keys; where a crowd shares every one of them, some of who has the rarest."""
    counted = _counted(connection, keys)
    few = {key for key in keys if 0 < counted[key] <= crowd}
    if few or not counted:
        return {row for row, _ in holders(connection, few)}
    rarest = min(counted, key=lambda one: (counted[one], one))
    query = select(blocking_key.c.record_id).where(blocking_key.c.key == rarest)
    return set(connection.scalars(query.order_by(blocking_key.c.record_id).limit(crowd)))


def documents(connection: Connection, records: Collection[int]) -> dict[int, str]:
    """Record → its descriptions, in JSON."""
    return _column(connection, records, "documents")


def of_kind(connection: Connection, kind: Kind) -> dict[int, str]:
    """Record → its descriptions, of every record of a kind."""
    query = select(description.c.record_id, description.c.documents).where(description.c.kind == kind)
    return dict(connection.execute(query).all())


def _column(
    connection: Connection, records: Collection[int], name: str, *but: ColumnElement[bool]
) -> dict[int, str]:
    query = select(description.c.record_id, description.c[name])
    return dict(connection.execute(query.where(among(description.c.record_id, records), *but)).all())
