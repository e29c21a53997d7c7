"""Who is joined with whom: the same whatever the order, and never across a cannot-link."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from hub.identity.clustering import Edge, clusters
from hub.model.keys import RecordKey
from tests.unit.said import person

RECORDS = [person("s", number) for number in range(7)]
A, B, C, D, E, F, G = RECORDS
Pairs = frozenset[frozenset[RecordKey]]
PAIRS = st.lists(st.sampled_from(RECORDS), min_size=2, max_size=2, unique=True)
EDGES = st.lists(
    st.builds(lambda pair, weight: Edge(pair[0], pair[1], weight), PAIRS, st.sampled_from([9.0, 13.0, 20.0])),
    max_size=12,
)
APART = st.frozensets(PAIRS.map(frozenset), max_size=4)
JUDGED = st.lists(PAIRS.map(lambda pair: Edge(pair[0], pair[1], 0.0, judged=True)), max_size=2)


def grouped(edges: Sequence[Edge], *apart: tuple[RecordKey, RecordKey]) -> list[set[RecordKey]]:
    """The clusters of more than one record."""
    pairs = frozenset(map(frozenset, apart))
    return [set(one) for one in _clusters(RECORDS, edges, pairs) if len(one) > 1]


def test_what_is_joined_stays_joined_and_the_rest_is_alone() -> None:
    assert grouped([Edge(A, B, 13), Edge(B, C, 13)]) == [{A, B, C}]
    assert clusters([C, A, B], [], lambda one, other: False) == [frozenset([one]) for one in (A, B, C)]


def test_a_cannot_link_cuts_the_weakest_of_a_chain() -> None:
    assert grouped([Edge(A, B, 20), Edge(B, C, 13)], (A, C)) == [{A, B}]
    assert grouped([Edge(A, B, 13), Edge(B, C, 20)], (A, C)) == [{B, C}]


def test_of_equals_the_name_decides_which_is_cut() -> None:
    assert grouped([Edge(C, B, 13), Edge(B, A, 13)], (A, C)) == [{A, B}]


def test_a_cannot_link_far_away_cuts_between_two_groups() -> None:
    edges = [Edge(A, B, 20), Edge(C, D, 20), Edge(B, C, 13)]
    assert grouped(edges, (A, D)) == [{A, B}, {C, D}]


def test_a_steward_s_must_link_wins_over_a_veto() -> None:
    assert grouped([Edge(A, B, 0, judged=True)], (A, B)) == [{A, B}]
    assert grouped([Edge(A, B, 0, judged=True), Edge(B, C, 20)], (A, B), (A, C)) == [{A, B}]


@given(EDGES, JUDGED, APART, st.data())
def test_the_order_of_arrival_cannot_matter(
    edges: list[Edge], judged: list[Edge], apart: Pairs, data: st.DataObject
) -> None:
    every = edges + judged
    turned = [Edge(one.right, one.left, one.weight, one.judged) for one in data.draw(st.permutations(every))]
    records = data.draw(st.permutations(RECORDS))
    assert _clusters(records, turned, apart) == _clusters(RECORDS, every, apart)


@given(EDGES, JUDGED, APART)
def test_every_record_is_in_exactly_one_cluster_and_only_edges_join(
    edges: list[Edge], judged: list[Edge], apart: Pairs
) -> None:
    found = _clusters(RECORDS, edges + judged, apart)
    assert sorted(one for cluster in found for one in cluster) == RECORDS
    whole = clusters(RECORDS, edges + judged, lambda one, other: False)
    assert all(any(cluster <= one for one in whole) for cluster in found)


@given(EDGES, APART)
def test_nothing_a_rule_says_joins_two_that_cannot_be_one(edges: list[Edge], apart: Pairs) -> None:
    found = _clusters(RECORDS, edges, apart)
    assert not any(pair <= cluster for pair in apart for cluster in found)


@given(EDGES, JUDGED, APART)
def test_what_a_steward_joined_is_joined(edges: list[Edge], judged: list[Edge], apart: Pairs) -> None:
    found = _clusters(RECORDS, edges + judged, apart)
    assert all(any({one.left, one.right} <= cluster for cluster in found) for one in judged)


@given(EDGES, APART)
def test_an_edge_is_cut_only_for_a_cannot_link(edges: list[Edge], apart: Pairs) -> None:
    found = _clusters(RECORDS, edges, apart)
    home = {one: cluster for cluster in found for one in cluster}
    for edge in edges:
        left, right = home[edge.left], home[edge.right]
        assert left is right or any(frozenset((x, y)) in apart for x in left for y in right)


def _clusters(
    records: Sequence[RecordKey], edges: Sequence[Edge], apart: Pairs
) -> list[frozenset[RecordKey]]:
    return clusters(records, edges, lambda one, other: frozenset((one, other)) in apart)
