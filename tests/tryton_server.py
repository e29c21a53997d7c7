"""A Tryton of a test module's own, from the venv and the template database that demos and tests share."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sandbox.tryton.server import Instance, prepare
from supervisor.processes import Supervisor
from supervisor.waiting import accepts, free_port

VAR = Path(__file__).resolve().parents[1] / "var" / "tryton"


@contextmanager
def running_tryton(folder: Path) -> Iterator[Instance]:
    """A server on a fresh database in ``folder``; the first time, Tryton is installed."""
    server = Instance(prepare(VAR), folder / "server", free_port())
    with Supervisor(folder / "logs") as parts:
        parts.start("tryton", server.command, healthy=lambda: accepts(server.port))
        yield server
