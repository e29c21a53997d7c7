"""Insert or update, in the words both databases share."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def upsert(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], by: Sequence[str]
) -> None:
    """Write rows, replacing those that are there already. Each row has the same columns."""
    if not rows:
        return
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table)
    others = {name: statement.excluded[name] for name in rows[0] if name not in by}
    written = (
        statement.on_conflict_do_update(index_elements=list(by), set_=others)
        if others
        else statement.on_conflict_do_nothing(index_elements=list(by))
    )
    connection.execute(written, list(rows))


CHUNK = 500
"""Values in one IN list: SQLite takes 32,766 variables, PostgreSQL plans shorter lists better."""


def chunks(values: Sequence[Any]) -> list[Sequence[Any]]:
    """Values in lists short enough for IN."""
    return [values[start : start + CHUNK] for start in range(0, len(values), CHUNK)]
