"""What stops a plan, or a field of it, until a person has looked."""

from collections import Counter
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.model.radius import Guard
from hub.publish.effect import Effect
from hub.publish.guard import SMALL, Size, Told, over, reasons

LIMITS = Guard(100, 0.2, 10, max_clears=5, max_poorer=4, max_replaced=8, max_edits=9, max_facts=12)
QUIET = Size(changes=100, creates=10, records=500, first_load=False)
MOST: dict[Effect, int] = {"emptied": 5, "poorer": 4, "replaced": 8, "edited": 9, "fact": 12}
NOTHING: Counter[Told] = Counter()


def test_at_the_limits_nobody_need_look() -> None:
    assert reasons(QUIET, LIMITS) == ()


@pytest.mark.parametrize(
    ("size", "reason"),
    [
        (replace(QUIET, first_load=True), "its first load is a person's decision"),
        (replace(QUIET, changes=101, records=1000), "101 records would change, more than 100"),
        (replace(QUIET, changes=100, records=400), "25% of the system's records would change, more than 20%"),
        (replace(QUIET, creates=11), "11 records would be created, more than 10"),
    ],
)
def test_each_limit_has_its_own_reason(size: Size, reason: str) -> None:
    (said,) = reasons(size, LIMITS)
    assert reason in said


def test_reasons_add_up() -> None:
    assert len(reasons(Size(101, 11, 200, first_load=True), LIMITS)) == 4


def test_a_share_of_few_says_nothing() -> None:
    assert reasons(Size(SMALL, 0, 20, first_load=False), LIMITS) == ()
    assert reasons(Size(SMALL + 1, 0, 21, first_load=False), LIMITS)


def test_a_plan_of_nothing_is_never_held() -> None:
    assert reasons(Size(0, 0, 0, first_load=True), LIMITS) == ()


# field by field, over a day


def told(name: str, effect: Effect, number: int) -> Counter[Told]:
    """So many values of a field."""
    return Counter({(name, effect): number})


@pytest.mark.parametrize("effect", MOST)
def test_each_effect_has_its_limit(effect: Effect) -> None:
    most = MOST[effect]
    assert over(told("phone", effect, most), NOTHING, LIMITS) == {}
    (why,) = over(told("phone", effect, most + 1), NOTHING, LIMITS).values()
    assert why.startswith(f"phone: {most + 1} values would be ") and why.endswith(f"more than {most}")


def test_each_reason_is_told_in_its_own_words() -> None:
    each = [over(told("x", one, 99), NOTHING, LIMITS)["x", one] for one in MOST]
    assert len({why.partition("would be")[2].partition("within")[0] for why in each}) == len(MOST)


def test_what_fills_an_empty_place_is_never_too_much() -> None:
    assert over(told("phone", "filled", 10_000), told("phone", "filled", 10_000), LIMITS) == {}
    assert set(get_args(Effect)) == {*MOST, "filled"}


def test_a_slow_drip_stops_as_a_flood_does() -> None:
    today = told("phone", "emptied", 5)
    assert list(over(told("phone", "emptied", 1), today, LIMITS)) == [("phone", "emptied")]
    assert "6 values would be emptied" in over(told("phone", "emptied", 1), today, LIMITS)["phone", "emptied"]


def test_what_was_sent_stops_nothing_where_nothing_more_is_planned() -> None:
    assert over(NOTHING, told("phone", "emptied", 99), LIMITS) == {}
    assert over(told("phone", "emptied", 0), told("phone", "emptied", 99), LIMITS) == {}


def test_one_field_or_effect_does_not_count_for_another() -> None:
    planned = told("phone", "emptied", 5) + told("phone", "poorer", 4) + told("name", "emptied", 5)
    today = told("home", "emptied", 99) + told("phone", "replaced", 99)
    assert over(planned, today, LIMITS) == {}
    assert list(over(planned + told("name", "emptied", 1), today, LIMITS)) == [("name", "emptied")]


TALLIES = st.dictionaries(
    st.tuples(st.sampled_from(["phone", "name"]), st.sampled_from(get_args(Effect))), st.integers(0, 14)
).map(Counter)


@given(TALLIES, TALLIES, TALLIES)
def test_the_more_was_sent_the_more_is_held(
    planned: Counter[Told], today: Counter[Told], more: Counter[Told]
) -> None:
    held = over(planned, today, LIMITS)
    assert held.keys() <= over(planned, today + more, LIMITS).keys()
    assert held.keys() <= {one for one in planned if planned[one]}
    assert all(planned[one] + today[one] > MOST[one[1]] for one in held)


@given(TALLIES, TALLIES)
def test_in_two_plans_of_a_day_no_more_goes_than_in_one(one: Counter[Told], other: Counter[Told]) -> None:
    """What the first lets go counts for the second: nothing beyond a limit goes unseen."""
    gone = Counter(
        {which: number for which, number in one.items() if which not in over(one, NOTHING, LIMITS)}
    )
    held = over(other, gone, LIMITS)
    gone.update({which: number for which, number in other.items() if which not in held})
    assert all(number <= MOST[effect] for (_, effect), number in gone.items() if effect in MOST)
