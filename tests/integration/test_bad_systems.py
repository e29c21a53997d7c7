"""A system that is broken, empty or has lost its records costs others nothing, itself nothing for good."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from hub.flow import verbs
from hub.flow.errors import BatchStopped
from hub.flow.sync import SystemRound, sync
from tests.databases import Databases
from tests.integration.vendor import Desk, desk, person
from tests.unit.scripted import Reply

SYSTEMS = ("brevo", "hubspot", "moneybird", "zendesk")
PRIVATE = "jan@firm.example"

BROKEN = {
    "HTML": (Reply(200, raw=f"<html>{PRIVATE}</html>".encode()), "report it to the connector's owner"),
    "401": (Reply(401, {"message": PRIVATE, "error": PRIVATE}), "Check the connection's credentials"),
    "429": (Reply(429, {}, {"Retry-After": "9"}), "Run it again later"),
    "500": (Reply(500, raw=PRIVATE.encode()), "Run it again later"),
    "reset": (Reply(200, {"contacts": []}, cut=3), "Run it again later"),
}


@contextmanager
def quietly(what: str) -> Iterator[None]:
    yield


def round_(one: Desk) -> dict[str, SystemRound]:
    """What became of each system in a whole round."""
    done = sync(one.hub, SYSTEMS, quietly, publishing=False)
    assert not done.error
    return {each.system: each for each in done.systems}


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_broken_system_fails_alone_and_comes_back_whole(system: str, databases: Databases) -> None:
    with desk(databases, *SYSTEMS) as one:
        for name, vendor in one.vendors.items():
            vendor.hold(*(person(name, number) for number in range(1, 4)))
        for reply, remedy in BROKEN.values():
            one.vendors[system].reply = reply
            done = round_(one)
            assert {name for name, each in done.items() if each.state != "done"} == {system}
            assert done[system].state == "failed" and remedy in done[system].error
            assert system in done[system].error and PRIVATE not in done[system].error
        others = one.records()
        assert len(others) >= 3
        one.vendors[system].reply = None
        assert {each.state for each in round_(one).values()} == {"done"}
        assert sum(each.key.system == system for each in one.every()) == 3


def test_an_empty_system_is_no_fault(databases: Databases) -> None:
    with desk(databases, *SYSTEMS) as one:
        assert {each.state for each in round_(one).values()} == {"done"}
        assert one.records() == {}


@pytest.mark.parametrize("left", [25, 0])
@pytest.mark.parametrize("system", SYSTEMS)
def test_a_system_that_lost_its_records_is_not_believed(system: str, left: int, databases: Databases) -> None:
    everybody = [person(system, number) for number in range(1, 51)]
    with desk(databases, system) as one:
        one.vendors[system].hold(*everybody)
        one.pull(system)
        one.vendors[system].hold(*everybody[:left])
        one.pull(system)
        with pytest.raises(BatchStopped, match=f"{50 - left} of 50 .* are missing .* sweep again when it is"):
            verbs.keep(one.hub, system)
        assert len(one.records()) == 50
        one.vendors[system].hold(*everybody[:45])
        assert verbs.keep(one.hub, system)["gone"] == 5
        assert len(one.records()) == 45
