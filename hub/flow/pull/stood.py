"""Since when what is read for the first time has stood there: the versions kept of a record tell."""

from collections.abc import Mapping, Sequence
from typing import Any

from hub.flow.pull.judging import Judged
from hub.golden.record import SourceRecord
from hub.mapping.items import items
from hub.mapping.lens import Lens
from hub.mapping.read import CustomerReading
from hub.mapping.spec import Facet, ObjectMapping, SystemMapping
from hub.model.instant import Instant
from hub.model.keys import RecordKey
from hub.store import kept
from hub.store.engine import Connection
from hub.store.kept import Version

Stood = Mapping[RecordKey, Mapping[str, Instant]]


def stood(
    connection: Connection,
    mapping: SystemMapping,
    obj: ObjectMapping,
    judged: Sequence[Judged],
    known: Mapping[RecordKey, SourceRecord],
) -> Stood:
    """Record → field → since when it shows what it does, for fields first read of customers ``known`` before.

    That is when the oldest kept version was read that shows the same, and so does every later one.
    """
    fresh = {
        each.raw.key: some
        for each in judged
        if (some := [(one.reading, names) for one in each.admitted if (names := _first(known, one.reading))])
    }
    told = kept.versions(connection, mapping.system, obj.name, fresh) if fresh else {}
    return {
        reading.key: _since(mapping, obj, raw_key, reading, names, told.get(raw_key, ()))
        for raw_key, some in fresh.items()
        for reading, names in some
    }


def _first(known: Mapping[RecordKey, SourceRecord], reading: CustomerReading) -> list[str]:
    """The fields of somebody known that show something, and were never read before."""
    record = known.get(reading.key)
    if record is None:
        return []
    filled = [name for name, value in reading.values.items() if value is not None]
    filled += [name for name, slots in reading.slots.items() if any(slots)]
    return [
        name
        for name in filled
        if name in reading.shown and name not in record.cells and name not in record.rolls
    ]


def _since(
    mapping: SystemMapping,
    obj: ObjectMapping,
    raw_key: str,
    reading: CustomerReading,
    names: Sequence[str],
    versions: Sequence[Version],
) -> dict[str, Instant]:
    found: dict[str, Instant] = {}
    for name in names:
        for one in versions:
            if (
                one.deleted
                or _shown(mapping, obj, raw_key, reading.key, name, one.data) != reading.shown[name]
            ):
                break
            found[name] = one.read_at
    return found


def _shown(
    mapping: SystemMapping,
    obj: ObjectMapping,
    raw_key: str,
    key: RecordKey,
    name: str,
    data: Mapping[str, Any],
) -> str:
    """The fingerprint of what a version shows of a field; empty where it holds no such customer."""
    for facet, lens in _lenses(mapping, obj, key, name):
        found = {one.key: one.data for one in items(facet, raw_key, data)} if facet.each else {key.key: data}
        if key.key in found:
            return lens.shown(found[key.key])
    return ""


def _lenses(
    mapping: SystemMapping, obj: ObjectMapping, key: RecordKey, name: str
) -> list[tuple[Facet, Lens]]:
    facet = mapping.facet(obj.name, key.key, key.kind)
    return [(facet, facet.lenses[name])] if facet and name in facet.lenses else []
