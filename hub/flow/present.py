"""Whether the clock that things are dated by is right: the systems' answers say what time it is.

A machine that runs ahead would make every edit it reads win over all that is typed until then. So nothing is
dated by a clock that is ahead of a system's. One that is behind does no harm (:mod:`hub.flow.steady`).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hub.flow.errors import ClockAhead
from hub.flow.steady import SteadyClock
from hub.model.instant import Instant, instant, moment
from hub.store import runs
from hub.store.engine import Connection
from hub.store.runs import Run

TOLERANCE = timedelta(minutes=5)
"""So far ahead a clock may be; what lies within is told with the run's counts."""
NOTABLE = timedelta(seconds=30)

REMEDY = "docs/how-to/when-a-run-fails.md says how, under 'The clock'"


@dataclass(slots=True)
class Watch:
    """Listens to the answers of one run's system. Raises ClockAhead out of the request that was answered."""

    clock: SteadyClock
    system: str
    answered: bool = False
    """Whether anything can have been read: an answer of success, or one that says what time it is."""
    there: Instant | None = None
    """The system's present as heard last."""
    ahead: timedelta = field(default=timedelta())
    """As much as our clock was ahead at most."""

    def __call__(self) -> Callable[[datetime | None], None]:
        here = self.clock()
        return lambda there: self._heard(here, there)

    def _heard(self, here: Instant, there: datetime | None) -> None:
        self.answered = True
        if there is None:
            return
        self.there = instant(there)
        self.ahead = max(self.ahead, moment(here) - there)
        if self.ahead > TOLERANCE:
            raise ClockAhead(self._wrong())

    def _wrong(self) -> str:
        ahead = timedelta(minutes=round(self.ahead / timedelta(minutes=1)))
        if self.clock.ahead and self.ahead - self.clock.ahead <= TOLERANCE:
            return (
                f"the store's last run is dated {ahead} h from now, by this machine and by "
                f"{self.system}: a clock ran ahead then. Nothing is dated by it now. Restore the backup from "
                f"before, or wait until then: {REMEDY}"
            )
        return (
            f"this machine's clock is {ahead} h ahead of that of {self.system}. Nothing "
            f"is dated by a clock that is ahead. Set the one that is wrong, then run again: {REMEDY}"
        )


def trusted(connection: Connection) -> None:
    """Raises ClockAhead where the system that answered last said that our clock is ahead.

    For what asks no system before it dates something. Where another system has found nothing wrong since that
    one began to say so, it is that one's clock, and stops its own runs alone.
    """
    words = runs.last_words(connection)
    complaint = words[0] if words and _complains(words[0]) else None
    if complaint and not any(one.began > complaint.since and not _complains(one) for one in words):
        told = str(complaint.error).partition(": ")[2]
        raise ClockAhead(f"a clock was ahead when a system was last asked; pull first. It said: {told}")


def _complains(one: Run) -> bool:
    return (one.error or "").partition(": ")[0] == ClockAhead.__name__
