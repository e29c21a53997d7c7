"""Records with when each property took its value: listed so, or (what a search found) read so by id.

HubSpot keeps every value a property had, with its moment, the newest first (``propertiesWithHistory``).
The search endpoint does not know it; a list and a batch read do, of fifty records at most. A batch read is
also whole, and without the index's lag.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from connectors.contract import Json, RawRecord
from connectors.http import Http
from connectors.hubspot.answers import raw_record, with_swallowed
from connectors.hubspot.sheet import CHANGED, OBJECTS, WITH_HISTORY
from connectors.keys import nameless
from connectors.shape import batches, inside, members
from connectors.stamps import maybe_stamp

EARLIER = 4
"""Values kept of one property beside the present one: what was typed and written over since a pull."""
HISTORY = "propertiesWithHistory"


def with_history(http: Http, obj: str, names: Sequence[str], found: Sequence[RawRecord]) -> list[RawRecord]:
    """Each record as it is now, and a tombstone of each that is part of another one by now.

    One that the batch read does not give stays as it was found; the id of a merged one gives another.
    """
    keys = dict.fromkeys(one.key for one in found if not (one.deleted or nameless(one.key)))
    read = [one for some in batches(list(keys), WITH_HISTORY) for one in _read(http, obj, names, some)]
    every = with_swallowed(list({one.key: one for one in read}.values()))
    whole = {*keys, *(one.merged_into for one in every if one.key in keys)}
    now = [one for one in every if one.key in whole or one.merged_into in whole]
    told = {one.key for one in now}
    return [*now, *(record for record in found if record.key not in told)]


def _read(http: Http, obj: str, names: Sequence[str], keys: list[str]) -> Iterator[RawRecord]:
    inputs = [{"id": key} for key in keys]
    body = {"inputs": inputs, "properties": list(names), HISTORY: list(names)}
    answer = http.request("POST", f"{OBJECTS}/{obj}/batch/read", json=body, idempotent=True)
    return (typed_record(item, CHANGED[obj]) for item in answer.objects("results"))


def typed_record(item: Json, changed: str) -> RawRecord:
    """One object with its history: the latter becomes :attr:`RawRecord.typed` and is no part of the data."""
    shown = {name: value for name, value in item.items() if name != HISTORY}
    values, histories = inside(item, "properties"), inside(item, HISTORY)
    return raw_record(shown, changed, _typed(values, histories), _earlier(values, histories))


def _typed(values: Json, histories: Json) -> dict[str, str]:
    """Path → moment of the newest entry that has the property's present value; empty and null are one."""
    moments = {name: _moment(values[name], members(histories, name)) for name in values}
    return {f"properties.{name}": moment for name, moment in moments.items() if moment}


def _earlier(values: Json, histories: Json) -> dict[str, tuple[tuple[Any, str], ...]]:
    """Path → what the entries before the newest say, where the newest is the present value."""
    found: dict[str, tuple[tuple[Any, str], ...]] = {}
    for name, value in values.items():
        newest, *older = [*members(histories, name)[: EARLIER + 1], {}][: EARLIER + 1]
        told = ((one.get("value") or None, maybe_stamp(one.get("timestamp"))) for one in older)
        some = tuple((one, at) for one, at in told if at)
        if some and (newest.get("value") or None) == (value or None):
            found[f"properties.{name}"] = some
    return found


def _moment(value: object, entries: list[Json]) -> str | None:
    same = (one for one in entries if (one.get("value") or None) == (value or None))
    return next((maybe_stamp(one.get("timestamp")) for one in same), None)
