"""The admin app under ``/_sandbox``: what a judge, a demo or a test asks of the sandbox itself."""

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.core.clock import Clock
from sandbox.core.journal import Journal
from sandbox.core.stamps import iso_ms


class Admin:
    """Health (open), journal, truth, clock and faults (with the admin token as Bearer)."""

    def __init__(
        self,
        token: str,
        clock: Clock,
        journal: Journal,
        truth: Sequence[Mapping[str, Any]],
        down: dict[str, bool],
    ) -> None:
        self._token, self._clock, self._journal = token, clock, journal
        self._truth, self._down = truth, down
        self.app = Starlette(
            routes=[
                Route("/health", self._health),
                self._guarded("/journal", self._read_journal),
                self._guarded("/truth", lambda _: _ndjson(map(orjson.dumps, self._truth))),
                self._guarded("/clock", self._advance, "POST"),
                self._guarded("/faults", self._fault, "POST"),
            ]
        )

    async def _health(self, _: Request) -> Response:
        return JSONResponse({"status": "ok", "now": iso_ms(self._clock.now()), "systems": sorted(self._down)})

    def _guarded(self, path: str, act: Callable[["Asked"], Response], method: str = "GET") -> Route:
        async def endpoint(request: Request) -> Response:
            given = request.headers.get("authorization", "")
            if not secrets.compare_digest(given.encode(), f"Bearer {self._token}".encode()):
                return _no(401, "give the admin token as Bearer")
            try:
                return act(Asked(request.query_params, await request.body()))
            except ValueError as error:
                return _no(400, str(error))

        return Route(path, endpoint, methods=[method])

    def _read_journal(self, asked: "Asked") -> Response:
        since = int(asked.query.get("since", "0"))
        return _ndjson(self._journal.lines(since, asked.query.get("system")))

    def _advance(self, asked: "Asked") -> Response:
        seconds = asked.json().get("advance_seconds")
        if isinstance(seconds, bool) or not isinstance(seconds, int | float) or seconds < 0:
            raise ValueError("advance_seconds: give a number of seconds, 0 or more")
        self._clock.advance(timedelta(seconds=seconds))
        return JSONResponse({"now": iso_ms(self._clock.now())})

    def _fault(self, asked: "Asked") -> Response:
        system, mode = asked.json().get("system"), asked.json().get("mode")
        if system not in self._down:
            raise ValueError(f"system: give one of {', '.join(sorted(self._down))}")
        if mode not in ("down", "ok"):
            raise ValueError("mode: give down or ok")
        self._down[system] = mode == "down"
        return JSONResponse({"system": system, "mode": mode})


class Asked:
    """A request to the admin app: its query and its body."""

    def __init__(self, query: Mapping[str, str], body: bytes) -> None:
        self.query, self._body = query, body

    def json(self) -> dict[str, Any]:
        """The body; ValueError where it is no JSON object."""
        body = orjson.loads(self._body)
        if not isinstance(body, dict):
            raise ValueError("give a JSON object")
        return body


def _no(status: int, why: str) -> Response:
    return JSONResponse({"error": why}, status)


def _ndjson(lines: Iterable[bytes]) -> Response:
    content = b"".join(line + b"\n" for line in lines)
    return Response(content, media_type="application/x-ndjson")
