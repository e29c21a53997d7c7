"""Requests in reserved places wait for nothing and are sent once; the wait comes before the next look."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from connectors.access import bearer
from connectors.contract import Connection, Limit
from connectors.errors import Transient, Unsure
from connectors.http import Http
from connectors.pace import Timing
from tests.unit.scripted import Reply, Script, Scripted, replies, serving
from tests.unit.test_http import Clock

LOOK, WRITE = "/contacts/{id}", "/contacts/{id}/update"
ONE_LOOK_ONE_WRITE = [LOOK, WRITE]
THROTTLED = Reply(429, {}, {"Retry-After": "7"})


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def serve() -> Iterator[Callable[[Script], Scripted]]:
    opened: list[Any] = []

    def start(script: Script) -> Scripted:
        opened.append(serving(script))
        server: Scripted = opened[-1].__enter__()
        return server

    yield start
    for one in opened:
        one.__exit__(None, None, None)


Serve = Callable[[Script], Scripted]


def http(server: Scripted, clock: Clock, *limits: Limit) -> Http:
    connection = Connection(server.url, "token")
    return Http("acme", connection, auth=bearer("token"), limits=limits, timing=Timing(clock.sleep, clock))


def look(one: Http) -> Any:
    return one.request("GET", LOOK, ids={"id": "1"}).body


def write(one: Http, **given: Any) -> Any:
    return one.request("POST", WRITE, ids={"id": "1"}, json={}, **given).body


def test_the_wait_is_before_the_look_and_not_between(serve: Serve, clock: Clock) -> None:
    one = http(serve(replies(Reply(body={}))), clock, Limit("account", 3, timedelta(seconds=10)))
    waited = []
    for _ in range(4):
        one.reserve(ONE_LOOK_ONE_WRITE)
        before = len(clock.slept)
        look(one), write(one)
        assert len(clock.slept) == before
        waited.append(sum(clock.slept))
    assert waited == [0, 10, 20, 30]


@pytest.mark.parametrize(
    ("answer", "error", "asked"),
    [(THROTTLED, Transient, 7), (Reply(503), Transient, None), (Reply(cut=0), Transient, None)],
)
def test_a_look_that_is_turned_away_is_not_repeated(
    serve: Serve, clock: Clock, answer: Reply, error: type[Transient], asked: float | None
) -> None:
    server = serve(replies(answer))
    one = http(server, clock)
    one.reserve(ONE_LOOK_ONE_WRITE)
    with pytest.raises(error) as caught:
        look(one)
    assert (len(server.asked), clock.slept, caught.value.retry_after) == (1, [], asked)


def test_a_write_that_is_throttled_raises_and_the_next_reservation_waits(serve: Serve, clock: Clock) -> None:
    server = serve(replies(THROTTLED, Reply(body={"seen": 1}), Reply(body={"done": 1})))
    one = http(server, clock)
    one.reserve([WRITE])
    with pytest.raises(Transient) as caught:
        write(one)
    assert not isinstance(caught.value, Unsure) and clock.slept == []
    one.reserve(ONE_LOOK_ONE_WRITE)
    assert clock.slept == [pytest.approx(7.05)]
    assert (look(one), write(one)) == ({"seen": 1}, {"done": 1})
    assert len(clock.slept) == 1


@pytest.mark.parametrize("answer", [Reply(503), Reply(cut=0)])
def test_a_write_that_may_have_landed_is_unsure_unless_it_may_be_repeated(
    serve: Serve, clock: Clock, answer: Reply
) -> None:
    server = serve(replies(answer))
    one = http(server, clock)
    one.reserve([WRITE, WRITE])
    with pytest.raises(Unsure):
        write(one)
    with pytest.raises(Transient) as caught:
        write(one, idempotent=True)
    assert not isinstance(caught.value, Unsure)
    assert (len(server.asked), clock.slept) == (2, [])


def test_what_nobody_reserved_is_tried_again_as_ever(serve: Serve, clock: Clock) -> None:
    server = serve(replies(THROTTLED, Reply(body={})))
    one = http(server, clock)
    one.reserve([WRITE])
    assert look(one) == {}
    assert len(server.asked) == 2


def test_a_request_nobody_reserved_waits_out_what_a_reserved_one_was_told(serve: Serve, clock: Clock) -> None:
    one = http(serve(replies(THROTTLED, Reply(body={}))), clock)
    one.reserve([WRITE])
    with pytest.raises(Transient):
        write(one)
    assert look(one) == {}
    assert clock.slept == [pytest.approx(7.05)]


@pytest.mark.parametrize("reserved", [True, False])
def test_a_wait_that_is_too_long_goes_to_the_caller(serve: Serve, clock: Clock, reserved: bool) -> None:
    one = http(serve(replies(Reply(429, {}, {"Retry-After": "3600"}))), clock)
    one.reserve([WRITE])
    with pytest.raises(Transient):
        write(one)
    with pytest.raises(Transient, match="wait for 3600 seconds") as caught:
        one.reserve([WRITE]) if reserved else look(one)
    assert caught.value.retry_after == pytest.approx(3600.05)
    assert clock.slept == []
    clock.sleep(3601)
    one.reserve([WRITE])


def test_a_system_that_turns_everything_away_is_left_after_some_attempts(serve: Serve, clock: Clock) -> None:
    server = serve(replies(Reply(503)))
    one = http(server, clock)
    with pytest.raises(Transient):
        for _ in range(99):
            one.reserve(ONE_LOOK_ONE_WRITE)
            with pytest.raises(Transient):
                look(one)
    assert len(server.asked) == Http.attempts
    assert sorted(clock.slept) == clock.slept and len(clock.slept) == Http.attempts - 1


def test_long_waits_add_up_to_the_patience(serve: Serve, clock: Clock) -> None:
    one = http(serve(replies(Reply(429, {}, {"Retry-After": "60"}))), clock)
    with pytest.raises(Transient):
        for _ in range(99):
            one.reserve([WRITE])
            with pytest.raises(Transient):
                write(one)
    assert 60 < sum(clock.slept) <= Http.patience


def test_a_system_that_answers_again_has_all_the_patience_again(serve: Serve, clock: Clock) -> None:
    one = http(serve(replies(Reply(503), Reply(503), Reply(body={}), Reply(503))), clock)
    for number in range(Http.attempts + 2):
        one.reserve([LOOK])
        if number == 2:
            look(one)
            continue
        with pytest.raises(Transient):
            look(one)
