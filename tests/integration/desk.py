"""A desk at which somebody types commands, over a real store and the sandbox's systems."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import structlog

from connectors.contract import Connection, Write
from connectors.registry import connector
from hub.cli import main
from hub.flow.connections import from_environment
from hub.flow.hub import Hub, open_hub
from sandbox.app import departments
from sandbox.core.clock import WallClock
from sandbox.core.serve import Running, running_sandbox
from sandbox.core.tokens import Tokens
from sandbox.core.world import World
from sandbox.moneybird.standin import ADMINISTRATION

ROOT = Path(__file__).resolve().parents[2]


CUSTOMERS = 60


@dataclass(frozen=True, slots=True)
class Said:
    """What one command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its stdout, which must be one JSON document."""
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the commands are typed."""

    folder: Path
    world: World
    running: Running
    environment: dict[str, str]
    capsys: pytest.CaptureFixture[str]

    def type(self, *words: str) -> Said:
        self.capsys.readouterr()
        code = main(words)
        shown = self.capsys.readouterr()
        assert "Traceback" not in shown.err
        return Said(code, shown.out, shown.err)

    def ask(self, *words: str) -> Any:
        return self.type(*words, "--json").json

    def hub(self) -> Hub:
        return open_hub(from_environment(self.running.systems))

    def edit(self, system: str, obj: str, key: str, data: dict[str, Any]) -> None:
        """A person types something in a system."""
        given = Connection(
            self.running.systems[system],
            self.world.tokens.human,
            options={"administration_id": ADMINISTRATION},
        )
        (receipt,) = connector(system, given).push(obj, [Write("person-1", key, data)])
        assert receipt.status == "done"


@contextmanager
def seated(folder: Path, set_variable: Callable[[str, str], None]) -> Iterator[tuple[World, Running]]:
    world = World.of(WallClock(60), Tokens.chosen({}))
    systems, truth = departments(world, CUSTOMERS, 7)
    with running_sandbox(systems, world, truth) as running:
        for name, base in running.systems.items():
            extra = {"administration_id": ADMINISTRATION}
            document = {"host": base, "password": world.tokens.hub, "extra": extra}
            set_variable(f"AIRFLOW_CONN_{name.upper()}", json.dumps(document))
        set_variable("KLANTBEELD_SYSTEMS", ",".join(running.systems))
        set_variable("KLANTBEELD_STORE", f"sqlite:///{folder}/hub.db")
        set_variable("KLANTBEELD_REPORTS", str(folder / "reports"))
        yield world, running
    structlog.reset_defaults()


def someone(desk: Desk) -> Any:
    """A person known in three systems, HubSpot and Zendesk among them, as the card has it."""
    with desk.hub().store.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT golden_id FROM golden WHERE kind = 'person' AND systems LIKE '%,%,%' "
            "AND systems LIKE '%hubspot%' AND systems LIKE '%zendesk%' ORDER BY document"
        )
        found = rows.scalars().all()[0]
    return desk.ask("show", found)["customer"]
