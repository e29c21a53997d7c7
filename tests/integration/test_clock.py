"""The hub's clock is set back or runs ahead: no edit is lost, nothing sent for nothing, it comes to rest."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from connectors.contract import Json
from hub.flow.publish.agreement import agreement
from hub.model.instant import Instant, instant
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
HOURS = st.sampled_from([0, 0, -24, -1, 1, 24])


@dataclass
class Wrong:
    """A hub whose clock is off by some hours, and which can be put right or wrong at any moment."""

    stage: Stage
    hub: Staged
    hours: int = 0

    def now(self) -> Instant:
        return instant(self.stage.world.clock.now() + timedelta(hours=self.hours))

    def round(self, before: int, between: int) -> None:
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


@settings(max_examples=6, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate])
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
