"""Airflow in earnest, without a container engine: what ``docker-compose.yml`` says, as parts of a Supervisor.

Its services run here with the very commands, environment, secrets and health checks of the file. PostgreSQL
and Redis are the caller's: where they are stands in the secrets.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from supervisor.airflow import Airflow
from supervisor.airflow_settings import ROOT, USER
from supervisor.compose import Place, Service, services
from supervisor.processes import Supervisor

FILE = ROOT / "docker-compose.yml"
IMAGE = "klantbeeld:"
"""Our own services carry this image."""
PATIENCE = 60.0
"""Seconds a health check may take."""


class ComposedAirflow(Airflow):
    """The Airflow of ``docker-compose.yml``."""

    def __init__(
        self, parts: Supervisor, home: Path, keys: Path, port: int, extra: Mapping[str, str] | None = None
    ) -> None:
        """``home``: what the volumes hold; ``keys``: the secrets; ``extra``: further variables, which win."""
        self.home = home.resolve()
        self.home.mkdir(parents=True, exist_ok=True)
        url = f"http://127.0.0.1:{port}"
        overrides = {"AIRFLOW__API__HOST": "127.0.0.1", "AIRFLOW__API__PORT": str(port), **(extra or {})}
        place = Place(whereabouts(self.home, url), overrides, keys.resolve(), self.home / "secrets")
        found = services(FILE, {"KLANTBEELD_URL": url}).values()
        self.services = [place.put(one) for one in found if one.image.startswith(IMAGE)]
        for room in {room for one in self.services for room in one.rooms}:
            Path(room).mkdir(parents=True, exist_ok=True)  # in a container it is mounted
        passwords = json.loads((keys / "airflow_passwords").read_text("utf-8"))
        super().__init__(parts, url, passwords[USER])

    def migrate(self) -> None:
        """Run the jobs: both databases, and the pools."""
        for one in self.services:
            if one.ends:
                self.parts.run(one.name, one.command, env=surroundings(one), cwd=self.home)

    def launch(self) -> None:
        """Start every service that goes on."""
        for one in self.services:
            if not one.ends:
                self.parts.start(one.name, one.command, env=surroundings(one), cwd=self.home)

    def healthy(self) -> bool:
        """Whether the health check of every service passes."""
        return all(_passes(one) for one in self.services if not one.ends)


def whereabouts(home: Path, url: str) -> dict[str, str]:
    """What stands in the file → where it is on this machine."""
    return {
        "/opt/klantbeeld": str(ROOT),
        "/var/lib/airflow": str(home),
        "/var/lib/klantbeeld": str(home),
        "http://api-server:8080": url,
    }


def surroundings(service: Service) -> dict[str, str]:
    """A service's whole environment: its own, the way to our programs, and no setting of another Airflow."""
    foreign = ("AIRFLOW", "KLANTBEELD")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    path = os.pathsep.join([str(Path(sys.executable).parent), str(ROOT), os.environ.get("PATH", os.defpath)])
    return {**inherited, "PATH": path, "PYTHONPATH": str(ROOT), **service.environment}


def _passes(service: Service) -> bool:
    try:
        ended = subprocess.run(  # noqa: S603  (the compose file's own command)
            service.check, env=surroundings(service), capture_output=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return ended.returncode == 0
