"""The demo's stage: four department systems, an Airflow and a store; all on loopback, all ours to stop."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from connectors.contract import Connection
from supervisor.airflow import Airflow, EmbeddedAirflow
from supervisor.processes import Supervisor

FINANCE = ("moneybird", "tryton")
EXECUTORS = ("local", "celery")
ADMINISTRATION = "123456789012345678"
ROOT = Path(__file__).resolve().parents[1]
PRELOADED = {"scheduler": ("hub.flow.verbs", "great_expectations"), "dag-processor": ("hub.flow.verbs",)}
"""Part of Airflow → what its tasks would each load: what judges a batch alone takes three seconds."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What may be chosen: ``SIZE``, ``SEED``, ``SPEED``, ``FINANCE`` and the ports."""

    var: Path
    size: int = 2000
    seed: int = 7
    limited: bool = True
    """Whether the systems' rate limits hold."""
    speed: float = 300.0
    """How much faster than the wall the systems' clock runs: their limits are that much wider."""
    sandbox_port: int = 0
    airflow_port: int = 0
    finance: str = "moneybird"
    """The finance system: the Moneybird stand-in, or a real ``tryton``."""
    tryton_port: int = 0
    executor: str = "local"
    """An embedded Airflow with SQLite, or with ``celery`` what ``docker-compose.yml`` says."""

    @property
    def hop(self) -> float:
        """Seconds between two looks of the scheduler: beside long tasks, looking costs more than it saves."""
        return 0.1 if self.size <= 10_000 else 1.0

    @property
    def pace(self) -> float:
        """How many times more requests than the vendors allow."""
        return self.speed if self.limited else 1_000_000.0


@dataclass(frozen=True, slots=True)
class Sandbox:
    """The running stand-ins."""

    base: Mapping[str, str]
    tokens: Mapping[str, str]
    admin: str
    people_at: datetime
    """The moment the customers were made for: with their number and the seed it makes them again."""

    def connections(self, pace: float, actor: str = "hub") -> dict[str, Connection]:
        """System → connection; ``human`` edits as a department's employee would."""
        options = {"administration_id": ADMINISTRATION, "limit_factor": str(pace)}
        return {name: Connection(url, self.tokens[actor], options=options) for name, url in self.base.items()}


def start_sandbox(parts: Supervisor, settings: Settings) -> Sandbox:
    """Start the stand-ins and wait until they listen."""
    ready = settings.var / "sandbox.json"
    command = [sys.executable, "-m", "sandbox", "--port", str(settings.sandbox_port)]
    command += ["--customers", str(settings.size), "--seed", str(settings.seed)]
    command += [] if settings.limited else ["--no-limits"]
    command += ["--speed", f"{settings.speed:g}", "--ready-file", str(ready)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    parts.start("sandbox", command, env=environment, cwd=ROOT, healthy=ready.exists, within=300)
    said: dict[str, Any] = json.loads(ready.read_text("utf-8"))
    return Sandbox(said["systems"], said["tokens"], said["admin"], datetime.fromisoformat(said["people_at"]))


Connections = Mapping[str, Connection]


@dataclass(frozen=True, slots=True)
class Ground:
    """What the hub stands on: its store, and an Airflow that knows the connections."""

    store: str
    start: Callable[[Supervisor, Connections], Airflow]
    """Starts it and waits for our DAGs."""


@contextmanager
def embedded(settings: Settings) -> Iterator[Ground]:
    """SQLite for both, and Airflow's LocalExecutor: what needs nothing installed."""
    store = f"sqlite:///{settings.var}/hub.db"

    def start(parts: Supervisor, connections: Connections) -> Airflow:
        known = {
            f"AIRFLOW_CONN_{name.upper()}": json.dumps(one) for name, one in described(connections).items()
        }
        hop = {"AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": str(settings.hop)}
        extra = {"KLANTBEELD_STORE": store, **common(settings, connections), **known, **hop}
        airflow = EmbeddedAirflow(
            parts,
            settings.var / "airflow",
            port=settings.airflow_port,
            extra=extra,
            triggerer=True,
            preload=PRELOADED,
        )
        rest = airflow.start(wait_for=dag_ids(connections))
        rest.pools({f"system_{name}": 1 for name in connections})
        return airflow

    yield Ground(store, start)


def common(settings: Settings, connections: Connections) -> dict[str, str]:
    """What every task must know, wherever it runs."""
    return {
        "KLANTBEELD_REPORTS": str(settings.var / "reports"),
        "KLANTBEELD_SYSTEMS": ",".join(sorted(connections)),
        "KLANTBEELD_SCHEDULED_FROM": datetime.now(UTC).isoformat(),
    }


def dag_ids(systems: Iterable[str]) -> list[str]:
    """The DAGs there are."""
    return [*(f"{verb}_{name}" for verb in ("pull", "publish") for name in systems), "reconcile", "keep"]


def described(connections: Connections) -> dict[str, Any]:
    """System → connection as Airflow reads it in JSON."""
    return {
        name: {
            "conn_type": "http",
            "host": one.base_url,
            "login": one.login,
            "password": one.secret,
            "extra": dict(one.options),
        }
        for name, one in connections.items()
    }
