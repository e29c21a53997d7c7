"""The hub's clock is set back: no edit is lost, nothing sent twice. It runs ahead: nothing is dated by it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from connectors.contract import Json
from connectors.errors import Transient
from hub.flow import verbs
from hub.flow.decide.answer import answer
from hub.flow.decide.decisions import decide
from hub.flow.errors import ClockAhead
from hub.flow.publish.agreement import agreement
from hub.model.instant import Instant, instant, shift
from hub.store import runs
from hub.store.tables import metadata
from tests.databases import Databases, databases_on
from tests.integration.household import Customer, rows
from tests.integration.stage import ROUND, Stage, Staged, keys, staged

ONE = Customer(1)
PLACES: dict[str, Callable[[str], Json]] = {
    "hubspot": lambda city: {"properties": {"city": city}},
    "brevo": lambda city: {"attributes": {"CITY": city}},
    "moneybird": lambda city: {"city": city},
}
"""System → what a person sends to move a customer to another town."""
NAMES = ("Appelscha", "Bergum", "Cadzand", "Drachten", "Ezinge", "Franeker", "Grouw", "Holwerd")
STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
HOURS = st.sampled_from([0, 0, -24, -1])


@dataclass
class Wrong:
    """A hub whose clock is off by some hours, and which can be put right or wrong at any moment."""

    stage: Stage
    hub: Staged
    hours: float = 0

    def now(self) -> Instant:
        return instant(self.stage.world.clock.now() + timedelta(hours=self.hours))

    def round(self, before: float, between: float) -> None:
        """A sync; the clock is off by one number of hours while pulling, and by another while publishing."""
        self.stage.pass_time(ROUND)
        self.hours = before
        self.hub.pull()
        self.hours = between
        self.hub.publish()

    def city(self) -> Any:
        golden: Any = self.hub.golden_of(ONE.record("hubspot", "person")).document
        return golden["address"]["city"]

    def move(self, system: str, city: str) -> None:
        self.stage.edit(system, "contacts", ONE.key(system, "person"), PLACES[system](city))


def _wrong(stage: Stage, databases: Databases) -> Wrong:
    hub = stage.hub(databases)
    made = Wrong(stage, hub)
    hub.hub = replace(hub.hub, now=made.now)
    hub.sync(3)
    return made


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Stage, Databases]]:
    """One customer in every system."""
    with databases_on("sqlite", tmp_path_factory.mktemp("clock")) as files, staged(rows([ONE], [])) as stage:
        yield stage, files


def _rests(wrong: Wrong, city: str) -> None:
    """The last edit stands everywhere, and nothing more is sent."""
    for _ in range(3):
        wrong.round(wrong.hours, wrong.hours)
    assert wrong.city() == city
    assert agreement(wrong.hub.hub).share == 1.0
    mark = wrong.stage.mark()
    wrong.round(wrong.hours, wrong.hours)
    assert keys(wrong.stage.by_hub(mark)) == []


@pytest.mark.parametrize("hours", [-1, -24])
@pytest.mark.parametrize("within", [False, True], ids=["between syncs", "within a sync"])
def test_set_back_the_later_edit_still_wins(hours: int, within: bool, databases: Databases) -> None:
    with staged(rows([ONE], [])) as stage:
        wrong = _wrong(stage, databases)
        wrong.move("hubspot", "Appelscha")
        wrong.round(0, hours if within else 0)
        wrong.move("brevo", "Zierikzee")
        wrong.round(hours, hours)
        assert wrong.city() == "Zierikzee"
        _rests(wrong, "Zierikzee")


FRESH = count(1)


@settings(max_examples=4, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate])
@given(
    turns=st.lists(st.tuples(st.sampled_from(sorted(PLACES)), HOURS, HOURS), min_size=1, max_size=3),
    last=HOURS,
)
def test_whatever_the_clock_does_the_last_edit_stands(
    world: tuple[Stage, Databases], turns: list[tuple[str, int, int]], last: int
) -> None:
    stage, databases = world
    wrong = _wrong(stage, databases)
    city = ""
    for system, before, between in turns:
        city = f"{NAMES[next(FRESH) % len(NAMES)]} {next(FRESH)}"
        wrong.move(system, city)
        wrong.round(before, between)
    wrong.hours = last
    _rests(wrong, city)


def _refused(act: Callable[[], object]) -> str:
    with pytest.raises(ClockAhead) as raised:
        act()
    return str(raised.value)


def _dated_later(wrong: Wrong) -> list[str]:
    """Whatever in the store is dated later than the systems' clock says it is."""
    true = instant(wrong.stage.world.clock.now() + timedelta(minutes=1))
    with wrong.hub.hub.store.read() as connection:
        lines = [
            f"{table}: {line}"
            for table in metadata.tables
            for line in connection.exec_driver_sql(f"SELECT * FROM {table}")  # noqa: S608
        ]
        lines = [one.split("ClockAhead")[0] for one in lines]  # a message may say what the clock said
    return [one for one in lines if any(at > true for at in STAMP.findall(one))]


@pytest.mark.parametrize("hours", [1, 24 * 400])
def test_run_ahead_nothing_is_dated_by_it_and_put_right_it_goes_on(hours: int, databases: Databases) -> None:
    with staged(rows([ONE], [])) as stage:
        wrong = _wrong(stage, databases)
        hub = wrong.hub.hub
        wrong.move("hubspot", "Appelscha")
        stage.pass_time(ROUND)
        wrong.hours = hours
        said = _refused(lambda: verbs.pull(hub, "hubspot"))
        assert f"clock is {timedelta(hours=hours)}" in said and "Set the one that is wrong" in said
        _refused(lambda: verbs.recompose(hub))
        _refused(lambda: verbs.publish(hub, "brevo"))
        _refused(lambda: verbs.keep(hub, "brevo"))
        _refused(lambda: verbs.audit(hub))
        _refused(lambda: answer(hub, [], "an", "asked"))
        _refused(lambda: decide(hub, "any", approve=True, who="an", why="asked"))
        assert _dated_later(wrong) == []
        wrong.hours = 0
        wrong.move("brevo", "Zierikzee")
        _rests(wrong, "Zierikzee")


def test_a_system_whose_own_clock_is_behind_stops_its_own_runs_alone(databases: Databases) -> None:
    with staged(rows([ONE], [])) as stage:
        wrong = _wrong(stage, databases)
        hub = wrong.hub.hub

        def complain() -> None:
            stage.pass_time(ROUND)
            with hub.store.begin() as connection:
                run_id = runs.start(connection, "pull", "zendesk", wrong.now())
                runs.finish(connection, run_id, wrong.now(), "failed", {}, "ClockAhead: of zendesk")

        complain()
        _refused(lambda: verbs.recompose(hub))  # it may be ours: nobody else has been asked since
        stage.pass_time(ROUND)
        verbs.pull(hub, "hubspot")
        for _ in range(2):
            complain()
            verbs.recompose(hub)


def test_a_system_that_is_away_meanwhile_leaves_no_run_in_the_future(databases: Databases) -> None:
    with staged(rows([ONE], [])) as stage:
        wrong = _wrong(stage, databases)
        wrong.hours = 24
        stage.fault("brevo", "down")
        with pytest.raises(Transient):
            verbs.pull(wrong.hub.hub, "brevo")
        _refused(lambda: verbs.pull(wrong.hub.hub, "hubspot"))
        stage.fault("brevo", "ok")
        wrong.hours = 0
        wrong.move("brevo", "Zierikzee")
        _rests(wrong, "Zierikzee")


def test_a_store_from_the_future_says_how_to_mend_it(databases: Databases) -> None:
    with staged(rows([ONE], [])) as stage:
        wrong = _wrong(stage, databases)
        with wrong.hub.hub.store.begin() as connection:
            runs.start(connection, "pull", "hubspot", shift(wrong.now(), timedelta(days=3)))
        said = _refused(lambda: verbs.pull(wrong.hub.hub, "hubspot"))
        assert "dated 3 days" in said and "Restore the backup" in said
        stage.pass_time(timedelta(days=3))
        verbs.pull(wrong.hub.hub, "hubspot")


def test_a_little_ahead_is_told_and_nothing_else(databases: Databases) -> None:
    with staged(rows([ONE], [])) as stage:
        wrong = _wrong(stage, databases)
        wrong.hours = 2 / 60
        assert verbs.pull(wrong.hub.hub, "hubspot")["clock_ahead_s"] == 120
        wrong.hours = 0
        stage.pass_time(ROUND)
        assert "clock_ahead_s" not in verbs.pull(wrong.hub.hub, "brevo")
