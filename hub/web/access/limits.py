"""Before anything is read: how large, how many, from where; and what every answer carries."""

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from limits import RateLimitItem, RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hub.flow.faults import defect
from hub.model.unique import new_id
from hub.web.problems import problem

LARGEST = 1024 * 1024
"""Bytes of a request's body, at most."""
MANY = RateLimitItemPerSecond(600, 10)
"""Requests of one who asks, at most; he is known by his token or session, else by his address."""
GUESSES = RateLimitItemPerMinute(30)
"""Requests from one address by somebody who is not known, at most: a token is not to be guessed."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'self'; base-uri 'none'; "
    "form-action 'self'; object-src 'none'",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class TooLarge(Exception):
    """A body is larger than any request of ours."""


@dataclass
class Limits:
    """The outermost layer of the application."""

    app: ASGIApp
    _limiter: Any = field(default_factory=lambda: MovingWindowRateLimiter(MemoryStorage()))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 413 and 429, and pass on what is within bounds."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers, number, address = Headers(scope=scope), new_id(), _address(scope)
        told = _telling(send, number)
        if not self._limiter.test(GUESSES, address):
            await _too_many(GUESSES)(scope, receive, told)
            return
        if not self._limiter.hit(MANY, _asker(scope, headers)):
            await _too_many(MANY)(scope, receive, told)
            return
        if int(headers.get("content-length") or 0) > LARGEST:
            await _too_large(scope, receive, told)
            return
        begun = False

        async def noticing(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            if message.get("status") == 401:
                self._limiter.hit(GUESSES, address)
            await told(message)

        try:
            await self.app(scope, _bounded(receive), noticing)
        except TooLarge:
            if not begun:
                await _too_large(scope, receive, told)
        except Exception as error:  # here, or the server logs it whole: its words may hold somebody's values
            said = str(defect(error))
            if begun:
                raise RuntimeError(said) from None
            await problem(500, said)(scope, receive, told)


def _bounded(receive: Receive) -> Receive:
    size = 0

    async def bounded() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > LARGEST:
            raise TooLarge
        return message

    return bounded


def _too_many(limit: RateLimitItem) -> Response:
    seconds = limit.get_expiry()
    detail = f"more than {limit.amount} such requests in {seconds} seconds; wait that long"
    return problem(429, detail, {"Retry-After": str(seconds)})


async def _too_large(scope: Scope, receive: Receive, send: Send) -> None:
    detail = f"a body has {LARGEST} bytes at most; ask for less at a time"
    await problem(413, detail)(scope, receive, send)


def _telling(send: Send, number: str) -> Callable[[Message], Any]:
    """Every answer carries its number and what a browser is to hold to."""

    async def told(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["X-Request-Id"] = number
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return told


def _asker(scope: Scope, headers: Headers) -> str:
    """Who asks, without keeping what he shows: a token in memory is one that can be read there."""
    shown = headers.get("authorization") or headers.get("cookie") or _address(scope)
    return blake2b(shown.encode(), digest_size=12).hexdigest()


def _address(scope: Scope) -> str:
    client = scope.get("client")
    return client[0] if client else ""
