"""What people answered where nothing decided between several values: rows, never overwritten."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from hub.model.instant import Instant
from hub.model.keys import RecordKey
from hub.model.value import Value
from hub.store import due
from hub.store.among import among
from hub.store.form import dump, parse
from hub.store.tables import answer, source_record


@dataclass(frozen=True, slots=True)
class Answer:
    """An edit by whoever owns a field, made in the name of one record: it goes where the record goes."""

    record: RecordKey
    field: str
    value: Value
    who: str
    why: str
    at: Instant


def add(connection: Connection, given: Iterable[tuple[int, Answer]]) -> None:
    """Store answers, each with the row id of its record; their customers are composed anew."""
    rows: list[dict[str, Any]] = [
        {
            "record_id": row,
            "field": one.field,
            "value": dump(one.value),
            "who": one.who,
            "why": one.why,
            "at": one.at,
        }
        for row, one in given
    ]
    if rows:
        connection.execute(answer.insert(), rows)
        due.changed(connection, {row["record_id"] for row in rows}, set())


def of_records(connection: Connection, row_ids: Collection[int]) -> dict[RecordKey, list[Answer]]:
    """Record → what was answered in its name, oldest first."""
    record = source_record.c
    query = (
        select(record.system, record.kind, record.key, answer)
        .join(answer, answer.c.record_id == record.id)
        .where(among(answer.c.record_id, row_ids))
        .order_by(answer.c.id)
    )
    found: dict[RecordKey, list[Answer]] = {}
    for row in connection.execute(query):
        key = RecordKey(row.system, row.kind, row.key)
        found.setdefault(key, []).append(Answer(key, row.field, parse(row.value), row.who, row.why, row.at))
    return found
