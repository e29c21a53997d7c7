"""A hub with an empty store, and four systems full of customers in another process."""

import json
import logging
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import structlog

from connectors.contract import Connection
from hub.flow.hub import Hub, reach
from hub.mapping.load import HERE, load
from hub.store.engine import Store, open_store
from hub.store.migrate import migrate
from supervisor.postgres import private_postgres
from supervisor.processes import Supervisor

ADMINISTRATION = "123456789012345678"
ROOT = Path(__file__).resolve().parents[2]
SYSTEMS = frozenset({"brevo", "hubspot", "moneybird", "zendesk"})
RECORDS_A_CUSTOMER = 2.45
"""How many records the four systems hold of one customer."""


@contextmanager
def staged(records: int, store: str) -> Iterator[Hub]:
    """About ``records`` records in four systems, and a hub on ``sqlite`` or ``postgresql``."""
    with room(store) as here:
        ready = _sandbox(here.parts, here.folder, max(1, round(records / RECORDS_A_CUSTOMER)))
        connections = _connections(ready)
        reports = here.folder / "reports"
        yield Hub(here.memory, load(HERE, SYSTEMS), lambda one: reach(one, connections), reports=reports)


@dataclass(frozen=True, slots=True)
class Room:
    """Where a measurement takes place; all of it is gone afterwards."""

    folder: Path
    parts: Supervisor
    memory: Store
    """Empty, and up to date."""


@contextmanager
def room(store: str) -> Iterator[Room]:
    """A room with a store on ``sqlite`` or ``postgresql``, and only warnings logged."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with tempfile.TemporaryDirectory(prefix="klantbeeld-bench-") as name, ExitStack() as held:
        folder = Path(name)
        parts = held.enter_context(Supervisor(folder / "logs"))
        url = f"sqlite:///{folder}/hub.db"
        if store == "postgresql":
            url = held.enter_context(private_postgres(parts)).url()
        memory = open_store(url)
        held.callback(memory.close)
        migrate(memory)
        yield Room(folder, parts, memory)


def _sandbox(parts: Supervisor, folder: Path, customers: int) -> dict[str, dict[str, str]]:
    ready = folder / "sandbox.json"
    command = [
        sys.executable,
        "-m",
        "sandbox",
        "--customers",
        str(customers),
        "--no-limits",
        "--speed",
        "1000",
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    parts.start(
        "sandbox",
        [*command, "--ready-file", str(ready)],
        env=environment,
        cwd=ROOT,
        healthy=ready.exists,
        within=600,
    )
    found: dict[str, dict[str, str]] = json.loads(ready.read_text("utf-8"))
    return found


def _connections(ready: Mapping[str, Mapping[str, str]]) -> dict[str, Connection]:
    options = {"administration_id": ADMINISTRATION, "limit_factor": "1000000"}
    return {
        name: Connection(url, ready["tokens"]["hub"], options=options)
        for name, url in ready["systems"].items()
    }
