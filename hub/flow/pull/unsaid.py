"""A placeholder typed over a value that was known: who knows nothing takes nothing from others.

``onbekend`` over a telephone number is no word about the number, and no emptying: the field waits, what was
said there stands, and nothing is written over what somebody typed. Where nothing was known a placeholder is
as good as an empty place.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from hub.flow.pull.judging import Admitted, Judged, without
from hub.golden.claims import Why
from hub.golden.record import SourceRecord
from hub.mapping.lens import NOTHING_STANDS, Lens
from hub.mapping.read import CustomerReading
from hub.mapping.spec import ObjectMapping, SystemMapping
from hub.model.keys import RecordKey


def unsaid(
    mapping: SystemMapping,
    obj: ObjectMapping,
    judged: Sequence[Judged],
    known: Mapping[RecordKey, SourceRecord],
) -> None:
    """Let fields wait in which a placeholder stands where something was known."""
    for each in judged:
        each.admitted = [
            _waiting(mapping, obj, each, one, known.get(one.reading.key)) for one in each.admitted
        ]


def _waiting(
    mapping: SystemMapping, obj: ObjectMapping, judged: Judged, one: Admitted, record: SourceRecord | None
) -> Admitted:
    if record is None:
        return one
    facet = mapping.facet(obj.name, record.key.key, record.key.kind)
    lenses = facet.lenses if facet else {}
    waits: dict[str, Why] = {
        name: "placeholder"
        for name in _touched(record, one.reading)
        if name in lenses
        and lenses[name].placeholders
        and not lenses[name].is_parked(judged.raw.data)
        and _typed_over(lenses[name], record, one.reading)
    }
    return replace(one, reading=without(one.reading, waits), waits={**one.waits, **waits}) if waits else one


def _touched(record: SourceRecord, reading: CustomerReading) -> Iterator[str]:
    for name, now in reading.shown.items():
        if name in record.shown and record.shown[name] != now and not record.in_flight(name):
            yield name


def _typed_over(lens: Lens, record: SourceRecord, reading: CustomerReading) -> bool:
    """Whether in some place of a field something new stands that says nothing, and something was known."""
    name = lens.field
    stands = zip(record.shown[name].split(), reading.shown[name].split(), strict=False)
    new = [at for at, (was, is_) in enumerate(stands) if was != is_ and is_ not in NOTHING_STANDS]
    cell, roll = record.cells.get(name), record.rolls.get(name)
    if name in reading.slots and roll is not None:
        return any(at < len(roll.base) and roll.base[at] and not reading.slots[name][at] for at in new)
    if name in reading.values and cell is not None:
        names = [lens.parts[at].names for at in new]
        return any(_of(cell.base, some) and not _of(reading.values[name], some) for some in names)
    return False


def _of(value: object, names: Sequence[str]) -> object:
    """What a value says of the parts of one place; nothing where it says nothing."""
    if not names or not isinstance(value, dict):
        return value
    return [name for name in names if name in value]
