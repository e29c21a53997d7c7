"""Everything the connectors can ask: first as the hub asks it, then verb by verb, refusals included."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from connectors.contract import Connection, Connector, Write
from connectors.pace import Timing
from connectors.registry import connector_class
from fidelity.contracts.tape import Exchange, Taped
from hub.flow import verbs
from hub.flow.decide.decisions import decide
from hub.flow.hub import Hub
from hub.mapping.load import HERE, load
from hub.mapping.spec import SystemMapping
from hub.model.instant import instant
from hub.store import plans
from hub.store.engine import open_store
from hub.store.migrate import migrate
from sandbox.app import SYSTEMS
from sandbox.core.clock import ManualClock
from sandbox.core.serve import Running, running_sandbox
from sandbox.core.tokens import Tokens
from sandbox.core.world import World
from sandbox.moneybird.standin import ADMINISTRATION
from sandbox.people.population import population
from tests.contract.cases import CASES
from tests.contract.kit import LAG, Case, Stage, drained, nested, spread, staged

START = datetime(2026, 3, 2, 10, tzinfo=UTC)
ROUND = timedelta(minutes=10)
CUSTOMERS, ROUNDS = 80, 3
NAMES = frozenset(kind.name for kind in SYSTEMS)
"""The systems that have a stand-in."""


def recorded(folder: Path) -> list[Exchange]:
    """Everything that was said on the whole tour; the hub's memory lies in ``folder`` meanwhile."""
    tape: list[Exchange] = []
    with _systems(tape) as (world, running):
        _loop(_Departments(world, running), folder)
    for case in CASES:
        _verbs(case, tape)
    return tape


@contextmanager
def _systems(tape: list[Exchange]) -> Iterator[tuple[World, Running]]:
    world = World.of(ManualClock(START), Tokens("hub-token", "human-token", "admin-token"))
    people = population(CUSTOMERS, 1, START)
    systems: list[Any] = [Taped(kind(world), tape) for kind in SYSTEMS]
    for system in systems:
        system.seed(people.systems[system.name])
    with running_sandbox(systems, world) as running:
        yield world, running


class _Departments:
    """The four systems as the hub reaches them; waiting moves their clock."""

    def __init__(self, world: World, running: Running) -> None:
        self._world, self._running = world, running

    def pass_time(self, span: timedelta) -> None:
        self._world.clock.advance(span)

    def now(self) -> datetime:
        return self._world.clock.now()

    def connect(self, mapping: SystemMapping) -> Connector:
        fields = {f"fields_{name}": ",".join(mapping.custom_fields(name)) for name in mapping.objects}
        options = {"administration_id": ADMINISTRATION, "page_size": "25", **fields}
        connection = Connection(self._running.systems[mapping.system], "hub-token", options=options)
        timing = Timing(lambda s: self.pass_time(timedelta(seconds=s)), lambda: self.now().timestamp())
        build: Any = connector_class(mapping.connector)
        made: Connector = build(connection, timing=timing)
        return made


def _loop(departments: _Departments, folder: Path) -> None:
    """Rounds of pulling, composing and writing back under the shipped mappings, then the nightly sweep."""
    memory = open_store(f"sqlite:///{folder}/hub.db")
    migrate(memory)
    hub = Hub(
        memory,
        load(HERE, NAMES),
        departments.connect,
        lambda: instant(departments.now()),
        folder / "reports",
    )
    for mapping in hub.mappings.systems.values():
        _prepare(departments.connect(mapping), mapping)
    for _ in range(ROUNDS):
        departments.pass_time(ROUND)
        _round(hub)
    for system in sorted(hub.mappings.systems):
        verbs.keep(hub, system)


def _prepare(connector: Connector, mapping: SystemMapping) -> None:
    connector.check()
    for obj in mapping.objects:
        if fields := mapping.provisions(obj):
            connector.provision(obj, fields)
    connector.check()


def _round(hub: Hub) -> None:
    for system in sorted(hub.mappings.systems):
        verbs.pull(hub, system)
    verbs.recompose(hub)
    for system in sorted(hub.mappings.systems):
        verbs.publish(hub, system)
    with hub.store.read() as connection:
        held = plans.holds(connection)
    for one in held:
        decide(hub, one.id, approve=True, who="fidelity", why="these are stand-ins")
    for system in sorted(hub.mappings.systems):
        verbs.publish(hub, system)


def _verbs(case: Case, tape: list[Exchange]) -> None:
    """Each verb of the contract on one object, with what a system says no to."""
    taped: Any = lambda world: Taped(case.standin(world), tape)  # noqa: E731 - the kit wants a callable
    with staged(replace(case, standin=taped), spread(11)) as stage:
        connector = stage.connector(page_size=3)
        drained(connector, case.obj, drained(connector, case.obj, None)[-1].cursor)
        found = sorted(stage.keys())
        connector.fetch(case.obj, [*found[:3], "999999999999999999"])
        connector.check()
        if case.text:
            _writes(stage, connector, found)
            stage.pass_time(LAG)
            drained(connector, case.obj, None)


def _writes(stage: Stage, connector: Connector, found: list[str]) -> None:
    case, text = stage.case, stage.case.text
    missing = Write("nobody", "999999999999999999", nested(text, "Anna"))
    stage.write(connector, Write("change", found[0], nested(text, "Anna")), missing)
    stage.write(connector, Write("clear", found[0], nested(text, None)))
    for ref in ("create", "taken"):
        stage.write(connector, Write(ref, None, case.fresh(1)))
    stage.pass_time(LAG)
    for path in sorted(connector.sheet.objects[case.obj].findable):
        connector.find(case.obj, path, ["golden-1", "new1@firm.example", "nobody@firm.example"])
