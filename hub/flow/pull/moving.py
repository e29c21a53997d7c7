"""One source record, and what another mapping file makes of it. Reads nothing and stores nothing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from hub.flow.pull.carried import Ours, carried, ours, placed_there
from hub.flow.pull.regroup import Received, regrouped
from hub.flow.pull.reworded import reworded
from hub.golden import remap
from hub.golden.cell import Cell
from hub.golden.record import SourceRecord
from hub.golden.roll import Roll
from hub.mapping.lens import NOTHING_STANDS, Unreadable
from hub.mapping.paths import Path, filled_in, get, shows
from hub.mapping.places import Moves, is_structure, moves, place
from hub.mapping.read import field_reading
from hub.mapping.spec import Facet, ObjectMapping, SystemMapping
from hub.model.instant import Instant
from hub.store.kept import Version
from hub.store.raw import Raw, Stored


@dataclass(frozen=True, slots=True)
class Outcome:
    """One record, before and after, and what is to be done with what was received of it."""

    before: SourceRecord
    record: SourceRecord
    read: bool = False
    """It must be admitted again."""
    raw: Raw | None = None
    reshown: bool = False
    """What is known to stand there, or not to be shown, is not what it was."""
    hidden: bool = False
    """The file reads what the record does not show: it is to be pulled again."""

    def beside(self, other: Raw) -> Raw:
        """What is known to stand in the record, by this customer and another one of it."""
        mine = self.raw or other
        paths = mine.unshown | other.unshown
        return replace(mine, data=filled_in(mine.data, other.data, paths), unshown=paths)


def pairs(before: SystemMapping, after: SystemMapping) -> dict[str, ObjectMapping | None]:
    """Object as it is called now → what it was before; None for one that was not there."""
    return {
        name: before.objects.get(name) or before.objects.get(obj.formerly)
        for name, obj in after.objects.items()
    }


@dataclass(slots=True)
class Moving:
    """From one mapping of a system to another."""

    before: SystemMapping
    after: SystemMapping
    at: Instant
    known: dict[tuple[int, int], Moves] = field(default_factory=dict)

    @property
    def touches(self) -> bool:
        """Whether any record may be another afterwards."""
        return any(map(self.concerns, {*self.before.objects, *self.after.objects}))

    def concerns(self, obj: str) -> bool:
        """Whether the records of an object, as it is called now, may be others afterwards."""
        old, new = (
            pairs(self.before, self.after).get(obj, self.before.objects.get(obj)),
            self.after.objects.get(obj),
        )
        if old is None or new is None:
            return True
        if is_structure(old, new) or len(old.facets) != len(new.facets):
            return True
        return any(self._moves(one, other) for one, other in zip(old.facets, new.facets, strict=True))

    def lacks(self, obj: str, raw: Raw) -> set[Path]:
        """What a record does not show of what the new file reads and the old one did not."""
        old, new = self._objects(obj)
        paths = {where for one in (new.facets if new else ()) for where in self._new(old, one)}
        return set() if raw.deleted else {where for where in paths if not shows(raw.data, where)}

    def moved(self, record: SourceRecord, stored: Stored | None, versions: Sequence[Version]) -> Outcome:
        """What becomes of a record. ``versions``: what was received, newest first, where some is lacking."""
        raw = stored.raw if stored and not stored.raw.deleted else None
        last = self.at if stored is None else stored.raw.since if stored.pending else stored.raw.read_at
        old, new = self._facets(record, raw)
        if new is None or (old and new.each != old.each):
            return self._retired(record, old, last)
        found = self._moves(old, new)
        if not found and not record.retired:
            return Outcome(record, record)
        shown = _shown(raw, found, self.after.read_paths(record.object), versions) if raw else None
        alike = _alike(old, new, found, stored) if stored and old else frozenset()
        found, start, again = _regrouped(record, found, old, new, shown, last)
        after, read = _remapped(start, found, new, shown, last, alike, ours(start, old, found.gone))
        read |= again
        if shown is not None:
            after = replace(after, unshown=shown.unshown)
        hidden = raw is not None and shown is not None and _hides_more(raw, shown)
        return Outcome(record, after, read or bool(record.retired), shown, shown is not raw, hidden)

    def _objects(self, obj: str) -> tuple[ObjectMapping | None, ObjectMapping | None]:
        old = pairs(self.before, self.after).get(obj, self.before.objects.get(obj))
        return old, self.after.objects.get(obj)

    def _facets(self, record: SourceRecord, raw: Raw | None) -> tuple[Facet | None, Facet | None]:
        """The facet of a record in either file. Who is gone has that of others with such a key."""
        old, new = self._objects(record.object)
        was = _facet(self.before, old, record, raw) if old and not record.retired else None
        now = _facet(self.after, new, record, raw) if new else None
        if record.retired:
            return None, now
        if was is None or record.deleted:  # people took it away, or the next admission does
            was = was or (_facet(self.before, old, record, None) if old else None)
            now = now or (_facet(self.after, new, record, None) if new else None)
        return was, now

    def _retired(self, record: SourceRecord, old: Facet | None, last: Instant) -> Outcome:
        """A record that holds no such customer because the file says so: all of it is set aside."""
        after = record
        for name, where in self._moves(old, None).gone.items():
            after = remap.set_aside(after, name, where, last)
        if not record.deleted:
            after = replace(after, deleted=True, retired=self.at)
        return Outcome(record, after)

    def _new(self, old: ObjectMapping | None, facet: Facet) -> frozenset[Path]:
        same = [
            one for one in (old.facets if old else ()) if (one.kind, one.suffix) == (facet.kind, facet.suffix)
        ]
        return (
            frozenset.intersection(*(self._moves(one, facet).paths for one in same)) if same else frozenset()
        )

    def _moves(self, old: Facet | None, new: Facet | None) -> Moves:
        both = id(old), id(new)
        if both not in self.known:
            self.known[both] = moves(old, new)
        return self.known[both]


def _facet(
    mapping: SystemMapping, obj: ObjectMapping | None, record: SourceRecord, raw: Raw | None
) -> Facet | None:
    data = raw.data if raw else None
    return mapping.facet(obj.name, record.key.key, record.key.kind, data) if obj else None


def _shown(raw: Raw, found: Moves, read: Collection[Path], versions: Sequence[Version]) -> Raw:
    """What was received, with what the new file reads and it does not show, as it was shown before."""
    data = raw.data
    for now, before in found.renamed.items():
        if not shows(data, now) and shows(data, before):
            data = filled_in(data, _at(now, get(data, before)), [now])
    missing = frozenset(where for where in found.paths if not shows(data, where))
    for one in versions:
        data = filled_in(data, one.data, missing)
    unshown = (raw.unshown & frozenset(read)) | missing
    return raw if unshown == raw.unshown and data is raw.data else replace(raw, data=data, unshown=unshown)


def _alike(old: Facet, new: Facet, found: Moves, stored: Stored) -> frozenset[str]:
    """Fields read by other rules that read as before: nothing about them is new.

    Of what was received since it was last read nothing can be said.
    """
    if stored.pending or stored.raw.deleted or old.each:
        return frozenset()
    data = stored.raw.data
    return frozenset(name for name, both in found.anew.items() if both and _reads_alike(old, new, name, data))


def _reads_alike(old: Facet, new: Facet, name: str, data: Mapping[str, Any]) -> bool:
    try:
        return field_reading(old, name, data) == field_reading(new, name, data)
    except Unreadable:
        return False


def _hides_more(raw: Raw, shown: Raw) -> bool:
    return shown.data is not raw.data or bool(shown.unshown - raw.unshown)


def _at(where: Path, value: object) -> dict[str, object]:
    document: dict[str, object] = {where[-1]: value}
    for step in reversed(where[:-1]):
        document = {step: document}
    return document


def _regrouped(
    record: SourceRecord, found: Moves, old: Facet | None, new: Facet, shown: Raw | None, last: Instant
) -> tuple[Moves, SourceRecord, bool]:
    """The record with the fields that go on at some of their places, and what is left to be moved.

    What cannot go on so, for nobody knows what stands there, is another place.
    """
    after, read, rest = record, False, []
    for name in found.regrouped:
        back = regrouped(after, old, new, name, Received(shown.data, last)) if old and shown else None
        if back is None or shown is None:
            rest.append(name)
        else:
            after, read = back, read or back.shown.get(name) != new.lenses[name].shown(shown.data)
    gone = {name: place(old, name) for name in rest if old}
    come = {name: place(new, name) for name in rest}
    return replace(found, gone={**found.gone, **gone}, come={**found.come, **come}), after, read


def _remapped(
    record: SourceRecord,
    found: Moves,
    facet: Facet,
    shown: Raw | None,
    last: Instant,
    alike: Collection[str],
    wrote: Ours,
) -> tuple[SourceRecord, bool]:
    """The record as the file has it, and whether it must be read again.

    ``alike``: fields of which what stands there reads the same by both files.
    """
    listed = any(record.held[name].why != "unreadable" for name in found.gone if name in record.held)
    after, read = record, listed or bool(found.links)  # what is in quarantine is to leave it
    for name, where in found.gone.items():
        after = remap.set_aside(after, name, where, last)
    for name, where in found.come.items():
        back = remap.brought_back(after, name, where)
        read |= back is not after or _stands(facet, name, shown)
        if back is not after and shown is not None:
            back = carried(back, facet, name, back.shown.get(name, ""), shown.data, wrote)
        elif back is after and shown is not None:
            back = placed_there(back, facet, name, shown.data, wrote)
        after = back if back is not after else _empty(after, facet, name, shown)
    for name, lenses in found.anew.items():
        marked = after if name in alike else remap.to_read(after, name, last)
        read |= marked is not after or (name not in alike and _stands(facet, name, shown))
        after = reworded(marked, name, lenses) if lenses else marked
    for name, (before, now) in found.links.items():
        after = remap.linked_by(after, name, before, now)
    return remap.muted(after, {name: place(facet, name) for name in facet.lenses}), read


def _stands(facet: Facet, name: str, shown: Raw | None) -> bool:
    """Whether there is anything to read of a field."""
    lens = facet.lenses.get(name)
    if lens is None or facet.each or any(part.default for part in lens.parts):
        return True
    return shown is not None and not set(lens.shown(shown.data).split()) <= NOTHING_STANDS


def _empty(record: SourceRecord, facet: Facet, name: str, shown: Raw | None) -> SourceRecord:
    """A field that was looked for at a new place, where the record shows that nothing stands."""
    lens = facet.lenses.get(name)
    if lens is None or shown is None or _stands(facet, name, shown):
        return record
    if any(part.path in shown.unshown for part in lens.parts):
        return record
    prints = {**record.shown, name: lens.shown(shown.data)}
    if lens.shape == "list":
        nothing = Roll(base=(None,) * lens.places)
        return replace(record, rolls={**record.rolls, name: nothing}, shown=prints)
    return replace(record, cells={**record.cells, name: Cell()}, shown=prints)
