"""Four systems and a hub in one process, under a clock that only moves when it is told to."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bench.reach import connector
from bench.sync.stage import room
from connectors.contract import Connector, Json, Write
from hub.flow import verbs
from hub.flow.decide.decisions import decide
from hub.flow.hub import Hub
from hub.flow.publish.agreement import agreement
from hub.mapping.load import HERE, Mappings, load
from hub.mapping.spec import SystemMapping
from hub.model.instant import instant
from hub.store import golden as goldens
from hub.store import plans, records
from hub.views.disputes import disputes
from sandbox.app import SYSTEMS
from sandbox.core.clock import ManualClock
from sandbox.core.serve import Running, running_sandbox
from sandbox.core.tokens import Tokens
from sandbox.core.world import World
from sandbox.people import Population

START = datetime(2026, 3, 2, 10, tzinfo=UTC)
ROUND = timedelta(minutes=10)
"""Between two syncs: more than any system's visibility lag and search lag."""


@dataclass(slots=True)
class Stage:
    """Systems that run, and the hub with the shipped mappings."""

    world: World
    running: Running
    mappings: Mappings
    hub: Hub
    typed: int = 0

    def connector(self, mapping: SystemMapping, actor: str = "hub") -> Connector:
        """How the hub, or a person, gets in; its waiting moves the clock instead."""
        return connector(self.world, self.running, mapping, actor)

    def pass_time(self, span: timedelta) -> None:
        """Let time pass for everybody."""
        self.world.clock.advance(span)

    def type(self, system: str, obj: str, key: str, data: Json) -> bool:
        """A person changes a record through the system's own API; whether the system took it."""
        self.typed += 1
        human = self.connector(self.mappings.systems[system], "human")
        (receipt,) = human.push(obj, [Write(f"person-{self.typed}", key, data)])
        return receipt.status == "done"

    def pull(self) -> None:
        """Time passes; then the hub reads every system and brings the golden records up to date."""
        self.pass_time(ROUND)
        for system in sorted(self.mappings.systems):
            verbs.pull(self.hub, system)
        verbs.recompose(self.hub)

    def publish(self) -> None:
        """The hub writes to every system, and a person approves all that is held."""
        for system in sorted(self.mappings.systems):
            verbs.publish(self.hub, system)
            if self._approve():
                verbs.publish(self.hub, system)

    def clusters(self) -> list[set[str]]:
        """Which records of people the hub has as one, by key."""
        with self.hub.store.read() as connection:
            ids = [one.golden_id for one in goldens.everyone(connection, "person")]
            held = records.of_golden(connection, ids)
        return [{str(one.key) for one in some.values()} for some in held.values()]

    def questions(self) -> Counter[str]:
        """What nothing decides: customers asked about, of how many; cells left alone, of how many filled."""
        asked, agreed = disputes(self.hub), agreement(self.hub)
        with self.hub.store.read() as connection:
            golden = sum(goldens.counts(connection).values())
        cells = Counter(disputed=agreed.exempt["disputed"], filled=agreed.filled)
        return Counter(customers=asked.customers, questions=asked.total, golden=golden, **cells)

    def _approve(self) -> int:
        with self.hub.store.read() as connection:
            held = plans.holds(connection)
        return sum(decide(self.hub, one.id, approve=True, who="bench", why="measured") for one in held)

    def provision(self) -> None:
        """Create the custom fields the hub writes, as IT does once."""
        for mapping in self.mappings.systems.values():
            connector = self.connector(mapping)
            for obj in mapping.objects:
                if wanted := mapping.provisions(obj):
                    connector.provision(obj, wanted)


@contextmanager
def staged(people: Population) -> Iterator[Stage]:
    """The systems with these people in them, and a hub with an empty memory."""
    tokens = Tokens("hub-token", "human-token", "admin-token")
    world = World.of(ManualClock(START), tokens, limited=False)
    systems = [kind(world) for kind in SYSTEMS]
    for one in systems:
        one.seed(people.systems[one.name])
    mappings = load(HERE, frozenset(one.name for one in SYSTEMS))
    with room("sqlite") as here, running_sandbox(systems, world) as running:
        hub = Hub(
            here.memory,
            mappings,
            lambda mapping: stage.connector(mapping),
            lambda: instant(world.clock.now()),
            here.folder / "reports",
        )
        stage = Stage(world, running, mappings, hub)
        stage.provision()
        yield stage
