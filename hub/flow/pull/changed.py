"""What a batch tells beside its values: fields not shown any more, and unique values that are free again."""

from collections.abc import Mapping, Sequence

import structlog

from connectors.registry import connector_class
from hub.golden.record import SourceRecord
from hub.mapping.spec import ObjectMapping, SystemMapping
from hub.model.keys import RecordKey
from hub.store import drift as drifts
from hub.store.engine import Connection
from hub.store.raw import Raw

_log = structlog.get_logger(__name__)


def freed(
    mapping: SystemMapping,
    obj: ObjectMapping,
    seen: Sequence[SourceRecord],
    known: Mapping[RecordKey, SourceRecord],
    *,
    strangers: bool,
) -> dict[str, set[str] | None]:
    """Field → values unique in the system that a record showed before and shows no longer.

    None: any value; of records never admitted (``strangers``: there is one) nobody knows what they showed.
    """
    sheet = connector_class(mapping.connector).sheet.objects[obj.name]
    names = {
        name
        for facet in obj.facets
        for name, lens in facet.lenses.items()
        if any(".".join(part.path) in sheet.unique for part in lens.parts)
    }
    if strangers:
        return dict.fromkeys(names)
    found: dict[str, set[str] | None] = {}
    for one in seen if names else ():
        before = known.get(one.key)
        for name in names:
            gone = before.standing(name) - (set() if one.deleted else one.standing(name)) if before else set()
            if gone:
                found[name] = gone | (found.get(name) or set())
    return found


def note_drift(
    connection: Connection,
    obj: ObjectMapping,
    system: str,
    batch: Sequence[Raw],
    seen: Sequence[SourceRecord],
    known: Mapping[RecordKey, SourceRecord],
) -> None:
    """Tell once of what is not shown any more, and no longer of what is shown again.

    A deleted record shows nothing, and lacks nothing.
    """
    living = [one for one in seen if not one.deleted]
    shown = living if obj.facets else [one for one in batch if not one.deleted]
    gone = {".".join(where) for one in shown for where in one.unshown}
    if obj.facets:
        was = {".".join(where) for one in living if one.key in known for where in known[one.key].unshown}
    else:  # what belongs to customers, and is none: nothing is kept of what it did not show
        was = {".".join(where) for where in drifts.paths(connection, system, obj.name)} if shown else set()
    if gone:
        since = min(one.since for one in batch if one.unshown)
        for path in drifts.begin(connection, system, obj.name, gone, since):
            _log.warning("a field is not shown any more", system=system, object=obj.name, path=path)
    if back := was - gone:
        drifts.end(connection, system, obj.name, back)
