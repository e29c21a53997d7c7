"""How things stand: systems, runs, and who looked at what."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from hub.flow.access import tokens, trail
from hub.views.status import Status, status
from hub.web.access.guard import Manages, ReadsTrail, Watches
from hub.web.api.answering import answered

router = APIRouter(tags=["watching"])


@router.get("/status", response_model=Status)
def stands(visit: Watches, request: Request, latest: Annotated[int, Query(ge=1, le=100)] = 5) -> Response:
    """Systems, their freshness and queues, the latest runs and failures."""
    return answered(status(visit.hub, latest=latest), request)


@dataclass(frozen=True, slots=True)
class Trail:
    """The latest steps, the latest first."""

    steps: tuple[trail.Noted, ...]


@router.get("/trail", response_model=Trail)
def who_did_what(
    visit: ReadsTrail,
    request: Request,
    about: Annotated[str | None, Query(max_length=64)] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> Response:
    """Who read which customer, exported, or decided; ``about``: one golden id or hold alone."""
    return answered(Trail(tuple(trail.latest(visit.hub, limit, about))), request)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every token, the latest first; never the secrets."""

    known: tuple[tokens.Token, ...]


@router.get("/tokens", response_model=Tokens)
def let_in(visit: Manages, request: Request) -> Response:
    """Which programs are let in, as whom, and until when."""
    return answered(Tokens(tuple(tokens.listed(visit.hub))), request)
