"""All stand-ins and the admin app in one ASGI application."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute, Mount
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.core.admin import Admin
from sandbox.core.standin import System
from sandbox.core.world import World


def build_app(systems: Sequence[System], world: World, truth: Sequence[Mapping[str, Any]] = ()) -> Starlette:
    """Each system under ``/{name}`` and the admin app under ``/_sandbox``.

    ``truth`` are the rows the admin app gives out: ``{system, object, key, customer, kind}``, and any
    others the seed wishes to tell.
    """
    down = {system.name: False for system in systems}
    admin = Admin(world.tokens.admin, world.clock, world.journal, truth, down)
    routes: list[BaseRoute] = [Mount("/_sandbox", admin.app)]
    routes += [Mount(f"/{system.name}", _Switch(system, down)) for system in systems]
    return Starlette(routes=routes)


class _Switch:
    """Answers 503 in the system's place while it is down."""

    def __init__(self, system: System, down: Mapping[str, bool]) -> None:
        self._name, self._app, self._down = system.name, system.app, down

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        out: ASGIApp = PlainTextResponse("Service Unavailable", 503)
        await (out if self._down[self._name] else self._app)(scope, receive, send)
