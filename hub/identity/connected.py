"""What hangs together: the connected parts of a graph."""

from collections.abc import Iterable


def connected(ones: Iterable[int], links: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The parts of ``ones``, each sorted, in the order of their first. ``links``: pairs of ``ones``."""
    leads = {one: one for one in ones}

    def lead(one: int) -> int:
        while leads[one] != one:
            leads[one] = leads[leads[one]]
            one = leads[one]
        return one

    for one, other in links:
        low, high = sorted((lead(one), lead(other)))
        leads[high] = low
    parts: dict[int, list[int]] = {}
    for one in sorted(leads):
        parts.setdefault(lead(one), []).append(one)
    return list(parts.values())
