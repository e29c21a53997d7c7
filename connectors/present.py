"""What time it is where a system is, as each of its answers says; who dates things by another clock listens.

A listener is of one run and in no connector's signature, so it stands in the context of the run.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

Hear = Callable[[datetime], None]
"""Told the system's present, in UTC, to the second; what it raises goes to who made the request."""
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


def asked() -> Callable[[Mapping[str, str]], None]:
    """To be called before a request; what it returns is told the headers (in lower case) of the answer."""
    listener = _listener.get()
    hear = listener() if listener else None

    def told(headers: Mapping[str, str]) -> None:
        present = _present(headers) if hear else None
        if hear and present:
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
