"""A copy of an SQLite store as it is at one moment, also while others write to it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from hub.store.engine import Store
from hub.store.errors import BROKEN, Away, Unusable, place, sentence
from hub.store.private import whole

PAGES = 256
"""Pages of SQLite's (4 KiB) between two words about how far it is."""
OF_THE_SOURCE = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_BUSY")
"""What goes wrong with what is copied; anything else does with the copy."""


def copy(store: Store, file: Path, tell: Callable[[float], None]) -> None:
    """Write the store to a file of its own, whole or not at all, and prove that it can be read.

    ``tell`` hears the share that is copied, up to 1. Raises Unusable and OSError.
    """
    source_file = str(store.engine.url.database)

    def copied(_: int, left: int, total: int) -> None:
        tell(1 - left / total if total else 1.0)

    with whole(file) as draft:
        with _moment_of(source_file) as source:
            try:
                with closing(sqlite3.connect(draft)) as target:
                    target.execute("PRAGMA synchronous=OFF")  # it is synced once, when it is whole
                    source.backup(target, pages=PAGES, progress=copied)
                    target.execute("PRAGMA journal_mode=DELETE")  # one file, which needs nothing beside it
                    (found,) = target.execute("PRAGMA integrity_check(1)").fetchone()
            except sqlite3.Error as error:
                if getattr(error, "sqlite_errorname", "") in OF_THE_SOURCE:
                    raise _unread(error, source_file) from None
                raise _unwritten(error, file) from None
        if found != "ok":
            raise Unusable(BROKEN[1].format(place=place(store.engine.url)))


@contextmanager
def _moment_of(file: str) -> Iterator[sqlite3.Connection]:
    """A reader's moment of a store: else every write by somebody else would begin the copy anew."""
    with closing(sqlite3.connect(file)) as source:
        try:
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except sqlite3.Error as error:
            raise _unread(error, file) from None
        yield source


def _unread(error: sqlite3.Error, file: str) -> Unusable:
    return sentence(error, file) or Unusable(f"the store {file} cannot be copied ({type(error).__name__})")


def _unwritten(error: sqlite3.Error, file: Path) -> Unusable:
    if getattr(error, "sqlite_errorname", "").startswith("SQLITE_FULL"):
        return Away(f"the disk of the copy {file} is full; make room, or name a file elsewhere")
    return Unusable(f"the copy {file} cannot be written ({error}); name a file elsewhere")
