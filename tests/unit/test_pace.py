"""Pacing: no limit's window is ever overfull, whatever is reserved, taken, given back or sent besides."""

from collections.abc import Sequence
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.contract import Limit
from connectors.pace import Pace, Timing

LIMITS = (Limit("account", 5, timedelta(seconds=10)), Limit("/search", 2, timedelta(seconds=1)))
PATHS = st.sampled_from(["/search", "/contacts", "/contacts/{id}"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("reserve"), st.lists(PATHS, min_size=1, max_size=6)),
        st.tuples(st.just("send"), st.lists(PATHS, min_size=1, max_size=6)),
        st.tuples(st.just("sleep"), st.integers(1, 9)),
        st.tuples(st.just("hold"), st.integers(1, 9)),
    ),
    min_size=3,
    max_size=20,
)


class Clock:
    """Whole seconds that pass only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def pace(self, factor: float = 1) -> Pace:
        return Pace(LIMITS, factor, Timing(self.sleep, lambda: self.now))


def overfull(sent: Sequence[tuple[float, str]]) -> list[Limit]:
    """The limits of which some window holds more than it may; its end is outside it."""
    found = []
    for limit in LIMITS:
        mine = [at for at, path in sent if limit.scope == "account" or limit.scope in path]
        period = limit.per.total_seconds()
        if any(sum(start <= at < start + period for at in mine) > limit.count for start in mine):
            found.append(limit)
    return found


@settings(max_examples=400)
@given(steps=STEPS)
def test_no_window_is_ever_overfull(steps: list[tuple[str, object]]) -> None:
    clock, sent = Clock(), list[tuple[float, str]]()
    pace = clock.pace()
    for step, what in steps:
        if step == "reserve":
            assert isinstance(what, list)
            pace.reserve(what)
        elif step == "send":
            assert isinstance(what, list)
            for path in what:
                if not pace.take(path):
                    pace.wait(path)
                sent.append((clock.now, path))
        elif step == "sleep":
            clock.sleep(float(str(what)))
        else:
            pace.hold(float(str(what)))
    assert overfull(sent) == []


@given(sent=st.lists(PATHS, max_size=9), wanted=st.lists(PATHS, max_size=5), late=st.integers(0, 30))
def test_what_was_reserved_is_there_however_late_it_is_sent(
    sent: list[str], wanted: list[str], late: int
) -> None:
    fitting = [path for n, path in enumerate(wanted) if path != "/search" or wanted[:n].count(path) < 2]
    clock = Clock()
    pace = clock.pace()
    for path in sent:
        pace.wait(path)
    pace.reserve(wanted)
    clock.sleep(late)
    assert all(pace.take(path) for path in fitting)
    assert not any(pace.take(path) for path in wanted)


def test_none_is_counted_before_all_fit() -> None:
    clock = Clock()
    pace = clock.pace()
    for _ in range(4):
        pace.wait("/contacts")
    clock.sleep(1)
    pace.reserve(["/contacts", "/contacts/{id}"])
    assert clock.now == 10


def test_what_is_reserved_and_not_used_is_given_back() -> None:
    clock = Clock()
    pace = clock.pace()
    for _ in range(99):
        pace.reserve(["/contacts"] * 5)
    assert clock.now == 0
    assert pace.take("/contacts") and not pace.take("/search")


def test_what_never_fits_at_once_waits_by_itself() -> None:
    clock = Clock()
    pace = clock.pace()
    pace.reserve(["/search"] * 3)
    assert [pace.take("/search") for _ in range(3)] == [True, True, False]
    pace.wait("/search")
    assert clock.now == 1


def test_a_wait_beside_a_full_reservation_ends() -> None:
    clock = Clock()
    pace = clock.pace()
    pace.reserve(["/contacts"] * 5)
    pace.wait("/contacts")
    assert clock.now == 0 and not pace.take("/contacts")


def test_a_silence_asked_for_is_kept_by_whoever_is_next() -> None:
    clock = Clock()
    pace = clock.pace()
    pace.hold(7)
    clock.sleep(3)
    assert pace.held() == 4
    pace.reserve(["/contacts"])
    assert (clock.now, pace.held()) == (7, 0)
    pace.hold(2)
    pace.wait("/search")
    assert clock.now == 9
