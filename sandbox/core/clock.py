"""The time the stand-ins live in: it may run faster than the client's, or stand still until told."""

import time
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import Protocol


class Clock(Protocol):
    """Where every stand-in takes its time from: stamps, visibility lags and rate limits alike."""

    @property
    def speed(self) -> float:
        """Seconds of this clock that pass in one second of the client's."""
        ...

    def now(self) -> datetime:
        """The present moment of this clock, in UTC."""
        ...

    def deadline(self, wait: timedelta) -> datetime:
        """What to call the moment ``wait`` from now when telling a client: its seconds from this present."""
        ...

    def advance(self, by: timedelta) -> None:
        """Jump ahead at once."""
        ...


class WallClock:
    """Starts at the real present and runs ``speed`` times as fast."""

    def __init__(self, speed: float = 1.0) -> None:
        if speed <= 0:
            raise ValueError(
                f"speed: {speed} is not a positive number; give 1 for real time, 60 for a fast demo"
            )
        self.speed = speed
        self._start = datetime.now(UTC)
        self._origin = time.monotonic()
        self._skipped = timedelta()

    def now(self) -> datetime:
        elapsed = time.monotonic() - self._origin
        return self._start + self._skipped + timedelta(seconds=elapsed * self.speed)

    def deadline(self, wait: timedelta) -> datetime:
        return self.now() + wait / self.speed

    def advance(self, by: timedelta) -> None:
        self._skipped += by


class ManualClock:
    """Stands still until :meth:`advance` is called; for tests."""

    speed = 1.0

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        return self._now

    def deadline(self, wait: timedelta) -> datetime:
        return self._now + wait

    def advance(self, by: timedelta) -> None:
        self._now += by


def retry_after(clock: Clock, wait: timedelta) -> int:
    """Whole seconds a *client* has to wait for ``wait`` to pass on ``clock``: rounded up, at least 1."""
    return max(1, ceil(wait.total_seconds() / clock.speed))
