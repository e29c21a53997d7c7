"""One source record over time: its cells, what its people said, and how a new reading changes it. Pure."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from hub.golden import aside as asides
from hub.golden import cell as cells
from hub.golden import recast
from hub.golden import roll as rolls
from hub.golden.aside import Asides
from hub.golden.cell import Cell
from hub.golden.claims import Claim, Held, Reading, Rules, Sent, Why, in_flight
from hub.golden.former import before
from hub.golden.meant import meant_slots, meant_value
from hub.golden.roll import Roll
from hub.golden.testimony import Testimony
from hub.model.instant import Instant
from hub.model.keys import RecordKey
from hub.model.opinion import Opinion
from hub.model.value import Several, Slots, Value, canonical, once

Evidence = tuple[Mapping[str, Value], Mapping[str, tuple[Value, ...]], Mapping[str, RecordKey]]
"""Field → what is said in it now, field → what was said in it before, and the links."""


Terms = tuple[frozenset[str] | None, Opinion | None]
"""The parts of a value a system has room for (None: all), and how it cuts them where that is its own way."""
NO_TERMS: Terms = (None, None)
NOTHING = Cell()


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One customer as one system sees it, with all the hub knows of each field."""

    key: RecordKey
    object: str
    raw_key: str
    cells: Mapping[str, Cell] = field(default_factory=dict)
    rolls: Mapping[str, Roll] = field(default_factory=dict)
    links: Mapping[str, RecordKey] = field(default_factory=dict)
    held: Mapping[str, Held] = field(default_factory=dict)
    """Fields of which what stands there now is neither believed nor written."""
    unshown: frozenset[tuple[str, ...]] = frozenset()
    """Places the system did not show at the last reading: nothing is said of them, nothing written."""
    deleted: bool = False
    shown: Mapping[str, str] = field(default_factory=dict)
    """Field → fingerprint of what stood in the system's record when it was last read."""
    made: Instant | None = None
    """When a person made it, where its system tells."""
    aside: Asides = field(default_factory=dict)
    """What the mapping file no longer reads; its claims stand as those of a deleted record do."""
    anew: Mapping[str, Instant] = field(default_factory=dict)
    """Fields that another file reads by other rules, or again → when they were last read by the old ones."""
    stale: Mapping[str, str] = field(default_factory=dict)
    """Links that the file no longer reads → the place they are from; they stand until another one is read."""
    retired: Instant | None = None
    """Since when the file says that the record holds no such customer; nobody deleted it."""
    unread: Mapping[str, Instant] = field(default_factory=dict)
    """Fields that are not shown → when they were last read: what shows again was typed any time since."""

    def untouched(self, name: str, fingerprint: str) -> bool:
        """Whether nothing was typed in a field since; it may read differently beside new neighbours."""
        return self.shown.get(name) == fingerprint

    def authored(self) -> dict[str, Value]:
        """What people said here, whatever the hub has since put over it: the only evidence of identity."""
        said: dict[str, Value] = {
            name: one.claim.value
            for name, one in self.cells.items()
            if one.claim is not None and one.claim.value is not None
        }
        for name in self.rolls:
            if elements := self._elements(name):
                said[name] = list[Value](elements)
        return asides.said(self.aside, said, [])[0] if self.aside else said

    def in_flight(self, name: str) -> bool:
        """Whether something the hub sent to a field was not seen back yet."""
        return not self.is_settled([name])

    def is_settled(self, names: Iterable[str]) -> bool:
        """Whether nothing the hub sent to these fields is still on its way."""
        return not self._flights(names)

    def is_unseen(self, names: Iterable[str], settled: Instant) -> bool:
        """Whether something the hub sent to these fields should have been seen by now, and was not.

        ``settled``: see :func:`hub.golden.claims.in_flight`.
        """
        return any(not in_flight(one, settled) for one in self._flights(names))

    def _flights(self, names: Iterable[str]) -> list[tuple[Sent, ...]]:
        some = {*names}
        flights = [one.flight for name, one in self.cells.items() if name in some]
        flights += [one.flight for name, one in self.rolls.items() if name in some]
        return [one for one in flights if one]

    def standing(self, name: str) -> set[str]:
        """What stands in a field, each element of a list, as texts without case."""
        cell, roll = self.cells.get(name), self.rolls.get(name)
        some: list[Value | None] = [cell.base] if cell else []
        some += roll.held if roll else ()
        return {canonical(one).casefold() for one in some if one is not None}

    def shows(self, name: str) -> bool:
        """Whether anything stands in a field."""
        cell, roll = self.cells.get(name), self.rolls.get(name)
        return bool((cell and cell.base is not None) or (roll and roll.held))

    def elements(self, name: str) -> list[str]:
        """What people said of a list field here."""
        found = self.authored().get(name) if self.aside else self._elements(name)
        return [str(one) for one in found] if isinstance(found, list) else []

    def _elements(self, name: str) -> list[str]:
        claims = self.rolls[name].claims.values() if name in self.rolls else ()
        return sorted(str(one.value) for one in claims if one.value is not None)

    def claims(self, name: str) -> list[Claim]:
        """What people last said in a field, or (of what the file no longer reads) said there."""
        if (cell := self.cells.get(name)) and cell.claim:
            return [cell.claim]
        if (roll := self.rolls.get(name)) and roll.claims:
            return list(roll.claims.values())
        return [claim for field, one in asides.by_field(self.aside) if field == name for claim in one.claims]

    def formerly(self) -> list[dict[str, Value]]:
        """What people said here at earlier times, one field put back at a time, and at first.

        An edit must travel to the other systems, not tear the customer apart.
        """
        now = self.authored()
        return before(now, self._past())

    def _past(self) -> list[tuple[str, Value]]:
        said: list[tuple[str, Value]] = []
        said += [(name, old) for name, cell in self.cells.items() for old in cell.former]
        said += [(name, old) for name in self.rolls if (old := self._once(name))]
        if not self.aside:
            return said
        return asides.said(self.aside, replace(self, aside={}).authored(), said)[1]

    def _once(self, name: str) -> list[Value]:
        """All that people ever said of a list field here, where some of it is gone."""
        claims = self.rolls[name].claims
        gone = any(one.value is None for one in claims.values())
        return list[Value](sorted(claims)) if gone else []

    def evidence(self, fields: Collection[str]) -> Evidence:
        """What people say and said in these fields, and the links; what the hub placed is none of that."""
        now = {name: value for name, value in self.authored().items() if name in fields}
        former = {name: cell.former for name, cell in self.cells.items() if name in fields and cell.former}
        for name, old in self._past() if self.aside else ():
            if name in fields and name not in self.rolls and old not in former.get(name, ()):
                former[name] = (*former.get(name, ()), old)
        return now, former, self.links

    def testimonies(self, terms: Callable[[str], Terms]) -> Iterator[tuple[str, Testimony]]:
        """This record's say, field by field. ``terms``: field → how its system holds it."""
        whole = asides.whole(self.aside, self.cells) if self.aside else {}
        for name, cell in self.cells.items():
            if (claim := whole.get(name, cell.claim)) is not None:
                holds, opinion = terms(name) if isinstance(claim.value, dict) else NO_TERMS
                said = Testimony(self.key, claim, cell.overwritten, self.deleted, holds, self.made)
                yield name, said._replace(shows=cell.coming, kept=cell.kept, opinion=opinion)
        for name, roll in self.rolls.items():
            for claim in roll.claims.values():
                yield name, Testimony(self.key, claim, False, self.deleted)
        yield from self._retired_testimonies(terms, whole) if self.aside else ()

    def _retired_testimonies(
        self, terms: Callable[[str], Terms], told: Mapping[str, Claim]
    ) -> Iterator[tuple[str, Testimony]]:
        """What is said at places nobody reads any more and is not ``told``; a fact stands as read last."""
        last = asides.last(self.aside)
        for name, aside in asides.by_field(self.aside):
            cell = aside.of if isinstance(aside.of, Cell) else NOTHING
            gone = name in self.cells or aside is not last[name] or (self.deleted and not self.retired)
            for claim in aside.claims if aside.claims != (told.get(name),) else ():
                holds, opinion = terms(name) if isinstance(claim.value, dict) else NO_TERMS
                said = Testimony(self.key, claim, cell.overwritten, gone, holds, self.made)
                yield name, said._replace(shows=cell.coming, opinion=opinion)


@dataclass(frozen=True, slots=True)
class Shown:
    """What one reading of a record shows: values, every place of a list, and each field's fingerprint."""

    values: Mapping[str, Value | None]
    slots: Mapping[str, Slots]
    prints: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, Instant] = field(default_factory=dict)
    """Field → when it was last touched, where its system keeps a history of fields."""
    stood: Mapping[str, Instant] = field(default_factory=dict)
    """Field that is read for the first time → since when at least it has stood there as it does."""
    several: Mapping[str, tuple[Several, ...]] = field(default_factory=dict)
    """Field of which a place may hold more than its one value → place by place what stands there."""


def as_known(record: SourceRecord, shown: Shown) -> Shown:
    """The reading with untouched fields as they were read before: new neighbours are no edit.

    Of several values in one place the one that is meant.
    Only then does a second showing of one element count as empty: what a place is known to say decides.
    """
    values = {
        name: cell.base
        if (cell := record.cells.get(name)) and name not in record.anew and _same_print(record, shown, name)
        else meant_value(shown.several[name], _looks(record, shown, name), cell, waits=_waits(record, name))
        if cell and name in shown.several
        else value
        for name, value in shown.values.items()
    }
    slots = {name: once(_known_slots(record, shown, name, value)) for name, value in shown.slots.items()}
    return replace(shown, values=values, slots=slots)


def _known_slots(record: SourceRecord, shown: Shown, name: str, slots: Slots) -> Slots:
    """Slot by slot: one may be written while the others are left alone.

    A place that counted as empty because it repeats another still holds the element when that one goes.
    """
    roll = record.rolls.get(name)
    if roll is not None and name in shown.several:
        looks = _looks(record, shown, name)
        slots = meant_slots(shown.several[name], looks, roll, slots, waits=_waits(record, name))
    before, now = record.shown.get(name, "").split(), shown.prints.get(name, "").split()
    if roll is None or name in record.anew or not len(roll.base) == len(slots) == len(before) == len(now):
        return slots
    each = zip(roll.base, slots, before, now, strict=True)
    return tuple(
        read if old != new or (known is None and read in roll.held) else known
        for known, read, old, new in each
    )


def _looks(record: SourceRecord, shown: Shown, name: str) -> tuple[str, str]:
    """The fingerprints of what stood in a field at the last look, and of what does now."""
    then = record.held[name].print if _waits(record, name) else record.shown.get(name, "")
    return then, shown.prints.get(name, "")


def _waits(record: SourceRecord, name: str) -> bool:
    """Whether nothing that stands in a field is the customer's."""
    return name in record.held and record.held[name].why == "placeholder"


def _same_print(record: SourceRecord, shown: Shown, name: str) -> bool:
    return name in shown.prints and record.untouched(name, shown.prints[name])


def read_again(record: SourceRecord, shown: Shown, reading: Reading, rules: Rules) -> SourceRecord:
    """The record after a reading; fields it does not show this time keep what they had."""
    known = as_known(record, shown)
    when = partial(_when, record, shown, reading)
    same = {name for name in record.anew if name not in shown.prints or _same_print(record, shown, name)}
    seen_cells = {
        name: recast.cell(record.cells[name], value, when(name))
        if name in same and name in record.cells
        else cells.observe(record.cells.get(name), value, when(name), rules, name).cell
        for name, value in known.values.items()
    }
    seen_rolls = {
        name: recast.roll(record.rolls[name], value, when(name))
        if name in same and name in record.rolls
        else rolls.observe(record.rolls.get(name), value, when(name), rules).roll
        for name, value in known.slots.items()
    }
    told = {name: one for name, one in shown.prints.items() if name in known.values or name in known.slots}
    return replace(
        record,
        cells={**record.cells, **seen_cells},
        rolls={**record.rolls, **seen_rolls},
        shown={**record.shown, **told},
        deleted=False,
        anew={
            name: at for name, at in record.anew.items() if not (name in known.values or name in known.slots)
        },
        retired=None,
    )


def _when(record: SourceRecord, shown: Shown, reading: Reading, name: str) -> Reading:
    """When a field was typed: by its own history, or (of what had to wait) when it was first seen."""
    typed, held = shown.typed.get(name), record.held.get(name)
    if held is not None and held.print and held.print == shown.prints.get(name):
        return Reading(held.at, held.since, typed=typed)
    if name in shown.stood:
        stood = min(shown.stood[name], reading.authored_at())
        return Reading(stood, stood if typed is None else min(stood, typed), typed=typed)
    last = [some[name] for some in (record.anew, record.unread) if name in some]
    reading = replace(reading, since=min([reading.since, *last])) if last else reading
    return reading if typed is None else replace(reading, typed=typed)


def waiting(
    record: SourceRecord, waits: Mapping[str, Why], shown: Shown, reading: Reading
) -> dict[str, Held]:
    """The fields that wait after a reading; what waited before and still stands there keeps its time."""
    found: dict[str, Held] = {}
    for name, why in waits.items():
        stands, before = shown.prints.get(name, ""), record.held.get(name)
        if before is not None and before.print == stands:
            found[name] = before._replace(why=why)
        else:
            when = _when(record, shown, reading, name)
            found[name] = Held(why, stands, when.authored_at(), when.since)
    return found
