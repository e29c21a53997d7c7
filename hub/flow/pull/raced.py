"""What somebody typed between the hub's look and its write, by the system's own history of the field.

It was written over within a request's time. It is his edit all the same: a claim, dated when he typed it, so
that it stands again where nobody typed anything later; and the ledger says what happened, with what was
written over. Where somebody typed anything else there since, in that very record, the ledger alone says it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hub.flow.pull.past import NEAR, entries, put_there, stood_before, typed_at, with_it, wrote_at
from hub.golden import cell as cells
from hub.golden import roll as rolls
from hub.golden.cell import Cell
from hub.golden.claims import Reading, Rules
from hub.golden.record import SourceRecord
from hub.mapping.lens import Lens
from hub.mapping.paths import Path, put
from hub.mapping.read import CustomerReading, read_customers
from hub.mapping.spec import ObjectMapping, SystemMapping
from hub.model.instant import Instant, shift
from hub.model.value import once
from hub.store import ledger
from hub.store.engine import Connection
from hub.store.ledger import Last
from hub.store.raw import Raw


@dataclass(frozen=True, slots=True)
class Raced:
    """One edit that the hub wrote over."""

    entry: int
    """The ledger's entry of that write."""
    record: SourceRecord
    """The record with the claim; as it was, where somebody typed something else there since."""
    stood: Any
    """What was written over, in the ledger's form."""


def raced(
    connection: Connection,
    mapping: SystemMapping,
    obj: ObjectMapping,
    batch: Sequence[Raw],
    seen: Mapping[str, Sequence[SourceRecord]],
) -> Iterator[Raced]:
    """The edits of these records that were written over within the hub's gap, one record at a time."""
    told = [one for one in batch if one.earlier and not one.deleted]
    since = {one.key: shift(one.since, -NEAR) for one in told}
    last = ledger.written(connection, mapping.system, obj.name, since) if told else {}
    for one in told:
        for record in seen[one.key]:
            facet = mapping.facet(obj.name, record.key.key, record.key.kind, one.data)
            for lens in facet.lenses.values() if facet else ():
                for written in () if lens.hidden(one.unshown) else last.get((one.key, lens.field), ()):
                    if found := _raced(mapping, obj, one, record, lens, written):
                        record = found.record
                        yield found


def _raced(
    mapping: SystemMapping, obj: ObjectMapping, one: Raw, record: SourceRecord, lens: Lens, written: Last
) -> Raced | None:
    stands = _still(record, lens, written)
    changed = put_there(lens, written)
    wrote = wrote_at(lens, one, changed, written, stands)
    if wrote is None:
        return None
    places = with_it(lens, one, changed, wrote) if stands else [part.path for part in lens.parts]
    reading = _reading(mapping, obj, one, record, places, wrote)
    if reading is None:
        return None
    stood = _value(reading, lens)
    if stood in (written.before, written.after):
        return None
    if not stands:
        return Raced(written.id, record, stood)
    typed = typed_at(one, places, wrote)
    # Whatever was read since, and waited for a person meanwhile: the history knows when it was.
    when = Reading(one.read_at, min(one.since, typed or one.since), typed=typed)
    claimed = _claimed_places if lens.shape == "list" else _claimed
    return Raced(written.id, claimed(record, lens, written, stood, when), stood)


def _claimed(record: SourceRecord, lens: Lens, written: Last, stood: Any, when: Reading) -> SourceRecord:
    """The record with what stood there as its claim, and still showing what the hub put over it.

    What else was typed beside it was typed about that.
    """
    cell = record.cells[lens.field]
    rules = Rules(opinions={lens.field: lens.opinion})
    seen = cell._replace(base=_before(lens, written, cell), placed=False, flight=())
    if cell.base != written.after:
        seen = seen._replace(claim=cell.claim and cell.claim._replace(value=written.before))
    typed = cells.observe(seen, stood, when, rules, lens.field).cell
    after = cell._replace(claim=typed.claim, former=typed.former, placed=True)
    return replace(record, cells={**record.cells, lens.field: after})


def _before(lens: Lens, written: Last, cell: Cell) -> Any:
    """What stood there before that write, beside what the hub has put there since."""
    if not (isinstance(cell.base, dict) and isinstance(written.before, dict)):
        return written.before
    changed = lens.changes(written.before, written.after)
    names = {name for part in lens.parts if part.path in changed for name in part.names}
    said = cell.claim.value if cell.claim and isinstance(cell.claim.value, dict) else {}
    since = {name: it for name, it in cell.base.items() if name not in names and it != said.get(name)}
    return {**written.before, **since}


def _claimed_places(
    record: SourceRecord, lens: Lens, written: Last, stood: Any, when: Reading
) -> SourceRecord:
    """The same of a list field."""
    roll = record.rolls[lens.field]
    seen = roll._replace(base=tuple(written.before), flight=())
    typed = rolls.observe(seen, tuple(stood), when, Rules()).roll
    return replace(record, rolls={**record.rolls, lens.field: roll._replace(claims=typed.claims)})


def _still(record: SourceRecord, lens: Lens, written: Last) -> bool:
    """Whether what the hub wrote still stands at the places it changed, whatever stands beside it."""
    if lens.shape == "list":
        roll = record.rolls.get(lens.field)
        return roll is not None and list(roll.base) == written.after
    cell = record.cells.get(lens.field)
    base = cell.base if cell else None
    if (
        cell is None
        or base == written.after
        or not (isinstance(base, dict) and isinstance(written.after, dict))
    ):
        return cell is not None and base == written.after
    changed = lens.changes(written.before, written.after)
    there = [
        base.get(one) == written.after.get(one)
        for part in lens.parts
        if part.path in changed
        for one in part.names
    ]
    return bool(there) and all(there)


def _reading(
    mapping: SystemMapping,
    obj: ObjectMapping,
    one: Raw,
    record: SourceRecord,
    places: Sequence[Path],
    wrote: Instant,
) -> CustomerReading | None:
    """The record as it read before the hub wrote, at these places.

    A place that has its present value from before that had it then, too: what was typed is what was written.
    """
    data: dict[str, Any] = {name: dict(v) if isinstance(v, dict) else v for name, v in one.data.items()}
    for where in places:
        if entries(one, where)[:1] != (before := stood_before(one, where, wrote)[:1]):
            put(data, where, before[0][0] if before else None)  # no earlier one: nothing stood there
    found = read_customers(mapping, obj.name, one.key, data, {})
    return next((reading for reading in found if reading.key == record.key), None)


def _value(reading: CustomerReading, lens: Lens) -> Any:
    """What a reading says of a field, in the ledger's form."""
    if lens.shape == "list":
        return list(once(reading.slots.get(lens.field, ())))
    return reading.values.get(lens.field)
