"""The target's present value, read just before writing: whoever was faster than the hub wins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from connectors.contract import Connector, RawRecord
from hub.flow.hub import Hub
from hub.flow.publish.compare import facet_of
from hub.flow.shown import showing
from hub.golden import cell as cells
from hub.golden import roll as rolls
from hub.golden.cell import Cell
from hub.golden.claims import Reading, Rules
from hub.golden.record import SourceRecord, as_known
from hub.golden.roll import Roll
from hub.mapping.paths import Path, filled_in, shows
from hub.mapping.read import CustomerReading, read_customers
from hub.mapping.spec import ObjectMapping, SystemMapping
from hub.model.keys import RecordKey
from hub.model.value import Slots, Value, once
from hub.store import identity, raw, records
from hub.store.change import Change
from hub.store.engine import Connection


@dataclass(frozen=True, slots=True)
class Checked:
    """One change after the target was read again."""

    change: Change
    send: bool
    outcome: str = ""
    """Where it is not sent: ``superseded``, ``conflict``, ``gone``, or ``already`` there."""
    message: str = ""
    row: int | None = None
    record: SourceRecord | None = None
    seen: RawRecord | None = None


def checked(
    hub: Hub, mapping: SystemMapping, connector: Connector, obj: ObjectMapping, batch: Sequence[Change]
) -> list[Checked]:
    """Each change with whether it may still be sent: the customer may be another since it was planned."""
    keys = sorted({one.raw_key for one in batch if one.raw_key})
    rows = [one.record_id for one in batch if one.record_id is not None]
    fetched = connector.fetch(obj.name, keys) if keys else {}
    with hub.store.read() as connection:
        stands = raw.data(connection, mapping.system, obj.name, sorted(fetched))
        shown = {key: as_it_stands(mapping, obj, one, stands.get(key, {})) for key, one in fetched.items()}
        unseen = {key: _unseen(mapping, obj, one, shown[key]) for key, one in fetched.items()}
        held = records.by_ids(connection, rows)
        outdated = _outdated(connection, mapping.system, batch)
    return [
        Checked(one, False, "superseded", "the customer is another, or has a record there, by now")
        if one.golden_id in outdated
        else _checked(hub, mapping, obj, one, held, shown, unseen.get(one.raw_key or "", frozenset()))
        for one in batch
    ]


def _outdated(connection: Connection, system: str, batch: Sequence[Change]) -> set[str]:
    """Customers merged away since they were planned, and those who got the record that was to be created.

    Who answers for them is queued, and planned next time.
    """
    creations = [one.golden_id for one in batch if one.action == "create"]
    away = identity.merged_away(connection, {one.golden_id for one in batch})
    return away | records.of_golden(connection, creations, system).keys()


def _checked(
    hub: Hub,
    mapping: SystemMapping,
    obj: ObjectMapping,
    change: Change,
    held: dict[int, SourceRecord],
    shown: dict[str, RawRecord],
    unseen: frozenset[Path],
) -> Checked:
    """``unseen``: what the look did not show of the record, and its last reading did."""
    if change.action == "create":
        return Checked(change, True)
    record = held.get(change.record_id or -1)
    seen = shown.get(change.raw_key or "")
    if record is None or seen is None or seen.deleted:
        return Checked(change, False, "gone", "the record is no longer there", record=None)
    reading = _reading(mapping, obj, record, seen)
    if reading is None or facet_of(mapping, record, seen.data) is None:
        return Checked(change, False, "conflict", "the record holds another kind of customer by now")
    if names := [name for name in change.fields if _blind(hub, mapping, record, name, unseen)]:
        fields = ", ".join(sorted(names))
        return Checked(change, False, "conflict", f"the record does not show {fields} just now", record=None)
    states = {name: _state(record, reading, name, both["after"]) for name, both in change.fields.items()}
    if "conflict" in states.values():
        fields = ", ".join(sorted(name for name, state in states.items() if state == "conflict"))
        return Checked(change, False, "conflict", f"somebody changed {fields} just now", record=None)
    landed = _landed(hub, record, reading, [name for name, state in states.items() if state == "there"])
    if set(states.values()) == {"there"}:
        return Checked(change, False, "already", "the system shows it already", record=landed)
    return Checked(change, True, row=change.record_id, record=landed, seen=seen)


def as_it_stands(
    mapping: SystemMapping, obj: ObjectMapping, seen: RawRecord, before: Mapping[str, Any]
) -> RawRecord:
    """The record just seen; what it does not show this time stands as it was."""
    paths = [where for where in mapping.read_paths(obj.name) if not shows(seen.data, where)]
    return replace(seen, data=filled_in(seen.data, before, paths)) if paths else seen


def _unseen(mapping: SystemMapping, obj: ObjectMapping, seen: RawRecord, whole: RawRecord) -> frozenset[Path]:
    """What was filled in to make a look whole."""
    if seen is whole or seen.deleted:
        return frozenset()
    some = (where for where in mapping.read_paths(obj.name) if not shows(seen.data, where))
    return frozenset(where for where in some if shows(whole.data, where))


def _blind(
    hub: Hub, mapping: SystemMapping, record: SourceRecord, name: str, unseen: frozenset[Path]
) -> bool:
    """Whether nobody knows what a write would go over; a *no* is written whatever stands there."""
    rule = hub.mappings.customer.fields[record.key.kind][name].rule.name
    return rule != "consent" and _is_among(mapping, record, name, unseen)


def _is_among(mapping: SystemMapping, record: SourceRecord, name: str, paths: frozenset[Path]) -> bool:
    """Whether a field has one of these places."""
    lens = mapping.lens(record.object, record.key.kind, record.key.key, name)
    return lens is not None and any(part.path in paths for part in lens.parts)


def seen_after(
    mapping: SystemMapping,
    obj: ObjectMapping,
    record: SourceRecord,
    seen: RawRecord,
    before: Mapping[str, Any],
    names: Sequence[str],
    answer: bool,
) -> tuple[SourceRecord, frozenset[str]]:
    """The record after a write of these fields was answered, by what it showed right then; what was ignored.

    ``answer``: that was the very answer. ``before``: how it stood when it was last pulled.
    """
    whole = as_it_stands(mapping, obj, seen, before)
    reading = _reading(mapping, obj, record, whole)
    if reading is None or seen.deleted:
        return record, frozenset()
    seen_cells = {
        name: cells.looked(record.cells[name], reading.values[name], answer=answer)
        for name in names
        if name in record.cells and name in reading.values
    }
    seen_rolls = {
        name: rolls.looked(record.rolls[name], reading.slots[name], answer=answer)
        for name in names
        if name in record.rolls and name in reading.slots
    }
    back = [name for name, one in seen_cells.items() if _read(record.cells[name], one.cell)]
    back += [name for name, one in seen_rolls.items() if not one.roll.flight]
    after = replace(
        record,
        cells={**record.cells, **{name: one.cell for name, one in seen_cells.items()}},
        rolls={**record.rolls, **{name: one.roll for name, one in seen_rolls.items()}},
        shown={**record.shown, **{name: reading.shown[name] for name in back if name in reading.shown}},
    )
    looks = {name: one.what for some in (seen_cells, seen_rolls) for name, one in some.items()}
    unseen = _unseen(mapping, obj, seen, whole)
    ignored = [name for name, what in looks.items() if what == "ignored"]
    return after, frozenset(one for one in ignored if not _is_among(mapping, record, one, unseen))


def _read(before: Cell, after: Cell) -> bool:
    """Whether what a look showed is what is known to stand there from now on."""
    return not after.flight or after.base != before.base


def seen_made(mapping: SystemMapping, obj: ObjectMapping, change: Change, seen: RawRecord) -> frozenset[str]:
    """The fields of a creation that its record shows as they were sent."""
    makes = [one for one in obj.facets if one.create_when is not None]
    keys = {RecordKey(mapping.system, one.kind, f"{seen.key}{one.suffix}") for one in makes}
    for reading in read_customers(mapping, obj.name, seen.key, seen.data, {}):
        if reading.key in keys:
            sent = {name: both["after"] for name, both in change.fields.items()}
            return frozenset(name for name, after in sent.items() if _stands(reading, name, after))
    return frozenset()


def _stands(reading: CustomerReading, name: str, after: object) -> bool:
    if name in reading.slots:
        return list(once(reading.slots[name])) == after
    return name in reading.values and reading.values[name] == after


def _reading(
    mapping: SystemMapping, obj: ObjectMapping, record: SourceRecord, seen: RawRecord
) -> CustomerReading | None:
    found = read_customers(mapping, obj.name, seen.key, seen.data, {})
    mine = next((one for one in found if one.key == record.key), None)
    if mine is None:
        return None
    known = as_known(record, showing(mine))
    return replace(mine, values=known.values, slots=known.slots)


def _state(record: SourceRecord, reading: CustomerReading, name: str, after: Value | None) -> str:
    """``there``: what we want is shown. ``free``: what we know is shown. ``conflict``: something else is."""
    if any(one.field == name for one in reading.unreadable):
        return "conflict"
    if name in reading.slots:
        return _slots_state(record.rolls.get(name) or Roll(), reading.slots[name], after)
    value = reading.values.get(name)
    cell = record.cells.get(name) or Cell()
    if value == after:
        return "there"
    return "free" if value in (cell.base, *(one.value for one in cell.flight)) else "conflict"


def _slots_state(roll: Roll, shown: Slots, after: Value | None) -> str:
    if list(shown) == after:
        return "there"
    known = [
        roll.base or (None,) * len(shown),
        *(tuple(one.value) for one in roll.flight if isinstance(one.value, list)),
    ]
    return "free" if shown in known else "conflict"


def _landed(hub: Hub, record: SourceRecord, reading: CustomerReading, names: Sequence[str]) -> SourceRecord:
    """Cells whose earlier write this reading shows: seen back, though no listing offered the record.

    Only what was in flight counts; a person's typing the same is for the next pull to see.
    """
    at = hub.now()
    when, rules = Reading(at, at), Rules()
    seen_cells = {
        name: cells.observe(cell, reading.values[name], when, rules).cell
        for name in names
        if (cell := record.cells.get(name)) and cell.flight
    }
    seen_rolls = {
        name: rolls.observe(roll, reading.slots[name], when, rules).roll
        for name in names
        if (roll := record.rolls.get(name)) and roll.flight
    }
    return replace(record, cells={**record.cells, **seen_cells}, rolls={**record.rolls, **seen_rolls})
