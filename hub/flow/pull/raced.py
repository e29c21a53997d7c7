"""What somebody typed between the hub's look and its write, by the system's own history of the field.

It was written over within a request's time. It is his edit all the same: a claim, dated when he typed it, so
that it stands again where nobody typed anything later; and the ledger says what happened.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from hub.golden import cell as cells
from hub.golden import roll as rolls
from hub.golden.claims import Reading, Rules
from hub.golden.record import SourceRecord
from hub.mapping.lens import Lens
from hub.mapping.paths import Path, get, put
from hub.mapping.read import CustomerReading, read_customers
from hub.mapping.spec import ObjectMapping, SystemMapping
from hub.model.instant import Instant, shift
from hub.model.value import Value, once
from hub.store import ledger
from hub.store.engine import Connection
from hub.store.ledger import Last
from hub.store.raw import Raw

NEAR = timedelta(minutes=15)
"""The clocks of two houses are some minutes apart."""
GAP = timedelta(seconds=30)
"""A look and its write are a request apart, by one clock: the system's own."""


@dataclass(frozen=True, slots=True)
class Raced:
    """One edit that the hub wrote over."""

    entry: int
    """The ledger's entry of that write."""
    record: SourceRecord
    """The record with the claim."""


def raced(
    connection: Connection,
    mapping: SystemMapping,
    obj: ObjectMapping,
    batch: Sequence[Raw],
    seen: Mapping[str, Sequence[SourceRecord]],
) -> Iterator[Raced]:
    """The edits of these records that were written over within the hub's gap, one record at a time."""
    told = [one for one in batch if one.before and not one.deleted]
    last = ledger.last(connection, mapping.system, obj.name, [one.key for one in told]) if told else {}
    for one in told:
        for record in seen[one.key]:
            facet = mapping.facet(obj.name, record.key.key, record.key.kind, one.data)
            for lens in facet.lenses.values() if facet else ():
                written = last.get((one.key, lens.field))
                if written is None or lens.hidden(one.unshown) or not (at := _typed_at(lens, one, written)):
                    continue
                stood = _stood(mapping, obj, one, record, lens, written)
                when = Reading(one.read_at, one.since, typed=at)
                claimed = _claimed_places if lens.shape == "list" else _claimed
                if stood is not None and (found := claimed(record, lens, written, stood, when)):
                    record = found
                    yield Raced(written.id, found)


def _typed_at(lens: Lens, one: Raw, written: Last) -> Instant | None:
    """When something stood at the places the hub wrote, just before it did.

    Just before what stands there now: what was taken away after that write, and put back, is no such thing.
    """
    names = [_dotted(where) for where in _places(lens, one, written)]
    moments = [
        (one.before[name][1], one.typed[name]) for name in names if {name} <= one.before.keys() & one.typed
    ]
    close = [
        typed
        for typed, wrote in moments
        if _near(written.at, wrote, NEAR) and _near(wrote, typed, GAP) and _near(written.at, typed, NEAR)
    ]
    return max(close, default=None)


def _near(one: Instant, other: Instant, span: timedelta) -> bool:
    return shift(one, -span) <= other <= shift(one, span)


def _places(lens: Lens, one: Raw, written: Last) -> list[Path]:
    """The places that write changed, and what took its value with it: a unit is written whole."""
    if lens.shape == "list":
        if len(written.after) != lens.places:  # written while another file was in force
            return []
        return list(lens.changed_slots(tuple(written.before), tuple(written.after)))
    changed = lens.changes(written.before, written.after)
    with_it = {one.typed[name] for where in changed if (name := _dotted(where)) in one.typed}
    return [
        part.path
        for part in lens.parts
        if part.path in changed or one.typed.get(_dotted(part.path)) in with_it
    ]


def _claimed(
    record: SourceRecord, lens: Lens, written: Last, stood: CustomerReading, when: Reading
) -> SourceRecord | None:
    """The record with what stood there as its claim, and still showing what the hub put over it.

    What else was typed beside it was typed about that.
    """
    cell, value = record.cells.get(lens.field), stood.values.get(lens.field)
    if cell is None or value in (written.before, written.after) or not _still(lens, written, cell.base):
        return None
    rules = Rules(opinions={lens.field: lens.opinion})
    seen = cell._replace(base=written.before, placed=False, flight=())
    if cell.base != written.after:
        seen = seen._replace(claim=cell.claim and cell.claim._replace(value=written.before))
    typed = cells.observe(seen, value, when, rules, lens.field).cell
    after = cell._replace(claim=typed.claim, former=typed.former, placed=True)
    return replace(record, cells={**record.cells, lens.field: after})


def _still(lens: Lens, written: Last, base: Value | None) -> bool:
    """Whether what the hub wrote still stands at the places it changed, whatever stands beside it."""
    if not (isinstance(base, dict) and isinstance(written.after, dict)):
        return bool(base == written.after)
    changed = lens.changes(written.before, written.after)
    there = [
        base.get(one) == written.after.get(one)
        for part in lens.parts
        if part.path in changed
        for one in part.names
    ]
    return base == written.after or (bool(there) and all(there))


def _claimed_places(
    record: SourceRecord, lens: Lens, written: Last, stood: CustomerReading, when: Reading
) -> SourceRecord | None:
    """The same of a list field."""
    roll, slots = record.rolls.get(lens.field), once(stood.slots.get(lens.field, ()))
    known = (written.before, written.after)
    if roll is None or list(roll.base) != written.after or list(slots) in known:
        return None
    seen = roll._replace(base=tuple(written.before), flight=())
    typed = rolls.observe(seen, slots, when, Rules()).roll
    return replace(record, rolls={**record.rolls, lens.field: roll._replace(claims=typed.claims)})


def _stood(
    mapping: SystemMapping,
    obj: ObjectMapping,
    one: Raw,
    record: SourceRecord,
    lens: Lens,
    written: Last,
) -> CustomerReading | None:
    """The record as it read before the hub wrote the field.

    A place that has its present value from before that had it then, too: what was typed is what was written.
    """
    data: dict[str, Any] = {name: dict(v) if isinstance(v, dict) else v for name, v in one.data.items()}
    places = _places(lens, one, written)
    since = {where: one.typed.get(_dotted(where), "") for where in places}
    wrote = max(since.values(), default="")
    for where in places if wrote else ():
        stood = one.before.get(_dotted(where), (None, ""))[0]  # no earlier one: nothing stood there
        if since[where] == wrote and stood != get(data, where):
            put(data, where, stood)
    found = read_customers(mapping, obj.name, one.key, data, {})
    return next((reading for reading in found if reading.key == record.key), None)


def _dotted(where: Path) -> str:
    return ".".join(where)
