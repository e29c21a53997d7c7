"""A mapping file gives way to another: its system's records become as the new one has them, batch by batch.

A file that changed authors nothing: cells whose place is no longer read are set aside, and come back as they
were when it is. A batch, and up to where all is done, are stored in one transaction: killed between two, the
next pull goes on with the one that is left.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hub.flow.decide.decisions import offer_freed
from hub.flow.hub import Hub
from hub.flow.pull.moving import Moving, Outcome, pairs
from hub.identity.features import EVIDENCE
from hub.mapping.load import as_stored
from hub.mapping.places import is_structure, moves, writes
from hub.mapping.spec import ObjectMapping, SystemMapping
from hub.store import golden as goldens
from hub.store import identity, kept, mapping_files, outbox, queue, raw, reads, records, rename, watermarks
from hub.store.engine import Connection
from hub.store.kept import Version
from hub.store.mapping_files import MappingFile
from hub.store.raw import Raw, Stored

BATCH = 2_000
"""Records brought to the new file in one transaction."""
UNSENT = ("draft", "held", "ready")
NOBODY = "klantbeeld"
Where = tuple[str, str]
"""Object and raw key."""


def keep_up(hub: Hub, system: str, who: str = NOBODY, why: str = "read with this file") -> bool:
    """Bring a system's records to what its file says, and note that it is in force; False where they are.

    Only who holds the system's turn may call this.
    """
    if system not in hub.mappings.texts:
        return False
    file = _in_force(hub, system)
    if file is not None and file.state == "moving":
        _move(hub, file)
    if file is not None and file.print == hub.mappings.prints[system]:
        return file.state == "moving"
    if file is None and not _former(hub, system):
        with hub.store.begin() as connection:
            _note(connection, hub, system, NOBODY, "the store knew none", first=True)
        return False
    with hub.store.begin() as connection:
        _begin(connection, hub, system, who, why)
    begun = _in_force(hub, system)
    if begun is not None:
        _move(hub, begun)
    return True


def _in_force(hub: Hub, system: str) -> MappingFile | None:
    with hub.store.read() as connection:
        return mapping_files.in_force(connection, [system]).get(system)


def _former(hub: Hub, system: str) -> str:
    """The name the system had in this store, where the file says so."""
    name = hub.mapping(system).formerly
    return name if name and _in_force(hub, name) else ""


def _note(connection: Connection, hub: Hub, system: str, who: str, why: str, *, first: bool) -> None:
    text, print_ = hub.mappings.texts[system], hub.mappings.prints[system]
    state: mapping_files.State = "initial" if first else "moving"
    mapping_files.add(connection, system, text, print_, hub.now(), who, why, state)


def _begin(connection: Connection, hub: Hub, system: str, who: str, why: str) -> None:
    """Another file is in force from now on; what was planned by the old one is planned anew."""
    mapping = hub.mapping(system)
    known = mapping_files.in_force(connection)
    if mapping.formerly in known and system not in known:
        rename.system(connection, mapping.formerly, system)
    before = as_stored(hub.mappings, known[mapping.formerly if system not in known else system].text)
    for name, obj in mapping.objects.items():
        if before and obj.formerly in before.objects and name not in before.objects:
            rename.records(connection, system, obj.formerly, name)
    _note(connection, hub, system, who, why, first=False)
    unsent = outbox.changes(connection, system, UNSENT, limit=None)
    outbox.mark(connection, [one.id for one in unsent], "superseded", hub.now(), "planned by another file")
    queue.enqueue(connection, [system], {one.golden_id for one in unsent}, hub.now())


def _move(hub: Hub, file: MappingFile) -> None:
    with hub.store.read() as connection:
        old = mapping_files.before(connection, file)
        rows = records.of_system(connection, file.name, file.moved)
    before, after = (as_stored(hub.mappings, one.text) if one else None for one in (old, file))
    if before is None or after is None:
        rows = []
    else:
        moving = Moving(before, after, hub.now())
        for start in range(0, len(rows) if moving.touches else 0, BATCH):
            _move_batch(hub, file, moving, rows[start : start + BATCH])
    with hub.store.begin() as connection:
        _end(connection, hub, file, before, after)


@dataclass(slots=True)
class _Batch:
    """What is read of some records, to be moved."""

    stored: dict[Where, Stored] = field(default_factory=dict)
    versions: dict[Where, list[Version]] = field(default_factory=dict)


def _move_batch(hub: Hub, file: MappingFile, moving: Moving, rows: Sequence[int]) -> None:
    with hub.store.read() as connection:
        held = [one for one in records.by_ids(connection, rows).values() if moving.concerns(one.object)]
        found = _read(connection, file.name, moving, [(one.object, one.raw_key) for one in held])
    outcomes = [
        moving.moved(
            one,
            found.stored.get((one.object, one.raw_key)),
            found.versions.get((one.object, one.raw_key), ()),
        )
        for one in sorted(held, key=lambda one: one.key)
    ]
    changed = [one for one in outcomes if one.record != one.before]
    otherwise = {
        one.record.key for one in changed if one.record.evidence(EVIDENCE) != one.before.evidence(EVIDENCE)
    }
    with hub.store.begin() as connection:
        records.save(connection, [one.record for one in changed], otherwise)
        raw.reshow(connection, _reshown(outcomes))
        for obj, keys in _to_read(outcomes).items():
            raw.retry(connection, file.name, obj, keys)
        for obj in sorted({one.raw.object for one in outcomes if one.raw and one.hidden}):
            watermarks.rewind(connection, file.name, obj)
        mapping_files.move(connection, file, max(rows))


def _read(connection: Connection, system: str, moving: Moving, wanted: Sequence[Where]) -> _Batch:
    found = _Batch()
    keys: dict[str, set[str]] = {}
    for obj, key in wanted:
        keys.setdefault(obj, set()).add(key)
    for obj, some in keys.items():
        told = raw.stored(connection, system, obj, sorted(some))
        found.stored |= {(obj, key): one for key, one in told.items()}
        lacking = {key: paths for key, one in told.items() if (paths := moving.lacks(obj, one.raw))}
        words = {where[-1] for paths in lacking.values() for where in paths}
        versions = kept.versions(connection, system, obj, lacking, words) if lacking else {}
        found.versions |= {(obj, key): one for key, one in versions.items()}
    return found


def _reshown(outcomes: Sequence[Outcome]) -> list[Raw]:
    """Several customers may share a record; each hides what it reads of it."""
    whole: dict[Where, Raw] = {}
    for one in outcomes:
        if one.raw is not None and one.reshown:
            before = whole.get((one.raw.object, one.raw.key))
            whole[one.raw.object, one.raw.key] = one.raw if before is None else one.beside(before)
    return list(whole.values())


def _to_read(outcomes: Sequence[Outcome]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in outcomes:
        if one.read:
            found.setdefault(one.record.object, set()).add(one.record.raw_key)
    return found


def _end(
    connection: Connection,
    hub: Hub,
    file: MappingFile,
    before: SystemMapping | None,
    after: SystemMapping | None,
) -> None:
    """What is not of single records: other customers in the same ones, other rules for writing."""
    for obj, keys in reads.quarantined_raw(connection, file.name).items():
        raw.retry(connection, file.name, obj, keys)
    for name in after.objects if after else ():
        old = pairs(before, after).get(name) if before and after else None
        if after and (old is None or is_structure(old, after.objects[name])):
            raw.retry_object(connection, file.name, name)
        if after and old and (freed := _elsewhere(old, after.objects[name])):
            offer_freed(connection, file.name, name, freed, hub.now())
    if before and after and _writes(before) != _writes(after):
        ids = set(goldens.ids(connection)) if _creates(before) != _creates(after) else None
        ids = identity.of_system(connection, file.name) if ids is None else ids
        queue.enqueue(connection, [file.name], ids, hub.now())
    mapping_files.moved(connection, file)


def _elsewhere(old: ObjectMapping, new: ObjectMapping) -> dict[str, None]:
    """Fields of which a part stands elsewhere from now on: what was refused there may be taken here."""
    facets = zip(old.facets, new.facets, strict=False)
    return dict.fromkeys(name for one, other in facets for name in moves(one, other).regrouped)


def _writes(mapping: SystemMapping) -> Mapping[str, object]:
    return {name: writes(obj) for name, obj in mapping.objects.items()}


def _creates(mapping: SystemMapping) -> object:
    return [one.create_when for obj in mapping.objects.values() for one in obj.facets]
