"""What a mapping file says, as values. Built by :mod:`hub.mapping.load`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from hub.codecs.opinions import EXACT
from hub.mapping.lens import Lens
from hub.mapping.paths import Path, get
from hub.model.instant import Instant, instant
from hub.model.keys import Kind
from hub.model.opinion import Known, Opinion
from hub.model.radius import Guard
from hub.model.rule import Rule
from hub.model.value import Value

FACTS = ("open_tickets", "overdue_balance")
"""Golden fields no vendor has a field of its own for."""

IDENTIFYING = ("name", "legal_name", "vat_number", "coc_number", "birth_date")
"""Golden fields by which customers are told apart; an address is never an authority's to choose."""

Department = Literal["sales", "marketing", "ticketing", "finance"]


@dataclass(frozen=True, slots=True)
class When:
    """Which records a facet applies to."""

    filled: tuple[Path, ...] = ()
    any_filled: tuple[Path, ...] = ()
    empty: tuple[Path, ...] = ()
    among: Mapping[Path, tuple[str, ...]] = field(default_factory=dict)

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every path it looks at."""
        return (*self.filled, *self.any_filled, *self.empty, *self.among)

    def applies(self, raw: Mapping[str, Any]) -> bool:
        """Whether this record is one of them."""
        return (
            all(_filled(raw, one) for one in self.filled)
            and (not self.any_filled or any(_filled(raw, one) for one in self.any_filled))
            and not any(_filled(raw, one) for one in self.empty)
            and all(_among(get(raw, where), allowed) for where, allowed in self.among.items())
        )


def _among(found: Any, allowed: tuple[str, ...]) -> bool:
    """Whether a value, or any element of a list, is one of these."""
    return any(str(one) in allowed for one in (found if isinstance(found, list) else [found]))


def _filled(raw: Mapping[str, Any], where: Path) -> bool:
    found = get(raw, where)
    return bool(found.strip()) if isinstance(found, str) else found not in (None, [], {})


@dataclass(frozen=True, slots=True)
class Join:
    """A fact about a customer that stands in other records: how many, or how much together."""

    field: str
    object: str
    where: Mapping[Path, tuple[str, ...]]
    sum: tuple[Path, ...] = ()
    """Where the amount stands, in the order of trust: the first that is filled; none: they are counted."""
    currency: Path | None = None
    """Where the currency of the amounts stands: those of several have no sum."""
    past: Path | None = None
    """Only records whose date at this path is before the day of reading count."""


@dataclass(frozen=True, slots=True)
class Link:
    """Another customer this one belongs to: by key in the same system, or another facet of the record."""

    lookup: str | None = None
    source: Path | None = None
    facet: str | None = None


@dataclass(frozen=True, slots=True)
class CreateWhen:
    """Which golden records may be created in a system at all."""

    has: tuple[str, ...] = ()
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    present_in: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    @property
    def minded(self) -> frozenset[str]:
        """The fields by which it decides."""
        return frozenset({*self.has, *self.where, *self.without})

    def allows(self, golden: Mapping[str, Value], systems: frozenset[str]) -> bool:
        """Whether this golden record, known in these systems, may be created."""
        return (
            all(golden.get(name) for name in self.has)
            and all(golden.get(name) in allowed for name, allowed in self.where.items())
            and not any(golden.get(name) for name in self.without)
            and (not self.present_in or bool(systems & set(self.present_in)))
        )


@dataclass(frozen=True, slots=True)
class Facet:
    """One customer that a record of the system holds."""

    kind: Kind
    lenses: Mapping[str, Lens]
    joins: tuple[Join, ...] = ()
    suffix: str = ""
    each: Path | None = None
    when: When = When()
    links: Mapping[str, Link] = field(default_factory=dict)
    golden_id: Path | None = None
    find_by: Mapping[str, str] = field(default_factory=dict)
    """Shared field → findable path of the connector, for looking up before creating."""
    create_when: CreateWhen | None = None

    @property
    def opinions(self) -> Mapping[str, Opinion]:
        """Field → how its values compare; not of lists."""
        return {name: lens.opinion for name, lens in self.lenses.items() if lens.shape != "list"}

    @property
    def defaults(self) -> Mapping[str, frozenset[str]]:
        """Field → the values its vendor fills in by itself."""
        return {name: lens.vendor_fills for name, lens in self.lenses.items() if lens.vendor_fills}

    @property
    def writable(self) -> tuple[Lens, ...]:
        """The lenses a golden value may be written through."""
        return tuple(lens for lens in self.lenses.values() if lens.write_rule != "never")


@dataclass(frozen=True, slots=True)
class Made:
    """When a record was made, and which ones no person made (an import says nothing of when it was true)."""

    source: Path
    unless: Mapping[Path, tuple[str, ...]] = field(default_factory=dict)

    def at(self, raw: Mapping[str, Any], read_at: Instant) -> Instant | None:
        """When a person made this record; None where the record does not tell, or no person did.

        Nor where it was made after it was read: by the system's clock that is, which is no other's then.
        """
        if any(_among(get(raw, where), words) for where, words in self.unless.items()):
            return None
        try:
            made = instant(datetime.fromisoformat(str(get(raw, self.source))))
        except ValueError:
            return None
        return made if made <= read_at else None


@dataclass(frozen=True, slots=True)
class ObjectMapping:
    """One kind of record in the system: customers (facets), or something that belongs to them."""

    name: str
    facets: tuple[Facet, ...] = ()
    belongs_to: str | None = None
    by: Path | None = None
    ignore: frozenset[str] = frozenset()
    strangers: Literal["ignore", "quarantine"] = "ignore"
    """What becomes of a record that no facet applies to."""
    batch: Mapping[str, Any] = field(default_factory=dict)
    made: Made | None = None
    """Where a record says when a person made it."""
    formerly: str = ""
    """What the connector called these records before."""

    def known_paths(self) -> frozenset[str]:
        """Every source path this mapping reads, for the drift report."""
        paths = {
            ".".join(part.path)
            for facet in self.facets
            for lens in facet.lenses.values()
            for part in lens.parts
        }
        paths |= {".".join(facet.golden_id) for facet in self.facets if facet.golden_id}
        if self.made:
            paths |= {".".join(one) for one in (self.made.source, *self.made.unless)}
        paths |= {
            ".".join(link.source) for facet in self.facets for link in facet.links.values() if link.source
        }
        return frozenset(paths)

    def read_paths(self) -> frozenset[Path]:
        """Every path of a record by which something is decided: what is not shown there says nothing."""
        whole = [facet for facet in self.facets if facet.each is None]
        paths = {part.path for facet in whole for lens in facet.lenses.values() for part in lens.parts}
        paths |= {where for facet in self.facets for where in facet.when.paths}
        paths |= {facet.each for facet in self.facets if facet.each}
        paths |= {link.source for facet in whole for link in facet.links.values() if link.source}
        return frozenset(paths | ({self.by} if self.by else set()))


@dataclass(frozen=True, slots=True)
class SystemMapping:
    """One system's mapping file."""

    system: str
    connector: str
    title: str
    department: Department
    schedule: str
    objects: Mapping[str, ObjectMapping]
    guard: Guard = field(default_factory=Guard)
    formerly: str = ""
    """The name this system had in the hub before."""

    @property
    def minded(self) -> frozenset[str]:
        """The shared fields that this system may be told, or by which it is told of a customer at all."""
        facets = [facet for obj in self.objects.values() for facet in obj.facets]
        written = {lens.field for facet in facets for lens in facet.writable}
        return frozenset(written).union(*(one.create_when.minded for one in facets if one.create_when))

    def custom_fields(self, obj: str) -> tuple[str, ...]:
        """The vendor's field names below one level (``properties.golden_id`` → ``golden_id``) it reads."""
        deep = [where.split(".", 1)[1] for where in self.objects[obj].known_paths() if "." in where]
        return tuple(sorted(deep))

    def provisions(self, obj: str) -> dict[str, Literal["text", "number"]]:
        """The custom fields the hub writes into this object, by the vendor's name: they must exist there."""
        found: dict[str, Literal["text", "number"]] = {}
        for facet in self.objects[obj].facets:
            if facet.golden_id and len(facet.golden_id) > 1:
                found[facet.golden_id[-1]] = "text"
            for name in FACTS:
                lens = facet.lenses.get(name)
                if lens and lens.write_rule != "never" and len(lens.parts[0].path) > 1:
                    found[lens.parts[0].path[-1]] = "number"
        return found

    def read_paths(self, obj: str) -> frozenset[Path]:
        """Every path of an object's records by which something is decided, here or in what they belong to."""
        joins = [
            join
            for one in self.objects.values()
            for facet in one.facets
            for join in facet.joins
            if join.object == obj
        ]
        told = {
            where for join in joins for where in (*join.where, *join.sum, join.currency, join.past) if where
        }
        return self.objects[obj].read_paths() | told

    def lens(self, obj: str, kind: Kind, key: str, name: str) -> Lens | None:
        """The lens of a field in the facet (any, where several share a suffix) a key belongs to."""
        for facet in self.objects[obj].facets:
            if facet.kind == kind and _has_suffix(facet, key) and name in facet.lenses:
                return facet.lenses[name]
        return None

    def facet(self, obj: str, key: str, kind: Kind, raw: Mapping[str, Any] | None = None) -> Facet | None:
        """The facet a source record of ``obj`` belongs to, by its key and what the record holds."""
        for facet in self.objects[obj].facets:
            if facet.kind == kind and _has_suffix(facet, key) and (raw is None or facet.when.applies(raw)):
                return facet
        return None

    def creatable(self, kind: Kind) -> tuple[str, Facet] | None:
        """The object and facet that golden records of this kind are created as, if any."""
        for obj in self.objects.values():
            for facet in obj.facets:
                if facet.kind == kind and facet.create_when is not None:
                    return obj.name, facet
        return None


def _has_suffix(facet: Facet, key: str) -> bool:
    stem = facet.suffix.split("{")[0]
    return stem in key if stem else "#" not in key


@dataclass(frozen=True, slots=True)
class GoldenField:
    """One shared field: its shape, its rule, who owns it."""

    name: str
    shape: Literal["scalar", "composite", "list"]
    rule: Rule
    owner: Department
    placeholders: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    """What a composite value may consist of."""
    opinion: Opinion = EXACT
    """How two of its values compare, in any system."""
    identifies: bool = False
    """Whether two values that conflict may be two customers'."""


@dataclass(frozen=True, slots=True)
class CustomerRules:
    """``customer.yml``: what the data office decides for everybody."""

    fields: Mapping[Kind, Mapping[str, GoldenField]]
    matching: Mapping[Kind, Mapping[str, Any]]
    known: Mapping[Kind, Known] = field(default_factory=dict)
    """What speaks between two spellings, from ``matching`` and the names of ``mappings/matching/``."""
    departments: Mapping[str, str] = field(default_factory=dict)
    """Department → what its people call it, where the file says so."""
