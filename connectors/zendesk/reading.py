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
from connectors.outcome import Answer
from connectors.zendesk.answers import raw_record
from connectors.zendesk.sheet import API, EXPORT_PAGE, LIST_PAGE


def by_cursor(http: Http, obj: str, cursor: Json | None, page_size: int) -> Iterator[Page]:
    """Users or tickets, from ``cursor`` to the end of the stream."""
    state = cursor or {"start": 1}
    while True:
        where = {"cursor": state["cursor"]} if state.get("cursor") else {"start_time": state["start"]}
        answer = http.request(
            "GET",
            f"{API}/incremental/{obj}/cursor",
            params={**where, "per_page": min(page_size, EXPORT_PAGE)},
        )
        body = answer.object()
        last = bool(body.get("end_of_stream"))
        state = {"cursor": body["after_cursor"]} if body.get("after_cursor") else state
        yield _page(answer, obj, state, last)
        if last:
            return


def by_time(http: Http, obj: str, cursor: Json | None, page_size: int) -> Iterator[Page]:
    """Organizations, from ``cursor`` to the present."""
    state = cursor or {"start": 1}
    while True:
        stepped = _list_step if "list" in state else _time_step
        page = stepped(http, obj, state, page_size)
        yield page
        if page.last:
            return
        state = page.cursor


def listed(http: Http, obj: str, page_size: int) -> Iterator[tuple[str, ...]]:
    """The ids of everything in the plain list, which holds no deleted records."""
    after = ""
    while True:
        answer = _list(http, obj, after, page_size)
        yield tuple(str(item["id"]) for item in answer.objects(obj))
        after = _next(answer)
        if not after:
            return


def _time_step(http: Http, obj: str, state: Json, page_size: int) -> Page:
    params = {"start_time": state["start"], "per_page": min(page_size, EXPORT_PAGE)}
    answer = http.request("GET", f"{API}/incremental/{obj}", params=params)
    body = answer.object()
    end, last = int(body.get("end_time") or state["start"]), bool(body.get("end_of_stream"))
    stuck = not last and end <= state["start"]
    return _page(answer, obj, {"start": state["start"], "list": ""} if stuck else {"start": end}, last)


def _list_step(http: Http, obj: str, state: Json, page_size: int) -> Page:
    answer = _list(http, obj, state["list"], page_size)
    after = _next(answer)
    return _page(
        answer, obj, {**state, "list": after} if after else {"start": state["start"] + 1}, last=False
    )


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
