"""What another mapping file does to one source record: set aside, brought back, to be read anew. Pure.

Claims belong to places. Nothing here says, takes back or dates anything: nobody typed.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple, TypeVar

from hub.golden.aside import MARK, Aside, key_of
from hub.golden.cell import Cell
from hub.golden.form import fingerprint
from hub.golden.record import SourceRecord
from hub.golden.roll import Roll
from hub.model.instant import Instant

_T = TypeVar("_T")


def set_aside(record: SourceRecord, name: str, place: str, at: Instant) -> SourceRecord:
    """The record without the cell of a field, which waits until its place is read again.

    ``at``: when it was last read.
    """
    of = record.cells.get(name) or record.rolls.get(name)
    if of is None:
        return replace(record, anew=_without(record.anew, name))
    kept = Aside(of, record.anew.get(name, at), record.shown.get(name, ""), record.held.get(name))
    return replace(
        record,
        cells=_without(record.cells, name),
        rolls=_without(record.rolls, name),
        shown=_without(record.shown, name),
        held=_without(record.held, name),
        anew=_without(record.anew, name),
        aside={**record.aside, key_of(name, place): kept},
    )


class Left(NamedTuple):
    """What of a field goes on at the places that are read from now on."""

    now: str
    """The places."""
    print: str
    """The fingerprint of what stands there, as far as it was read."""
    held: str
    """The same of what waits there."""
    at: Instant
    """When the places of before were last read."""
    lost: bool
    """Whether some of those are not read any more."""


def goes_on(record: SourceRecord, name: str, place: str, of: Cell | Roll, left: Left) -> SourceRecord:
    """The record with a field that is read at some of its places only, at others, or at more, from now on.

    ``of``: what is known of it there. What was at ``place`` waits where some of that is not read any more.
    """
    was = record.cells.get(name) or record.rolls.get(name)
    aside = dict(record.aside)
    aside.pop(key_of(name, left.now), None)
    if left.lost and was is not None:
        at, stands = record.anew.get(name, left.at), record.shown.get(name, "")
        aside[key_of(name, place)] = Aside(was, at, stands, record.held.get(name), left=fingerprint(of))
    held = record.held.get(name)
    return replace(
        record,
        cells={**record.cells, name: of} if isinstance(of, Cell) else record.cells,
        rolls={**record.rolls, name: of} if isinstance(of, Roll) else record.rolls,
        shown={**record.shown, name: left.print},
        held={**record.held, name: held._replace(print=left.held)} if held else record.held,
        aside=aside,
    )


def brought_back(record: SourceRecord, name: str, place: str) -> SourceRecord:
    """The record with the cell a field had when this place was read, as it was; it is to be read anew."""
    one = record.aside.get(key_of(name, place))
    if one is None:
        return record
    return replace(
        record,
        cells={**record.cells, name: one.of} if isinstance(one.of, Cell) else record.cells,
        rolls={**record.rolls, name: one.of} if isinstance(one.of, Roll) else record.rolls,
        shown={**record.shown, name: one.print} if one.print else record.shown,
        held={**record.held, name: one.held} if one.held else record.held,
        aside=_without(record.aside, key_of(name, place)),
        anew={**record.anew, name: one.at},
    )


def muted(record: SourceRecord, places: Mapping[str, str]) -> SourceRecord:
    """The record in which what is set aside has no say where its field reads the same places now.

    ``places``: field → where it is read.
    """
    aside = {
        key: one._replace(mute=_covers(places.get(key.partition(MARK)[0], ""), key.partition(MARK)[2]))
        for key, one in record.aside.items()
    }
    return record if aside == record.aside else replace(record, aside=aside)


def _covers(now: str, before: str) -> bool:
    """Whether all paths of one place are read at another; their parts may have changed hands."""
    paths = {word.partition("=")[0] for word in before.split()}
    return paths <= {word.partition("=")[0] for word in now.split()}


def to_read(record: SourceRecord, name: str, at: Instant) -> SourceRecord:
    """The record with a field that is read by other rules from now on; ``at``: when it was last read."""
    if name not in record.cells and name not in record.rolls:
        return record
    return replace(record, anew={**record.anew, name: record.anew.get(name, at)})


def linked_by(record: SourceRecord, name: str, before: str, after: str) -> SourceRecord:
    """The record where a link is looked for at another place; the old one stands until one is read there."""
    if record.stale.get(name) == after:
        return replace(record, stale=_without(record.stale, name))
    if name not in record.links or name in record.stale:
        return record
    return replace(record, stale={**record.stale, name: before})


def _without(some: Mapping[str, _T], name: str) -> Mapping[str, _T]:
    return {key: one for key, one in some.items() if key != name} if name in some else some
