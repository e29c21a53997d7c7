"""Customers who must be compared with what a system shows."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, delete, func, select

from hub.model.instant import Instant
from hub.store.tables import publish_queue
from hub.store.upsert import chunks, upsert


def enqueue(connection: Connection, systems: Sequence[str], golden_ids: Collection[str], at: Instant) -> None:
    """These customers must be compared with what these systems show."""
    rows = [
        {"system": system, "golden_id": golden_id, "queued_at": at}
        for system in systems
        for golden_id in sorted(golden_ids)
    ]
    upsert(connection, publish_queue, rows, ("system", "golden_id"))


def queued(connection: Connection, system: str, after: str, limit: int) -> list[str]:
    """Golden ids to be planned for a system, in their order, from the one after ``after`` on."""
    query = (
        select(publish_queue.c.golden_id)
        .where(publish_queue.c.system == system, publish_queue.c.golden_id > after)
        .order_by(publish_queue.c.golden_id)
        .limit(limit)
    )
    return list(connection.execute(query).scalars())


def count_queued(connection: Connection) -> int:
    """How many (system, customer) pairs wait to be planned."""
    return connection.execute(select(func.count()).select_from(publish_queue)).scalar_one()


def dequeue(connection: Connection, system: str, golden_ids: Collection[str]) -> None:
    """These have been planned."""
    for some in chunks(sorted(golden_ids)):
        connection.execute(
            delete(publish_queue).where(publish_queue.c.system == system, publish_queue.c.golden_id.in_(some))
        )
