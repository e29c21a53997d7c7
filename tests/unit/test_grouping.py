"""From weighed pairs to customers: by all that is known of two groups, and in no order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.identity.grouping import ASKED_ABOUT, PERSONAL, TWO, Decided, Weighed, grouped


@st.composite
def weighed(draw: st.DrawFn) -> tuple[int, list[Weighed]]:
    records = draw(st.integers(2, 8))
    every = [(low, high) for low in range(records) for high in range(low + 1, records)]
    pairs = draw(st.lists(st.sampled_from(every), unique=True))
    weighed = [
        (float(draw(st.integers(-20, 30))), draw(st.sampled_from((TWO, ASKED_ABOUT, -1, 0, 1, PERSONAL))))
        for _ in pairs
    ]
    return records, [
        (low, high, bits, telling) for (low, high), (bits, telling) in zip(pairs, weighed, strict=True)
    ]


def parts(lead: list[int]) -> set[frozenset[int]]:
    return {frozenset(row for row, one in enumerate(lead) if one == first) for first in lead}


@given(weighed(), st.randoms())
def test_the_order_of_pairs_does_not_matter(some: tuple[int, list[Weighed]], dice: object) -> None:
    records, pairs = some
    turned = list(pairs)
    dice.shuffle(turned)  # type: ignore[attr-defined]
    assert grouped(records, turned, 2.0, 1.0) == grouped(records, pairs, 2.0, 1.0)


@given(weighed())
def test_a_group_hangs_together_by_accepted_pairs_and_is_named_by_its_first(
    some: tuple[int, list[Weighed]],
) -> None:
    records, pairs = some
    lead = grouped(records, pairs, 2.0, 1.0)
    assert all(lead[first] == first <= row for row, first in enumerate(lead))
    accepted = [(low, high) for low, high, bits, _ in pairs if bits >= 2.0]
    for part in parts(lead):
        reached = {min(part)}
        for _ in part:
            reached |= {row for pair in accepted if reached & {*pair} for row in pair if row in part}
        assert reached == part


def plain(*some: tuple[int, int, float]) -> list[Weighed]:
    return [(low, high, bits, 0) for low, high, bits in some]


def test_a_weak_bridge_does_not_join_two_strong_groups() -> None:
    strong = plain((0, 1, 20.0), (2, 3, 20.0))
    bridge = plain((1, 2, 5.0), (0, 2, -6.0), (1, 3, -6.0))
    assert parts(grouped(4, [*strong, *bridge], 2.0, 1.0)) == {frozenset({0, 1}), frozenset({2, 3})}
    across = plain((0, 2, 8.0), (0, 3, 8.0), (1, 2, 5.0), (1, 3, 8.0))
    assert parts(grouped(4, [*strong, *across], 2.0, 1.0)) == {frozenset({0, 1, 2, 3})}


def test_a_pair_that_was_never_compared_is_unknown_and_no_contradiction() -> None:
    chain = plain((0, 1, 20.0), (1, 2, 5.0), (2, 3, 20.0))
    assert parts(grouped(4, chain, 2.0, 1.0)) == {frozenset({0, 1, 2, 3})}


@pytest.mark.parametrize(("telling", "groups"), [(-1, 2), (0, 1), (1, 1)])
def test_a_birth_date_that_differs_keeps_apart_what_little_else_joins(telling: int, groups: int) -> None:
    """Father and son of one name; the records 1 and 2 tell no date."""
    own = plain((0, 1, 9.0), (2, 3, 9.0))
    across: list[Weighed] = [(0, 3, 1.5, telling), *plain((0, 2, 2.0), (1, 2, 3.0), (1, 3, 2.0))]
    assert len(parts(grouped(4, [*own, *across], 2.0, 1.0))) == groups


FATHER, SON, WHOSE = 0, 1, 2
ASKED: list[Weighed] = [(FATHER, SON, 1.9, ASKED_ABOUT), (FATHER, WHOSE, 7.0, 0)]


@pytest.mark.parametrize(("son", "groups"), [(7.0, 3), (6.5, 3), (5.9, 2)])
def test_who_fits_two_alike_about_whom_a_person_is_asked_is_neither_s(son: float, groups: int) -> None:
    assert len(parts(grouped(3, [*ASKED, (SON, WHOSE, son, 0)], 2.0, 1.0))) == groups


def test_a_doubt_about_two_is_one_about_their_groups() -> None:
    """Until what is telling agrees, or somebody says it."""
    known = plain((SON, 3, 20.0), (WHOSE, 3, 9.0), (SON, WHOSE, 9.0))
    doubt: list[Weighed] = [(FATHER, SON, 1.9, ASKED_ABOUT), (FATHER, 3, 9.0, 0)]
    assert parts(grouped(4, [*known, *doubt], 2.0, 1.0)) == {frozenset({0}), frozenset({1, 2, 3})}
    for telling in (1, PERSONAL):
        agrees: list[Weighed] = [doubt[0], (FATHER, 3, 9.0, telling)]
        assert parts(grouped(4, [*known, *agrees], 2.0, 1.0)) == {frozenset({0, 1, 2, 3})}


def test_of_two_that_are_two_the_one_whose_all_fit_better_has_the_third() -> None:
    """Who changes a mailbox with another is still who all else says."""
    two: list[Weighed] = [(0, 2, -7.0, TWO), (1, 2, -2.0, 0)]
    mine: list[Weighed] = [(0, 1, 15.0, 1), (0, 3, 9.9, 0), (1, 3, 9.8, 0)]
    assert parts(grouped(4, [*two, *mine, (2, 3, 9.3, 0)], 2.0, 1.0)) == {
        frozenset({0}) | {1},
        frozenset({2}),
        frozenset({3}),
    }
    known: list[Weighed] = [*two, *mine, (2, 3, 9.3, 0), (2, 4, 15.0, 1), (3, 4, -2.0, 0), (0, 4, -7.0, TWO)]
    assert parts(grouped(5, known, 2.0, 1.0)) == {frozenset({0, 1, 3}), frozenset({2, 4})}


@pytest.mark.parametrize(
    "decided", [Decided(same=frozenset({(0, 1)})), Decided(same=frozenset({(0, 3), (1, 3)}))]
)
def test_once_somebody_said_that_the_two_are_one_nobody_is_asked(decided: Decided) -> None:
    every = [*ASKED, (SON, WHOSE, 7.0, 0)]
    assert len({*grouped(4, every, 2.0, 1.0, decided)[:3]}) == 1
