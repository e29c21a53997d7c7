"""Serving the sandbox on 127.0.0.1: for a process of its own, and inside a test."""

import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from sandbox.core.mount import build_app
from sandbox.core.standin import System
from sandbox.core.tokens import Tokens
from sandbox.core.world import World

HOST = "127.0.0.1"


class Server(uvicorn.Server):
    """A uvicorn server that says when it listens. It keeps no access log: addresses may name people."""

    def __init__(self, app: ASGIApp, listening: Callable[[], None]) -> None:
        config = uvicorn.Config(
            app,
            lifespan="off",
            log_level="warning",
            access_log=False,
            date_header=False,  # each stand-in tells the time it lives in
            timeout_graceful_shutdown=2,
            timeout_keep_alive=75,
        )
        super().__init__(config)
        self._listening = listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._listening()


def bound(port: int) -> socket.socket:
    """A socket on 127.0.0.1; port 0 takes any free one."""
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((HOST, port))
    except OSError:
        sock.close()
        raise
    return sock


@dataclass(frozen=True, slots=True)
class Running:
    """A sandbox that listens."""

    port: int
    tokens: Tokens = field(repr=False)
    systems: Mapping[str, str]
    """Name → base URL: the vendor's own paths follow it."""
    admin: str
    """Base URL of the admin app."""


@contextmanager
def running_sandbox(
    systems: Sequence[System], world: World, truth: Sequence[Mapping[str, Any]] = ()
) -> Iterator[Running]:
    """Serve ``systems`` (all built on ``world``) from a thread on a free port, until the block is left."""
    listening = Event()
    with bound(0) as sock:
        server = Server(build_app(systems, world, truth), listening.set)
        thread = Thread(target=server.run, args=([sock],), daemon=True)
        thread.start()
        try:
            if not listening.wait(30):
                raise RuntimeError("the sandbox did not listen within 30 s: see its log for the reason")
            yield running(sock.getsockname()[1], world.tokens, systems)
        finally:
            server.should_exit = True
            thread.join(30)


def running(port: int, tokens: Tokens, systems: Sequence[System]) -> Running:
    """The addresses of a sandbox that listens on ``port``."""
    root = f"http://{HOST}:{port}"
    bases = {system.name: f"{root}/{system.name}" for system in systems}
    return Running(port, tokens, bases, f"{root}/_sandbox")
