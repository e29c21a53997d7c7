"""Waiting for a condition, never for a moment: every wait here is bounded and says what it waited for."""

import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable

PAUSE = 0.1
"""Seconds between two looks, at first."""
LONGEST_PAUSE = 2.0
PATIENT = 0.08
"""The share of what was waited so far that the next look may be late: looking costs those who work."""


class TookTooLong(Exception):
    """What was waited for did not happen in time: look at the log of the part that should have done it."""


def wait_until(condition: Callable[[], bool], seconds: float, what: str) -> float:
    """Return the seconds it took until ``condition`` held; raise :class:`TookTooLong` after ``seconds``."""
    start = time.monotonic()
    while not condition():
        waited = time.monotonic() - start
        if waited > seconds:
            raise TookTooLong(f"{what}: not within {seconds:g} s")
        time.sleep(min(max(PAUSE, PATIENT * waited), LONGEST_PAUSE))
    return time.monotonic() - start


def free_port() -> int:
    """Return a TCP port on 127.0.0.1 that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def accepts(port: int) -> bool:
    """Whether something accepts connections on this port of 127.0.0.1."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2):
            return True
    except OSError:
        return False


def answers(url: str) -> bool:
    """Whether a GET of this local http address is answered with a status below 400."""
    try:
        with urllib.request.urlopen(url, timeout=30) as response:  # noqa: S310  (our own loopback address)
            return bool(response.status < 400)
    except (urllib.error.URLError, OSError):
        return False
