"""The whole sandbox: four departments, their population, and the server around them."""

import gc
import os
import signal
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Any

import orjson

from sandbox.brevo.standin import Brevo
from sandbox.core.clock import WallClock
from sandbox.core.mount import build_app
from sandbox.core.serve import Server, bound, running
from sandbox.core.standin import StandIn
from sandbox.core.tokens import Tokens
from sandbox.core.world import World
from sandbox.hubspot.standin import HubSpot
from sandbox.moneybird.standin import Moneybird
from sandbox.people.model import TruthRow
from sandbox.people.population import population
from sandbox.zendesk.standin import Zendesk

SYSTEMS: Sequence[type[StandIn]] = (HubSpot, Brevo, Zendesk, Moneybird)
Truth = list[dict[str, Any]]
_TOLD = tuple(one.name for one in fields(TruthRow))


@dataclass(frozen=True, slots=True)
class Settings:
    """What the command line says."""

    port: int
    customers: int
    seed: int
    speed: float
    limited: bool
    """Whether the vendors' rate limits hold."""
    ready_file: Path | None


def departments(
    world: World, customers: int, seed: int, moment: datetime | None = None
) -> tuple[list[StandIn], Truth]:
    """The four stand-ins, filled with the same customers, and the truth about who is who.

    The seed ends at ``moment`` (the clock's present): the same arguments give the same records.
    """
    people = population(customers, seed, moment or world.clock.now())
    systems = [kind(world) for kind in SYSTEMS]
    for system in systems:
        # Popped, so that the rows are gone when the system has its own.
        system.seed(people.systems.pop(system.name))
    return systems, [{name: getattr(row, name) for name in _TOLD} for row in people.truth]


def serve(settings: Settings) -> None:
    """Run the sandbox until SIGTERM or SIGINT; the ready file lives exactly as long as it listens."""
    world = World.of(WallClock(settings.speed), Tokens.chosen(os.environ), limited=settings.limited)
    with bound(settings.port) as sock:
        # What a seed makes stays for good: looking through it for garbage would only cost time.
        gc.disable()
        moment = world.clock.now()
        systems, truth = departments(world, settings.customers, settings.seed, moment)
        gc.freeze()
        gc.enable()
        ready = _Ready(settings, world.tokens, systems, sock.getsockname()[1], moment)
        server = Server(build_app(systems, world, truth), ready.write)

        def stop(_: int, __: FrameType | None) -> None:
            server.should_exit = True

        # uvicorn raises the signal again once it has stopped; this handler then makes it a clean exit.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)
        try:
            server.run([sock])
        finally:
            ready.remove()


class _Ready:
    """The file that tells others where the sandbox is and how to get in; readable by its owner alone."""

    def __init__(
        self, settings: Settings, tokens: Tokens, systems: Sequence[StandIn], port: int, moment: datetime
    ) -> None:
        self._path = settings.ready_file
        where = running(port, tokens, systems)
        self._content = {
            "port": port,
            "tokens": asdict(tokens),
            "systems": where.systems,
            "admin": where.admin,
            "speed": settings.speed,
            "people_at": moment.isoformat(),
        }

    def write(self) -> None:
        """Write it in one piece (who sees the file sees all of it), and say on stdout that we listen."""
        if self._path is not None:
            self._replace(self._path)
        print(f"sandbox listens on http://127.0.0.1:{self._content['port']}", flush=True)

    def _replace(self, path: Path) -> None:
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(orjson.dumps(self._content))
        draft.replace(path)

    def remove(self) -> None:
        if self._path is not None:
            self._path.unlink(missing_ok=True)
