"""What goes wrong, as RFC 9457 has it: a status, a title, what to do; never a traceback or a value."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from hub.flow.access.roles import ALLOWED, Right
from hub.flow.access.tokens import BadToken
from hub.flow.decide.judge import Contradiction
from hub.flow.decide.pins import Past
from hub.flow.decide.propose import NotYours
from hub.flow.decide.valid import Unfit
from hub.flow.errors import AnotherRun, FlowError, NotFound, NotRead, StoreUnavailable, StoreUnusable
from hub.mapping.strict_yaml import BadFile
from hub.views.feed import BadCursor
from hub.views.search import TooLittle

MEDIA = "application/problem+json"
AGAIN = 5
"""Seconds after which to try again what is busy or away."""


class Unknown(Exception):
    """Nobody who is known here asks."""


class Forbidden(Exception):
    """Somebody asks for what his role may not."""

    def __init__(self, right: Right) -> None:
        super().__init__(right)
        self.right = right


_STATUS: Sequence[tuple[type[Exception], int]] = (
    (NotFound, 404),
    (NotRead, 409),
    (Contradiction, 409),
    (TooLittle, 422),
    (BadToken, 422),
    (BadCursor, 422),
    (Unfit, 422),
    (Past, 422),
    (NotYours, 403),
    (StoreUnusable, 503),
    (StoreUnavailable, 503),
    (AnotherRun, 503),
    (BadFile, 500),
    (FlowError, 409),
)
"""The first that fits."""
_TITLES: Mapping[int, str] = {
    401: "Not signed in",
    403: "Not allowed",
    404: "Not found",
    405: "Not asked so",
    409: "Not as things stand",
    413: "Too large",
    422: "Not understood",
    429: "Too many requests",
    500: "A defect",
    503: "Not available now",
}


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None, **more: Any) -> Response:
    """One problem document."""
    told = {"type": "about:blank", "title": _TITLES.get(status, "Error"), "status": status, "detail": detail}
    return Response(orjson.dumps({**told, **more}), status, dict(headers or {}), MEDIA)


def install(app: FastAPI) -> None:
    """Have every error of an application answered so."""
    app.add_exception_handler(Unknown, _unknown)
    app.add_exception_handler(Forbidden, _forbidden)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(HTTPException, _http)
    for kind in {FlowError, BadFile}:
        app.add_exception_handler(kind, _flow)


async def _unknown(_: Request, __: Exception) -> Response:
    detail = "send a token: Authorization: Bearer kb_…; klantbeeld token make gives one"
    return problem(401, detail, {"WWW-Authenticate": "Bearer"})


async def _forbidden(_: Request, error: Exception) -> Response:
    right = error.right if isinstance(error, Forbidden) else "see"
    who = ", ".join(role for role, rights in ALLOWED.items() if right in rights)
    return problem(403, f"this needs the right '{right}', which these roles have: {who}", right=right)


async def _flow(_: Request, error: Exception) -> Response:
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), 500)
    headers = {"Retry-After": str(AGAIN)} if status == 503 else {}
    return problem(status, str(error), headers)


async def _not_understood(_: Request, error: Exception) -> Response:
    """Where, of what kind, and what was allowed; never the value itself, which may be a person's."""
    found = error.errors() if isinstance(error, RequestValidationError) else ()
    places = [
        {"place": ".".join(str(step) for step in one["loc"]), "rule": one["type"], "detail": one["msg"]}
        for one in found
    ]
    detail = "; ".join(f"{one['place']}: {one['detail']}" for one in places)
    return problem(422, detail or "the request is not understood", errors=places)


async def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    told = {
        404: "there is nothing at this address; /api/v1/openapi.json lists what is",
        405: f"{request.method} is not answered here; /api/v1/openapi.json says what is",
    }
    headers = error.headers if isinstance(error, HTTPException) else None
    detail = error.detail if isinstance(error, HTTPException) else "a defect"
    return problem(status, told.get(status, detail), headers)
