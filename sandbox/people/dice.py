"""Dice: a seeded generator with the few throws the population needs."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cached_property
from random import Random


class Dice(Random):
    """Same seed, same throws, on every machine; never for secrets."""

    def __init__(self, seed: int | str) -> None:
        super().__init__(seed)
        self._seed = seed

    @cached_property
    def aside(self) -> "Dice":
        """Other dice of the same seed: what is thrown with them changes nobody else's luck."""
        return Dice(f"{self._seed} aside")

    def chance(self, probability: float) -> bool:
        """True about ``probability`` of the time."""
        return self.random() < probability

    def digits(self, count: int) -> str:
        """``count`` decimal digits, the first never zero."""
        return str(self.randrange(10 ** (count - 1), 10**count))

    def among(self, options: Sequence[str], weights: Sequence[float]) -> str:
        """One option by weight."""
        return self.choices(options, weights)[0]

    def moment(self, start: datetime, end: datetime) -> datetime:
        """A moment between the two, to the millisecond; ``start`` where they cross."""
        span = max(int((end - start).total_seconds() * 1000), 0)
        return start + timedelta(milliseconds=self.randint(0, span))
