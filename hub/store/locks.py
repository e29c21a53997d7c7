"""One process at a time for one piece of work, and the lock is gone when its holder is, however it died."""

import fcntl
import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, func, select

from hub.store.errors import unopened

PATIENCE = 600.0
"""Seconds to wait for another process that is at the same work."""
PAUSE = 0.1


class Busy(Exception):
    """Another process is at the same work; run this again when it has ended."""

    def __init__(self, work: str, patience: float) -> None:
        super().__init__(f"another process is still at '{work}' after {patience:g} s; run this again later")


@contextmanager
def held_alone(engine: Engine, work: str, patience: float) -> Iterator[None]:
    """Hold the lock on ``work``: a session's advisory lock, or a lock on a file beside an SQLite store."""
    lock = _advisory if engine.dialect.name == "postgresql" else _flock
    with lock(engine, work, patience):
        yield


@contextmanager
def _advisory(engine: Engine, work: str, patience: float) -> Iterator[None]:
    number = int.from_bytes(hashlib.sha256(f"klantbeeld {work}".encode()).digest()[:8], signed=True)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as session:
        _wait(lambda: bool(session.scalar(select(func.pg_try_advisory_lock(number)))), work, patience)
        try:
            yield
        finally:
            session.invalidate()  # closing the session frees the lock, also where the server is gone


@contextmanager
def _flock(engine: Engine, work: str, patience: float) -> Iterator[None]:
    path = Path(f"{engine.url.database}.{work.replace(' ', '-')}.lock")
    descriptor = _opened(path)
    try:
        _wait(lambda: _taken(descriptor), work, patience)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def turn(engine: Engine) -> Iterator[None]:
    """A writer's turn at an SQLite store, who waits longest first; PostgreSQL's writers take none.

    SQLite's own waiting is to look again now and then: a process that writes batch after batch leaves no
    gap that another one's look would meet.
    """
    if engine.dialect.name == "postgresql":
        yield
        return
    descriptor = _opened(Path(f"{engine.url.database}.turn.lock"))
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _opened(lock: Path) -> int:
    try:
        return os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise unopened(error, str(lock)) from None


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _wait(attempt: Callable[[], bool], work: str, patience: float) -> None:
    until = time.monotonic() + patience
    while not attempt():
        if time.monotonic() > until:
            raise Busy(work, patience)
        time.sleep(PAUSE)
