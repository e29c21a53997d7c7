"""Incremental exports: everything that changed since a moment, but for the last minute."""

from collections.abc import Callable, Mapping
from itertools import islice, takewhile
from typing import Any
from urllib.parse import urlencode

from sandbox.core.operation import Call, Reply
from sandbox.core.table import Json
from sandbox.zendesk.forms import bad_request
from sandbox.zendesk.requests import cursor, position, whole
from sandbox.zendesk.shelf import Shelf, epoch

LARGEST_EXPORT = 1000
SETTLED = 60
"""Seconds a change must be old to be exported."""


class Export:
    """Both export forms over one kind of record."""

    def __init__(self, shelf: Shelf, show: Callable[[Mapping[str, Any]], Json]) -> None:
        self._shelf, self._show = shelf, show

    def by_cursor(self, call: Call) -> Reply:
        """Cursor form. A cursor stays good for ever; at the end of the stream it waits for what comes."""
        text = call.one("cursor")
        start, after = position(text, 2) if text else (self._start(call), -1)
        size = whole(call, "per_page", LARGEST_EXPORT, LARGEST_EXPORT)
        rows, more = self._settled(start, after, size)
        last = cursor(epoch(rows[-1]), rows[-1]["id"]) if rows else text or cursor(start, after)
        query = urlencode({"cursor": last, "per_page": size})
        return Reply(
            200,
            {
                self._shelf.name: [self._show(row) for row in rows],
                "after_cursor": last,
                "after_url": f"{call.url}?{query}",
                "before_cursor": text,
                "before_url": None,
                "end_of_stream": not more,
            },
        )

    def by_time(self, call: Call) -> Reply:
        """Time form: the next page starts *at* the last record's second, so records come twice, and a
        second with more records than a page is never left."""
        start, size = self._start(call), whole(call, "per_page", LARGEST_EXPORT, LARGEST_EXPORT)
        rows, more = self._settled(start, -1, size)
        end = epoch(rows[-1]) if rows else None
        query = urlencode({"start_time": end, "per_page": size})
        return Reply(
            200,
            {
                self._shelf.name: [self._show(row) for row in rows],
                "count": len(rows),
                "end_time": end,
                "next_page": f"{call.url}?{query}" if rows else None,
                "end_of_stream": not more,
            },
        )

    def _start(self, call: Call) -> int:
        start = whole(call, "start_time")
        if start > self._present() - SETTLED:
            raise bad_request("Too recent start_time. Use a start_time older than 60 seconds", "StartTime")
        return start

    def _settled(self, start: int, after: int, size: int) -> tuple[list[Mapping[str, Any]], bool]:
        latest = self._present() - SETTLED
        rows = takewhile(lambda row: epoch(row) < latest, self._shelf.changed_from(start, after))
        found = list(islice(rows, size + 1))
        return found[:size], len(found) > size

    def _present(self) -> int:
        return int(self._shelf.world.clock.now().timestamp())
