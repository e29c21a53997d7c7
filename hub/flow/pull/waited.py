"""A field that waited for a part that was emptied: the others were typed when they were first seen."""

from dataclasses import replace
from datetime import timedelta

from hub.golden import cell as cells
from hub.golden.claims import Held, Reading, Rules
from hub.golden.record import SourceRecord
from hub.mapping.read import CustomerReading
from hub.mapping.spec import SystemMapping
from hub.model.value import Value


def waited(
    mapping: SystemMapping, record: SourceRecord, reading: CustomerReading, lag: timedelta
) -> SourceRecord:
    """The record with what stood in its waiting fields already, beside a part that is another by now."""
    emptied = {name: held for name, held in record.held.items() if held.why == "emptied"}
    if not emptied:
        return record
    rules = Rules(lag, opinions=reading.opinions, defaults=reading.defaults)
    seen = {
        name: cells.observe(record.cells[name], value, Reading(held.at, held.since), rules, name).cell
        for name, held in emptied.items()
        if name in record.cells and (value := _stood(mapping, record, reading, name, held))
    }
    return replace(record, cells={**record.cells, **seen}) if seen else record


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
