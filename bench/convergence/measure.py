"""Loop safety over many random worlds: lost edits and echo writes must be none."""

from collections import Counter

from bench.convergence.story import run
from bench.report import Measured, timed

EVENTS_A_WORLD = 200
MUST_BE_NONE = ("lost_edits", "echo_writes", "writes_at_rest", "disagreeing_cells", "stale_winners")


def convergence(events: int, _: str) -> Measured:
    """The judge's counts over at least ``events`` random events; it needs no store."""
    total: Counter[str] = Counter()
    with timed() as took:
        for seed in range(-(-events // EVENTS_A_WORLD)):
            total.update(run(seed, EVENTS_A_WORLD).as_dict())
    return Measured(dict(total), took, not any(total[name] for name in MUST_BE_NONE))
