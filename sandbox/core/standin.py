"""The frame of a stand-in: who calls, within which limits, with what, and in which words it is refused."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from email.utils import format_datetime
from functools import cached_property
from typing import Any, ClassVar, Protocol

import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from sandbox.core.operation import Answer, Call, Operation, Reply
from sandbox.core.world import World

Rows = Mapping[str, Sequence[Mapping[str, Any]]]
"""Object name → raw records in the vendor's own shape, ids and stamps included."""


class System(Protocol):
    """What :func:`sandbox.core.mount.build_app` needs of a stand-in."""

    name: ClassVar[str]

    @property
    def app(self) -> ASGIApp: ...


class Forms(Protocol):
    """The vendor's wording of what any request can get wrong."""

    def unauthorized(self) -> Reply: ...

    def not_found(self, path: str) -> Reply: ...

    def method_not_allowed(self, method: str) -> Reply: ...

    def unknown_query(self, names: Sequence[str]) -> Reply: ...

    def malformed(self) -> Reply: ...

    def too_large(self) -> Reply: ...


class StandIn(ABC):
    """One department system. A subclass sets ``name`` and ``forms``, and lists its operations.

    A request is checked in this order: path and method, credential, limit, query parameters, body.
    """

    name: ClassVar[str]
    forms: Forms
    max_body: ClassVar[int] = 4 * 1024 * 1024
    """Bytes."""

    def __init__(self, world: World) -> None:
        self.world = world

    @abstractmethod
    def operations(self) -> Sequence[Operation]:
        """Everything this system can be asked; asked for once, when :attr:`app` is first used."""

    @abstractmethod
    def seed(self, rows: Rows) -> None:
        """Fill the tables; nothing of it is journalled."""

    def credential(self, headers: Mapping[str, str]) -> str:
        """The API token in a request; Bearer unless the vendor has it elsewhere."""
        scheme, _, token = headers.get("authorization", "").partition(" ")
        return token.strip() if scheme.lower() == "bearer" else ""

    def limit(self, operation: Operation, actor: str) -> Mapping[str, str]:
        """Count one request. Returns the headers its answer carries; raises :class:`Answer` to refuse it."""
        return {}

    @cached_property
    def app(self) -> ASGIApp:
        """The system as an ASGI application; its paths are exactly the vendor's."""

        def gone(request: Request, _: Exception) -> Response:
            return self._response(self.forms.not_found(request.url.path))

        def wrong(request: Request, _: Exception) -> Response:
            return self._response(self.forms.method_not_allowed(request.method))

        routes = [self._route(operation) for operation in self.operations()]
        application = Starlette(routes=routes, exception_handlers={404: gone, 405: wrong})
        application.router.redirect_slashes = False
        return application

    def _route(self, operation: Operation) -> Route:
        async def endpoint(request: Request) -> Response:
            headers: Mapping[str, str] = {}
            try:
                actor = self._actor(request)
                headers = self.limit(operation, actor) if self.world.limited else {}
                reply = operation.handle(await self._call(operation, actor, request))
            except Answer as answer:
                reply = answer.reply
            return self._response(reply, headers)

        return Route(operation.path, endpoint, methods=[operation.method])

    def _actor(self, request: Request) -> str:
        actor = self.world.tokens.actor(self.credential(request.headers))
        if actor is None:
            raise Answer(self.forms.unauthorized())
        return actor

    async def _call(self, operation: Operation, actor: str, request: Request) -> Call:
        query: dict[str, list[str]] = {}
        for name, value in request.query_params.multi_items():
            query.setdefault(name, []).append(value)
        unknown = [name for name in query if name not in operation.query]
        if unknown:
            raise Answer(self.forms.unknown_query(unknown))
        body = await self._json(request) if operation.body else None
        url = str(request.url).partition("?")[0]
        return Call(actor, dict(request.path_params), query, body, url)

    async def _json(self, request: Request) -> Any:
        raw = bytearray()
        async for chunk in request.stream():
            raw += chunk
            if len(raw) > self.max_body:
                raise Answer(self.forms.too_large())
        if not raw:
            return None
        try:
            return orjson.loads(raw)
        except orjson.JSONDecodeError:
            raise Answer(self.forms.malformed()) from None

    def _response(self, reply: Reply, headers: Mapping[str, str] | None = None) -> Response:
        present = format_datetime(self.world.clock.now(), usegmt=True)
        every = {"date": present, **(headers or {}), **reply.headers}
        if reply.body is None:
            return Response(status_code=reply.status, headers=every)
        return Response(orjson.dumps(reply.body), reply.status, every, media_type="application/json")
