"""How many requests a system takes, counted on the sandbox's clock."""

from collections import defaultdict, deque
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sandbox.core.clock import Clock


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one request."""

    allowed: bool
    remaining: int
    """Requests that are left now."""
    wait: timedelta
    """On the sandbox's clock: when refused, until a request is taken again; else until the window renews."""


class RollingWindow:
    """At most ``count`` requests in any span of ``per``. A refused request does not count."""

    def __init__(self, clock: Clock, count: int, per: timedelta) -> None:
        self.count, self.per, self._clock = count, per, clock
        self._taken: defaultdict[str, deque[datetime]] = defaultdict(deque)

    def take(self, key: str = "") -> Taken:
        """Ask for one request, counted apart for each ``key`` (an endpoint, a record)."""
        now, taken = self._clock.now(), self._taken[key]
        while taken and taken[0] <= now - self.per:
            taken.popleft()
        if len(taken) >= self.count:
            return Taken(False, 0, taken[0] + self.per - now)
        taken.append(now)
        return Taken(True, self.count - len(taken), taken[0] + self.per - now)


class FixedWindow:
    """At most ``count`` requests in each span of ``per``, the spans lying side by side from 1970 on."""

    def __init__(self, clock: Clock, count: int, per: timedelta) -> None:
        self.count, self.per, self._clock = count, per, clock
        self._taken: dict[str, tuple[int, int]] = {}

    def take(self, key: str = "") -> Taken:
        """Ask for one request, counted apart for each ``key``."""
        since = self._clock.now() - datetime(1970, 1, 1, tzinfo=UTC)
        span, used = since // self.per, 0
        if key in self._taken and self._taken[key][0] == span:
            used = self._taken[key][1]
        wait = self.per - since % self.per
        if used >= self.count:
            return Taken(False, 0, wait)
        self._taken[key] = (span, used + 1)
        return Taken(True, self.count - used - 1, wait)
