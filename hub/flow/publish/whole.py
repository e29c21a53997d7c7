"""A unit is written whole: what stands together was seen together, and is never half somebody else's.

Nor is what stands in one place beside a value of ours written over.
"""

from collections.abc import Mapping
from typing import Any

from hub.flow.publish.compare import facet_of
from hub.golden.record import SourceRecord
from hub.mapping.lens import Lens
from hub.mapping.paths import Path, get, put, shows
from hub.mapping.spec import SystemMapping
from hub.model.value import Value
from hub.store.change import Change


def whole(
    mapping: SystemMapping, record: SourceRecord, change: Change, seen: Mapping[str, Any]
) -> dict[str, Any]:
    """All that is sent of a change: beside the places that change the others of their units, as just seen.

    Raises CodecError where a value of ours cannot be put beside what stands there.
    """
    data = change.data
    facet = facet_of(mapping, record, seen)
    for name, both in change.fields.items():
        lens = facet.lenses.get(name) if facet else None
        if lens is None:
            continue
        for at, part in enumerate(lens.parts):
            if shows(data, part.path):
                known = _known(both["before"], at)
                put(data, part.path, part.over(get(data, part.path), get(seen, part.path), known))
        if name in change.lists:
            continue
        for where in _beside(lens, both["data"]):
            if shows(seen, where) and where not in record.unshown:
                put(data, where, get(seen, where) or None)
    return data


def _known(before: Any, at: int) -> Value | None:
    """What was known to stand at a place of a field when the change was planned."""
    known: Value | None = (*before, *(None,) * at)[at] if isinstance(before, list) else before
    return known


def _beside(lens: Lens, written: Mapping[str, Any]) -> list[Path]:
    """The places of the units that are written in part, but for those that are written."""
    here = {part.path for part in lens.parts if shows(written, part.path)}
    touched = {unit for part in lens.parts if part.path in here for unit in _units(lens, part.names)}
    return [
        part.path for part in lens.parts if part.path not in here and touched & set(_units(lens, part.names))
    ]


def _units(lens: Lens, names: tuple[str, ...]) -> list[str]:
    """The units a place has a part of."""
    return [unit for unit, parts in lens.opinion.units.items() if not parts or set(parts) & set(names)]
