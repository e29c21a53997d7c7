"""Opening the store: SQLite embedded, PostgreSQL in earnest; one URL decides."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from hub.store import private
from hub.store.errors import ADDRESS, Missing, Unusable, no_store, place, told, unopened
from hub.store.locks import PATIENCE, held_alone, turn

__all__ = ["Connection", "Store", "open_store"]

DEFAULT_URL = "sqlite:///var/hub/klantbeeld.db"
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "cache_size=-131072",  # KiB; the default of two MiB reads the same pages again and again
)

MANY = 4
"""Connections to an SQLite file that are kept, each made when it is first needed; as many again at a rush."""


@dataclass(frozen=True, slots=True)
class Store:
    """The hub's memory."""

    engine: Engine

    @property
    def shared(self) -> bool:
        """Whether another process that opens it by its address sees the same."""
        return True

    @property
    def place(self) -> str:
        """Where it is, as people may read it."""
        return place(self.engine.url)

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


def open_store(url: str | None = None, *, make: bool = True) -> Store:
    """The store at ``url``, else ``KLANTBEELD_STORE``, else in ``KLANTBEELD_STORE_FILE``, else SQLite.

    With ``make`` an SQLite file that is not there is made. Raises Unusable.
    """
    where = _address(url)
    try:
        engine = _sqlite(where, make) if where.get_backend_name() == "sqlite" else _server(where)
    except ArgumentError:
        raise _no_address() from None
    except ModuleNotFoundError as error:
        raise _no_address(f"speaks by {error.name}, which is not here") from None
    event.listen(engine, "handle_error", told)
    return Store(engine)


def find_store(url: str | None = None) -> Store | None:
    """The store :func:`open_store` would open, where there is one; it makes no file. Raises Unusable."""
    try:
        return open_store(url, make=False)
    except Missing:
        return None


def _address(url: str | None) -> URL:
    try:
        return make_url(url or os.environ.get("KLANTBEELD_STORE") or _from_file() or DEFAULT_URL)
    except (ArgumentError, ValueError):
        raise _no_address() from None


def _no_address(why: str = "is malformed") -> Unusable:
    """What is raised for an address that is none; it may hold a password, so it is not shown."""
    return Unusable(
        f"the store's address {why}; it is sqlite:///folder/hub.db or "
        "postgresql+psycopg://user:password@host/database, in --store, KLANTBEELD_STORE or the file that "
        "KLANTBEELD_STORE_FILE names"
    )


def _from_file() -> str:
    """The address in the file named by ``KLANTBEELD_STORE_FILE``: it holds a password, so it is a secret."""
    named = os.environ.get("KLANTBEELD_STORE_FILE")
    try:
        return Path(named).read_text("utf-8").strip() if named else ""
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise Unusable(f"KLANTBEELD_STORE_FILE names {named}, which cannot be read: {why}") from None


def _server(url: URL) -> Engine:
    if url.get_backend_name() != "postgresql":
        raise _no_address("names a database that the hub does not use")
    return create_engine(url, pool_pre_ping=True, hide_parameters=True)


def _sqlite(url: URL, make: bool) -> Engine:
    if url.host:
        raise _no_address()
    if (url.database or "").strip() in ("", ":memory:") or "uri" in url.query:
        raise Unusable(
            "the store's address names no file, and what SQLite keeps in memory is gone when a command ends; "
            "name one, such as sqlite:///folder/hub.db, in --store, KLANTBEELD_STORE or the file that "
            "KLANTBEELD_STORE_FILE names"
        )
    _there(Path(place(url)), make)
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=MANY,
        max_overflow=MANY,
        connect_args={"timeout": PATIENCE},
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _there(file: Path, make: bool) -> None:
    """See that the file is there and may be written. Raises Unusable."""
    try:
        if file.is_dir():
            raise IsADirectoryError
        if file.exists() and not file.is_file():
            raise Unusable(f"the store {file} is no file; {ADDRESS}")
        if make:
            private.file(file)  # its log and what else SQLite puts beside it follow
        elif not file.exists() or not file.stat().st_size:
            raise no_store(str(file))
    except OSError as error:
        raise unopened(error, str(file)) from None


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
