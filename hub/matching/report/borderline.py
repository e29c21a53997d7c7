"""The pairs nearest to the bar: where a match is least sure, and looking helps most."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf, log2

import numpy as np
import numpy.typing as npt

from hub.identity.weights import MATCH, STRANGERS, Weights
from hub.matching.report.counted import Pair
from hub.matching.report.pairs import Numbers, Pairs
from hub.matching.report.rows import Written

SHOWN = 20
LOOKED_THROUGH = 2_000
"""Pairs nearest to the bar that those are taken from."""
NEAR = 10.0
"""Bits from the bar, beyond which nothing is borderline."""


@dataclass(frozen=True, slots=True)
class Found:
    """One finding of a pair."""

    comparison: str
    finding: str
    speaks_for: bool


@dataclass(frozen=True, slots=True)
class Line:
    """What two rows say in one column."""

    column: str
    left: str
    right: str

    @property
    def differs(self) -> bool:
        """Where both say something."""
        return bool(self.left and self.right and self.left != self.right)


@dataclass(frozen=True, slots=True)
class Borderline:
    """Two rows side by side."""

    left: int
    right: int
    """Of the file."""
    bits: float
    accepted: bool
    one: bool
    """Whether they ended up as one customer."""
    true: bool | None
    findings: list[Found]
    lines: list[Line]


def nearest(pairs: Pairs, groups: Numbers, accept: float) -> list[int]:
    """The places of the pairs nearest to the bar, the nearest first.

    Of the pairs within a customer, or between two, only the nearest. ``groups``: row → that of its group.
    """
    far = np.abs(pairs.bits - accept)
    some = np.flatnonzero(far <= min(_nth(far, LOOKED_THROUGH), NEAR))
    found: dict[tuple[int, int], int] = {}
    for at in some[np.lexsort((pairs.high[some], pairs.low[some], far[some]))]:
        left, right = sorted((int(groups[pairs.low[at]]), int(groups[pairs.high[at]])))
        found.setdefault((left, right), int(at))
    return [*found.values()][:SHOWN]


def _nth(numbers: npt.NDArray[np.float64], nth: int) -> float:
    """The ``nth`` smallest number; infinite where there are not so many."""
    return float(np.partition(numbers, nth - 1)[nth - 1]) if len(numbers) >= nth else inf


def speaks_for(weights: Weights, comparison: str, finding: str) -> bool:
    """Whether a finding is likelier of one customer than of two strangers."""
    chances = weights.chances[comparison][finding]
    by_chance = chances[STRANGERS]
    bits = 1.0 if by_chance is None else log2(chances[MATCH] or 1.0) - log2(by_chance)
    return bits + weights.learnt_bits(comparison, finding) > 0


def found_of(weights: Weights, findings: Mapping[str, str]) -> list[Found]:
    """In the order of the comparisons."""
    return [Found(name, one, speaks_for(weights, name, one)) for name, one in findings.items()]


def lines(written: Written, rows: Pair) -> list[Line]:
    """Of two rows of the file, the columns in which one of them says something."""
    left, right = written.cells(rows)
    told = zip(written.columns, left, right, strict=True)
    return [Line(column, one, other) for column, one, other in told if one or other]
