"""Something typed over a value that was known, and says nothing of it, takes nothing from others.

``onbekend`` over a telephone number is no word about the number, and no emptying; nor is it one to take the
customer's mailbox out of a place where somebody else's stays. The field waits, what was said there stands,
and nothing is written over what somebody typed. Where nothing was known a placeholder is as good as an
empty place.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from hub.flow.pull.judging import Admitted, Judged, Reason, without
from hub.flow.shown import showing
from hub.golden.claims import Why
from hub.golden.record import Shown, SourceRecord, as_known
from hub.mapping.lens import NOTHING_STANDS, Lens
from hub.mapping.paths import Path
from hub.mapping.read import CustomerReading
from hub.mapping.spec import ObjectMapping, SystemMapping
from hub.model.allowed import Allowed
from hub.model.keys import RecordKey

PLACEHOLDER: Final = "placeholder"


def unsaid(
    mapping: SystemMapping,
    obj: ObjectMapping,
    judged: Sequence[Judged],
    known: Mapping[RecordKey, SourceRecord],
) -> None:
    """Let fields wait in which something that says nothing stands where something was known."""
    for each in judged:
        each.admitted = [
            _waiting(mapping, obj, each, one, known.get(one.reading.key)) for one in each.admitted
        ]


def _waiting(
    mapping: SystemMapping, obj: ObjectMapping, judged: Judged, one: Admitted, record: SourceRecord | None
) -> Admitted:
    touched = [*_touched(record, one.reading)] if record else []
    facet = mapping.facet(obj.name, record.key.key, record.key.kind) if record else None
    lenses = [facet.lenses[name] for name in touched if name in facet.lenses] if facet else []
    if record is None or not lenses:
        return one
    now = as_known(record, showing(one.reading))
    found = {
        lens.field: places
        for lens in lenses
        if not lens.is_parked(judged.raw.data) and (places := _says_nothing(lens, record, now))
    }
    waits: dict[str, Why] = dict.fromkeys(found, PLACEHOLDER)
    reasons = {name: [_reason(where) for where in places] for name, places in found.items()}
    return replace(
        one,
        reading=without(one.reading, waits),
        waits={**one.waits, **waits},
        reasons={**one.reasons, **reasons},
    )


def _touched(record: SourceRecord, reading: CustomerReading) -> Iterator[str]:
    """The fields in which something else stands than at the last reading."""
    for name, now in reading.shown.items():
        if name in record.shown and record.shown[name] != now:
            yield name


def _reason(where: Path) -> Reason:
    return {"path": ".".join(where), "rule": PLACEHOLDER, "allowed": Allowed.TOLD, "value": ""}


def _says_nothing(lens: Lens, record: SourceRecord, now: Shown) -> list[Path]:
    """The places of a field in which something new stands that says nothing, where something was known."""
    name = lens.field
    if not lens.placeholders and name not in now.several:
        return []
    stands = zip(record.shown[name].split(), now.prints[name].split(), strict=False)
    new = [at for at, (was, is_) in enumerate(stands) if was != is_ and is_ not in NOTHING_STANDS]
    cell, roll = record.cells.get(name), record.rolls.get(name)
    if name in now.slots and roll is not None:
        stood, stand = roll.coming, now.slots[name]
        gone = [at for at in new if at < len(stood) and stood[at] and not stand[at]]
    elif name in now.values and cell is not None:
        names = {at: lens.parts[at].names for at in new}
        gone = [at for at in new if _of(cell.coming, names[at]) and not _of(now.values[name], names[at])]
    else:
        gone = []
    return [lens.parts[at].path for at in gone]


def _of(value: object, names: Sequence[str]) -> object:
    """What a value says of the parts of one place; nothing where it says nothing."""
    if not names or not isinstance(value, dict):
        return value
    return [name for name in names if name in value]
