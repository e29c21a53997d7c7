"""What time it is where a system is, as each of its answers says; who dates things by another clock listens.

A listener is of one run and in no connector's signature, so it stands in the context of the run.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

Hear = Callable[[datetime | None], None]
"""Told the system's present, in UTC, to the second; None where a success does not say. What it raises goes to
who made the request."""
Listener = Callable[[], Hear]
"""Called before a request is sent, so that how long an answer takes is no difference of clocks."""

_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Hear the time of every answer for as long as the block runs."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def asked() -> Callable[[int, Mapping[str, str]], None]:
    """To be called before a request; what it returns is told the answer's status and headers (lower case)."""
    listener = _listener.get()
    hear = listener() if listener else None

    def told(status: int, headers: Mapping[str, str]) -> None:
        present = _present(headers)
        if hear and (present or status < 400):
            hear(present)

    return told


def _present(headers: Mapping[str, str]) -> datetime | None:
    """``Date``, and how long a cache has kept the answer since (``Age``)."""
    age = headers.get("age", "").strip()
    try:
        date = parsedate_to_datetime(headers.get("date", ""))
        return date.astimezone(UTC) + timedelta(seconds=int(age) if age.isdecimal() else 0)
    except (ValueError, OverflowError):
        return None
