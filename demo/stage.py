"""What the demo stands on: four department systems and an Airflow, all on loopback, all ours to stop."""

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from connectors.contract import Connection
from supervisor.airflow import EmbeddedAirflow
from supervisor.airflow_rest import AirflowRest
from supervisor.processes import Supervisor

FINANCE = ("moneybird", "tryton")
ADMINISTRATION = "123456789012345678"
ROOT = Path(__file__).resolve().parents[1]


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

    @property
    def pace(self) -> float:
        """How many times more requests than the vendors allow."""
        return self.speed if self.limited else 1e9

    @property
    def store(self) -> str:
        """The hub's store."""
        return f"sqlite:///{self.var}/hub.db"


@dataclass(frozen=True, slots=True)
class Sandbox:
    """The running stand-ins."""

    base: Mapping[str, str]
    tokens: Mapping[str, str]
    admin: str

    def connections(self, pace: float, actor: str = "hub") -> dict[str, Connection]:
        """System → connection; ``human`` edits as a department's employee would."""
        options = {"administration_id": ADMINISTRATION, "limit_factor": f"{pace:g}"}
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
    return Sandbox(said["systems"], said["tokens"], said["admin"])


def make_airflow(
    parts: Supervisor, settings: Settings, connections: Mapping[str, Connection]
) -> EmbeddedAirflow:
    """An Airflow that knows the connections, not yet started."""
    return EmbeddedAirflow(
        parts, settings.var / "airflow", port=settings.airflow_port, extra=environment(settings, connections)
    )


def environment(settings: Settings, connections: Mapping[str, Connection]) -> dict[str, str]:
    """What a task (or ``klantbeeld``) needs to find the hub's store and the systems."""
    variables = {
        "KLANTBEELD_STORE": settings.store,
        "KLANTBEELD_REPORTS": str(settings.var / "reports"),
        "KLANTBEELD_SYSTEMS": ",".join(sorted(connections)),
        "KLANTBEELD_SCHEDULED_FROM": datetime.now(UTC).isoformat(),
    }
    return variables | {f"AIRFLOW_CONN_{name.upper()}": _variable(one) for name, one in connections.items()}


def _variable(one: Connection) -> str:
    return json.dumps(
        {
            "conn_type": "http",
            "host": one.base_url,
            "login": one.login,
            "password": one.secret,
            "extra": dict(one.options),
        }
    )


def start_airflow(airflow: EmbeddedAirflow, systems: list[str]) -> AirflowRest:
    """Start Airflow, wait for our DAGs, and give each system its pool."""
    dags = [f"{verb}_{name}" for verb in ("pull", "publish") for name in systems]
    rest = airflow.start(wait_for=[*dags, "reconcile", "keep"])
    rest.pools({f"system_{name}": 1 for name in systems})
    return rest
