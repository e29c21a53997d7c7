"""How right a partition of records is, held against the truth: pairs of records, and records one by one.

A partition is a sequence of labels, one a record: records with one label are one customer. Labels are
anything hashable, and need not be the same words on both sides. No pair is ever made: only how many
records share a label of either side, or of both, is counted, so a million records take a second or two.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Labels = Sequence[Hashable] | NDArray[Any]
Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rates:
    """Of what was joined, how much rightly; of what belongs together, how much is joined; both in one."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Accuracy:
    """The figures of one partition against the truth."""

    records: int
    clusters: int
    """How many were found."""
    pairwise: Rates
    """Over all pairs of records. Where nothing was joined, nothing was joined wrongly: precision 1; where
    nothing belongs together, nothing was missed: recall 1."""
    b3: Rates
    """B-cubed: of the records found with a record, itself included, the share that is right (precision); of
    those that belong with it, the share that is found (recall); averaged over the records. 1 of none."""
    largest_cluster: int
    """The records of the largest cluster found."""

    def as_dict(self) -> dict[str, Any]:
        """``records, clusters, pairwise: {precision, recall, f1}, b3: {…}, largest_cluster``."""
        return asdict(self)


def accuracy(truth: Labels, found: Labels) -> Accuracy:
    """The figures of ``found`` against ``truth``: two sequences of labels of the same records, in one order.

    Raises ValueError where one is longer than the other.
    """
    if len(truth) != len(found):
        raise ValueError(f"{len(truth)} true labels, {len(found)} found ones: give one a record to both")
    true, mine = _numbered(truth), _numbered(found)
    sizes, clusters = np.bincount(true), np.bincount(mine)
    cells, shared = np.unique(true * max(len(clusters), 1) + mine, return_counts=True)
    of_truth, of_found = np.divmod(cells, max(len(clusters), 1))
    return Accuracy(
        len(true),
        len(clusters),
        _pairwise(shared, clusters, sizes),
        _b3(shared, clusters[of_found], sizes[of_truth]),
        int(clusters.max(initial=0)),
    )


def of_records(truth: Mapping[Any, Hashable], found: Mapping[Any, Hashable]) -> Accuracy:
    """The figures over the records both know, by whatever names them."""
    both = truth.keys() & found.keys()
    return accuracy([truth[one] for one in both], [found[one] for one in both])


def _numbered(labels: Iterable[Hashable]) -> Counts:
    """The same partition in numbers from 0."""
    seen: dict[Hashable, int] = {}
    return np.fromiter((seen.setdefault(one, len(seen)) for one in labels), np.int64)


def _pairwise(shared: Counts, clusters: Counts, sizes: Counts) -> Rates:
    right, joined, true = _pairs(shared), _pairs(clusters), _pairs(sizes)
    return _rates(right / joined if joined else 1.0, right / true if true else 1.0)


def _pairs(sizes: Counts) -> int:
    return int((sizes * (sizes - 1) // 2).sum())


def _b3(shared: Counts, clusters: Counts, sizes: Counts) -> Rates:
    """By cell of the two partitions: the records in it, in its cluster, and in its customer of the truth."""
    records = int(shared.sum())
    if not records:
        return _rates(1.0, 1.0)
    squares = shared.astype(np.float64) ** 2
    return _rates(float((squares / clusters).sum() / records), float((squares / sizes).sum() / records))


def _rates(precision: float, recall: float) -> Rates:
    both = precision + recall
    return Rates(precision, recall, 2 * precision * recall / both if both else 0.0)
