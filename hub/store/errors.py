"""What the database raises, as a sentence: what is wrong with the store, and what to do about it.

The one place that knows the drivers' codes. No sentence holds a password or a value a statement held:
a driver's own words are shown only where no statement was sent yet.
"""

import errno
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import URL
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import SQLAlchemyError

StoreFault = SQLAlchemyError
"""Anything the store raises: an Unusable, or where no sentence is known a statement that cannot be right."""

ADDRESS = "correct --store or KLANTBEELD_STORE"
BACKUP = "restore the last backup (docs/how-to/back-up-and-restore.md)"
AGAIN = "then run again: what was not committed is done anew, nothing is lost"


class Unusable(StoreFault):
    """The store cannot be used until a person has mended something."""


class Away(Unusable):
    """The store cannot be used now; what was not committed is done again by the next run."""


class Missing(Unusable):
    """There is no store there, and none was to be made."""


Sentence = tuple[type[Unusable], str]

BROKEN: Sentence = (
    Unusable,
    "the store {place} is broken: a part of it is missing or overwritten. Stop what uses it, keep what is "
    f"there, and {BACKUP}",
)
CLOSED: Sentence = (
    Unusable,
    "the store {place} may not be written; let the user who runs the hub write there (SQLite: the file and "
    "its folder, for it writes beside the file too; PostgreSQL: no read-only server, and the tables' owner)",
)
FULL: Sentence = (Away, f"the disk of the store {{place}} is full; make room, {AGAIN}")
BUSY: Sentence = (Away, f"another program holds the store {{place}}; let it end, {AGAIN}")

SQLITE: Mapping[str, Sentence] = {
    "SQLITE_NOTADB": (
        Unusable,
        f"the store {{place}} is no database: the file holds something else; {ADDRESS}",
    ),
    "SQLITE_CORRUPT": BROKEN,
    "SQLITE_IOERR_SHORT_READ": BROKEN,
    "SQLITE_READONLY": CLOSED,
    "SQLITE_PERM": CLOSED,
    "SQLITE_CANTOPEN": CLOSED,
    "SQLITE_FULL": FULL,
    "SQLITE_BUSY": BUSY,
    "SQLITE_LOCKED": BUSY,
    "SQLITE_IOERR": (
        Away,
        "the disk of the store {place} cannot be read or written; look at it, then run again",
    ),
}
"""By the beginning of SQLite's name for it; the longer name goes first."""

REFUSED: Sentence = (
    Unusable,
    "the database server of the store {place} refuses the user or its password; correct them in --store, "
    "KLANTBEELD_STORE or the file that KLANTBEELD_STORE_FILE names",
)
NO_DATABASE: Sentence = (
    Unusable,
    f"the server of the store {{place}} has no database '{{name}}'; {ADDRESS}, or make it",
)
SILENT: Sentence = (
    Away,
    "the database server of the store {place} does not answer ({words}); see that it runs and is where "
    f"--store or KLANTBEELD_STORE says, {AGAIN}",
)
POSTGRES: Mapping[str, Sentence] = {
    **{"28": REFUSED, "3D": NO_DATABASE, "42501": CLOSED, "25006": CLOSED, "53100": FULL},
    **{"XX001": BROKEN, "XX002": BROKEN, "58": BROKEN, "55P03": BUSY, "40": BUSY, "53": BUSY, "57P": SILENT},
}
"""By the beginning of the SQLSTATE."""
BEFORE_ANY_STATEMENT = {"password": REFUSED, "pg_hba.conf": REFUSED, "role": REFUSED, "database": NO_DATABASE}
"""By a word after FATAL: a refused connection comes without a SQLSTATE."""


def place(url: URL) -> str:
    """Where a store is, as people may read it: a file in full, so that a mistyped one shows."""
    if url.get_backend_name() == "sqlite":
        return str(Path(str(url.database)).absolute())
    return f"{url.host or 'localhost'}:{url.port or 5432}/{url.database}"


def told(context: ExceptionContext) -> Unusable | None:
    """For SQLAlchemy's ``handle_error``: what is raised instead of a driver's error; None leaves it."""
    error, engine = context.original_exception, context.engine
    if context.is_pre_ping or engine is None:
        return None
    return sentence(error, place(engine.url), str(engine.url.database))


def sentence(error: BaseException, where: str, database: str = "") -> Unusable | None:
    """What a driver's error says of the store at ``where``; None where it says nothing of the store."""
    found = _sqlite(error) if isinstance(error, sqlite3.Error) else _postgres(error)
    if found is None:
        return None
    sort, text = found
    return sort(text.format(place=where, name=database, words=_words(error)))


def unopened(error: OSError, where: str) -> Unusable:
    """What is raised where a file of the store, or beside it, cannot be opened."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return Away(FULL[1].format(place=where))
    if isinstance(error, IsADirectoryError):
        return Unusable(f"the store {where} is a folder; {ADDRESS}")
    return Unusable(CLOSED[1].format(place=where) + f" ({error.strerror or type(error).__name__})")


def no_store(where: str) -> Missing:
    """What is raised where a command that only looks finds nothing to look at."""
    return Missing(f"there is no store at {where}; {ADDRESS}, or klantbeeld sync makes one")


def _sqlite(error: sqlite3.Error) -> Sentence | None:
    name = getattr(error, "sqlite_errorname", "")
    return next((SQLITE[one] for one in sorted(SQLITE, key=len, reverse=True) if name.startswith(one)), None)


def _postgres(error: Any) -> Sentence | None:
    state = getattr(error, "sqlstate", None)
    if state:
        return next(
            (POSTGRES[one] for one in sorted(POSTGRES, key=len, reverse=True) if state.startswith(one)), None
        )
    if type(error).__name__ != "OperationalError":
        return None
    _, fatal, words = str(error).partition("FATAL:")
    return next((BEFORE_ANY_STATEMENT[one] for one in BEFORE_ANY_STATEMENT if fatal and one in words), SILENT)


def _words(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
