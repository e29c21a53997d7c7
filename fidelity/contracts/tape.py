"""Recording: what went to a stand-in and what came back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.core.standin import StandIn


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer. Bodies are raw: empty where there was none."""

    system: str
    method: str
    path: str
    """As it was sent (quoted), without the sandbox's own prefix."""
    query: tuple[tuple[str, str], ...] = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    """Lower-case names."""
    sent: bytes = field(repr=False)
    status: int
    received: bytes = field(repr=False)
    answered: str = ""
    """The content type of the answer, as it was said."""


class Taped:
    """A stand-in that is listened to; to the sandbox it is the stand-in."""

    def __init__(self, real: StandIn, tape: list[Exchange]) -> None:
        self.name, self.seed = real.name, real.seed
        self.app: ASGIApp = _Listening(real, tape)


class _Listening:
    def __init__(self, real: StandIn, tape: list[Exchange]) -> None:
        self._real, self._tape = real, tape

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        sent, received, start = bytearray(), bytearray(), dict[str, Any]()

        async def hear() -> Message:
            message = await receive()
            sent.extend(message.get("body", b""))
            return message

        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            received.extend(message.get("body", b""))
            await send(message)

        await self._real.app(scope, hear, tell)
        self._tape.append(_exchange(self._real.name, scope, bytes(sent), start, bytes(received)))


def _exchange(system: str, scope: Scope, sent: bytes, start: Message, received: bytes) -> Exchange:
    raw = (scope.get("raw_path") or scope["path"].encode()).decode()
    path = raw.partition("?")[0].removeprefix(scope.get("root_path", ""))
    query = tuple(parse_qsl(scope["query_string"].decode(), keep_blank_values=True))
    kind = _names(start.get("headers", ())).get("content-type", "")
    headers, status = _names(scope["headers"]), start.get("status", 0)
    return Exchange(system, scope["method"], path, query, headers, sent, status, received, kind)


def _names(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    return {name.decode().lower(): value.decode() for name, value in headers}
