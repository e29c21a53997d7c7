"""The pairs that were weighed, as arrays: a large file has millions."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pairs:
    """In order of their rows. Of rows that say exactly the same the first stands for all."""

    low: Numbers
    high: Numbers
    bits: npt.NDArray[np.float64]
    right: npt.NDArray[np.bool_] | None = None
    """Whether a pair is one customer, where the truth is told."""


def pairs_of(weighed: pa.Table | None, truth: Numbers | None) -> Pairs:
    """Of the table :class:`hub.identity.engine.Matched` keeps. ``truth``: row → number of its customer."""
    if weighed is None:
        none = np.zeros(0, dtype=np.int64)
        return Pairs(none, none, none.astype(np.float64), None if truth is None else none.astype(np.bool_))
    low, high = (weighed[name].to_numpy().astype(np.int64) for name in ("low", "high"))
    right = None if truth is None else truth[low] == truth[high]
    return Pairs(low, high, weighed["bits"].to_numpy(), right)
