"""A clock that never goes back, whatever the machine's does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from hub.model.instant import Instant, moment, shift


@dataclass(slots=True)
class SteadyClock:
    """The machine's clock, ahead of it by as much as it was set back since ``latest``.

    Who edited last is told by when readings were made, so a reading must not seem to be older than the one
    before it. Once the machine's clock has caught up, the two are the same again for the next run.
    """

    machine: Callable[[], Instant]
    latest: Instant
    """The latest instant that is known to have been."""
    ahead: timedelta = timedelta(0)

    def __call__(self) -> Instant:
        present = shift(self.machine(), self.ahead)
        if present < self.latest:
            self.ahead += moment(self.latest) - moment(present)
            present = self.latest
        self.latest = present
        return present
