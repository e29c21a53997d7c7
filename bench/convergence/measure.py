"""Loop safety over many random worlds: lost edits and echo writes must be none."""

from collections import Counter

from bench.convergence.story import run

EVENTS_A_WORLD = 200
MUST_BE_NONE = ("lost_edits", "echo_writes", "writes_at_rest", "disagreeing_cells", "stale_winners")


def convergence(events: int) -> tuple[dict[str, int], bool]:
    """The judge's counts over at least ``events`` random events, and whether all promises held."""
    total: Counter[str] = Counter()
    for seed in range(-(-events // EVENTS_A_WORLD)):
        total.update(run(seed, EVENTS_A_WORLD).as_dict())
    return dict(total), not any(total[name] for name in MUST_BE_NONE)
