"""The sandbox as a process of its own, and each vendor's client pointed at it.

Only the clients live in this environment: the sandbox runs in the hub's, and is spoken to over HTTP.
"""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
from brevo import Brevo
from hubspot import HubSpot
from zenpy import Zenpy

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".venv" / "bin" / "python"
FAST, SLOW = 1000.0, 0.01
"""Sandbox seconds a second: limits as wide as never met, and limits that never renew."""


@dataclass(frozen=True)
class Sandbox:
    """A sandbox that listens."""

    ready: Path
    """Its ready file."""
    said: Any
    """What stands in it."""

    def pass_time(self, seconds: float) -> None:
        """Let visibility lags and queues pass."""
        headers = {"Authorization": f"Bearer {self.said['tokens']['admin']}"}
        where = f"{self.said['admin']}/clock"
        answer = requests.post(where, json={"advance_seconds": seconds}, headers=headers, timeout=10)
        answer.raise_for_status()

    def hubspot(self, token: str = "") -> Any:
        """HubSpot's own client."""
        token = token or self.said["tokens"]["hub"]
        where = self.said["systems"]["hubspot"]
        return HubSpot(access_token=token, host=where, client_side_validation=True)

    def brevo(self, token: str = "") -> Any:
        """Brevo's own client."""
        base = f"{self.said['systems']['brevo']}/v3"
        return Brevo(api_key=token or self.said["tokens"]["hub"], base_url=base)

    def zendesk(self, token: str = "", **settings: Any) -> Any:
        """The client Zendesk lists for Python; its environment variables say where Zendesk is."""
        token = token or self.said["tokens"]["hub"]
        return Zenpy(subdomain="stand-in", oauth_token=token, disable_cache=True, **settings)


@contextmanager
def running(folder: Path, speed: float) -> Iterator[Sandbox]:
    """``python -m sandbox`` with a few customers, until the block is left."""
    ready = folder / "ready.json"
    command = [str(PYTHON), "-m", "sandbox", "--customers", "60", "--speed", f"{speed:g}"]
    command += ["--ready-file", str(ready)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline(), "the sandbox ended before it listened: run make setup first"
            yield Sandbox(ready, json.loads(ready.read_text("utf-8")))
        finally:
            process.terminate()


def _at_home(sandbox: Sandbox, patch: pytest.MonkeyPatch) -> None:
    scheme, _, netloc = sandbox.said["systems"]["zendesk"].partition("://")
    patch.setenv("ZENPY_FORCE_SCHEME", scheme)
    patch.setenv("ZENPY_FORCE_NETLOC", netloc)


@pytest.fixture(scope="session")
def one_sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with running(tmp_path_factory.mktemp("fast"), FAST) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(one_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Sandbox:
    """The four systems with their customers; what one test writes, the next one finds."""
    _at_home(one_sandbox, monkeypatch)
    return one_sandbox


@pytest.fixture
def tight(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """Systems whose allowance does not come back while a test runs."""
    with running(tmp_path, SLOW) as sandbox:
        _at_home(sandbox, monkeypatch)
        yield sandbox
