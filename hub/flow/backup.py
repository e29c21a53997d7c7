"""A backup of the store, by the database's own means."""

from collections.abc import Callable
from pathlib import Path

from hub.flow.errors import StoreUnusable
from hub.flow.faults import store_faults
from hub.store.backup import copy
from hub.store.engine import open_store


def backup(address: str | None, file: Path, tell: Callable[[float], None]) -> None:
    """Write an SQLite store, of any revision and while it is used, to one file its owner alone may read.

    ``tell`` hears the share that is copied. Raises StoreUnavailable, and OSError for the file.
    """
    with store_faults():
        store = open_store(address, make=False)
        try:
            if store.engine.dialect.name != "sqlite":
                raise StoreUnusable(
                    "the store is PostgreSQL, which has its own: pg_dump --format=custom --file FILE "
                    "DATABASE (docs/how-to/back-up-and-restore.md)"
                )
            copy(store, file, tell)
        finally:
            store.close()
