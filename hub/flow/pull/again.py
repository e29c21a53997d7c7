"""What was read while a place was not shown is looked at again when it is: people may have typed there."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from connectors.contract import Connector, KeepsHistory, RawRecord
from hub.flow.hub import Hub
from hub.mapping.paths import Path, shows
from hub.mapping.spec import ObjectMapping, SystemMapping
from hub.model.instant import Instant
from hub.store import drift, kept, raw, records
from hub.store.engine import Connection

LOOK = 100
"""Records at a time."""


def back(hub: Hub, mapping: SystemMapping, connector: Connector, obj: ObjectMapping) -> dict[Path, Instant]:
    """The places told as not shown any more that the system shows by now, each with since when it did not.

    Whether it does is seen by a look at the last record read without it; where none is left, at any.
    """
    names = {".".join(where): where for where in mapping.read_paths(obj.name)}
    with hub.store.read() as connection:
        gone = {
            names[one.path]: one.since
            for one in drift.listed(connection, [mapping.system])
            if one.object == obj.name and one.path in names
        }
        probes = {where: _probe(connection, mapping.system, obj.name, where) for where in gone}
    keys = sorted({key for some in probes.values() for key in some})
    seen = connector.fetch(obj.name, keys) if keys else {}
    return {
        where: gone[where]
        for where, some in probes.items()
        if any(key in seen and shows(seen[key].data, where) for key in some)
    }


def _probe(connection: Connection, system: str, obj: str, where: Path) -> list[str]:
    lacking = kept.read_without(connection, system, obj, where, 1)
    return lacking or [one.key for one in raw.latest(connection, system, obj, 1)]


def shown_again(
    hub: Hub, mapping: SystemMapping, connector: Connector, obj: ObjectMapping, places: Collection[Path]
) -> Iterator[Sequence[RawRecord]]:
    """The records last read without one of these places."""
    with hub.store.read() as connection:
        without = [kept.read_without(connection, mapping.system, obj.name, where) for where in places]
    keys = sorted({key for some in without for key in some})
    for start in range(0, len(keys), LOOK):
        found = list(connector.fetch(obj.name, keys[start : start + LOOK]).values())
        yield connector.with_history(obj.name, found) if isinstance(connector, KeepsHistory) else found


def over(
    connection: Connection, mapping: SystemMapping, obj: ObjectMapping, places: Collection[Path]
) -> list[str]:
    """The places told as not shown that no file reads any more, or those of ``places`` none lacks now."""
    read = mapping.read_paths(obj.name)
    told = drift.paths(connection, mapping.system, obj.name)
    still = {where for where in places if kept.read_without(connection, mapping.system, obj.name, where, 1)}
    return [".".join(where) for where in told if where not in read or where in {*places} - still]


def hidden(connection: Connection, mapping: SystemMapping, obj: ObjectMapping) -> frozenset[Path]:
    """What the file reads and some stored record does not show: none may, when the file is another."""
    return frozenset(
        where
        for where in mapping.read_paths(obj.name)
        if kept.read_without(connection, mapping.system, obj.name, where, 1)
    )


def not_shown_in_new(
    connection: Connection, mapping: SystemMapping, obj: ObjectMapping, gone: frozenset[Path], began: Instant
) -> list[raw.Raw]:
    """The new records of a pull that lack what a later page told is not shown any more, as lacking it."""
    lacking = {
        one.key: replace(one, unshown=one.unshown | some)
        for one in raw.read_at(connection, mapping.system, obj.name, began)
        if not one.deleted and (some := {where for where in gone if not shows(one.data, where)} - one.unshown)
    }
    known = records.by_raw(connection, mapping.system, obj.name, sorted(lacking))
    return [one for key, one in lacking.items() if key not in known]
