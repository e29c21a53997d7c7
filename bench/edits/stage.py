"""Four systems and one hub in one process, under a clock that only moves when it is told to."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import requests

from bench.edits.rows import Rows
from bench.reach import connector
from bench.sync.stage import room
from connectors.contract import Connector, Json
from hub.flow import verbs
from hub.flow.errors import PublishStopped
from hub.flow.hub import Hub
from hub.mapping.load import HERE, Mappings, load
from hub.mapping.spec import SystemMapping
from hub.model.instant import instant
from sandbox.app import SYSTEMS
from sandbox.core.clock import ManualClock
from sandbox.core.journal import Entry
from sandbox.core.serve import Running, running_sandbox
from sandbox.core.tokens import Tokens
from sandbox.core.world import World

START = datetime(2026, 3, 2, 10, tzinfo=UTC)
SEEN = START - timedelta(days=20)
"""When the seeds were last touched."""
NAMES = frozenset(one.name for one in SYSTEMS)
Wrap = Callable[[str, Connector], Any]


def unjudged(mappings: Mappings) -> Mappings:
    """Without batch rules: judging a batch costs a fifth of a second, whatever is in it."""
    systems = {
        name: replace(one, objects={obj: replace(it, batch={}) for obj, it in one.objects.items()})
        for name, one in mappings.systems.items()
    }
    return replace(mappings, systems=systems)


def shipped() -> Mappings:
    """The shipped mappings of the systems that have a stand-in."""
    return unjudged(load(HERE, NAMES))


@dataclass(slots=True)
class Stage:
    """Systems that run, and a hub that may be given other mappings."""

    world: World
    running: Running
    mappings: Mappings
    """As shipped: how people, and the judge, read and write."""
    hub: Hub
    folder: Path
    wrap: Wrap = lambda _, real: real
    """What stands between the hub and each of its connectors."""
    stopped: int = 0
    """Publishings that were stopped because most of a wave was refused."""
    humans: dict[str, Connector] = field(default_factory=dict)

    @property
    def systems(self) -> list[str]:
        """By name."""
        return sorted(self.mappings.systems)

    def connector(self, mapping: SystemMapping, actor: str) -> Connector:
        """How the hub, or a person, gets in; its waiting moves the clock instead."""
        return connector(self.world, self.running, mapping, actor)

    def connect(self, mapping: SystemMapping) -> Connector:
        """What the hub calls to reach a system."""
        wrapped: Connector = self.wrap(mapping.system, self.connector(mapping, "hub"))
        return wrapped

    def human(self, system: str) -> Connector:
        """The system's own people."""
        if system not in self.humans:
            self.humans[system] = self.connector(self.mappings.systems[system], "human")
        return self.humans[system]

    def ask(self, system: str, method: str, path: str, body: Json | None = None) -> bool:
        """A person does what no connector does; whether the system let him."""
        headers = {"api-key": "human-token", "authorization": "Bearer human-token"}
        url = self.running.systems[system] + path
        return requests.request(method, url, json=body, headers=headers, timeout=30).ok

    def pass_time(self, span: timedelta) -> None:
        """Let time pass for everybody."""
        self.world.clock.advance(span)

    def now(self) -> str:
        """The sandbox's clock, as an instant."""
        return instant(self.world.clock.now())

    def pull(self) -> None:
        """The hub reads every system and brings the golden records up to date."""
        for system in self.systems:
            verbs.pull(self.hub, system)
        verbs.recompose(self.hub)

    def publish(self, system: str) -> None:
        """The hub writes what nothing holds; where it stops itself, the rest is held."""
        try:
            verbs.publish(self.hub, system)
        except PublishStopped:
            self.stopped += 1

    def mark(self) -> int:
        """Where the sandbox's journal ends now."""
        return sum(1 for _ in self.world.journal.lines())

    def by_hub(self, since: int = 0) -> list[Entry]:
        """What the hub wrote, as the systems themselves noted it."""
        return [one for one in self.world.journal.since(since) if one.actor == "hub"]

    def provision(self) -> None:
        """Create the custom fields the hub writes, as IT does once."""
        for mapping in self.mappings.systems.values():
            for obj in mapping.objects:
                if wanted := mapping.provisions(obj):
                    self.connector(mapping, "hub").provision(obj, wanted)


@contextmanager
def staged(rows: Rows, mappings: Mappings, store: str) -> Iterator[Stage]:
    """The systems with these rows in them, and a hub with an empty memory."""
    tokens = Tokens("hub-token", "human-token", "admin-token")
    world = World.of(ManualClock(START), tokens, limited=False)
    systems = [kind(world) for kind in SYSTEMS]
    for one in systems:
        one.seed(rows[one.name])
    with room(store) as here, running_sandbox(systems, world) as running:
        hub = Hub(
            here.memory,
            mappings,
            lambda mapping: stage.connect(mapping),
            lambda: instant(world.clock.now()),
            here.folder / "reports",
        )
        stage = Stage(world, running, mappings, hub, here.folder)
        stage.provision()
        yield stage
