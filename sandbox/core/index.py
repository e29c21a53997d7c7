"""A search index that lags behind what was written."""

from collections import deque
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from sandbox.core.clock import Clock
from sandbox.core.table import Table


class LaggedIndex:
    """Shows every record as it was ``lag`` ago on the clock. Do not touch the rows it was given."""

    def __init__(self, clock: Clock, lag: timedelta) -> None:
        self._clock, self._lag = clock, lag
        self._seen = Table()
        self._pending: deque[tuple[datetime, str, Mapping[str, Any] | None]] = deque()

    def put(self, key: str, row: Mapping[str, Any] | None) -> None:
        """Note what a record became (None: it is gone); it shows once the lag is over."""
        self.seen()
        self._pending.append((self._clock.now() + self._lag, key, row))

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
            _, key, row = self._pending.popleft()
            if row is not None:
                self._seen.keep(key, row)
            elif key in self._seen:
                self._seen.drop(key)
        return self._seen
