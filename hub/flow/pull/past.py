"""What stood at the places of a field around a write of the hub, by the system's own history of them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Any

from hub.mapping.lens import Lens
from hub.mapping.paths import Path, get
from hub.model.instant import Instant, moment, shift
from hub.store.ledger import Last
from hub.store.raw import Raw

NEAR = timedelta(minutes=15)
"""The clocks of two houses are some minutes apart."""
GAP = timedelta(seconds=30)
"""A look and its write are a request apart, by one clock: the system's own."""


def put_there(lens: Lens, written: Last) -> Mapping[Path, Any]:
    """Place → what that write put there."""
    if lens.shape != "list":
        return lens.changes(written.before, written.after)
    if len(written.after) != lens.places:  # written while another file was in force
        return {}
    return lens.changed_slots(tuple(written.before), tuple(written.after))


def wrote_at(
    lens: Lens, one: Raw, changed: Mapping[Path, Any], written: Last, stands: bool
) -> Instant | None:
    """When the hub wrote, by the system's clock, if something was typed at one of the places just before.

    Just before what it put there: what was taken away after that, and put back, is no such thing. Where that
    ``stands``, and in none of the entries, the system made something else of it: the newest one.
    """
    ours = {
        at
        for where, put in changed.items()
        if (at := _ours(entries(one, where), put, stands, written.at)) and _near(written.at, at, NEAR)
    }
    pairs = [pair for part in lens.parts for pair in pairwise(entries(one, part.path))]
    close = (wrote for (_, wrote), (_, typed) in pairs if wrote in ours and _near(wrote, typed, GAP))
    return max(close, default=None)


def _ours(told: Sequence[tuple[Any, Instant]], put: Any, stands: bool, written: Instant) -> Instant | None:
    """When a place got what the hub put there: of several such moments the one nearest to the write."""
    same = [at for value, at in told if (value or None) == (put or None)] or [
        at for _, at in told[:1] if stands
    ]
    return min(same, key=lambda at: abs(moment(at) - moment(written)), default=None)


def shown_since(one: Raw, put: Mapping[Path, Any], sent: Instant) -> bool:
    """Whether a write sent then was shown at each of its places, and is not any more."""
    told = {where: entries(one, where) for where in put}
    landed = all(
        any((value or None) == (put[where] or None) and _near(sent, at, NEAR) for value, at in some)
        for where, some in told.items()
    )
    return (
        bool(put) and landed and any((get(one.data, where) or None) != (put[where] or None) for where in put)
    )


def typed_at(one: Raw, places: Sequence[Path], wrote: Instant) -> Instant | None:
    """When the last of these places got what stood there just before the hub wrote."""
    moments = [at for where in places for _, at in stood_before(one, where, wrote)[:1]]
    return max((at for at in moments if _near(wrote, at, GAP)), default=None)


def with_it(lens: Lens, one: Raw, changed: Collection[Path], wrote: Instant) -> list[Path]:
    """The places that write changed, and what took its value with it: a unit is written whole."""
    return [
        part.path for part in lens.parts if part.path in changed or one.typed.get(_dotted(part.path)) == wrote
    ]


def entries(one: Raw, where: Path) -> list[tuple[Any, Instant]]:
    """What stood at a place and since when, the newest first."""
    name = _dotted(where)
    return [(get(one.data, where), one.typed[name]), *one.earlier.get(name, ())] if name in one.typed else []


def stood_before(one: Raw, where: Path, wrote: Instant) -> list[tuple[Any, Instant]]:
    """What stood at a place before the hub wrote there, or wrote beside it."""
    until = [entry for entry in entries(one, where) if entry[1] <= wrote]
    return until[1:] if until and until[0][1] == wrote else until


def _near(one: Instant, other: Instant, span: timedelta) -> bool:
    return shift(one, -span) <= other <= shift(one, span)


def _dotted(where: Path) -> str:
    return ".".join(where)
