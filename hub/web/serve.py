"""Serving the application on its own, until it is told to stop."""

from collections.abc import Callable
from ipaddress import ip_address

import uvicorn
from fastapi import FastAPI

HOST, PORT = "127.0.0.1", 8077
DEPARTURE = 10
"""Seconds a request may go on after a stop was asked for."""


class _Server(uvicorn.Server):
    """Says when it listens; keeps no access log: what was asked may name people."""

    def __init__(self, app: FastAPI, host: str, port: int, listening: Callable[[str], None]) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                host,
                port,
                lifespan="off",
                log_level="warning",
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=DEPARTURE,
                limit_concurrency=200,
                h11_max_incomplete_event_size=32_768,
            )
        )
        self._listening = listening

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        await super().startup()
        if self.servers:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            self._listening(f"http://{host}:{port}")


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def serve(app: FastAPI, host: str, port: int, listening: Callable[[str], None]) -> bool:
    """Answer until stopped; ``listening`` hears the address. Whether it could begin."""
    server = _Server(app, host, port, listening)
    server.run()
    return server.started
