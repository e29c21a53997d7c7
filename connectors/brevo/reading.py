"""Reading Brevo: offset pages over a set that moves, without missing any of it.

``GET /contacts`` knows ``modifiedSince`` and ``offset``. We sort by creation (``sort=asc``), so a change
does not reorder the set; with a fixed ``modifiedSince`` it grows, and shrinks only by deletions.

* A deletion moves later contacts to the left, over the edge of the page just read. Each page therefore
  begins with the last contact of the page before (its *anchor*: when it was created, and its id). A page
  that begins with one created later, or as late and without the anchor on it, may have skipped something, and
  reading steps back. In which order contacts of one moment are listed the document does not say.
* A change of a contact whose place is already behind us is not seen in this pull. The next pull begins
  at the moment this one began, by Brevo's own clock, less the horizon, so it is seen then.

Cursors: ``{"until": stamp}`` when complete (``high`` in one of before this); on the way ``{"since", "until",
"offset", "anchor"}``.
"""

from collections.abc import Iterator
from datetime import timedelta

from connectors.brevo.answers import raw_record
from connectors.contract import Json, Page, RawRecord
from connectors.http import Http
from connectors.keys import nameless
from connectors.outcome import Answer, server_time
from connectors.stamps import earlier, maybe_stamp, of_unix

LARGEST_PAGE = 1000
Place = list[str | int]
"""When a contact was created, and its id: the order of the listing. JSON has no pairs."""
FIRST: Place = ["", 0]
_IDLE = 10
"""Pages on that end where one has ended: a few may, after steps back; more means that offset is ignored."""


def pages(http: Http, cursor: Json | None, page_size: int, horizon: timedelta) -> Iterator[Page]:
    """Every page from ``cursor`` on, to the last. A page holds its anchor besides ``page_size`` contacts."""
    walk = cursor if cursor and "offset" in cursor else _begin(cursor, horizon)
    limit, idle = min(page_size + 1, LARGEST_PAGE), 0
    ends: set[tuple[str | int, ...]] = set()
    while True:
        answer = _ask(http, walk, limit)
        records = [raw_record(item) for item in answer.objects("contacts")]
        walk, last = {**walk, "until": walk.get("until") or of_unix(server_time(answer))}, False
        if walk["offset"] and _skipped(answer, records, walk["anchor"]):
            walk["offset"] = max(0, walk["offset"] - limit)
        elif len(records) < limit:
            walk, last = {"until": walk["until"]}, True
        else:
            anchor = _place(answer, records[-1])
            idle = idle + 1 if tuple(anchor) in ends else 0
            ends.add(tuple(anchor))
            walk |= {"offset": walk["offset"] + limit - 1, "anchor": anchor}
        if idle > _IDLE:
            raise answer.broken(("contacts",), "in the order of their creation: the listing does not get on")
        yield Page(tuple(records), len(records), walk, last)
        if last:
            return


def _begin(done: Json | None, horizon: timedelta) -> Json:
    since = earlier(done.get("until") or done["high"], horizon) if done else None
    return {"since": since, "until": None, "offset": 0, "anchor": FIRST}


def _ask(http: Http, walk: Json, limit: int) -> Answer:
    since = {"modifiedSince": walk["since"][:23] + "Z"} if walk["since"] else {}
    params = {"limit": limit, "offset": walk["offset"], "sort": "asc", **since}
    return http.request("GET", "/v3/contacts", params=params)


def _skipped(answer: Answer, records: list[RawRecord], anchor: Place) -> bool:
    """Whether a page does not reach back to its anchor, so that something may have slipped between."""
    if not records:
        return True
    began, before = str(_place(answer, records[0])[0]), str(anchor[0])
    return began > before or (began == before and str(anchor[1]) not in {one.key for one in records})


def _place(answer: Answer, record: RawRecord) -> Place:
    """Where the contact at the edge of a page stands in the listing, for reading goes on by it.

    Raises ContractBroken where it has no id.
    """
    if nameless(record.key):
        raise answer.broken(("contacts", "id"), "the id of the contact at the edge of a page")
    return [maybe_stamp(record.data.get("createdAt")) or "", int(record.key)]
