"""A hub and its four systems in one process, under a clock that only moves when it is told to.

The systems are the sandbox's stand-ins, reached over HTTP as in earnest; nothing here waits.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import requests

from connectors.contract import Connection, Connector, Json, Write
from connectors.pace import Timing
from connectors.registry import connector_class
from hub.flow import verbs
from hub.flow.decide.decisions import decide
from hub.flow.hub import Hub
from hub.golden.record import SourceRecord
from hub.mapping.load import HERE, Mappings, load
from hub.mapping.spec import SystemMapping
from hub.model.instant import instant
from hub.store import golden as goldens
from hub.store import plans, records
from hub.store.engine import Store, open_store
from hub.store.golden import Golden
from hub.store.migrate import migrate
from hub.store.runs import Counts
from sandbox.app import SYSTEMS
from sandbox.core.clock import Clock, ManualClock
from sandbox.core.journal import Entry
from sandbox.core.serve import Running, running_sandbox
from sandbox.core.standin import Rows, StandIn
from sandbox.core.tokens import Tokens
from sandbox.core.world import World
from sandbox.moneybird.standin import ADMINISTRATION
from tests.databases import Databases

START = datetime(2026, 3, 2, 10, tzinfo=UTC)
ROUND = timedelta(minutes=10)
"""Between two syncs: more than any system's visibility lag and search lag."""

SHIPPED = load(HERE, frozenset(kind.name for kind in SYSTEMS))
"""The shipped mappings of the systems that have a stand-in."""

UNJUDGED = replace(
    SHIPPED,
    systems={
        name: replace(system, objects={obj: replace(one, batch={}) for obj, one in system.objects.items()})
        for name, system in SHIPPED.systems.items()
    },
)
"""The same without batch rules: judging a batch costs a fifth of a second, whatever is in it."""

Wrap = Callable[[Connector], Any]


@dataclass
class Stage:
    """Four systems that run."""

    world: World
    running: Running
    standins: Mapping[str, StandIn] = field(default_factory=dict)
    stores: list[Store] = field(default_factory=list)
    refs: int = 0

    def hub(
        self, databases: Databases, mappings: Mappings | None = None, *, store: str = "", **options: str
    ) -> "Staged":
        """A hub with an empty memory (at ``store``, if given); ``options`` go to every connection.

        Without ``mappings`` it has the shipped ones, but for their batch rules.
        """
        memory = open_store(store or databases.new())
        migrate(memory)
        self.stores.append(memory)
        made = Staged(self, mappings or UNJUDGED, options)
        made.hub = Hub(
            memory, made.mappings, made.connect, made.now, databases.folder / f"reports{len(self.stores)}"
        )
        return made

    def connection(self, system: str, actor: str, options: Mapping[str, str]) -> Connection:
        """How the hub, or a person, gets in."""
        wide = {"administration_id": ADMINISTRATION, "limit_factor": "1000", **options}
        return Connection(self.running.systems[system], f"{actor}-token", options=wide)

    def connector(self, mapping: SystemMapping, actor: str = "hub", **options: str) -> Connector:
        """A connector whose waiting moves the clock instead."""
        fields = {f"fields_{name}": ",".join(mapping.custom_fields(name)) for name in mapping.objects}
        timing = Timing(lambda seconds: self.pass_time(timedelta(seconds=seconds)), self._seconds)
        build: Any = connector_class(mapping.connector)
        made: Connector = build(self.connection(mapping.system, actor, {**fields, **options}), timing=timing)
        return made

    def pass_time(self, span: timedelta) -> None:
        """Let time pass for everybody."""
        self.world.clock.advance(span)

    def _seconds(self) -> float:
        return self.world.clock.now().timestamp()

    def provision(self) -> None:
        """Create the custom fields the hub writes, as IT does once."""
        for mapping in SHIPPED.systems.values():
            connector = self.connector(mapping)
            for obj in mapping.objects:
                if fields := mapping.provisions(obj):
                    assert all(one.ok for one in connector.provision(obj, fields))

    def edit(self, system: str, obj: str, key: str | None, data: Json) -> str:
        """A person types something in a system, through its own API; returns the record's key."""
        self.refs += 1
        human = self.connector(SHIPPED.systems[system], "human")
        (receipt,) = human.push(obj, [Write(f"person-{self.refs}", key, data)])
        assert receipt.status == "done" and receipt.key, receipt
        return receipt.key

    def ask(self, system: str, method: str, path: str, body: Json | None = None) -> None:
        """A person does what no connector does: deletes, archives, merges."""
        headers = {"api-key": "human-token", "authorization": "Bearer human-token"}
        url = self.running.systems[system] + path
        answer = requests.request(method, url, json=body, headers=headers, timeout=10)
        assert answer.ok, answer.text

    def show(self, system: str, rows: Rows) -> None:
        """A system shows other rows from now on: what happens in it of itself, such as a payment."""
        self.standins[system].seed(rows)

    def fault(self, system: str, mode: str) -> None:
        """A system goes down, or comes back."""
        answer = requests.post(
            f"{self.running.admin}/faults",
            json={"system": system, "mode": mode},
            headers={"authorization": "Bearer admin-token"},
            timeout=10,
        )
        assert answer.ok, answer.text

    def mark(self) -> int:
        """Where the journal ends now."""
        return max((one.seq for one in self.world.journal.since()), default=0)

    def by_hub(self, since: int = 0, system: str | None = None) -> list[Entry]:
        """What the hub wrote, as the systems themselves noted it."""
        return [one for one in self.world.journal.since(since, system) if one.actor == "hub"]


@dataclass
class Staged:
    """One hub on the stage, and what a DAG would do with it."""

    stage: Stage
    mappings: Mappings
    options: Mapping[str, str]
    wrap: dict[str, Wrap] = field(default_factory=dict)
    """System → what stands between the hub and its connector, for faults at the boundary."""
    hub: Hub = field(init=False)

    def connect(self, mapping: SystemMapping) -> Connector:
        """What the hub calls to reach a system."""
        made = self.stage.connector(mapping, **self.options)
        wrapped: Connector = self.wrap.get(mapping.system, _bare)(made)
        return wrapped

    def now(self) -> str:
        return instant(self.stage.world.clock.now())

    @property
    def systems(self) -> list[str]:
        return sorted(self.mappings.systems)

    def pull(self, *systems: str) -> dict[str, Counts]:
        """Pull these systems (all, where none is named), then bring the golden records up to date."""
        found = {system: verbs.pull(self.hub, system) for system in systems or self.systems}
        verbs.recompose(self.hub)
        return found

    def publish(self, *systems: str) -> Counts:
        """Publish to these systems (all), and let a person approve what is held."""
        total = Counts()
        for system in systems or self.systems:
            total += verbs.publish(self.hub, system)
            if self.approve():
                total += verbs.publish(self.hub, system)
        return total

    def approve(self) -> int:
        """Release every held plan; returns how many changes that were."""
        with self.hub.store.read() as connection:
            held = plans.holds(connection)
        return sum(decide(self.hub, one.id, approve=True, who="an", why="looked at") for one in held)

    def sync(self, rounds: int = 1) -> Counts:
        """Whole rounds with time between them; the counts of the last one's publishing."""
        total = Counts()
        for _ in range(rounds):
            self.stage.pass_time(ROUND)
            self.pull()
            total = self.publish()
        return total

    def records(self) -> list[SourceRecord]:
        """Every source record, by key."""
        with self.hub.store.read() as connection:
            ids = [one.golden_id for one in goldens.everyone(connection)]
            held = records.of_golden(connection, ids)
        return sorted((one for some in held.values() for one in some.values()), key=lambda one: one.key)

    def golden(self) -> list[Golden]:
        """Every golden record."""
        with self.hub.store.read() as connection:
            return list(goldens.everyone(connection))

    def golden_of(self, key: str) -> Golden:
        """The golden record a source record (as text) belongs to."""
        with self.hub.store.read() as connection:
            every = {one.golden_id: one for one in goldens.everyone(connection)}
            for golden_id, some in records.of_golden(connection, sorted(every)).items():
                if key in {str(one.key) for one in some.values()}:
                    return every[golden_id]
        raise AssertionError(f"no golden record holds {key}")

    def clusters(self) -> set[frozenset[str]]:
        """Who belongs together, without ids."""
        with self.hub.store.read() as connection:
            ids = [one.golden_id for one in goldens.everyone(connection)]
            held = records.of_golden(connection, ids)
        return {frozenset(str(one.key) for one in some.values()) for some in held.values()}


def _bare(real: Connector) -> Connector:
    return real


@contextmanager
def staged(rows: Mapping[str, Rows], provisioned: bool = True, clock: Clock | None = None) -> Iterator[Stage]:
    """The four systems with these rows in them."""
    world = World.of(clock or ManualClock(START), Tokens("hub-token", "human-token", "admin-token"))
    standins = [kind(world) for kind in SYSTEMS]
    for standin in standins:
        standin.seed(rows.get(standin.name, {}))
    with played(world, standins) as stage:
        if provisioned:
            stage.provision()
        yield stage


@contextmanager
def played(world: World, standins: Sequence[StandIn]) -> Iterator[Stage]:
    """These systems, served."""
    with running_sandbox(standins, world) as running:
        stage = Stage(world, running, {one.name: one for one in standins})
        yield stage
        for one in stage.stores:
            one.close()


def everybody(customers: int, seed: int = 1) -> Mapping[str, Rows]:
    """The sandbox's own population."""
    from sandbox.people.population import population

    people: Any = population(customers, seed, START)
    found: Mapping[str, Rows] = people.systems
    return found


def keys(some: Sequence[Entry]) -> list[tuple[str, str, str, str]]:
    """Journal entries in short, for a message that tells what was written."""
    return [(one.system, one.object, one.key, ",".join(sorted(one.after))) for one in some]
