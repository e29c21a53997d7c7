"""A store in which something is tried out: whatever is written there, the real one stays as it is."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from hub.model.scratch import scratch
from hub.store.engine import Connection, Store, open_store
from hub.store.locks import PATIENCE


@dataclass(frozen=True, slots=True)
class Rehearsal(Store):
    """A store within one transaction that is never committed; no other process sees it."""

    connection: Connection

    @property
    def shared(self) -> bool:
        """Nobody else sees it."""
        return False

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """A part of the transaction, undone when the block raises."""
        with self.connection.begin_nested():
            yield self.connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """What stands there by now."""
        yield self.connection

    @contextmanager
    def alone(self, work: str, patience: float = PATIENCE) -> Iterator[None]:
        """Nobody else can be here."""
        yield

    def close(self) -> None:
        """The connection is its owner's."""


@contextmanager
def rehearsal(store: Store) -> Iterator[Store]:
    """A store with the same in it, for as long as the block runs; nothing of it is left behind.

    On SQLite a copy in a folder of its own beside the store, for its owner alone to read, on PostgreSQL a
    transaction that is undone.
    """
    copy = _copied if store.engine.dialect.name == "sqlite" else _undone
    with copy(store) as made:
        yield made


@contextmanager
def _undone(store: Store) -> Iterator[Store]:
    with store.engine.connect() as connection:
        transaction = connection.begin()
        try:
            yield Rehearsal(store.engine, connection)
        finally:
            transaction.rollback()


@contextmanager
def _copied(store: Store) -> Iterator[Store]:
    file = Path(str(store.engine.url.database)).absolute()
    with scratch(f".{file.name}-preview-", file.parent) as folder:
        copy = Path(folder) / "rehearsal.db"
        copy.touch(0o600)
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
            target.execute("PRAGMA synchronous=OFF")
            source.backup(target)
        made = open_store(f"sqlite:///{copy}")
        try:
            yield made
        finally:
            made.close()
