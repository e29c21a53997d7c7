"""Opening the store: SQLite embedded, PostgreSQL in earnest; one URL decides."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from hub.store import private
from hub.store.locks import PATIENCE, held_alone, turn

__all__ = ["Connection", "Store", "open_store"]

DEFAULT_URL = "sqlite:///var/hub/klantbeeld.db"
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "cache_size=-131072",  # KiB; the default of two MiB reads the same pages again and again
)


@dataclass(frozen=True, slots=True)
class Store:
    """The hub's memory."""

    engine: Engine

    @property
    def shared(self) -> bool:
        """Whether another process that opens it by its address sees the same."""
        return True

    @property
    def address(self) -> str:
        """What :func:`open_store` opens it by, password and all: for another process, for nobody's eyes."""
        return self.engine.url.render_as_string(hide_password=False)

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """One transaction: committed when the block ends, undone when it raises."""
        with turn(self.engine), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent view that writes nothing and holds up no writer."""
        with self.engine.connect() as connection:
            connection.info["reading"] = True
            if connection.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            try:
                yield connection
            finally:
                connection.rollback()
                connection.info.pop("reading", None)

    @contextmanager
    def alone(self, work: str, patience: float = PATIENCE) -> Iterator[None]:
        """The only process at ``work`` for as long as the block runs, however it ends.

        Waits for another one; raises :class:`hub.store.locks.Busy` after ``patience`` seconds.
        """
        with held_alone(self.engine, work, patience):
            yield

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def open_store(url: str | None = None) -> Store:
    """The store at ``url``, else ``KLANTBEELD_STORE``, else in ``KLANTBEELD_STORE_FILE``, else SQLite."""
    where = url or os.environ.get("KLANTBEELD_STORE") or _from_file() or DEFAULT_URL
    if where.startswith("sqlite"):
        return Store(_sqlite(where))
    return Store(create_engine(where, pool_pre_ping=True, hide_parameters=True))


def find_store(url: str | None = None) -> Store | None:
    """The store :func:`open_store` would open, where there is one; it makes no file."""
    where = url or os.environ.get("KLANTBEELD_STORE") or _from_file() or DEFAULT_URL
    if where.startswith("sqlite") and not Path(where.removeprefix("sqlite:///")).exists():
        return None
    return open_store(where)


def _from_file() -> str:
    """The address in the file named by ``KLANTBEELD_STORE_FILE``: it holds a password, so it is a secret."""
    named = os.environ.get("KLANTBEELD_STORE_FILE")
    return Path(named).read_text("utf-8").strip() if named else ""


def _sqlite(url: str) -> Engine:
    private.file(Path(url.removeprefix("sqlite:///")))  # its log and what else SQLite puts beside it follow
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=1,
        connect_args={"timeout": PATIENCE},
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _prepare_sqlite(raw: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    raw.isolation_level = None
    cursor = raw.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    # A deferred transaction that reads first and writes later fails at once when another writer
    # came between; asking for the write lock at the start waits instead.
    mode = "DEFERRED" if connection.info.get("reading") else "IMMEDIATE"
    connection.exec_driver_sql(f"BEGIN {mode}")
