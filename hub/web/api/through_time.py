"""Customers through time: what one was, what became of its id, and all that changed since somebody looked."""

from datetime import UTC, date, datetime, time
from typing import Annotated, Literal

import orjson
from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from hub.flow.errors import NotFound
from hub.model.instant import instant
from hub.views import contact as contacts
from hub.views.contact import MEDIA
from hub.views.feed import Feed, feed
from hub.views.sight import seen
from hub.views.through_time import Editions, Then, as_of, through_time
from hub.views.why import History, history
from hub.web.access.guard import Judges, Sees
from hub.web.api.answering import answered
from hub.web.api.customers import NOBODY, GoldenId, seen_by

router = APIRouter(tags=["through time"])


@router.get("/customers/{golden_id}/history", response_model=Editions)
def versions(visit: Sees, request: Request, golden_id: GoldenId) -> Response:
    """Every version of a golden record, the latest first, and what each changed."""
    found = through_time(visit.hub, golden_id)
    if not visit.sight.has(found.systems):
        raise NotFound(NOBODY)
    visit.note("history read", found.golden_id)
    return answered(seen(found, visit.sight), request)


@router.get("/customers/{golden_id}/as-of/{day}", response_model=Then)
def then(visit: Sees, request: Request, golden_id: GoldenId, day: date) -> Response:
    """What a golden record was at the end of a day (UTC), beside what it is now."""
    found = as_of(visit.hub, golden_id, instant(datetime.combine(day, time.max, UTC)))
    if not visit.sight.has(found.systems):
        raise NotFound(NOBODY)
    visit.note("history read", found.golden_id, day=day.isoformat())
    return answered(seen(found, visit.sight), request)


@router.get("/customers/{golden_id}/identity", response_model=History)
def identity(visit: Judges, request: Request, golden_id: GoldenId) -> Response:
    """The crosswalk: its records and since when, the ids that were merged into it, and who decided what."""
    return answered(history(visit.hub, golden_id), request)


@router.get("/customers/{golden_id}/contact")
def contact(
    visit: Sees,
    golden_id: GoldenId,
    format: Annotated[
        Literal["vcard", "jscontact", "schema.org"], Query(description="vCard 4, JSContact or JSON-LD.")
    ] = "vcard",
) -> Response:
    """One customer as other programs take contacts."""
    one = seen_by(visit, golden_id)
    visit.note("customer read", one.golden_id, format=format)
    made = contacts.WRITE[format](one)
    body = made.encode() if isinstance(made, str) else orjson.dumps(made)
    return Response(body, headers={"Cache-Control": "private, no-cache"}, media_type=MEDIA[format])


@router.get("/feed", response_model=Feed)
def changes(
    visit: Sees,
    request: Request,
    after: Annotated[str, Query(max_length=200, description="The cursor: 'next' of the last answer.")] = "",
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> Response:
    """What changed since a cursor, the earliest first: each customer as it is now; merged and split too."""
    found = feed(visit.hub, after, limit)
    visit.note("feed read", "", customers=len(found.changes), after=after, next=found.next)
    return answered(seen(found, visit.sight), request)
