"""A field of which another file reads other places beside some of the same: what stands at those goes on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hub.golden import regroup
from hub.golden.aside import key_of
from hub.golden.cell import Cell
from hub.golden.form import fingerprint
from hub.golden.record import SourceRecord
from hub.golden.remap import Left, brought_back, goes_on
from hub.golden.roll import Roll
from hub.mapping.lens import Unreadable
from hub.mapping.paths import Path
from hub.mapping.places import called, place
from hub.mapping.read import field_reading
from hub.mapping.spec import Facet
from hub.model.instant import Instant
from hub.model.value import Slots, Value


@dataclass(frozen=True, slots=True)
class Received:
    """A record as it was last received, and when it was last read."""

    data: Mapping[str, Any]
    at: Instant


def regrouped(
    record: SourceRecord, old: Facet, facet: Facet, name: str, received: Received
) -> SourceRecord | None:
    """The record with a field as ``facet`` reads it from now on; None where it must be seen anew.

    What stood at places that are read again is known from then, and waits to be compared.
    """
    before, now = called(old.lenses[name], facet.lenses[name]), _paths(facet, name)
    was, where = place(old, name), place(facet, name)
    of = record.cells.get(name) or record.rolls.get(name)
    back = record.aside.get(key_of(name, where))
    read = _words(before, record.shown.get(name, ""))
    if of is None or not read:
        return None
    if back is not None and back.left == fingerprint(of):
        return brought_back(record, name, where)
    try:
        stands = field_reading(facet, name, received.data)
    except Unreadable:
        return None
    fresh = [path for path in now if path not in before]
    told = dict(zip(now, facet.lenses[name].shown(received.data).split(), strict=True))
    told |= {path: word for path, word in _words(now, back.print if back else "").items() if path in fresh}
    told |= read
    held = record.held.get(name)
    waits = {**told, **_words(before, held.print if held else "")}
    left = Left(where, _print(told, now), _print(waits, now), received.at, not {*before} <= {*now})
    new = _New(facet, name, before, fresh, back.of if back else stands, back.at if back else received.at)
    return goes_on(record, name, was, new.known(of), left)


@dataclass(frozen=True, slots=True)
class _New:
    """The places of a field that are read from now on."""

    facet: Facet
    name: str
    before: Sequence[Path]
    fresh: Collection[Path]
    stands: Cell | Roll | Slots | Value | None
    """What stands at all of its places."""
    at: Instant
    """When at the latest it stood there."""

    def known(self, of: Cell | Roll) -> Cell | Roll:
        return self._of_list(of) if isinstance(of, Roll) else self._of_parts(of)

    def _of_list(self, of: Roll) -> Roll:
        slots: Slots = ()
        if isinstance(self.stands, tuple) and not isinstance(self.stands, Cell):
            slots = self.stands.base if isinstance(self.stands, Roll) else self.stands
        now = _paths(self.facet, self.name)
        numbers = {path: number for number, path in enumerate(self.before)}
        shown = dict(zip(now, slots, strict=False))
        before, stands = [numbers.get(path) for path in now], [shown.get(path) for path in now]
        return regroup.slots(of, before, stands, self.at)

    def _of_parts(self, of: Cell) -> Cell:
        lens = self.facet.lenses[self.name]
        new = {one for part in lens.parts if part.path in self.fresh for one in part.names}
        left = {one for part in lens.parts if part.path not in self.fresh for one in part.names}
        stands = self.stands.base if isinstance(self.stands, Cell) else self.stands
        more = {one: it for one, it in stands.items() if one in new} if isinstance(stands, dict) else {}
        kept = regroup.narrowed(of, left)
        if lens.needs and not lens.needs & {*(kept.base if isinstance(kept.base, dict) else ()), *more}:
            return kept
        return regroup.widened(kept, regroup.New(more, self.at), lens.opinion)


def _words(paths: Sequence[Path], print_: str) -> dict[Path, str]:
    """Path → the fingerprint of what stands there; nothing where that is not known of each."""
    words = print_.split()
    return dict(zip(paths, words, strict=True)) if len(words) == len(paths) else {}


def _print(words: Mapping[Path, str], paths: Sequence[Path]) -> str:
    return " ".join(words[path] for path in paths)


def _paths(facet: Facet, name: str) -> tuple[Path, ...]:
    return tuple(part.path for part in facet.lenses[name].parts)
