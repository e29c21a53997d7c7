"""A write that no answer was heard of, and over which somebody typed: that it landed its history tells.

Without it he who puts back what stood there would look as if he had done nothing.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hub.flow.pull.past import shown_since
from hub.golden import cell as cells
from hub.golden import roll as rolls
from hub.golden.record import SourceRecord
from hub.mapping.lens import Lens
from hub.mapping.paths import Path
from hub.mapping.spec import SystemMapping
from hub.store.raw import Raw


def landed(mapping: SystemMapping, record: SourceRecord, one: Raw) -> SourceRecord:
    """The record as it was when what is in flight had landed, where the system showed that in between."""
    if not one.earlier or one.deleted:
        return record
    lenses = {name: lens for name in _in_flight(record) if (lens := _lens(mapping, record, name))}
    seen = {
        name: cells.looked(cell, cell.flight[-1].value, answer=True).cell
        for name, cell in record.cells.items()
        if name in lenses
        and shown_since(one, lenses[name].changes(cell.base, cell.flight[-1].value), cell.flight[-1].at)
    }
    listed = {
        name: rolls.looked(roll, _slots(roll), answer=True).roll
        for name, roll in record.rolls.items()
        if name in lenses
        and shown_since(one, _changed(lenses[name], roll.base, _slots(roll)), roll.flight[-1].at)
    }
    if not (seen or listed):
        return record
    # What stands there now was typed after that, though it looks as it did before.
    shown = {name: it for name, it in record.shown.items() if name not in {*seen, *listed}}
    return replace(record, cells={**record.cells, **seen}, rolls={**record.rolls, **listed}, shown=shown)


def _in_flight(record: SourceRecord) -> list[str]:
    some = [name for name, cell in record.cells.items() if cell.flight]
    return some + [name for name, roll in record.rolls.items() if roll.flight]


def _lens(mapping: SystemMapping, record: SourceRecord, name: str) -> Lens | None:
    return mapping.lens(record.object, record.key.kind, record.key.key, name)


def _slots(roll: rolls.Roll) -> tuple[str | None, ...]:
    sent = roll.flight[-1].value
    return tuple(None if one is None else str(one) for one in sent) if isinstance(sent, list) else ()


def _changed(lens: Lens, base: tuple[str | None, ...], sent: tuple[str | None, ...]) -> Mapping[Path, Any]:
    return lens.changed_slots(base, sent) if len(base) == len(sent) == lens.places else {}
