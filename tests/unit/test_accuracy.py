"""The figures of a partition are what their definitions say, pair by pair and record by record."""

from dataclasses import astuple
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.identity.accuracy import Accuracy, Rates, accuracy, of_records

LABELS = st.integers(0, 5) | st.sampled_from(["a", "b", ("c", 1), None])
ROWS = st.lists(st.tuples(LABELS, LABELS), max_size=40)
Rows = list[tuple[Any, Any]]
ALL_RIGHT = Rates(1.0, 1.0, 1.0)


def figures(rows: Rows) -> Accuracy:
    """The figures of (truth, found) rows."""
    return accuracy([true for true, _ in rows], [found for _, found in rows])


def near(precision: float, recall: float) -> Any:
    """Precision, recall and their harmonic mean, but for the last digits."""
    both = precision + recall
    return pytest.approx((precision, recall, 2 * precision * recall / both if both else 0.0))


def share(answers: list[bool]) -> float:
    return sum(answers) / len(answers) if answers else 1.0


def mean(of_each: list[float]) -> float:
    return sum(of_each) / len(of_each) if of_each else 1.0


@given(ROWS)
def test_pairs_are_counted_as_if_each_was_looked_at(rows: Rows) -> None:
    pairs = list(combinations(rows, 2))
    joined = [one[0] == other[0] for one, other in pairs if one[1] == other[1]]
    true = [one[1] == other[1] for one, other in pairs if one[0] == other[0]]
    assert astuple(figures(rows).pairwise) == near(share(joined), share(true))


@given(ROWS)
def test_b_cubed_is_the_average_over_the_records(rows: Rows) -> None:
    precision = [share([other[0] == one[0] for other in rows if other[1] == one[1]]) for one in rows]
    recall = [share([other[1] == one[1] for other in rows if other[0] == one[0]]) for one in rows]
    assert astuple(figures(rows).b3) == near(mean(precision), mean(recall))


@given(ROWS)
def test_clusters_are_counted_and_the_largest_is_known(rows: Rows) -> None:
    found = [one for _, one in rows]
    told = figures(rows)
    assert (told.records, told.clusters) == (len(rows), len(set(found)))
    assert told.largest_cluster == max((found.count(one) for one in found), default=0)


@given(ROWS, st.data())
def test_neither_the_order_nor_the_words_matter(rows: Rows, data: st.DataObject) -> None:
    other = [((true, "true"), repr(found)) for true, found in data.draw(st.permutations(rows))]
    one, two = figures(rows), figures(other)
    assert astuple(two.pairwise) == near(one.pairwise.precision, one.pairwise.recall)
    assert astuple(two.b3) == near(one.b3.precision, one.b3.recall)
    assert (two.clusters, two.largest_cluster) == (one.clusters, one.largest_cluster)


@given(st.lists(LABELS, max_size=40))
def test_the_truth_itself_is_right(labels: list[object]) -> None:
    told = figures([(one, one) for one in labels])
    assert told.pairwise == ALL_RIGHT and astuple(told.b3) == near(1.0, 1.0)


def test_without_pairs_nothing_is_wrong_and_nothing_is_missed() -> None:
    assert figures([]) == Accuracy(0, 0, ALL_RIGHT, ALL_RIGHT, 0)
    assert figures([(1, 1), (2, 2)]).pairwise == ALL_RIGHT
    assert figures([(1, 1), (1, 2)]).pairwise == Rates(1.0, 0.0, 0.0)
    assert figures([(1, 1), (2, 1)]).pairwise == Rates(0.0, 1.0, 0.0)


def test_arrays_and_mappings_are_partitions_too() -> None:
    told = accuracy(np.array(["a", "a", "b"]), np.array([7, 7, 7]))
    assert told == figures([("a", 7), ("a", 7), ("b", 7)])
    assert of_records({"x": 1, "y": 1, "alone": 2}, {"x": 5, "y": 5, "unknown": 5}).as_dict() == {
        "records": 2,
        "clusters": 1,
        "pairwise": {"precision": 1.0, "recall": 1.0, "f1": 1.0},
        "b3": {"precision": 1.0, "recall": 1.0, "f1": 1.0},
        "largest_cluster": 2,
    }


def test_partitions_of_different_records_are_refused() -> None:
    with pytest.raises(ValueError, match="2 true labels, 1 found ones: give one a record to both"):
        accuracy([1, 2], [1])
