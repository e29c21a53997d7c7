"""Records as they are compared, and the keys by which those worth comparing are found."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import merge
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, Text, case, cast, delete, func, select, tuple_

from hub.model.keys import Kind
from hub.store.among import among
from hub.store.form import dump, parse
from hub.store.tables import blocking_key, crowd, description, name_word
from hub.store.upsert import add, chunks, upsert

Entry = TypeVar("Entry", int, str)
Key = int
Keyed = list[tuple[Key, int]]
"""A key, and a record that has it."""
Worded = list[tuple[str, int]]
"""A word, and a record that is called so."""
Most = tuple[int, int]
"""How many may share a key before it is a crowd's, by the key's lowest bit."""
MOST = 0.25
"""Share of all rows from which on all keys are read in their order, instead of these records' keys."""
PART = 50_000
"""Descriptions read at a time."""


@dataclass(frozen=True, slots=True)
class Description:
    """One record, described."""

    kind: Kind
    documents: str
    """JSON: today's description and earlier ones."""
    keys: Sequence[Key]
    """In order."""
    words: Sequence[str] = ()
    """By which it is looked up; see :mod:`hub.store.name_words`. In order."""


@dataclass(frozen=True, slots=True)
class Redescribed:
    """What is to be stored of records that are described otherwise than before."""

    rows: Mapping[int, Description]
    came: Keyed
    """Keys they did not have before, in order."""
    went: Keyed
    words_came: Worded
    words_went: Worded


def redescribed(connection: Connection, described: Mapping[int, Description]) -> Redescribed:
    """What of these descriptions is not stored yet."""
    columns = (description.c.documents, description.c["keys"], description.c.words)
    query = select(description.c.record_id, *columns).where(among(description.c.record_id, described))
    held = {row: tuple(told) for row, *told in connection.execute(query).all()}
    fresh = {row: one for row, one in described.items() if held.get(row) != _texts(one)}
    before = {row: held[row] for row in fresh if row in held}
    keys = _moved({row: one.keys for row, one in fresh.items()}, {row: one[1] for row, one in before.items()})
    words = _moved(
        {row: one.words for row, one in fresh.items()}, {row: one[2] for row, one in before.items()}
    )
    return Redescribed(fresh, *keys, *words)


def _moved(
    now: Mapping[int, Sequence[Entry]], before: Mapping[int, str]
) -> tuple[list[tuple[Entry, int]], list[tuple[Entry, int]]]:
    """What records have that they had not before, and had and have no more, each in order."""
    was: dict[int, set[Entry]] = {row: set(parse(text)) for row, text in before.items()}
    came = [(one, row) for row, some in now.items() for one in some if one not in was.get(row, ())]
    went = [(one, row) for row, some in was.items() for one in some - set(now[row])]
    return sorted(came), sorted(went)


def _texts(one: Description) -> tuple[str, ...]:
    return one.documents, dump(list(one.keys)), dump(list(one.words))


def save(connection: Connection, some: Sequence[Redescribed], most: Most) -> set[int]:
    """Store descriptions with their keys; returns who must be compared anew for a key ceased to be a crowd's.

    A key that more than ``most`` records share is a crowd's, and brings no pairs; see :func:`crowded`.
    """
    rows = [
        dict(
            zip(
                ("record_id", "kind", "documents", "keys", "words"),
                (row, one.kind, *_texts(one)),
                strict=True,
            )
        )
        for found in some
        for row, one in found.rows.items()
    ]
    upsert(connection, description, rows, ("record_id",))
    went = [one for found in some for one in found.went]
    for part in chunks(went):
        gone = tuple_(blocking_key.c.key, blocking_key.c.record_id).in_(part)
        connection.execute(delete(blocking_key).where(gone))
    for words in chunks([one for found in some for one in found.words_went]):
        gone = tuple_(name_word.c.word, name_word.c.record_id).in_(words)
        connection.execute(delete(name_word).where(gone))
    came = merge(*(found.came for found in some))
    add(connection, blocking_key, ("key", "record_id"), list(came))
    told = merge(*(found.words_came for found in some))
    add(connection, name_word, ("word", "record_id"), list(told))
    large = _crowds(connection, {key for key, _ in went})
    ceased = large - {key for key, number in _counted(connection, large).items() if number > most[key & 1]}
    connection.execute(delete(crowd).where(among(crowd.c.key, ceased)))
    return _holders(connection, ceased)


def crowded(connection: Connection, records: Collection[int], most: Most) -> set[int]:
    """Who must be compared anew, for a key became a crowd's that one of these ``records`` has."""
    query = _keys(connection, records).group_by(blocking_key.c.key).having(func.count() > _limit(most))
    large: set[Key] = set(connection.scalars(query))
    became = large - _crowds(connection, large)
    add(connection, crowd, ("key",), [(key,) for key in sorted(became)])
    return _holders(connection, became)


def groups(connection: Connection, records: Collection[int], most: Most) -> Sequence[str]:
    """For each key that several share, a crowd excepted, who does: ``17,34,501``.

    Of the keys these ``records`` have, or of all of them.
    """
    members = func.aggregate_strings(cast(blocking_key.c.record_id, Text), ",")
    query = _keys(connection, records).with_only_columns(members).group_by(blocking_key.c.key)
    return connection.scalars(query.having(func.count().between(2, _limit(most)))).all()


def _keys(connection: Connection, records: Collection[int]) -> Select[Any]:
    """A query of the keys of these records with all who have them; of all keys, where that costs less."""
    last = connection.execute(select(func.max(description.c.record_id))).scalar_one()  # told without a count
    query = select(blocking_key.c.key)
    if len(records) > MOST * (last or 0):
        return query
    told = _column(connection, records, "keys").values()
    return query.where(among(blocking_key.c.key, {key for keys in told for key in parse(keys)}))


def _limit(most: Most) -> ColumnElement[int]:
    return case((blocking_key.c.key % 2 == 1, most[1]), else_=most[0])


def _crowds(connection: Connection, keys: Collection[Key]) -> set[Key]:
    """Those of these keys that are noted as a crowd's."""
    return set(connection.scalars(select(crowd.c.key).where(among(crowd.c.key, keys))))


def _counted(connection: Connection, keys: Collection[Key]) -> Counter[Key]:
    query = select(blocking_key.c.key, func.count()).where(among(blocking_key.c.key, keys))
    return Counter(dict(connection.execute(query.group_by(blocking_key.c.key)).all()))


def _holders(connection: Connection, keys: Collection[Key]) -> set[int]:
    query = select(blocking_key.c.record_id).where(among(blocking_key.c.key, keys))
    return set(connection.scalars(query))


def share_a_key(connection: Connection, one: int, other: int, most: Most) -> bool:
    """Whether two records have a key in common by which they are compared."""
    told = [set(parse(keys)) for keys in _column(connection, (one, other), "keys").values()]
    shared = set.intersection(*told) if len(told) == 2 else set()
    return any(number <= most[key & 1] for key, number in _counted(connection, shared).items())


def some_holders(connection: Connection, keys: Collection[Key], most: int) -> set[int]:
    """Who has one of these keys; where a crowd shares every one of them, some of who has the rarest."""
    counted = _counted(connection, keys)
    few = {key for key in keys if 0 < counted[key] <= most}
    if few or not counted:
        return _holders(connection, few)
    rarest = min(counted, key=lambda one: (counted[one], one))
    query = select(blocking_key.c.record_id).where(blocking_key.c.key == rarest)
    return set(connection.scalars(query.order_by(blocking_key.c.record_id).limit(most)))


def documents(connection: Connection, records: Collection[int]) -> dict[int, str]:
    """Record → its descriptions, in JSON."""
    return _column(connection, records, "documents")


def in_parts(connection: Connection, kind: Kind, records: Sequence[int]) -> Iterator[dict[int, str]]:
    """The same of those of these records that are of a kind, some at a time."""
    for start in range(0, len(records), PART):
        yield _column(connection, records[start : start + PART], "documents", description.c.kind == kind)


def of_kind(connection: Connection, kind: Kind) -> dict[int, str]:
    """Record → its descriptions, of every record of a kind."""
    query = select(description.c.record_id, description.c.documents).where(description.c.kind == kind)
    return dict(connection.execute(query).all())


def _column(
    connection: Connection, records: Collection[int], name: str, *but: ColumnElement[bool]
) -> dict[int, str]:
    query = select(description.c.record_id, description.c[name])
    return dict(connection.execute(query.where(among(description.c.record_id, records), *but)).all())
