"""Keep under a system's declared limits, so that a bulk pull does not live on 429s."""

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from connectors.contract import Limit

EVERY_REQUEST = "account"
"""The scope that counts every request; any other scope counts requests whose path contains it."""


@dataclass(frozen=True, slots=True)
class Timing:
    """How to wait and how to tell the time (Unix seconds); tests give their own."""

    sleep: Callable[[float], None]
    clock: Callable[[], float]


REAL = Timing(time.sleep, time.time)


@dataclass(slots=True)
class Pace:
    """A sliding window for each limit, of this process alone; other processes meet the system's 429."""

    limits: Sequence[Limit]
    factor: float
    timing: Timing
    _sent: dict[Limit, deque[float]] = field(default_factory=dict)

    def wait(self, path: str) -> None:
        """Return when one more request to ``path`` (a template) fits all limits, and count it."""
        mine = [limit for limit in self.limits if limit.scope == EVERY_REQUEST or limit.scope in path]
        for limit in mine:
            pause = self._pause(limit)
            if pause > 0:
                self.timing.sleep(pause)
        for limit in mine:
            self._sent[limit].append(self.timing.clock())

    def _pause(self, limit: Limit) -> float:
        period = limit.per.total_seconds()
        sent = self._sent.setdefault(limit, deque(maxlen=max(1, int(limit.count * self.factor))))
        if len(sent) < (sent.maxlen or 1):
            return 0.0
        # The cap guards against a clock that was set back.
        return min(period, sent[0] + period - self.timing.clock())
