"""Records that vanished: most systems tell nobody, so the keys that exist are compared now and then."""

from connectors.contract import Connector
from connectors.keys import nameless
from hub.flow.errors import BatchStopped
from hub.flow.hub import Hub
from hub.flow.pull.admit import admit
from hub.store import raw
from hub.store.runs import Counts

SHRINK = 0.2
"""More than this share gone at once is a fault of the listing until a person says otherwise."""
FEW = 20


def sweep(hub: Hub, system: str, run_id: str) -> Counts:
    """Mark what a system no longer has as deleted. Raises BatchStopped where too much is missing."""
    mapping = hub.mapping(system)
    connector = hub.connect(mapping)
    counts: Counts = Counts(gone=0)
    for obj in mapping.objects.values():
        began = hub.now()
        with hub.store.read() as connection:
            known = set(raw.living_keys(connection, system, obj.name))
        there = {key for some in connector.keys(obj.name) for key in some}
        gone = _looked_for(connector, obj.name, sorted(_missing(known, there)), known)
        with hub.store.begin() as connection:
            parents = raw.parents(connection, system, obj.name, gone)
            raw.bury(connection, system, obj.name, gone, began)
            if obj.belongs_to:
                raw.awaken(connection, system, obj.belongs_to, parents, began)
        counts["gone"] += len(gone)
    counts.update(admit(hub, system, run_id))
    return counts


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
