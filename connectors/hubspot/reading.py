"""Reading HubSpot: a full list once, then the search endpoint in windows that cannot skip.

The list endpoint pages by id, has no lag and no cap, but knows no "changed since". The search
endpoint does, at a price: its index lags by seconds, one query gives at most 10,000 results, it takes
one sort, and paging by offset skips a record when another moves. So we never use its offset. Each
request asks for the oldest records changed at or after a moment; the next one starts at the newest
moment seen. Where one moment fills a page, that moment is drained by id before going on.

What a search finds is then read by id, with the history of its properties
(:mod:`connectors.hubspot.history`): so a catch-up tells since when each value stands, and shows nothing
older than the index. Where reading goes on is decided by what the search showed alone. A first pull has
no use for histories.

Cursors::

    {"phase": "list" | "archived", "after": id, "high": stamp}     a first pull on its way
    {"phase": "window", "from": stamp, "high": stamp, …}           a catch-up on its way
    {"phase": "drain", "at": stamp, "id": id, "high": stamp, …}    the same, within one moment
    {"phase": "done", "high": stamp, "at": seconds, "settled": …}  complete
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from connectors.contract import Json, Page, RawRecord
from connectors.http import Http
from connectors.hubspot.answers import raw_record, swallowed
from connectors.hubspot.history import with_history
from connectors.hubspot.sheet import CHANGED, LIST_PAGE, OBJECTS, SEARCH_PAGE
from connectors.keys import key_of, nameless
from connectors.outcome import Answer, server_time
from connectors.shape import inside
from connectors.stamps import earlier, newest, unix_ms
from connectors.trail import Trail

BEGINNING = "1970-01-01T00:00:00.000000Z"
OVERLAP = timedelta(seconds=15)
"""More than the search index's lag: a record may reach the index after a newer one did."""
_SETTLED_AFTER = 60.0


Step = tuple[list[RawRecord], Json, Answer]
"""What one request brought, the cursor after it, and the answer itself."""


class Reading:
    """The pages of one object. ``names`` are the properties to ask for."""

    def __init__(self, http: Http, obj: str, names: list[str], page_size: int) -> None:
        self.http, self.obj, self.names = http, obj, names
        self.changed = CHANGED[obj]
        self.list_page = min(page_size, LIST_PAGE)
        self.search_page = min(page_size, SEARCH_PAGE)

    def pages(self, cursor: Json | None) -> Iterator[Page]:
        """Every page from ``cursor`` on, to the last."""
        state, trail = cursor or {"phase": "list", "after": "", "high": self._newest()}, Trail()
        if state["phase"] == "done":
            state = self._catch_up(state)
        while state["phase"] != "done":
            changes_only = state["phase"] in ("window", "drain")
            records, state, answer = self._step(state)
            trail.onward(answer, state)
            if changes_only:
                records = with_history(self.http, self.obj, self.names, records)
            found = [*records, *(dead for record in records for dead in swallowed(record))]
            yield Page(tuple(found), len(found), state, last=state["phase"] == "done")

    def keys(self) -> Iterator[tuple[str, ...]]:
        """The ids of all records that are not archived."""
        after, trail = "", Trail()
        while True:
            answer = self._list(after, archived=False, names=["hs_object_id"])
            yield tuple(key_of(item) for item in answer.objects("results"))
            after = _next(answer)
            if not after:
                return
            trail.onward(answer, after)

    def _step(self, state: Json) -> Step:
        if state["phase"] in ("list", "archived"):
            return self._list_step(state)
        return self._window_step(state) if state["phase"] == "window" else self._drain_step(state)

    def _list_step(self, state: Json) -> Step:
        archived = state["phase"] == "archived"
        answer = self._list(state["after"], archived, self.names)
        records, after = self._records(answer), _next(answer)
        if after:
            return records, {**state, "after": after}, answer
        if not archived:
            return records, {**state, "phase": "archived", "after": ""}, answer
        return records, {"phase": "done", "high": state["high"]}, answer

    def _records(self, answer: Answer) -> list[RawRecord]:
        return [raw_record(item, self.changed) for item in answer.objects("results")]

    def _list(self, after: str, archived: bool, names: list[str]) -> Answer:
        params: dict[str, Any] = {
            "limit": self.list_page,
            "archived": str(archived).lower(),
            "properties": ",".join(names),
        }
        return self.http.request(
            "GET", f"{OBJECTS}/{self.obj}", params={**params, "after": after} if after else params
        )

    def _newest(self) -> str:
        """The newest moment the search index knows: where the first catch-up will begin."""
        answer = self._search([], self.changed, "DESCENDING", limit=1)
        stamps = (record.stamp for record in self._records(answer))
        return newest(BEGINNING, stamps, server_time(answer))

    def _catch_up(self, done: Json) -> Json:
        since = done["high"] if done.get("settled") else earlier(done["high"], OVERLAP)
        operator = "GT" if done.get("settled") else "GTE"
        return {"phase": "window", "from": since, "op": operator, "high": done["high"], "before": done}

    def _window_step(self, state: Json) -> Step:
        wanted = [self._is(self.changed, state["op"], state["from"])]
        answer = self._search([wanted], self.changed, "ASCENDING", self.search_page)
        records = self._records(answer)
        if len(records) < self.search_page:
            return records, self._done(state, records, answer), answer
        oldest, latest = self._moment(answer, records[0]), self._moment(answer, records[-1])
        state = {**state, "high": newest(state["high"], [latest], server_time(answer))}
        if oldest == latest:
            return records, {**state, "phase": "drain", "at": latest, "id": "0"}, answer
        return records, {**state, "from": latest, "op": "GTE"}, answer

    def _drain_step(self, state: Json) -> Step:
        wanted = [self._is(self.changed, "EQ", state["at"]), self._is("hs_object_id", "GT", state["id"])]
        answer = self._search([wanted], "hs_object_id", "ASCENDING", self.search_page)
        records = self._records(answer)
        if len(records) < self.search_page:
            return records, {**state, "phase": "window", "from": state["at"], "op": "GT"}, answer
        if nameless(records[-1].key):
            raise answer.broken(("results", "id"), "the id of the record at the edge of a page")
        return records, {**state, "id": records[-1].key}, answer

    def _moment(self, answer: Answer, record: RawRecord) -> str:
        if record.stamp is None:
            raise answer.broken(("results", "properties", self.changed), "a moment")
        return record.stamp

    def _done(self, state: Json, records: list[RawRecord], answer: Answer) -> Json:
        """The final cursor. Once a minute has passed over the newest moment, no overlap is needed."""
        high = newest(state["high"], (record.stamp for record in records), server_time(answer))
        before, now = state.get("before") or {}, server_time(answer)
        since = before.get("at", now) if before.get("high") == high else now
        settled = now - min(since, unix_ms(high) / 1000) > _SETTLED_AFTER
        return {"phase": "done", "high": high, "at": since, "settled": settled}

    def _is(self, name: str, operator: str, value: str) -> Json:
        return {
            "propertyName": name,
            "operator": operator,
            "value": str(unix_ms(value)) if name == self.changed else value,
        }

    def _search(self, groups: list[list[Json]], sort: str, direction: str, limit: int) -> Answer:
        return self.http.request(
            "POST",
            f"{OBJECTS}/{self.obj}/search",
            json={
                "filterGroups": [{"filters": filters} for filters in groups],
                "sorts": [{"propertyName": sort, "direction": direction}],
                "properties": self.names,
                "limit": limit,
                "after": "0",
            },
            idempotent=True,
        )


def _next(answer: Answer) -> str:
    """Where the list goes on, or nothing."""
    return str(inside(inside(answer.object(), "paging"), "next").get("after") or "")
