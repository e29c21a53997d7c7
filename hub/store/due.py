"""What is due: records to be compared with others, and customers to be composed, since something changed.

A mark is given anew with each change, so that reconciling one change does not swallow the next.
"""

from collections.abc import Collection, Iterable, Mapping
from secrets import randbits
from typing import Any

from sqlalchemy import BigInteger, Connection, delete, func, literal, select, true, update
from sqlalchemy.dialects import postgresql, sqlite

from hub.store.among import among
from hub.store.tables import due, source_record
from hub.store.upsert import upsert

Mark = int
_KEY = ("record_id",)


def changed(connection: Connection, row_ids: Iterable[int], otherwise: Collection[int]) -> None:
    """The next reconcile looks at these, and compares anew those whose evidence is ``otherwise``."""
    mark = randbits(63)
    rows: tuple[list[dict[str, Any]], list[dict[str, Any]]] = ([], [])
    for row in row_ids:
        compare = row in otherwise
        rows[compare].append({"record_id": row, "change": mark, **({"evidence": mark} if compare else {})})
    for some in rows:
        upsert(connection, due, some, _KEY)


def unreconciled(connection: Connection) -> dict[int, Mark]:
    """Row id → the mark of its last change, for every record that changed since its last reconcile.

    But for those still to be compared: an id issued to one now might be merged away a minute later.
    """
    query = select(due.c.record_id, due.c.change).where(due.c.evidence.is_(None))
    return dict(connection.execute(query).all())


def uncompared(connection: Connection) -> dict[int, Mark]:
    """Row id → the mark of the last change of its evidence, for every record not compared since."""
    query = select(due.c.record_id, due.c.evidence).where(due.c.evidence.is_not(None))
    return dict(connection.execute(query).all())


def count(connection: Connection) -> int:
    """How many records wait for a reconcile."""
    return connection.execute(select(func.count()).select_from(due)).scalar_one()


def reconciled(connection: Connection, marks: Mapping[int, Mark]) -> None:
    """These have been reconciled, unless they have changed again meanwhile."""
    for mark, rows in _alike(marks).items():
        same = (due.c.change == mark, due.c.evidence.is_(None))
        connection.execute(delete(due).where(among(due.c.record_id, rows), *same))


def compared(connection: Connection, marks: Mapping[int, Mark]) -> None:
    """These have been compared with all others, unless their evidence has changed again meanwhile."""
    for mark, rows in _alike(marks).items():
        same = among(due.c.record_id, rows), due.c.evidence == mark
        connection.execute(update(due).where(*same).values(evidence=None))


def _alike(marks: Mapping[int, Mark]) -> dict[Mark, list[int]]:
    alike: dict[Mark, list[int]] = {}
    for row, one in marks.items():
        alike.setdefault(one, []).append(row)
    return alike


def soil(connection: Connection, row_ids: Collection[int], *, compare: bool) -> dict[int, Mark]:
    """The next reconcile looks at these too; with ``compare`` it compares them anew.

    Returns their mark. Those that were marked before keep the one they had, and are ticked off only by
    who knows that one: it may stand for a change that the caller has not seen.
    """
    mark = randbits(63)
    if row_ids:
        _add(connection, mark, compare, among(source_record.c.id, row_ids))
    return dict.fromkeys(row_ids, mark)


def soil_all(connection: Connection) -> None:
    """Every record must be looked at and compared by the next reconcile: the rules changed."""
    connection.execute(delete(due))
    _add(connection, randbits(63), True, true())


def _add(connection: Connection, mark: Mark, compare: bool, which: Any) -> None:
    marks = [literal(one, BigInteger) for one in (mark, mark if compare else None)]
    rows = select(source_record.c.id, *marks).where(which)
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement: Any = insert(due).from_select(["record_id", "change", "evidence"], rows)
    kept = func.coalesce(due.c.evidence, statement.excluded.evidence)
    connection.execute(statement.on_conflict_do_update(index_elements=_KEY, set_={"evidence": kept}))
