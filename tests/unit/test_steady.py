"""The hub's own clock: it never goes back, and never runs ahead of a machine that is right."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from hub.flow.steady import SteadyClock
from hub.model.instant import DAWN, Instant, shift

NOON: Instant = "2026-03-02T12:00:00.000000Z"
SECONDS = st.integers(-200_000, 200_000)


@given(SECONDS, st.lists(SECONDS, min_size=1))
def test_it_never_goes_back_and_moves_on_with_the_machine(known: int, jumps: list[int]) -> None:
    latest = shift(NOON, timedelta(seconds=known))
    machine = [NOON]
    clock = SteadyClock(lambda: machine[-1], latest)
    seen = [clock()]
    for jump in jumps:
        machine.append(shift(machine[-1], timedelta(seconds=jump)))
        seen.append(clock())
        assert seen[-1] == shift(seen[-2], max(timedelta(0), timedelta(seconds=jump)))
    assert seen[0] == max(latest, NOON)


def test_where_the_machine_is_right_it_says_what_the_machine_says() -> None:
    assert SteadyClock(lambda: NOON, DAWN)() == NOON
