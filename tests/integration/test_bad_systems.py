"""A system that is broken, empty or has lost its records costs others nothing, itself nothing for good."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from connectors.contract import Connector
from hub.flow import verbs
from hub.flow.errors import BatchStopped
from hub.flow.sync import SystemRound, sync
from hub.mapping.spec import SystemMapping
from hub.store import runs
from hub.store.tables import metadata
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


TROUBLES = [
    (KeyError(PRIVATE), "KeyError at "),
    (UnicodeDecodeError("utf-8", PRIVATE.encode(), 0, 1, PRIVATE), "UnicodeDecodeError at "),
    (OSError(28, "No space left on device", "/reports/brevo.html"), "/reports/brevo.html cannot be read or"),
    (OSError(28, "No space left on device"), "OSError at "),
    (RecursionError(), "RecursionError at "),
]


@pytest.mark.parametrize(("trouble", "words"), TROUBLES)
def test_trouble_nobody_foresaw_ends_the_run_of_its_system_alone(
    trouble: Exception, words: str, databases: Databases
) -> None:
    with desk(databases, "brevo", "zendesk") as one:
        one.hub = replace(one.hub, connect=_raising(one, "brevo", trouble))
        done = {each.system: each for each in sync(one.hub, ("brevo", "zendesk"), quietly).systems}
        assert (done["brevo"].state, done["zendesk"].state) == ("failed", "done")
        assert words in done["brevo"].error and PRIVATE not in done["brevo"].error
        assert ended(one) == [("brevo", "pull", "failed"), ("zendesk", "publish", "done")]


def test_a_run_that_is_interrupted_or_whose_process_is_gone_does_not_stay_running(
    databases: Databases,
) -> None:
    with desk(databases, "brevo", "zendesk") as one:
        stopped = replace(one.hub, connect=_raising(one, "brevo", KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            verbs.pull(stopped, "brevo")
        assert ended(one) == [("brevo", "pull", "failed")]
        with one.hub.store.begin() as connection:
            for system in ("brevo", "zendesk"):
                runs.start(connection, "publish", system, one.now())
        verbs.pull(one.hub, "brevo")
        with one.hub.store.read() as connection:
            told = [(run.system, run.state, run.error) for run in runs.recent(connection, verb="publish")]
        assert sorted(told, key=str) == [("brevo", "failed", runs.GONE), ("zendesk", "running", None)]


def _raising(one: Desk, system: str, trouble: BaseException) -> Callable[[SystemMapping], Connector]:
    """Reaching a system raises something that no connector should."""

    def connect(mapping: SystemMapping) -> Connector:
        if mapping.system == system:
            raise trouble
        return one.connect(mapping)

    return connect


def ended(one: Desk) -> list[tuple[str, str, str]]:
    """System, verb and state of the last run of each system."""
    with one.hub.store.read() as connection:
        found = {run.system: run for run in reversed(runs.recent(connection)) if run.system}
    return [(name, run.verb, run.state) for name, run in sorted(found.items())]


def test_a_quiet_hour_leaves_nothing_in_the_store(databases: Databases) -> None:
    with desk(databases, *SYSTEMS) as one:
        for name, vendor in one.vendors.items():
            vendor.hold(*(person(name, number) for number in range(1, 4)))
        for _ in range(3):
            sync(one.hub, SYSTEMS, quietly)
        before = rows(one)
        for _ in range(4):
            one.passed += timedelta(minutes=10)
            sync(one.hub, SYSTEMS, quietly)
        assert rows(one) == before
        with one.hub.store.read() as connection:
            latest = runs.recent(connection, 1, "pull", "brevo")[0]
        assert latest.counts[runs.ALIKE] >= 4


def rows(one: Desk) -> dict[str, int]:
    """Rows by table."""
    with one.hub.store.read() as connection:
        count = select(func.count())
        return {
            table.name: connection.scalar(count.select_from(table)) or 0 for table in metadata.sorted_tables
        }


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
