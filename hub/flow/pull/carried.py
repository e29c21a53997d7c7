"""What the hub itself wrote by the file before: whatever the new file reads it as, nobody typed it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from hub.codecs import CodecError
from hub.golden import cell as cells
from hub.golden import roll as rolls
from hub.golden.cell import Cell
from hub.golden.record import SourceRecord
from hub.golden.roll import Roll
from hub.mapping.lens import NOTHING_STANDS, Lens, Part, Unreadable
from hub.mapping.paths import Path, laid_over
from hub.mapping.read import field_reading
from hub.mapping.spec import Facet
from hub.model.instant import DAWN, Instant
from hub.model.value import Slots, Value, once


@dataclass(slots=True)
class Ours:
    """Places of a record at which the hub wrote, by the file before."""

    paths: set[Path] = field(default_factory=set)
    coming: dict[Path, object] = field(default_factory=dict)
    """What it wrote there last, where that was not seen back yet."""
    at: Instant = DAWN
    """When it last wrote."""


def ours(record: SourceRecord, before: Facet | None, gone: Mapping[str, str]) -> Ours:
    """Where the hub wrote of the fields whose place is no longer read as theirs."""
    found = Ours()
    for name in gone:
        lens = before.lenses.get(name) if before else None
        of = record.cells.get(name) or record.rolls.get(name)
        if lens is None or of is None:
            continue
        found.paths.update(_landed(of, lens))
        found.coming |= _coming(of, lens)
        found.at = max(found.at, of.since or DAWN, *(one.at for one in of.flight), DAWN)
    found.paths |= found.coming.keys()
    return found


def carried(
    record: SourceRecord, facet: Facet, name: str, before: str, data: Mapping[str, Any], wrote: Ours
) -> SourceRecord:
    """The record in which what stands at a field's places, or soon will, is known to be the hub's.

    ``before``: the fingerprint of what stood there when they were last read. A place that somebody else
    changed since makes it what he typed.
    """
    lens = facet.lenses.get(name)
    if lens is None or facet.each:
        return record
    shown = laid_over(data, {where: one for where, one in wrote.coming.items() if where in _paths(lens)})
    words = zip(_paths(lens), before.split(), lens.shown(shown).split(), strict=False)
    changed = {where for where, was, now in words if was != now}
    if not changed or not changed <= wrote.paths:
        return record
    try:
        value = field_reading(facet, name, shown)
    except Unreadable:
        return record
    return _sent(record, name, value, wrote.at)


def placed_there(
    record: SourceRecord, facet: Facet, name: str, data: Mapping[str, Any], wrote: Ours
) -> SourceRecord:
    """The record with a field read for the first time, where all that stands at its places is the hub's."""
    lens = facet.lenses.get(name)
    if lens is None or facet.each:
        return record
    words = zip(_paths(lens), lens.shown(data).split(), strict=True)
    stands = {where for where, now in words if now not in NOTHING_STANDS}
    if not stands or not stands <= wrote.paths - wrote.coming.keys():
        return record
    try:
        value = field_reading(facet, name, data)
    except Unreadable:
        return record
    return _sent(record, name, value, wrote.at)


def _sent(record: SourceRecord, name: str, value: Value | Slots | None, at: Instant) -> SourceRecord:
    """The record with this in flight: its showing up is no edit."""
    if isinstance(value, tuple):
        roll = rolls.sent(record.rolls.get(name), once(value), at)
        return replace(record, rolls={**record.rolls, name: roll})
    return replace(record, cells={**record.cells, name: cells.sent(record.cells.get(name), value, at)})


def _landed(of: Cell | Roll, lens: Lens) -> Iterator[Path]:
    """Places that show what the hub put there."""
    if isinstance(of, Cell):
        yield from (part.path for part in lens.parts if of.placed and not _typed(of, part))
        return
    for where, element in zip(_paths(lens), of.base, strict=False):
        if element in of.ours:
            yield where


def _typed(of: Cell, part: Part) -> bool:
    """Whether a place of a value that is the hub's as a whole shows what somebody typed there."""
    said, base = of.claim, of.base
    if said is None or not said.typed or not isinstance(said.value, dict) or not isinstance(base, dict):
        return False
    told = [name for name in part.names if name in said.typed]
    return bool(told) and all(said.value.get(name) == base.get(name) for name in told)


def _coming(of: Cell | Roll, lens: Lens) -> dict[Path, object]:
    """What the hub wrote last and did not see back, place by place."""
    if not of.flight:
        return {}
    value = of.flight[-1].value
    try:
        if isinstance(of, Cell):
            return lens.changes(of.base, value)
        slots = tuple(value) if isinstance(value, list) else ()
        return lens.changed_slots(of.base, slots)  # type: ignore[arg-type]
    except (CodecError, ValueError):
        return {}


def _paths(lens: Lens) -> tuple[Path, ...]:
    return tuple(part.path for part in lens.parts)
