"""What stored records say against a mapping file: names that changed, paths that nobody has."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from hub.flow.mappings import vanished
from hub.mapping.load import Mappings, as_stored
from hub.mapping.paths import Path, shows
from hub.mapping.spec import Facet, ObjectMapping, SystemMapping
from hub.store import kept, mapping_files, raw
from hub.store.engine import Connection, Store
from hub.store.mapping_files import MappingFile
from quality.drift import paths as paths_of
from quality.suggest import did_you_mean

LOOKED_AT = 200
"""The records read last, by which a path is judged to have another name by now."""
SOME = 3
"""So many read since the last that showed the old path."""
FEW = 5
"""Of fewer stored records nothing is concluded."""


@dataclass(frozen=True, slots=True)
class Doubts:
    """What is wrong with mapping files, each with place and remedy."""

    renamed: tuple[str, ...] = ()
    """Names that changed, and nothing says from what: such a file is not activated."""
    unseen: tuple[str, ...] = ()
    """Paths that stand in no stored record."""

    @property
    def all(self) -> list[str]:
        """Every one."""
        return [*self.renamed, *self.unseen]


def doubts(store: Store, on_disk: Mappings, systems: Sequence[str] = ()) -> Doubts:
    """What is wrong with the files, or those of some systems. Reads stored records."""
    with store.read() as connection:
        known = mapping_files.in_force(connection)
        renamed: list[str] = []
        unseen: list[str] = []
        for name, mapping in sorted(on_disk.systems.items()):
            if not systems or name in systems:
                renamed += _lost_system(known, on_disk, mapping)
                file = known.get(name) or known.get(mapping.formerly)
                if before := as_stored(on_disk, file.text) if file else None:
                    renamed += _objects(before, mapping)
                    _of_objects(connection, before, mapping, renamed, unseen)
    return Doubts(tuple(renamed), tuple(unseen))


def _lost_system(
    known: Mapping[str, MappingFile], on_disk: Mappings, mapping: SystemMapping
) -> Iterator[str]:
    if mapping.system not in known and mapping.formerly not in known:
        for gone in vanished(known, on_disk, mapping):
            yield (
                f"mappings/{mapping.system}.yml: is new, and {gone}.yml, stored with the same connector, "
                f"is gone. Is it the same one? Write 'formerly: {gone}' at its top, or put {gone}.yml back"
            )


def _of_objects(
    connection: Connection,
    before: SystemMapping,
    mapping: SystemMapping,
    renamed: list[str],
    unseen: list[str],
) -> None:
    for name, obj in mapping.objects.items():
        what = name if name in before.objects else obj.formerly
        if old := before.objects.get(what):
            look = _Look(connection, before.system, what, f"mappings/{mapping.system}.yml, objects.{name}")
            if look.count() >= FEW:
                missing = look.unseen(set(dict(_places(obj))))
                unseen += _unseen(look, mapping, old, obj, missing)
                renamed += _renamed(look, old, obj, missing)


def _objects(before: SystemMapping, after: SystemMapping) -> Iterator[str]:
    """Objects of another name, where nothing says that they are the same."""
    said = {one.formerly for one in after.objects.values()}
    gone = [one for name, one in before.objects.items() if name not in after.objects and name not in said]
    for name, obj in after.objects.items():
        if name in before.objects or obj.formerly in before.objects:
            continue
        for old in gone:
            if _shape(old) == _shape(obj):
                yield (
                    f"mappings/{after.system}.yml, objects.{name}: is new, and '{old.name}', stored until "
                    f"now, is gone. Are they the same records? Write 'formerly: {old.name}' there; else keep "
                    f"'{old.name}', with facets: []"
                )


def _shape(obj: ObjectMapping) -> object:
    return sorted({one.kind for one in obj.facets}), obj.belongs_to


@dataclass(frozen=True, slots=True)
class _Look:
    """The stored records of one object."""

    connection: Connection
    system: str
    what: str
    """The object, as it is stored."""
    place: str

    def latest(self) -> list[raw.Raw]:
        return raw.latest(self.connection, self.system, self.what, LOOKED_AT)

    def count(self) -> int:
        return raw.count(self.connection, self.system, self.what)

    def unseen(self, wanted: set[Path]) -> set[Path]:
        """Those of these paths that no stored record shows; stops at the one that shows the last."""
        left = set(wanted)
        for one in kept.living(self.connection, self.system, self.what) if left else ():
            left -= {where for where in left if shows(one, where)}
            if not left:
                break
        return left


def _unseen(
    look: _Look, mapping: SystemMapping, old: ObjectMapping, obj: ObjectMapping, missing: set[Path]
) -> Iterator[str]:
    """What stands nowhere; what the hub itself provides, and what no pull has asked for yet, may."""
    own, places = set(mapping.provisions(obj.name)), dict(_places(obj))
    told = {where for one in look.latest() for where in paths_of(one.data)} if missing else set()
    for where in sorted(one for one in missing if one[-1] not in own):
        name = ".".join(where)
        near = did_you_mean(name, sorted(told))
        if near or len(where) == 1 or where in dict(_places(old)):
            hint = near.replace(" Did", "; did")
            yield (
                f"{look.place}…{places[where]}.from: '{name}' stands in none of the {look.count():,} stored "
                f"{obj.name}{hint}"
            )


def _places(obj: ObjectMapping) -> Iterator[tuple[Path, str]]:
    """Path → the field that is read from it; of items in a list none."""
    for facet in obj.facets:
        for name, lens in facet.lenses.items() if not facet.each else ():
            for part in lens.parts:
                yield part.path, name


def _renamed(look: _Look, old: ObjectMapping, obj: ObjectMapping, missing: set[Path]) -> Iterator[str]:
    """Paths that were read until now and are gone from the records, where others came in their place."""
    changed = [one for one in _changed(old, obj) if one[2] not in missing]
    latest = look.latest() if changed else []
    for name, before, now in changed:
        since = takewhile(lambda one, old=before: not _shown(one, old), latest)  # type: ignore[misc]
        if sum(_shown(one, now) for one in since) >= SOME:
            was, becomes = ".".join(before), ".".join(now)
            yield (
                f"{look.place}…{name}.from: '{was}', stored until now, is shown no more, and '{becomes}' is. "
                f"Is it the same under another name? Write {{from: {becomes}, formerly: {was}}}"
            )


def _shown(one: raw.Raw, where: Path) -> bool:
    """Whether a path was shown when the record was read last."""
    return where not in one.unshown and shows(one.data, where)


def _changed(old: ObjectMapping, obj: ObjectMapping) -> Iterator[tuple[str, Path, Path]]:
    """Field, its path before and its path now, where that is another and nothing says why."""
    for before, now in zip(old.facets, obj.facets, strict=False):
        for name, lens in now.lenses.items():
            parts = zip(_parts(before, name), lens.parts, strict=False)
            for was, part in parts:
                if was != part.path and part.formerly is None:
                    yield name, was, part.path


def _parts(facet: Facet, name: str) -> list[Path]:
    lens = facet.lenses.get(name)
    return [part.path for part in lens.parts] if lens else []
