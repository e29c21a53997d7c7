"""Reading Zendesk: the incremental exports, and full lists where those are not enough.

Users and tickets have a cursor export: what it gives back continues it for ever. It leaves out the last
minute, so nothing that is still being written can slip by.

Organizations have a time export only: ``end_time`` is the next ``start_time``, to the second and
inclusive. Where more of them share one second than fit on a page, ``end_time`` stands still; then the
plain list (its own cursor, no time) is read once, and the export continues a second later.

Cursors: ``{"cursor": text}``; ``{"start": seconds}``; ``{"start", "list": text}`` within a plain list.
"""

from collections.abc import Iterator
from typing import Any

from connectors.contract import Json, Page
from connectors.http import Http
from connectors.keys import key_of
from connectors.outcome import Answer, server_time
from connectors.shape import WHOLE, fits
from connectors.trail import Trail
from connectors.zendesk.answers import raw_record
from connectors.zendesk.sheet import API, EXPORT_PAGE, LIST_PAGE


def by_cursor(http: Http, obj: str, cursor: Json | None, page_size: int) -> Iterator[Page]:
    """Users or tickets, from ``cursor`` to the end of the stream."""
    state, trail = cursor or {"start": 1}, Trail()
    while True:
        where = {"cursor": state["cursor"]} if state.get("cursor") else {"start_time": state["start"]}
        answer = http.request(
            "GET",
            f"{API}/incremental/{obj}/cursor",
            params={**where, "per_page": min(page_size, EXPORT_PAGE)},
        )
        body = answer.object()
        last = bool(body.get("end_of_stream"))
        state = {"cursor": str(body["after_cursor"])} if body.get("after_cursor") else state
        yield _page(answer, obj, state, last)
        if last:
            return
        trail.onward(answer, state)


def by_time(http: Http, obj: str, cursor: Json | None, page_size: int) -> Iterator[Page]:
    """Organizations, from ``cursor`` to the present."""
    state, trail = cursor or {"start": 1}, Trail()
    while True:
        stepped = _list_step if "list" in state else _time_step
        answer, page = stepped(http, obj, state, page_size)
        yield page
        if page.last:
            return
        state = page.cursor
        trail.onward(answer, state)


def listed(http: Http, obj: str, page_size: int) -> Iterator[tuple[str, ...]]:
    """The ids of everything in the plain list, which holds no deleted records."""
    after, trail = "", Trail()
    while True:
        answer = _list(http, obj, after, page_size)
        yield tuple(key_of(item, whole=True) for item in answer.objects(obj))
        after = _next(answer)
        if not after:
            return
        trail.onward(answer, after)


def _time_step(http: Http, obj: str, state: Json, page_size: int) -> tuple[Answer, Page]:
    params = {"start_time": state["start"], "per_page": min(page_size, EXPORT_PAGE)}
    answer = http.request("GET", f"{API}/incremental/{obj}", params=params)
    end, last = _end(answer, state["start"]), bool(answer.object().get("end_of_stream"))
    stuck = not last and end == state["start"]
    after = {"start": state["start"], "list": ""} if stuck else {"start": end}
    return answer, _page(answer, obj, after, last)


def _end(answer: Answer, start: int) -> int:
    """Where the export goes on: not before its beginning, and not in the future, or changes are missed."""
    end = answer.object().get("end_time") or start
    if not fits(end, WHOLE) or end < start:
        raise answer.broken(("end_time",), "a moment from start_time on")
    return max(start, min(int(end), int(server_time(answer))))


def _list_step(http: Http, obj: str, state: Json, page_size: int) -> tuple[Answer, Page]:
    answer = _list(http, obj, state["list"], page_size)
    after = _next(answer)
    cursor = {**state, "list": after} if after else {"start": state["start"] + 1}
    return answer, _page(answer, obj, cursor, last=False)


def _list(http: Http, obj: str, after: str, page_size: int) -> Answer:
    params: dict[str, Any] = {"page[size]": min(page_size, LIST_PAGE)}
    return http.request("GET", f"{API}/{obj}", params={**params, "page[after]": after} if after else params)


def _next(answer: Answer) -> str:
    """Where the list goes on, or nothing."""
    meta = answer.object("meta")
    return str(meta.get("after_cursor") or "") if meta.get("has_more") else ""


def _page(answer: Answer, obj: str, cursor: Json, last: bool) -> Page:
    records = tuple(raw_record(item) for item in answer.objects(obj))
    return Page(records, len(records), cursor, last)
