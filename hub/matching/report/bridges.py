"""The bridges of a graph: edges without which what hangs together falls apart."""

from collections.abc import Iterable, Iterator

Edge = tuple[int, int]
"""Two nodes, the lower number first."""


def bridges(edges: Iterable[Edge]) -> set[Edge]:
    """Of a graph without loops; an edge that is given twice counts once."""
    near = neighbours(edges)
    found: set[Edge] = set()
    reached: dict[int, int] = {}
    for root in sorted(near):
        if root not in reached:
            found.update(_below(root, near, reached))
    return found


def neighbours(edges: Iterable[Edge]) -> dict[int, list[int]]:
    """Node → those it has an edge with, in order."""
    near: dict[int, set[int]] = {}
    for low, high in edges:
        near.setdefault(low, set()).add(high)
        near.setdefault(high, set()).add(low)
    return {node: sorted(some) for node, some in near.items()}


def _below(root: int, near: dict[int, list[int]], reached: dict[int, int]) -> Iterator[Edge]:
    """By depth first, without recursion: an edge is a bridge if nothing below it reaches above it."""
    least: dict[int, int] = {}
    path: list[tuple[int, int, Iterator[int]]] = []

    def enter(node: int, above: int) -> None:
        reached[node] = least[node] = len(reached)
        path.append((node, above, iter(near[node])))

    enter(root, -1)
    while path:
        node, above, rest = path[-1]
        if (one := next(rest, None)) is None:
            path.pop()
            if path:
                least[above] = min(least[above], least[node])
                if least[node] > reached[above]:
                    yield (above, node) if above < node else (node, above)
        elif one not in reached:
            enter(one, node)
        elif one != above:
            least[node] = min(least[node], reached[one])
