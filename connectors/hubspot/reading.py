"""Reading HubSpot: a full list once, then what the search index says has changed.

The list endpoint pages by id, has no lag and no cap, but knows no "changed since". The search endpoint
does, at a price: its results come late, out of order, and fresher than they were found (a record shows a
newer stamp than the one that put it into its place); one query gives at most 10,000; it takes one sort, and
paging by offset skips a record when another moves. So nothing is concluded from the stamps it shows. Each
walk asks for all that changed at or after a moment, by id, and goes on after the last id; the next walk
begins at the moment this one began, by HubSpot's own clock, less a horizon of some minutes. Of what the index
lists later than that the sweep of all ids finds the records nobody knew; a change of a known one comes with
its next, or with a full pull. An index that is known to be slower wants a longer ``horizon``.

What a search finds is then read by id, with the history of its properties
(:mod:`connectors.hubspot.history`): so a catch-up shows nothing older than the index. A full list asks for
the histories too, of the records that are not archived: so each reading tells since when a value stands.

Cursors::

    {"phase": "list" | "archived", "after": id, "until": stamp}          a first pull on its way
    {"phase": "changes", "from": stamp, "id": id, "until": stamp}        a catch-up on its way
    {"phase": "done", "until": stamp}                                    complete

Sources: HubSpot's search reference ("a few moments"); estuary/connectors PR #2210, airbytehq/airbyte PR
#69203 and supaglue-labs/supaglue #665, for what its users met.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from connectors.contract import Json, Page, RawRecord
from connectors.http import Http
from connectors.hubspot.answers import raw_record, with_swallowed
from connectors.hubspot.history import HISTORY, typed_record, with_history
from connectors.hubspot.sheet import CHANGED, LIST_PAGE, OBJECTS, SEARCH_PAGE, WITH_HISTORY
from connectors.keys import key_of, nameless
from connectors.outcome import Answer, server_time
from connectors.shape import inside
from connectors.stamps import earlier, of_unix, unix_ms
from connectors.trail import Trail

FIRST = "0"
BY_ID = "hs_object_id"


Step = tuple[list[RawRecord], Json, Answer]
"""What one request brought, the cursor after it, and the answer itself."""


class Reading:
    """The pages of one object. ``names`` are the properties to ask for."""

    def __init__(self, http: Http, obj: str, names: list[str], page_size: int, horizon: timedelta) -> None:
        self.http, self.obj, self.names, self.horizon = http, obj, names, horizon
        self.changed = CHANGED[obj]
        self.list_page = min(page_size, LIST_PAGE)
        self.search_page = min(page_size, SEARCH_PAGE)

    def pages(self, cursor: Json | None) -> Iterator[Page]:
        """Every page from ``cursor`` on, to the last."""
        state, trail = self._begun(cursor), Trail()
        while state["phase"] != "done":
            changes_only = state["phase"] == "changes"
            records, state, answer = self._step(state)
            trail.onward(answer, state)
            if changes_only:
                found = with_history(self.http, self.obj, self.names, records)
            else:
                found = with_swallowed(records)
            yield Page(tuple(found), len(found), state, last=state["phase"] == "done")

    def _begun(self, cursor: Json | None) -> Json:
        """A cursor on its way. One of before this walk, which followed stamps, begins a horizon earlier."""
        if cursor is None:
            return {"phase": "list", "after": "", "until": None}
        if cursor["phase"] in ("list", "archived"):
            return {**cursor, "until": cursor.get("until") or earlier(cursor["high"], self.horizon)}
        if cursor["phase"] == "changes":
            return cursor
        followed = cursor.get("from") or cursor.get("at") or cursor.get("high")
        since = cursor.get("until") or earlier(str(followed), self.horizon)
        return {"phase": "changes", "from": since, "id": FIRST, "until": None}

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
        records, after, answer = self._list_step(state) if "after" in state else self._changes_step(state)
        until: str = state["until"] or of_unix(server_time(answer) - self.horizon.total_seconds())
        done = {"phase": "done", "until": max(until, state.get("from") or until)}
        return records, {**after, "until": until} if after else done, answer

    def _list_step(self, state: Json) -> tuple[list[RawRecord], Json | None, Answer]:
        archived = state["phase"] == "archived"
        answer = self._list(state["after"], archived, self.names, history=not archived)
        records = [typed_record(item, self.changed) for item in answer.objects("results")]
        after = _next(answer)
        if after:
            return records, {**state, "after": after}, answer
        return records, None if archived else {**state, "phase": "archived", "after": ""}, answer

    def _changes_step(self, state: Json) -> tuple[list[RawRecord], Json | None, Answer]:
        wanted = [self._is(self.changed, "GTE", state["from"]), self._is(BY_ID, "GT", state["id"])]
        answer = self._search(wanted)
        records = self._records(answer)
        if len(records) < self.search_page:
            return records, None, answer
        return records, {**state, "id": _last(answer, records)}, answer

    def _records(self, answer: Answer) -> list[RawRecord]:
        return [raw_record(item, self.changed) for item in answer.objects("results")]

    def _list(self, after: str, archived: bool, names: list[str], history: bool = False) -> Answer:
        params: dict[str, Any] = {
            "limit": min(self.list_page, WITH_HISTORY) if history else self.list_page,
            "archived": str(archived).lower(),
            "properties": ",".join(names),
        }
        if history:
            params[HISTORY] = ",".join(names)
        return self.http.request(
            "GET", f"{OBJECTS}/{self.obj}", params={**params, "after": after} if after else params
        )

    def _is(self, name: str, operator: str, value: str) -> Json:
        return {
            "propertyName": name,
            "operator": operator,
            "value": str(unix_ms(value)) if name == self.changed else value,
        }

    def _search(self, filters: list[Json]) -> Answer:
        return self.http.request(
            "POST",
            f"{OBJECTS}/{self.obj}/search",
            json={
                "filterGroups": [{"filters": filters}],
                "sorts": [{"propertyName": BY_ID, "direction": "ASCENDING"}],
                "properties": self.names,
                "limit": self.search_page,
                "after": "0",
            },
            idempotent=True,
        )


def _last(answer: Answer, records: list[RawRecord]) -> str:
    """The id a full page ends with; raises ContractBroken where it is not in the order of ids."""
    if any(nameless(record.key) for record in records):
        raise answer.broken(("results", "id"), "the id of each record")
    numbers = [int(record.key) if record.key.isdecimal() else -1 for record in records]
    if -1 in numbers or numbers != sorted(numbers):
        raise answer.broken(("results",), "in the order of their ids, as asked for")
    return records[-1].key


def _next(answer: Answer) -> str:
    """Where the list goes on, or nothing."""
    return str(inside(inside(answer.object(), "paging"), "next").get("after") or "")
