"""Where a mapping file reads what, as words that can be compared: a claim belongs to its place."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from hub.codecs import CodecError
from hub.mapping.lens import Lens, Part, Unreadable
from hub.mapping.paths import Path, put
from hub.mapping.spec import Facet, Link, ObjectMapping
from hub.model.value import Value


def place(facet: Facet, name: str, *, formerly: bool = False) -> str:
    """Where a field stands: ``properties.firstname=given_name``; empty where the facet does not have it.

    ``formerly``: as its system called the same place before.
    """
    lens = facet.lenses.get(name)
    joins = [f"join {join.object}" for join in facet.joins if join.field == name]
    if lens is None:
        return joins[0] if joins else ""
    within = f"{'.'.join(facet.each)}[]." if facet.each else ""
    return " ".join(within + _words(part.formerly, part.path, part.names, formerly) for part in lens.parts)


def _words(before: Path | None, now: Path, names: Collection[str], formerly: bool) -> str:
    where = ".".join(before if formerly and before else now)
    return f"{where}={','.join(names)}" if names else where


def link_place(link: Link | None) -> str:
    """Where a link stands, and what it leads to."""
    if link is None:
        return ""
    return f"facet {link.facet}" if link.facet is not None else f"{link.lookup} {'.'.join(link.source or ())}"


def _how(facet: Facet, name: str) -> object:
    """By which rules a field is read; write rules and limits are none."""
    lens = facet.lenses.get(name)
    if lens is None:
        return next((join for join in facet.joins if join.field == name), None)
    parts = tuple((part.codec, part.default) for part in lens.parts)
    return parts, lens.shape, lens.placeholders, lens.needs


def _fields(facet: Facet | None) -> list[str]:
    return [] if facet is None else [*facet.lenses, *(join.field for join in facet.joins)]


@dataclass(frozen=True, slots=True)
class Moves:
    """What another file does to the records of one facet."""

    gone: Mapping[str, str]
    """Field → the place that is no longer read."""
    come: Mapping[str, str]
    """Field → the place that is read from now on."""
    regrouped: Mapping[str, tuple[Lens, Lens]]
    """Field that is read at some of its places as it was, and at others no more, or anew → its lenses."""
    anew: Mapping[str, tuple[Lens, Lens] | None]
    """Field at its old place, read by other rules → its lens before and now; None for a join."""
    links: Mapping[str, tuple[str, str]]
    """Link → its place before, and now."""
    paths: frozenset[Path]
    """Paths of the record that were not read before."""
    renamed: Mapping[Path, Path]
    """Path → what it was called before."""

    def __bool__(self) -> bool:
        return bool(self.gone or self.come or self.regrouped or self.anew or self.links or self.renamed)


def moves(before: Facet | None, after: Facet | None) -> Moves:
    """What changes for a record that was read as ``before`` and is as ``after`` from now on."""
    names = list(dict.fromkeys([*_fields(before), *_fields(after)]))
    was = {name: place(before, name) if before else "" for name in names}
    now = {name: place(after, name) if after else "" for name in names}
    same = {name for name in names if before and after and was[name] and _stays(before, after, name)}
    some = {name: both for name in names if name not in same and (both := _regrouped(before, after, name))}
    return Moves(
        {name: was[name] for name in names if was[name] and name not in same and name not in some},
        {name: now[name] for name in names if now[name] and name not in same and name not in some},
        some,
        {
            name: _lenses(before, after, name)
            for name in names
            if name in same and _otherwise(before, after, name)
        },
        _links(before, after),
        frozenset(_paths(after) - _paths(before)),
        dict(_renamed(after)) if after else {},
    )


def _stays(before: Facet, after: Facet, name: str) -> bool:
    """Whether a field stands where it did, be it that another codec finds other parts of it there."""
    if place(before, name) in (place(after, name), place(after, name, formerly=True)):
        return True
    old, new = before.lenses.get(name), after.lenses.get(name)
    if old is None or new is None or before.each or after.each or len(old.parts) != len(new.parts):
        return False
    pairs = zip(old.parts, new.parts, strict=True)
    return all(
        was.path in (now.path, now.formerly) and ({*was.names} & {*now.names} or was.names == now.names)
        for was, now in pairs
    )


def _regrouped(before: Facet | None, after: Facet | None, name: str) -> tuple[Lens, Lens] | None:
    """The lenses of a field that is read at some of its places as it was; None where at none."""
    both = _lenses(before, after, name)
    if both is None or before is None or after is None or before.each or after.each:
        return None
    old, new = both
    was = dict(zip(called(old, new), old.parts, strict=True))
    now = {part.path: part for part in new.parts}
    common = was.keys() & now.keys()
    alike = old.shape == new.shape and (old.placeholders, old.needs) == (new.placeholders, new.needs)
    return both if alike and common and all(_as_before(was[one], now[one]) for one in common) else None


def _as_before(was: Part, now: Part) -> bool:
    return (was.names, was.codec, was.default) == (now.names, now.codec, now.default)


def called(before: Lens, after: Lens) -> tuple[Path, ...]:
    """The paths of a field's places, as their system calls them by now."""
    names = {part.formerly: part.path for part in after.parts if part.formerly}
    return tuple(names.get(part.path, part.path) for part in before.parts)


def _otherwise(before: Facet | None, after: Facet | None, name: str) -> bool:
    return bool(before and after) and _how(before, name) != _how(after, name)  # type: ignore[arg-type]


def _lenses(before: Facet | None, after: Facet | None, name: str) -> tuple[Lens, Lens] | None:
    old, new = (one.lenses.get(name) if one else None for one in (before, after))
    return (old, new) if old and new else None


def _links(before: Facet | None, after: Facet | None) -> dict[str, tuple[str, str]]:
    if before is None or after is None:
        return {}
    names = dict.fromkeys([*before.links, *after.links])
    told = {name: (link_place(before.links.get(name)), link_place(after.links.get(name))) for name in names}
    return {name: both for name, both in told.items() if both[0] != both[1]}


def _paths(facet: Facet | None) -> set[Path]:
    if facet is None or facet.each:
        return set()
    return {part.path for lens in facet.lenses.values() for part in lens.parts}


def _renamed(facet: Facet) -> Iterator[tuple[Path, Path]]:
    for lens in facet.lenses.values():
        for part in lens.parts:
            if part.formerly and not facet.each:
                yield part.path, part.formerly


def is_structure(before: ObjectMapping, after: ObjectMapping) -> bool:
    """Whether another file may find other customers in the same records."""
    return _structure(before) != _structure(after)


def _structure(obj: ObjectMapping) -> object:
    facets = [(one.kind, one.suffix, one.each, one.when, one.links) for one in obj.facets]
    return facets, obj.belongs_to, obj.by, obj.strangers


def writes(obj: ObjectMapping) -> object:
    """By which rules an object's records are written and created."""
    return [
        (
            {name: _written(one, lens) for name, lens in one.lenses.items()},
            one.golden_id,
            one.find_by,
            one.create_when,
        )
        for one in obj.facets
    ]


def _written(facet: Facet, lens: Lens) -> object:
    limits = tuple((part.codec, part.limits) for part in lens.parts)
    return place(facet, lens.field), limits, lens.write_rule, lens.clear, lens.nothing


def as_read_now(before: Lens, after: Lens, value: Value | None) -> Value | None:
    """What the hub wrote as ``before`` has it, as it reads now; the value itself where as nothing."""
    if value is None:
        return None
    try:
        read = after.read(_document(before.write(value)), {})
    except (CodecError, Unreadable, AttributeError, TypeError):
        return value
    return value if read is None else read


def element_as_read_now(before: Lens, after: Lens, element: str | None) -> str | None:
    """The same of an element of a list."""
    if element is None:
        return None
    try:
        read = after.parts[0].codec.read(before.parts[0].write(element), {})
    except CodecError:
        return element
    return element if read is None else str(read)


def _document(written: Mapping[Path, object]) -> dict[str, object]:
    document: dict[str, object] = {}
    for where, value in written.items():
        put(document, where, value)
    return document
