"""Who looked at whom and who decided what: rows in a chain, so that none is changed or taken out unseen.

The hash of each row is made of the row and of the hash before it; the head stands apart, so that rows taken
off the end are missed too.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, select, update

from hub.model.instant import Instant
from hub.store.form import dump, parse
from hub.store.tables import trail, trail_head

START = "0" * 64
"""The hash before the first row."""
_HEAD = 0
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that somebody did, or looked at."""

    at: Instant
    who: str
    role: str
    what: str
    """A verb: ``customer read``, ``plan approved``."""
    about: str
    """A golden id, a hold, a file: nothing anybody said."""
    told: Mapping[str, Any]
    """More of the kind, such as how many rows an export has."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A step with its place in the chain."""

    number: int
    step: Step
    hash: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What became of the chain."""

    steps: int
    head: str
    """To be written down somewhere else: who changes all of the chain cannot change that."""
    broken_at: int | None = None
    """The number of the first row that is not as it was written, or that is missing."""
    has_head: bool | None = None
    """Whether the head that was asked for is part of it; None where none was."""


def append(connection: Connection, steps: Sequence[Step]) -> None:
    """Add these, in their order; who else adds waits until this transaction ends."""
    number, last = _head(connection)
    rows = []
    for number, one in enumerate(steps, number + 1):  # noqa: B020  (goes on from the head)
        last = _hash(last, number, one)
        rows.append({**_row(one), "number": number, "hash": last})
    connection.execute(trail.insert(), rows)
    connection.execute(update(trail_head).where(trail_head.c.id == _HEAD).values(number=number, hash=last))


def _head(connection: Connection) -> tuple[int, str]:
    query = select(trail_head.c.number, trail_head.c.hash).where(trail_head.c.id == _HEAD).with_for_update()
    number, last = connection.execute(query).one()
    return number, last


def latest(connection: Connection, limit: int, about: str | None = None) -> Sequence[Noted]:
    """The latest steps, the latest first; ``about``: of this alone."""
    query = select(trail).order_by(trail.c.number.desc()).limit(limit)
    if about:
        query = query.where(trail.c.about == about)
    return [_noted(row) for row in connection.execute(query)]


def verified(connection: Connection, head: str | None = None) -> Verified:
    """Go through the whole chain; ``head``: one that was written down earlier."""
    head_row = select(trail_head.c.number, trail_head.c.hash).where(trail_head.c.id == _HEAD)
    number, last = connection.execute(head_row).one()
    before, seen, has = START, 0, None if head is None else head == START
    for one in _every(connection):
        if one.number != seen + 1 or one.hash != _hash(before, one.number, one.step):
            return Verified(number, last, seen + 1, has)
        before, seen = one.hash, one.number
        has = has or (one.hash == head if head else has)
    broken = None if (seen, before) == (number, last) else seen + 1
    return Verified(number, last, broken, has)


def _every(connection: Connection) -> Iterator[Noted]:
    query, last = select(trail).order_by(trail.c.number).limit(_BATCH), 0
    while some := [_noted(row) for row in connection.execute(query.where(trail.c.number > last))]:
        yield from some
        last = some[-1].number


def _hash(before: str, number: int, one: Step) -> str:
    return sha256(dump([before, number, _row(one)]).encode()).hexdigest()


def _row(one: Step) -> dict[str, Any]:
    row = {name: getattr(one, name) for name in Step.__dataclass_fields__}
    return {**row, "told": dump(dict(one.told))}


def _noted(row: Any) -> Noted:
    step = Step(row.at, row.who, row.role, row.what, row.about, parse(row.told))
    return Noted(row.number, step, row.hash)
