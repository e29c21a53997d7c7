"""Where the nodes of a small graph are drawn: what has an edge near each other, nothing on another."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.float64]
ROUNDS = 300
MOST = 0.1
"""How far a node is moved at first, of a drawing as wide as 1; less round by round."""


def places(nodes: int, edges: Sequence[tuple[int, int]]) -> Places:
    """A place from 0 to 1, across and down, for each of ``nodes`` (1 or more); the same for the same graph.

    ``edges``: pairs of nodes, from 0. Nodes repel one another, edges pull; from a circle on.
    """
    turn = 2 * np.pi * np.arange(nodes) / nodes
    found = np.column_stack([np.cos(turn), np.sin(turn)]) / 2
    pulled = np.zeros((nodes, nodes))
    for low, high in edges:
        pulled[low, high] = pulled[high, low] = 1.0
    for left in range(ROUNDS, 0, -1):
        found = found + _step(found, pulled, MOST * left / ROUNDS)
    return _within(found)


def _step(found: Places, pulled: Places, most: float) -> Places:
    apart = found[:, None] - found[None, :]
    far = np.maximum(np.hypot(apart[..., 0], apart[..., 1]), 1e-3)
    free = 1 / np.sqrt(len(found))
    force = free**2 / far**2 - pulled * far / free
    moved = (apart * force[..., None]).sum(axis=1)
    length = np.maximum(np.hypot(moved[:, 0], moved[:, 1]), 1e-9)[:, None]
    # Rounded: sums of floats may differ in their last digit from one processor to another.
    return np.asarray(np.round(moved / length * np.minimum(length, most), 9), dtype=np.float64)


def _within(found: Places) -> Places:
    low, high = found.min(axis=0), found.max(axis=0)
    wide = np.where(high - low > 1e-6, high - low, 1.0)
    centred = np.where(high - low > 1e-6, (found - low) / wide, 0.5)
    return np.asarray(np.round(centred, 4), dtype=np.float64)
