"""Places that were not shown for a time, and show nothing now that they are: nobody took anything away."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from hub.golden import recast
from hub.golden.record import SourceRecord
from hub.mapping.lens import NOTHING_STANDS, Part
from hub.mapping.paths import Path, get, shows
from hub.mapping.read import CustomerReading
from hub.mapping.spec import SystemMapping
from hub.model.keys import RecordKey
from hub.store.raw import Raw

Back = Mapping[str, Sequence[tuple[int, Part]]]
"""Field → those of its places, numbered."""


def only_hidden(known: Mapping[RecordKey, SourceRecord], batch: Sequence[Raw]) -> frozenset[Path]:
    """The places that are shown again and hold what they held: in most records of a batch something stands.

    There they were hidden for a time, and whoever's is empty now was emptied by somebody.
    """
    lacking = [one for one in known.values() if one.unshown]
    if not lacking:
        return frozenset()
    data = {(one.object, one.key): one.data for one in batch if not one.deleted}
    filled: Counter[Path] = Counter()
    for one in lacking:
        now = data.get((one.object, one.raw_key), {})
        for where in one.unshown:
            if shows(now, where):
                filled[where] += 1 if get(now, where) not in (None, "", [], {}) else -1
    return frozenset(where for where, more in filled.items() if more > 0)


def back_empty(
    mapping: SystemMapping, known: SourceRecord, reading: CustomerReading, unsaid: Collection[Path] = ()
) -> Back:
    """The places that are shown again and are empty: an attribute abolished and made anew is, everywhere.

    Where the system's own history says that somebody emptied it meanwhile, somebody did. ``unsaid``: places
    of which this says nothing, for they are not shown yet, or were only hidden.
    """
    found: dict[str, Sequence[tuple[int, Part]]] = {}
    for name, stands in reading.shown.items() if known.unshown else ():
        lens = mapping.lens(known.object, known.key.kind, known.key.key, name)
        if lens is None or name in reading.typed:
            continue
        pairs = enumerate(zip(lens.parts, stands.split(), strict=False))
        gone = [
            (at, part)
            for at, (part, one) in pairs
            if part.path in known.unshown and one in NOTHING_STANDS and part.path not in unsaid
        ]
        if gone:
            found[name] = gone
    return found


def as_before(known: SourceRecord, reading: CustomerReading, back: Back) -> CustomerReading:
    """The reading with what stood at these places: what was typed beside it was typed about that."""
    values, slots = dict(reading.values), dict(reading.slots)
    for name, places in back.items():
        cell, roll = known.cells.get(name), known.rolls.get(name)
        if roll and name in slots:
            here = {at for at, _ in places}
            pairs = enumerate(zip(slots[name], roll.base, strict=False))
            slots[name] = tuple(was if at in here else now for at, (now, was) in pairs)
        elif cell and isinstance(cell.base, dict):
            told, now = _names(places), values.get(name)
            was = {part: one for part, one in cell.base.items() if part in told}
            values[name] = {**was, **now} if isinstance(now, dict) else was or None
        elif cell:
            values[name] = cell.base
    return replace(reading, values=values, slots=slots)


def emptied(record: SourceRecord, back: Back) -> SourceRecord:
    """The record with nothing at these places; what people said there still holds."""
    for name, places in back.items():
        if name in record.rolls:
            roll = recast.emptied_places(record.rolls[name], [at for at, _ in places])
            record = replace(record, rolls={**record.rolls, name: roll})
        elif name in record.cells:
            cell = recast.emptied_parts(record.cells[name], _names(places))
            record = replace(record, cells={**record.cells, name: cell})
    return record


def _names(places: Sequence[tuple[int, Part]]) -> set[str]:
    return {name for _, part in places for name in part.names}
