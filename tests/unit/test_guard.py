"""What stops a plan until a person has looked."""

from dataclasses import replace

import pytest

from hub.publish.guard import SMALL, Limits, Size, reasons

LIMITS = Limits(max_changes=100, max_share=0.2, max_creates=10, max_clears=5)
QUIET = Size(changes=100, creates=10, clears=5, records=500, first_load=False)


def test_at_the_limits_nobody_need_look() -> None:
    assert reasons(QUIET, LIMITS) == ()


@pytest.mark.parametrize(
    ("size", "reason"),
    [
        (replace(QUIET, first_load=True), "its first load is a person's decision"),
        (replace(QUIET, changes=101, records=1000), "101 records would change, more than 100"),
        (replace(QUIET, changes=100, records=400), "25% of the system's records would change, more than 20%"),
        (replace(QUIET, creates=11), "11 records would be created, more than 10"),
        (replace(QUIET, clears=6), "6 fields would be emptied, more than 5"),
    ],
)
def test_each_limit_has_its_own_reason(size: Size, reason: str) -> None:
    (said,) = reasons(size, LIMITS)
    assert reason in said


def test_reasons_add_up() -> None:
    assert len(reasons(Size(101, 11, 6, 200, first_load=True), LIMITS)) == 5


def test_a_share_of_few_says_nothing() -> None:
    assert reasons(Size(SMALL, 0, 0, 20, first_load=False), LIMITS) == ()
    assert reasons(Size(SMALL + 1, 0, 0, 21, first_load=False), LIMITS)


def test_a_plan_of_nothing_is_never_held() -> None:
    assert reasons(Size(0, 0, 0, 0, first_load=True), LIMITS) == ()
