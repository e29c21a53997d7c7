"""Customers who must be compared with what a system shows."""

from collections.abc import Collection, Mapping, Sequence
from uuid import uuid4

from sqlalchemy import Connection, delete, func, select

from hub.model.instant import Instant
from hub.store.tables import publish_queue
from hub.store.upsert import chunks, upsert

Mark = str
"""Given anew each time a customer is queued, so that planning for one change does not swallow the next."""


def enqueue(connection: Connection, systems: Sequence[str], golden_ids: Collection[str], at: Instant) -> None:
    """These customers must be compared with what these systems show."""
    mark = str(uuid4())
    rows = [
        {"system": system, "golden_id": golden_id, "queued_at": at, "mark": mark}
        for system in systems
        for golden_id in sorted(golden_ids)
    ]
    upsert(connection, publish_queue, rows, ("system", "golden_id"))


def queued(connection: Connection, system: str, after: str, limit: int) -> dict[str, Mark]:
    """Golden id → its mark, of those to be planned for a system, from the id after ``after`` on."""
    table = publish_queue.c
    query = (
        select(table.golden_id, table.mark)
        .where(table.system == system, table.golden_id > after)
        .order_by(table.golden_id)
        .limit(limit)
    )
    return {row.golden_id: row.mark for row in connection.execute(query)}


def count_queued(connection: Connection, system: str | None = None) -> int:
    """How many (system, customer) pairs wait to be planned; of one system, where it is named."""
    query = select(func.count()).select_from(publish_queue)
    if system:
        query = query.where(publish_queue.c.system == system)
    return connection.execute(query).scalar_one()


def take(connection: Connection, system: str, marks: Mapping[str, Mark]) -> set[str]:
    """These have been planned: take them off, but for those queued again since. Returns those taken off."""
    taken: set[str] = set()
    table = publish_queue.c
    for some in chunks(sorted(marks)):
        mine = (table.system == system) & table.golden_id.in_(some)
        found = select(table.golden_id, table.mark).where(mine).order_by(table.golden_id).with_for_update()
        same = [row.golden_id for row in connection.execute(found) if marks[row.golden_id] == row.mark]
        connection.execute(delete(publish_queue).where(table.system == system, table.golden_id.in_(same)))
        taken.update(same)
    return taken
