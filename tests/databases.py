"""Where a test's stores live: each test that asks for ``databases`` runs on SQLite and on PostgreSQL."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg

from hub.store.engine import open_store
from hub.store.migrate import migrate
from supervisor.postgres import Cluster, private_postgres
from supervisor.processes import Supervisor

DIALECTS = ("sqlite", "postgresql")
EMPTY = "migrated"
"""The database that new ones are copied from: that is faster than migrating each."""


@dataclass
class Databases:
    """Makes as many empty, migrated stores as a test wants."""

    folder: Path
    cluster: Cluster | None = None
    parts: Supervisor | None = None
    """What keeps the cluster running."""
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return DIALECTS[self.cluster is not None]

    def new(self) -> str:
        """The address of a store nobody else uses."""
        if self.cluster is not None:
            return self._copied(self.cluster, EMPTY)
        empty = self.folder / f"{EMPTY}.db"
        if not empty.exists():
            _migrated(f"sqlite:///{empty}")
        return self.copied(f"sqlite:///{empty}")

    def bare(self) -> str:
        """The address of a database without a table."""
        if self.cluster is not None:
            return self._copied(self.cluster, "template0")
        return f"sqlite:///{self.folder}/hub{next(self.numbers)}.db"

    def copied(self, url: str) -> str:
        """The address of a new store with all that one of mine holds, which nobody uses meanwhile."""
        if self.cluster is not None:
            return self._copied(self.cluster, url.rpartition("/")[2])
        new = self.bare()
        with closing(sqlite3.connect(_file(url))) as source, closing(sqlite3.connect(_file(new))) as target:
            source.backup(target)
        return new

    def _copied(self, cluster: Cluster, template: str) -> str:
        name = f"hub{next(self.numbers)}"
        create(cluster, name, template)
        return cluster.url(name)


def _migrated(url: str) -> None:
    store = open_store(url)
    migrate(store)
    store.close()


def _file(url: str) -> str:
    return url.removeprefix("sqlite:///")


def create(cluster: Cluster, name: str, template: str = "template0") -> None:
    """A new database."""
    with psycopg.connect(cluster.url(driver="postgresql"), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())


@contextmanager
def databases_on(dialect: str, folder: Path) -> Iterator[Databases]:
    """Stores of one kind, for as long as the block runs."""
    if dialect == "sqlite":
        yield Databases(folder)
        return
    with Supervisor(folder / "logs") as parts, private_postgres(parts) as cluster:
        create(cluster, EMPTY)
        _migrated(cluster.url(EMPTY))
        yield Databases(folder, cluster, parts)
