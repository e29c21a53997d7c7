"""A search index that lags behind what was written."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from typing import Any

from sandbox.core.clock import Clock
from sandbox.core.table import Table


class LaggedIndex:
    """Finds every record as it was ``lag`` ago on the clock. Do not touch the rows it was given.

    One in ``every`` gets into the index a ``slow`` while later, so that a newer change is found before it.
    """

    def __init__(self, clock: Clock, lag: timedelta, slow: timedelta = timedelta(0), every: int = 5) -> None:
        self._clock, self._lag, self._slow, self._every = clock, lag, slow, every
        self._seen = Table()
        self._numbers = count(1)
        self._shown: dict[str, int] = {}
        self._pending: list[tuple[datetime, int, str, Mapping[str, Any] | None]] = []

    def put(self, key: str, row: Mapping[str, Any] | None) -> None:
        """Note what a record became (None: it is gone); it shows once the lag is over."""
        self.seen()
        number = next(self._numbers)
        late = self._slow if number % self._every == 0 else timedelta(0)
        heappush(self._pending, (self._clock.now() + self._lag + late, number, key, row))

    def load(self, key: str, row: Mapping[str, Any]) -> None:
        """Show a record at once (a seed)."""
        self._seen.keep(key, row)

    def items(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """What a search finds now, in no promised order. No copies: look, do not touch."""
        return self.seen().items()

    def seen(self) -> Table:
        """The records a search finds now. To be looked at only."""
        now = self._clock.now()
        while self._pending and self._pending[0][0] <= now:
            _, number, key, row = heappop(self._pending)
            if number < self._shown.get(key, 0):
                continue  # it is known by what it became since
            self._shown[key] = number
            if row is not None:
                self._seen.keep(key, row)
            elif key in self._seen:
                self._seen.drop(key)
        return self._seen
