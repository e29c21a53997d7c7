"""The keys there are, compared now and then with those that are known: a listing of changes tells not of all.

Most systems tell nobody that a record vanished. And what came back from an archive, or was left out of a
listing or an index once, is on no list of changes either: without this it would be out of the loop for good.
"""

from collections.abc import Sequence

from connectors.contract import Connector, KeepsHistory
from connectors.keys import nameless
from connectors.shape import batches
from hub.flow.errors import BatchStopped
from hub.flow.hub import Hub
from hub.flow.pull.admit import admit
from hub.flow.pull.land import stored
from hub.mapping.spec import ObjectMapping, SystemMapping
from hub.model.instant import Instant
from hub.store import raw, watermarks
from hub.store.runs import Counts

SHRINK = 0.2
"""More than this share gone at once is a fault of the listing until a person says otherwise."""
FEW = 20
LOOK = 100
"""Records at a time."""


def sweep(hub: Hub, system: str, run_id: str) -> Counts:
    """Mark what a system no longer has as deleted, and store what it has and nobody knew, or thought gone.

    Raises BatchStopped where too much is missing.
    """
    mapping = hub.mapping(system)
    connector = hub.connect(mapping)
    counts: Counts = Counts(gone=0, found=0)
    for obj in mapping.objects.values():
        began = hub.now()
        with hub.store.read() as connection:
            known = set(raw.living_keys(connection, system, obj.name))
            pulled = watermarks.read(connection, system, obj.name).cursor is not None
        there = {key for some in connector.keys(obj.name) for key in some}
        gone = _looked_for(connector, obj.name, sorted(_missing(known, there)), known)
        with hub.store.begin() as connection:
            parents = raw.parents(connection, system, obj.name, gone)
            raw.bury(connection, system, obj.name, gone, began)
            if obj.belongs_to:
                raw.awaken(connection, system, obj.belongs_to, parents, began)
        counts["gone"] += len(gone)
        for some in batches(sorted(filter(_has_key, there - known)) if pulled else [], LOOK):
            counts["found"] += _found(hub, mapping, connector, obj, some, (began, run_id))
    counts.update(admit(hub, system, run_id))
    return counts


def _found(
    hub: Hub,
    mapping: SystemMapping,
    connector: Connector,
    obj: ObjectMapping,
    keys: Sequence[str],
    run: tuple[Instant, str],
) -> int:
    """Store records nobody knew, or that count as deleted; how many of them there are.

    What was merged into one comes with it.
    """
    began, run_id = run
    fetched = connector.fetch(obj.name, keys).values()
    records = [one for one in fetched if not one.deleted or one.merged_into in keys]
    if isinstance(connector, KeepsHistory):
        records = connector.with_history(obj.name, records)
    with hub.store.read() as connection:
        before = raw.stored(connection, mapping.system, obj.name, [one.key for one in records])
        since = watermarks.read(connection, mapping.system, obj.name).complete_at
    since = min([since, *(one.raw.read_at for one in before.values())])
    if records:
        stored(hub, mapping, obj, records, (began, since), run_id)
    return sum(not one.deleted for one in records)


def _has_key(key: str) -> bool:
    return not nameless(key)


def _looked_for(connector: Connector, obj: str, gone: list[str], known: set[str]) -> list[str]:
    """What is not there by its id either: a listing may be short. Raises BatchStopped where too much is."""
    if len(gone) > FEW and len(gone) > SHRINK * len(known):
        raise BatchStopped(
            f"{connector.name}: {len(gone)} of {len(known)} {obj} are missing from its listing. Nothing was "
            "marked as deleted; look at the system, and sweep again when it is whole"
        )
    there = connector.fetch(obj, gone) if gone else {}
    return [key for key in gone if key not in there or there[key].deleted]


def _missing(known: set[str], there: set[str]) -> set[str]:
    """What is no longer listed. A record without a key cannot be told from another one that has none."""
    unclear = any(map(nameless, there))
    return {key for key in known - there if not (unclear and nameless(key))}
