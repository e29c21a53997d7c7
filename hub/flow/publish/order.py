"""Values that no two records of a system may share: freed first, then taken; of a swap one is parked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from connectors.contract import ObjectSheet
from hub.mapping.lens import Lens
from hub.mapping.paths import put
from hub.mapping.spec import ObjectMapping
from hub.model.unique import new_id
from hub.model.value import canonical
from hub.store.change import Change

PARKED = "parked, so that another can take its place"


@dataclass(frozen=True, slots=True)
class Move:
    """One change of a value that is unique in its system."""

    change: Change
    field: str
    frees: frozenset[str]
    takes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Step:
    """Changes that may be sent together, now that those before are done."""

    changes: Sequence[Change]
    parked: tuple[Change, str] | None = None
    """A change of which a field is parked first, for nothing else in its circle can move."""


def moves(obj: ObjectMapping, sheet: ObjectSheet, changes: Iterable[Change]) -> list[Move]:
    """What of these changes frees or takes a value that is unique."""
    found = []
    for one in changes:
        for name, both in one.fields.items():
            places = _unique_places(obj, sheet, name)
            if places:
                before, after = (_held(both[side], places) for side in ("before", "after"))
                found.append(Move(one, name, before - after, after - before))
    return [one for one in found if one.frees or one.takes]


def _unique_places(obj: ObjectMapping, sheet: ObjectSheet, name: str) -> frozenset[int]:
    lenses = (facet.lenses[name] for facet in obj.facets if name in facet.lenses)
    return frozenset(at for lens in lenses for at in unique_places(lens, sheet))


def unique_places(lens: Lens, sheet: ObjectSheet) -> list[int]:
    """Which places of a field hold what is unique in the system."""
    return [at for at, part in enumerate(lens.parts) if ".".join(part.path) in sheet.unique]


def _held(value: Any, places: frozenset[int]) -> frozenset[str]:
    some = [value[at] for at in places if at < len(value)] if isinstance(value, list) else [value]
    return frozenset(canonical(one).casefold() for one in some if one is not None)


def together(found: Sequence[Move]) -> dict[tuple[str, str], int]:
    """(Change, field) → the chain it is part of: those of one chain are held, or go, as one."""
    freed: dict[str, list[tuple[str, str]]] = {}
    for one in found:
        for value in one.frees:
            freed.setdefault(value, []).append((one.change.id, one.field))
    links: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for one in found:
        taker = (one.change.id, one.field)
        for freer in (it for value in one.takes for it in freed.get(value, ()) if it != taker):
            links.setdefault(taker, set()).add(freer)
            links.setdefault(freer, set()).add(taker)
    chain: dict[tuple[str, str], int] = {}
    for number, start in enumerate(links):
        frontier = [start]
        while frontier:
            this = frontier.pop()
            if this not in chain:
                chain[this] = number
                frontier += links[this]
    return chain


def steps(found: Sequence[Move]) -> Iterator[Step]:
    """The order in which to send these; each change once, and of a circle one parked before."""
    left = {(one.change.id, one.field): one for one in sorted(found, key=_name)}
    while left:
        blocked = {which for which, one in left.items() if _waits(one, left.values())}
        stuck = {change_id for change_id, _ in blocked}
        free = {one.change.id: one.change for one in left.values() if one.change.id not in stuck}
        if free:
            yield Step(list(free.values()))
            left = {which: one for which, one in left.items() if one.change.id not in free}
        else:
            first = next(one for one in left.values() if one.frees & _wanted(one, left.values()))
            yield Step((), (first.change, first.field))
            left[first.change.id, first.field] = replace(first, frees=frozenset())


def _name(one: Move) -> tuple[str, str, str]:
    return one.change.raw_key or "", one.field, one.change.id


def _waits(one: Move, others: Iterable[Move]) -> bool:
    return any(one.takes & other.frees for other in others if other.change.id != one.change.id)


def _wanted(one: Move, others: Iterable[Move]) -> frozenset[str]:
    return frozenset(value for other in others if other.change.id != one.change.id for value in other.takes)


def parking(lens: Lens, change: Change, name: str) -> Change | None:
    """The change that takes a value out of the way; None where the mapping allows no way to."""
    both = change.fields[name]
    written = lens.parked(change.raw_key or "")
    if written is None:
        return None
    data: dict[str, Any] = {}
    for where, value in written.items():
        put(data, where, value)
    empty = [None] * len(both["before"]) if isinstance(both["before"], list) else None
    fields: Mapping[str, Any] = {
        name: {"before": both["before"], "after": empty, "data": data, "effect": "filled"}
    }
    return replace(change, id=new_id(), fields=fields, own={}, message=PARKED)


def restoring(lens: Lens, change: Change, name: str) -> Change | None:
    """The change that puts back what was parked."""
    both = change.fields[name]
    slots = isinstance(both["before"], list)
    empty = [None] * len(both["before"]) if slots else None
    before = both["before"]
    written = lens.changed_slots(tuple(empty or ()), tuple(before)) if slots else lens.write(before)
    data: dict[str, Any] = {}
    for where, value in written.items():
        put(data, where, value)
    fields: Mapping[str, Any] = {name: {"before": empty, "after": before, "data": data, "effect": "filled"}}
    return replace(change, id=new_id(), fields=fields, own={}, message=PARKED)
