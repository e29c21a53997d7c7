"""A search index that lags behind what was written."""

from collections import deque
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

from sandbox.core.clock import Clock


class LaggedIndex:
    """Shows every record as it was ``lag`` ago on the clock."""

    def __init__(self, clock: Clock, lag: timedelta) -> None:
        self._clock, self._lag = clock, lag
        self._seen: dict[str, Mapping[str, Any]] = {}
        self._pending: deque[tuple[datetime, str, Mapping[str, Any] | None]] = deque()

    def put(self, key: str, row: Mapping[str, Any] | None) -> None:
        """Note what a record became (None: it is gone); it shows once the lag is over."""
        self._pending.append((self._clock.now() + self._lag, key, deepcopy(row)))

    def load(self, key: str, row: Mapping[str, Any]) -> None:
        """Show a record at once (a seed)."""
        self._seen[key] = deepcopy(row)

    def items(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """What a search finds now, in no promised order. No copies: look, do not touch."""
        self._settle()
        return iter(self._seen.items())

    def _settle(self) -> None:
        now = self._clock.now()
        while self._pending and self._pending[0][0] <= now:
            _, key, row = self._pending.popleft()
            if row is None:
                self._seen.pop(key, None)
            else:
                self._seen[key] = row
