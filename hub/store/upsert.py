"""Insert or update: in the words both databases share, and for many rows in what each is good at."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Table, column, select, table
from sqlalchemy.dialects import postgresql, sqlite

Rows = Sequence[Mapping[str, Any]]
MANY = 200
"""Rows from which PostgreSQL's COPY repays its temporary table."""
CHUNK = 500
"""Values in one IN list: SQLite takes 32,766 variables, PostgreSQL plans shorter lists better."""


def upsert(connection: Connection, into: Table, rows: Rows, by: Sequence[str]) -> None:
    """Write rows of the same columns, replacing those that are there already; the last of a key stands."""
    if not rows:
        return
    if connection.dialect.name != "postgresql":
        _execute(connection, into, rows, by)
        return
    rows = list({tuple(row[name] for name in by): row for row in rows}.values())
    if len(rows) >= MANY:
        _copy(connection, into, rows, by)
    else:
        _execute(connection, into, rows, by)


def insert(connection: Connection, into: Table, rows: Rows) -> None:
    """Add rows that are not there yet. Each row has the same columns."""
    if rows:
        names = list(rows[0])
        add(connection, into, names, [tuple([row[name] for name in names]) for row in rows])


def add(connection: Connection, into: Table, names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Add rows that are not there yet, each the values of the columns ``names``."""
    if connection.dialect.name == "postgresql" and len(rows) >= MANY:
        _stream(connection, into.name, names, rows)
    elif rows:
        mark = "%s" if connection.dialect.paramstyle == "pyformat" else "?"
        marks = ", ".join([mark] * len(names))
        statement = f'INSERT INTO "{into.name}" ({_listed(names)}) VALUES ({marks})'  # noqa: S608
        connection.exec_driver_sql(statement, list(rows))


def _execute(connection: Connection, into: Table, rows: Rows, by: Sequence[str]) -> None:
    """Once for each row; where the driver takes plain tuples it gets those, at half of what it costs else."""
    statement, text, names = _worded(connection, into, tuple(rows[0]), tuple(by))
    if names:
        connection.exec_driver_sql(text, [tuple([row[name] for name in names]) for row in rows])
    else:
        connection.execute(statement, list(rows))


Worded = tuple[Any, str, Sequence[str]]
"""The statement, its text, and which value stands where in it; none where the driver takes names."""
_WORDED: dict[tuple[object, ...], Worded] = {}
"""Putting a statement into words costs more than a few rows of it: each is, once."""


def _worded(connection: Connection, into: Table, names: tuple[str, ...], by: tuple[str, ...]) -> Worded:
    dialect = connection.dialect
    which = (dialect.name, dialect.paramstyle, into, names, by)
    if which not in _WORDED:
        kind: Any = postgresql if dialect.name == "postgresql" else sqlite
        statement = _replacing(kind.insert(into), names, by)
        compiled = statement.compile(dialect=dialect, column_keys=list(names))
        _WORDED[which] = statement, str(compiled), compiled.positiontup or ()
    return _WORDED[which]


def _replacing(statement: Any, names: Sequence[str], by: Sequence[str]) -> Any:
    others = {name: statement.excluded[name] for name in names if name not in by}
    if others:
        return statement.on_conflict_do_update(index_elements=list(by), set_=others)
    return statement.on_conflict_do_nothing(index_elements=list(by))


def _copy(connection: Connection, into: Table, rows: Rows, by: Sequence[str]) -> None:
    """COPY into a temporary table, then one statement for all of it; the table goes with the transaction."""
    names = list(rows[0])
    aside = table(f"aside_{uuid4().hex}", *(column(name) for name in names))
    shape = f'SELECT {_listed(names)} FROM "{into.name}" WITH NO DATA'  # noqa: S608  (our own tables' names)
    connection.exec_driver_sql(f'CREATE TEMPORARY TABLE "{aside.name}" ON COMMIT DROP AS {shape}')
    _stream(connection, aside.name, names, [tuple([row[name] for name in names]) for row in rows])
    statement = postgresql.insert(into).from_select(names, select(*aside.c))
    connection.execute(_replacing(statement, names, by))


def _stream(connection: Connection, name: str, names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    cursor = connection.connection.cursor()
    with cursor.copy(f'COPY "{name}" ({_listed(names)}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)
    cursor.close()


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f'"{one}"' for one in names)


def chunks(values: Sequence[Any]) -> list[Sequence[Any]]:
    """Values in lists short enough for IN."""
    return [values[start : start + CHUNK] for start in range(0, len(values), CHUNK)]
