"""How long a system that turns reserved requests away is waited for, over several reservations."""

from dataclasses import dataclass

_LONGEST_STEP = 30.0


@dataclass(slots=True)
class Patience:
    """``attempts`` reservations in a row may be turned away, and waits add up to ``total`` seconds.

    No single wait is longer than ``longest`` seconds.
    """

    attempts: int
    longest: float
    total: float
    _times: int = 0
    _waited: float = 0.0
    _away: bool = False

    def turned_away(self, asked: float | None) -> float:
        """A request of this reservation was turned away: the seconds to be silent for.

        What the system asked for and a little more; where it did not say, longer each time.
        """
        self._away = True
        return min(_LONGEST_STEP, 0.5 * 2.0**self._times) if asked is None else asked + 0.05

    def lasts(self, wait: float) -> bool:
        """Whether one more reservation is worth its ``wait``. After a False, patience begins anew."""
        self._times = self._times + 1 if self._away else 0
        self._waited = self._waited + wait if self._away else 0.0
        self._away = False
        lasts = self._times < self.attempts and wait <= self.longest and self._waited <= self.total
        if not lasts:
            self._times, self._waited = 0, 0.0
        return lasts
