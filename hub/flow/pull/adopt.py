"""Records the hub itself created: when a pull first shows one, nothing the hub put there is a claim."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hub.golden import cell as cells
from hub.golden import roll as rolls
from hub.golden.cell import Cell
from hub.golden.record import SourceRecord
from hub.mapping.lens import Unreadable
from hub.mapping.paths import Path, get
from hub.mapping.read import CustomerReading, field_reading
from hub.mapping.spec import Facet, ObjectMapping, SystemMapping
from hub.model.instant import Instant, shift
from hub.model.keys import RecordKey
from hub.model.value import Slots
from hub.store import identity, ledger, outbox, records
from hub.store.change import Change
from hub.store.engine import Connection
from hub.store.identity import Judgement
from hub.store.raw import Raw


def creations(
    connection: Connection, system: str, obj: ObjectMapping, batch: Sequence[Raw]
) -> dict[str, list[Change]]:
    """Raw key → the changes by which the hub created that record, for those of a batch it did.

    Known by the key the system answered, or (when the answer never came) by the golden id written in it. A
    record that was merged into another one before anybody read it is known by the key it had.
    """
    named = {one.key: marked for one in batch if (marked := _golden_id(obj, one))}
    keys = _keys(connection, system, obj, batch)
    made = outbox.creations(
        connection, system, [key for some in keys.values() for key in some], named.values()
    )
    seen = ledger.seen(connection, system, obj.name, [one.raw_key for one in made if one.raw_key])
    made = [_as_seen(one, seen.get(one.id, frozenset())) for one in made]
    by_key = {one.raw_key: one for one in made if one.raw_key}
    by_golden = {one.golden_id: one for one in made}
    found: dict[str, list[Change]] = {}
    for one in batch:
        if some := [by_key[key] for key in keys[one.key] if key in by_key]:
            found[one.key] = some
        elif change := by_golden.get(named.get(one.key, "")):
            found[one.key] = [change]
    return found


def _as_seen(change: Change, seen: Collection[str]) -> Change:
    fields = {name: {**both, "seen": name in seen} for name, both in change.fields.items()}
    return replace(change, fields=fields)


def _keys(
    connection: Connection, system: str, obj: ObjectMapping, batch: Sequence[Raw]
) -> dict[str, list[str]]:
    """Raw key → that, and the keys of the records it was made of which were never read."""
    old = sorted({key for one in batch for key in one.swallowed})
    read = records.by_raw(connection, system, obj.name, old)
    return {one.key: [one.key, *(key for key in one.swallowed if key not in read)] for one in batch}


def _golden_id(obj: ObjectMapping, one: Raw) -> str:
    for facet in obj.facets:
        if facet.golden_id and isinstance(marked := get(one.data, facet.golden_id), str):
            return marked
    return ""


def begun(
    mapping: SystemMapping, reading: CustomerReading, raw: Raw, change: Change | None, lag: timedelta
) -> SourceRecord:
    """A record as it is before its first reading; what the hub created it with is in flight.

    So is what the system filled in by itself (HubSpot makes everybody a lead), where nobody has
    touched the record since; and what it shows otherwise than it was sent is its own doing then. What was
    seen to be there is seen back. Who merged it with another one touched it.
    """
    key = reading.key
    if change is None:
        return SourceRecord(key, raw.object, raw.key)
    sent = _sent(mapping.facet(raw.object, key.key, key.kind, raw.data), change)
    alone = not raw.swallowed
    untouched = alone and (raw.stamp is None or raw.stamp <= shift(change.answered_at or raw.read_at, lag))
    filled = {name: one for name, one in reading.values.items() if one is not None and name in reading.shown}
    after = {**filled, **sent} if untouched else sent
    as_made = alone and raw.stamp is not None and raw.stamp <= (change.answered_at or "")
    seen = {name for name, both in change.fields.items() if alone and both["seen"]}
    seen = {name for name in seen if name in sent and sent[name] == change.fields[name]["after"]}
    return SourceRecord(
        key,
        raw.object,
        raw.key,
        {
            name: _shown(cells.sent(None, value, change.made_at), reading, name, as_made, name in seen)  # type: ignore[arg-type]
            for name, value in after.items()
            if not isinstance(value, list | tuple)
        },
        {
            name: _listed(tuple(slots), change.made_at, name in seen)
            for name, slots in after.items()
            if isinstance(slots, list | tuple)
        },
    )


def _shown(cell: Cell, reading: CustomerReading, name: str, as_made: bool, seen: bool) -> Cell:
    """The cell as the record shows it, where that is as the system made it; else as it was seen then."""
    if as_made and name in reading.shown and name in reading.values:
        return cells.looked(cell, reading.values[name], answer=True).cell
    return cells.looked(cell, cell.flight[-1].value, answer=True).cell if seen else cell


def _listed(slots: Slots, at: Instant, seen: bool) -> rolls.Roll:
    roll = rolls.sent(rolls.Roll(base=(None,) * len(slots)), slots, at)
    return rolls.looked(roll, slots, answer=True).roll if seen else roll


def _sent(facet: Facet | None, change: Change) -> dict[str, object]:
    """Field → what the record was created with; as it reads now, where another file had it elsewhere."""
    sent = {name: both["after"] for name, both in change.fields.items()}
    if facet is None or facet.each:
        return sent
    for name, lens in facet.lenses.items():
        here = {part.path for part in lens.parts}
        told = change.fields[name]["data"] if name in sent else {}
        if set(_filled(told)) <= here and (name in sent or not here & set(_filled(change.data))):
            continue
        try:
            sent[name] = field_reading(facet, name, change.data)
        except Unreadable:
            sent.pop(name, None)
    return sent


def _filled(data: Mapping[str, Any], above: Path = ()) -> Iterator[Path]:
    """The paths at which something was sent."""
    for name, value in data.items():
        if isinstance(value, Mapping):
            yield from _filled(value, (*above, name))
        else:
            yield (*above, name)


def tie(connection: Connection, key: RecordKey, change: Change, at: Instant) -> Judgement | None:
    """The decision that a created record is the customer it was created for."""
    golden_id = identity.resolve(connection, change.golden_id)
    members = records.of_golden(connection, [golden_id]).get(golden_id, {})
    others = sorted(one.key for one in members.values() if one.key != key)
    if not others:
        return None
    why = f"created here by the hub for {change.golden_id}"
    return Judgement(key, others[0], True, "klantbeeld", why, at)
