"""What was read while a place was not shown is looked at again when it is: people may have typed there."""

from collections.abc import Iterator, Sequence

from connectors.contract import Connector, RawRecord
from hub.flow.hub import Hub
from hub.mapping.paths import Path, shows
from hub.mapping.spec import ObjectMapping, SystemMapping
from hub.model.instant import Instant
from hub.store import drift, kept

LOOK = 100
"""Records at a time."""


def shown_again(
    hub: Hub, mapping: SystemMapping, connector: Connector, obj: ObjectMapping
) -> Iterator[tuple[Sequence[RawRecord], Instant]]:
    """Records last read without something the system shows by now, and since when they may have changed.

    Whether it does is seen by a look at the last one read without it.
    """
    names = {".".join(where): where for where in mapping.read_paths(obj.name)}
    with hub.store.read() as connection:
        gone = {
            names[one.path]: one.since
            for one in drift.listed(connection, [mapping.system])
            if one.object == obj.name and one.path in names
        }
        last = {where: kept.read_without(connection, mapping.system, obj.name, where, 1) for where in gone}
    probes = sorted({key for keys in last.values() for key in keys})
    seen = connector.fetch(obj.name, probes) if probes else {}
    back = [where for where, keys in last.items() if any(_shows(seen.get(key), where) for key in keys)]
    if not back:
        return
    since = min(gone[where] for where in back)
    with hub.store.read() as connection:
        without = [kept.read_without(connection, mapping.system, obj.name, where) for where in back]
    keys = sorted({key for some in without for key in some})
    for start in range(0, len(keys), LOOK):
        yield list(connector.fetch(obj.name, keys[start : start + LOOK]).values()), since


def _shows(record: RawRecord | None, where: Path) -> bool:
    return record is not None and shows(record.data, where)
