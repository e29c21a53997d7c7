"""All that changed, in its order, for whoever keeps customers of ours: read on with the cursor at its end."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from hub.flow.errors import FlowError
from hub.flow.faults import store_faults
from hub.flow.hub import Hub
from hub.model.instant import DAWN, Instant
from hub.model.keys import Kind
from hub.model.value import Value
from hub.store import editions, identity
from hub.store.editions import Changed


class BadCursor(FlowError):
    """The cursor is none that this feed gave."""


@dataclass(frozen=True, slots=True)
class Change:
    """One customer that changed."""

    at: Instant
    golden_id: str
    kind: Kind
    what: str
    """``changed``: as below, be it new; ``merged``: into another one, whose id stands in ``into``."""
    version: int
    document: dict[str, Value]
    """As it is now; empty for one that was merged."""
    systems: tuple[str, ...]
    into: str | None = None
    split_from: str | None = None
    """The id it was part of before, where it split off one."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What changed since a cursor."""

    changes: tuple[Change, ...]
    next: str
    """The cursor to go on with; the same as was given where nothing changed."""
    more: bool
    """There is more already."""


def feed(hub: Hub, after: str = "", limit: int = 100) -> Feed:
    """What changed since ``after``, the earliest first. Raises BadCursor.

    Who changed twice since then is told once, as it is now. Work follows what changed.
    """
    at, golden_id = _read(after)
    with store_faults(), hub.store.read() as connection:
        found = editions.changed(connection, at, golden_id, limit + 1)
        ids = [one.golden_id for one in found[:limit]]
        into = identity.resolved(connection, ids)
        split = {
            one.golden_id: one.other
            for one in identity.history(connection, ids)
            if one.what == "split" and one.golden_id in ids
        }
    told = tuple(_change(one, into.get(one.golden_id), split.get(one.golden_id)) for one in found[:limit])
    last = _written(told[-1].at, told[-1].golden_id) if told else after
    return Feed(told, last, len(found) > limit)


def _change(one: Changed, into: str | None, split_from: str | None) -> Change:
    return Change(
        one.at,
        one.golden_id,
        one.kind,
        "merged" if one.retired else "changed",
        one.version,
        one.document,
        one.systems,
        into if one.retired else None,
        split_from,
    )


def _written(at: Instant, golden_id: str) -> str:
    return urlsafe_b64encode(f"{at} {golden_id}".encode()).decode()


def _read(cursor: str) -> tuple[Instant, str]:
    if not cursor:
        return DAWN, ""
    try:
        at, golden_id = urlsafe_b64decode(cursor.encode()).decode().split(" ")
    except ValueError:
        raise BadCursor("that cursor is none of this feed's: give 'next' of an answer, or none") from None
    return at, golden_id
