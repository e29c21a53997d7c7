"""Golden ids are for ever: kept by the largest part, redirected after a merge, never used again."""

from collections.abc import Mapping, Sequence
from itertools import count
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from hub.identity.ids import Assignment, assign
from hub.model.keys import RecordKey
from hub.model.unique import new_id
from tests.unit.said import person

RECORDS = [person("s", number) for number in range(8)]
A, B, C, D, E, F, G, H = RECORDS
Clusters = list[frozenset[RecordKey]]


def given_ids(
    clusters: Sequence[set[RecordKey]], held: Mapping[RecordKey, str], name: str = "n"
) -> Assignment:
    """The ids of clusters; new ones are called n1, n2, …"""
    return assign([frozenset(one) for one in clusters], held, map((name + "{}").format, count(1)).__next__)


def ids(found: Assignment) -> dict[RecordKey, str]:
    """Record → golden id."""
    return {record: golden for cluster, golden in found.ids.items() for record in cluster}


def test_a_new_cluster_gets_a_new_id() -> None:
    found = given_ids([{A, B}, {C}], {})
    assert ids(found) == {A: "n1", B: "n1", C: "n2"} and found.issued == {"n1", "n2"}


def test_a_cluster_that_grows_keeps_its_id() -> None:
    found = given_ids([{A, B, C}], {A: "x", B: "x"})
    assert ids(found) == dict.fromkeys((A, B, C), "x")
    assert (found.issued, dict(found.redirects), found.splits) == (frozenset(), {}, ())


def test_a_merge_keeps_the_id_of_most_records_and_the_other_redirects() -> None:
    found = given_ids([{A, B, C}], {A: "x", B: "y", C: "y"})
    assert ids(found)[A] == "y" and found.redirects == {"x": "y"}


def test_a_merge_of_equals_keeps_the_first_id() -> None:
    assert given_ids([{A, B}], {A: "y", B: "x"}).redirects == {"y": "x"}


def test_the_largest_part_of_a_split_keeps_the_id() -> None:
    found = given_ids([{A}, {B, C}], dict.fromkeys((A, B, C), "x"))
    assert ids(found) == {A: "n1", B: "x", C: "x"}
    assert found.splits == (("x", "n1"),) and found.issued == {"n1"}


def test_of_equal_parts_the_one_with_the_smallest_key_keeps_the_id() -> None:
    assert ids(given_ids([{C, D}, {A, B}], dict.fromkeys((A, B, C, D), "x")))[A] == "x"


def test_records_that_move_over_make_no_redirect() -> None:
    found = given_ids([{A}, {B, C, D}], {A: "x", B: "x", C: "y", D: "y"})
    assert ids(found) == {A: "x", B: "y", C: "y", D: "y"} and not found.redirects and not found.issued


@st.composite
def partition(draw: st.DrawFn) -> Clusters:
    """Some way to divide all records."""
    names = draw(st.lists(st.integers(0, 4), min_size=len(RECORDS), max_size=len(RECORDS)))
    groups: dict[int, set[RecordKey]] = {}
    for record, name in zip(RECORDS, names, strict=True):
        groups.setdefault(name, set()).add(record)
    return sorted((frozenset(one) for one in groups.values()), key=min)


@given(st.lists(partition(), min_size=1, max_size=5))
def test_ids_over_a_history(history: list[Clusters]) -> None:
    """Every cluster has one id, every id one cluster; none returns, and every old one still resolves."""
    fresh = count(1)
    held: dict[RecordKey, str] = {}
    gone: dict[str, str] = {}
    for clusters in history:
        before = set(held.values())
        found = assign(clusters, held, lambda: f"n{next(fresh)}")
        assert len(set(found.ids.values())) == len(clusters)
        held = ids(found)
        assert set(held) == set(RECORDS) and not found.issued & (before | gone.keys())
        gone |= found.redirects
        now = set(held.values())
        assert not now & gone.keys()
        assert all(_resolved(one, gone) in now for one in before)


@given(partition(), partition())
def test_the_same_clusters_keep_the_same_ids(first: Clusters, second: Clusters) -> None:
    held = ids(given_ids([set(one) for one in first], {}))
    moved = ids(given_ids([set(one) for one in second], held, "m"))
    again = given_ids([set(one) for one in second], moved, "o")
    assert ids(again) == moved
    assert (again.issued, dict(again.redirects), again.splits) == (frozenset(), {}, ())


@given(partition(), partition(), st.data())
def test_the_order_of_clusters_cannot_matter(first: Clusters, second: Clusters, data: st.DataObject) -> None:
    held = ids(given_ids([set(one) for one in first], {}))
    found = given_ids([set(one) for one in second], held, "m")
    other = given_ids([set(one) for one in data.draw(st.permutations(second))], held, "m")
    assert other.redirects == found.redirects
    kept = {record: golden for record, golden in ids(found).items() if golden not in found.issued}
    assert kept == {record: golden for record, golden in ids(other).items() if golden not in other.issued}


def _resolved(golden: str, redirects: Mapping[str, str]) -> str:
    while golden in redirects:
        golden = redirects[golden]
    return golden


def test_of_two_equally_large_customers_the_older_id_stays() -> None:
    older, younger = new_id(), new_id()
    assert UUID(older).version == 7
    assert ids(given_ids([{A, B}], {A: younger, B: older})) == {A: older, B: older}


def test_ids_are_made_in_order_and_none_twice() -> None:
    made = [new_id() for _ in range(10_000)]
    assert made == sorted(set(made))
