"""A field that waited: what of it was typed when, and what was put right is typed anew.

For a part that was emptied the others waited: they were typed when they were first seen. What could not be
read and now can was typed since, be it what stood there before.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

from hub.golden import cell as cells
from hub.golden import recast
from hub.golden.cell import Cell
from hub.golden.claims import Held, Reading, Rules
from hub.golden.record import SourceRecord
from hub.mapping.read import CustomerReading
from hub.mapping.spec import SystemMapping
from hub.model.value import Value

UNREADABLE = ("unreadable", "quarantined")
NO_WORD = "?"
"""What nobody could read; whatever stands in its place now is something else."""


def waited(
    mapping: SystemMapping, record: SourceRecord, reading: CustomerReading, lag: timedelta
) -> SourceRecord:
    """The record with what stood in its waiting fields already, and without what was put right since."""
    if not record.held:
        return record
    rules = Rules(lag, opinions=reading.opinions, defaults=reading.defaults)
    seen = {
        name: cells.observe(record.cells[name], value, Reading(held.at, held.since), rules, name).cell
        for name, held in record.held.items()
        if held.why == "emptied"
        and name in record.cells
        and (value := _stood(mapping, record, reading, name, held))
    }
    return _put_right(mapping, replace(record, cells={**record.cells, **seen}), reading)


def _put_right(mapping: SystemMapping, record: SourceRecord, reading: CustomerReading) -> SourceRecord:
    """Nothing is known to stand where something unreadable was typed over since: what does was typed then."""
    anew = {
        name: places
        for name, held in record.held.items()
        if (held.why in UNREADABLE or held.why == "placeholder")
        and (name in reading.values or name in reading.slots)
        and (places := _others(held.print, reading.shown.get(name, "")))
        and (held.why in UNREADABLE or _is_back(record, reading, name))
    }
    blank = {name: _without(mapping, record, name, anew[name]) for name in anew if name in record.cells}
    rolls = {
        name: recast.emptied_places(record.rolls[name], anew[name]) for name in anew if name in record.rolls
    }
    # As it reads now it may have read before: that it did is no sign that nobody typed.
    shown = {name: it for name, it in record.shown.items() if name not in anew}
    return replace(record, cells={**record.cells, **blank}, rolls={**record.rolls, **rolls}, shown=shown)


def _is_back(record: SourceRecord, reading: CustomerReading, name: str) -> bool:
    """Whether a field reads as before something that says nothing was typed over it: it was typed anew."""
    if name in record.rolls:
        return reading.slots.get(name) == record.rolls[name].base
    return name in record.cells and reading.values.get(name) == record.cells[name].base


def _others(then: str, now: str) -> list[int]:
    """The places that show something else by now."""
    each = enumerate(zip(then.split(), now.split(), strict=False))
    return [at for at, (was, is_) in each if was != is_]


def _without(mapping: SystemMapping, record: SourceRecord, name: str, places: Collection[int]) -> Cell:
    lens = mapping.lens(record.object, record.key.kind, record.key.key, name)
    cell = record.cells[name]
    if lens is None or not isinstance(cell.base, dict):
        return cell._replace(base=None)
    gone = {part for at in places if at < len(lens.parts) for part in lens.parts[at].names}
    return cell._replace(base={part: NO_WORD if part in gone else one for part, one in cell.base.items()})


def _stood(
    mapping: SystemMapping, record: SourceRecord, reading: CustomerReading, name: str, held: Held
) -> Value | None:
    """What stood there when it began to wait; in place of what changed since, what was believed before."""
    now, base = reading.values.get(name), record.cells[name].base
    lens = mapping.lens(record.object, record.key.kind, record.key.key, name)
    if lens is None or not isinstance(now, dict) or not isinstance(base, dict):
        return None
    places = list(zip(lens.parts, held.print.split(), reading.shown.get(name, "").split(), strict=False))
    later = {part for place, then, is_ in places if then != is_ for part in place.names}
    if not later or len(places) != len(lens.parts):
        return None
    kept = {part: one for part, one in now.items() if part not in later}
    return {**kept, **{part: one for part, one in base.items() if part in later}}
