"""The trail of who read and decided what: whatever is done to its rows afterwards is found."""

import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import delete, update

from hub.flow.access import trail
from hub.flow.access.roles import Person
from hub.flow.errors import StoreUnavailable
from hub.flow.hub import Hub
from hub.store.engine import Connection
from hub.store.tables import trail as rows
from hub.store.tables import trail_head
from hub.store.trail import START
from hub.web.access.recorder import Recorder
from tests.databases import Databases
from tests.integration.people import hub_with_nothing

ANNA = Person("anna", "steward")


@pytest.fixture
def hub(databases: Databases) -> Iterator[Hub]:
    with hub_with_nothing(databases) as one:
        trail.note(one, [trail.step(one, ANNA, "customer read", f"g{number}") for number in range(5)])
        yield one


def _changed(connection: Connection) -> None:
    connection.execute(update(rows).where(rows.c.number == 3).values(who="nobody"))


def _taken_out(connection: Connection) -> None:
    connection.execute(delete(rows).where(rows.c.number == 3))


def _taken_off(connection: Connection) -> None:
    connection.execute(delete(rows).where(rows.c.number >= 4))


def _exchanged(connection: Connection) -> None:
    for old, new in ((2, 99), (3, 2), (99, 3)):
        connection.execute(update(rows).where(rows.c.number == old).values(number=new))


@pytest.mark.parametrize(("harm", "at"), [(_changed, 3), (_taken_out, 3), (_taken_off, 4), (_exchanged, 2)])
def test_whatever_is_done_to_a_row_is_found(hub: Hub, harm: object, at: int) -> None:
    whole = trail.verified(hub)
    assert (whole.steps, whole.broken_at) == (5, None) and len(whole.head) == 64
    with hub.store.begin() as connection:
        harm(connection)  # type: ignore[operator]
    assert trail.verified(hub).broken_at == at


def test_a_chain_written_anew_does_not_have_the_head_that_was_written_down(hub: Hub) -> None:
    head = trail.verified(hub).head
    trail.note(hub, [trail.step(hub, ANNA, "judged", "g1")])
    assert trail.verified(hub, head).has_head is True
    with hub.store.begin() as connection:
        connection.execute(delete(rows))
        connection.execute(update(trail_head).values(number=0, hash=START))
    trail.note(hub, [trail.step(hub, ANNA, "judged", "g1")])
    anew = trail.verified(hub, head)
    assert (anew.broken_at, anew.has_head) == (None, False)


def test_many_at_once_are_each_in_it_once_and_only_then_answered(hub: Hub) -> None:
    recorder, missing = Recorder(), []

    def read(number: int) -> None:
        for turn in range(5):
            about = f"many{number}-{turn}"
            recorder.note(hub, ANNA, "customer read", about)
            if len(trail.latest(hub, about=about)) != 1:
                missing.append(about)

    some = [threading.Thread(target=read, args=(number,)) for number in range(12)]
    for one in some:
        one.start()
    for one in some:
        one.join()
    found = trail.verified(hub)
    assert missing == [] and (found.steps, found.broken_at) == (65, None)


def test_what_cannot_be_written_down_is_not_answered(hub: Hub) -> None:
    recorder = Recorder()
    with hub.store.begin() as connection:
        connection.execute(delete(trail_head))
    with pytest.raises(StoreUnavailable):
        recorder.note(hub, ANNA, "customer read", "g1")
    with hub.store.begin() as connection:
        connection.execute(trail_head.insert().values(id=0, number=5, hash="x"))
    recorder.note(hub, ANNA, "customer read", "g1")  # the next one is not held up by it
