"""Keep under a system's declared limits, so that a bulk pull does not live on 429s."""

import time
from collections import Counter, deque
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
    """A sliding window for each limit, of this process alone; other processes meet the system's 429.

    Paths are templates. A place that is reserved counts as a request of this very moment until it is taken
    or given back, so a limit holds however long that takes.
    """

    limits: Sequence[Limit]
    factor: float
    timing: Timing
    _sent: dict[Limit, deque[float]] = field(default_factory=dict)
    _places: Counter[str] = field(default_factory=Counter)
    _quiet_until: float = 0.0

    def wait(self, path: str) -> None:
        """Return when one more request to ``path`` fits all limits beside what is reserved, and count it."""
        if self._blocked(path):
            self._places.clear()
        self._pass([path])
        self._count(path)

    def reserve(self, paths: Sequence[str]) -> None:
        """Return when requests to all ``paths`` fit the limits together; :meth:`take` then needs no wait.

        None is counted before all fit. What was reserved before and not taken is given back. What no limit
        ever lets through at once is left out, from the end: it will wait by itself.
        """
        self._places.clear()
        wanted = self._together(paths)
        self._pass(wanted)
        self._places.update(wanted)

    def take(self, path: str) -> bool:
        """Count a request to ``path`` sent now in a place reserved for it; False where there is none."""
        if not self._places[path]:
            return False
        self._places[path] -= 1
        self._count(path)
        return True

    def hold(self, seconds: float) -> None:
        """The system asks for silence: the next wait lasts at least that long from now."""
        self._quiet_until = max(self._quiet_until, self.timing.clock() + seconds)

    def held(self) -> float:
        """Seconds of silence the system still asks for."""
        return max(0.0, self._quiet_until - self.timing.clock())

    def _pass(self, paths: Sequence[str]) -> None:
        pauses = (self._pause(limit, _counted(limit, paths)) for limit in self.limits)
        pause = max(self.held(), *pauses, 0.0)
        if pause > 0:
            self.timing.sleep(pause)
            self._quiet_until = 0.0

    def _pause(self, limit: Limit, more: int) -> float:
        """Seconds until ``more`` requests fit a limit, beside the places that are reserved."""
        free = self._most(limit) - more - _counted(limit, list(self._places.elements()))
        sent = self._of(limit)
        if not more or len(sent) <= free:
            return 0.0
        period = limit.per.total_seconds()
        # The cap guards against a clock that was set back.
        return min(period, sent[len(sent) - free - 1] + period - self.timing.clock())

    def _count(self, path: str) -> None:
        for limit in self.limits:
            if _counted(limit, [path]):
                self._of(limit).append(self.timing.clock())

    def _together(self, paths: Sequence[str]) -> list[str]:
        kept: list[str] = []
        for path in paths:
            if all(_counted(limit, [*kept, path]) <= self._most(limit) for limit in self.limits):
                kept.append(path)
        return kept

    def _blocked(self, path: str) -> bool:
        """Whether reserved places alone fill a limit, so that waiting beside them would never end."""
        places = [*self._places.elements(), path]
        mine = [limit for limit in self.limits if _counted(limit, [path])]
        return any(_counted(limit, places) > self._most(limit) for limit in mine)

    def _of(self, limit: Limit) -> deque[float]:
        return self._sent.setdefault(limit, deque(maxlen=self._most(limit)))

    def _most(self, limit: Limit) -> int:
        return max(1, int(limit.count * self.factor))


def _counted(limit: Limit, paths: Sequence[str]) -> int:
    """How many of these requests a limit counts."""
    if limit.scope == EVERY_REQUEST:
        return len(paths)
    return sum(limit.scope in path for path in paths)
