"""Pull what changed in a system and store it as received: nothing is lost, nothing is judged yet."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import structlog

from connectors.contract import Connector, RawRecord
from connectors.keys import as_key, nameless
from hub.flow.errors import CountsDoNotAddUp, PullIncomplete
from hub.flow.hub import Hub
from hub.flow.pull.again import back, hidden, not_shown_in_new, over, shown_again
from hub.flow.pull.remap import keep_up
from hub.mapping.paths import Path, filled_in, get, shows
from hub.mapping.spec import ObjectMapping, SystemMapping
from hub.model.instant import Instant
from hub.store import drift as drifts
from hub.store import kept, raw, watermarks
from hub.store.engine import Connection
from hub.store.runs import Counts

Told = TypeVar("Told")
_log = structlog.get_logger(__name__)


def land(hub: Hub, system: str, run_id: str) -> Counts:
    """Store every record the system offers since the last time; counts by outcome.

    Raises CountsDoNotAddUp or PullIncomplete; connector errors pass through. Pages stored before
    an error stay stored, and the next pull goes on after them.
    """
    mapping = hub.mapping(system)
    keep_up(hub, system)
    connector = hub.connect(mapping)
    counts: Counts = Counter(offered=0, landed=0, unchanged=0)
    for obj in mapping.objects.values():
        counts += _land_object(hub, mapping, connector, obj, run_id)
    if counts["offered"] != counts["landed"] + counts["unchanged"]:
        raise CountsDoNotAddUp(f"{system}: {dict(counts)} (run {run_id})")
    return counts


def _land_object(
    hub: Hub, mapping: SystemMapping, connector: Connector, obj: ObjectMapping, run_id: str
) -> Counts:
    began = hub.now()
    with hub.store.read() as connection:
        mark = watermarks.read(connection, mapping.system, obj.name)
        nowhere = hidden(connection, mapping, obj) if mark.anew else frozenset()
    when = (began, mark.complete_at)
    counts = _land_pages(hub, mapping, connector, obj, run_id, mark.cursor, when, nowhere)
    if mark.anew:
        with hub.store.begin() as connection:
            watermarks.begin_anew(connection, mapping.system, obj.name)
        counts += _land_pages(hub, mapping, connector, obj, run_id, None, when, nowhere)
    with hub.store.read() as connection:
        gone = drifts.paths(connection, mapping.system, obj.name)
    counts += _look_again(hub, mapping, connector, obj, run_id, began) if gone else Counter()
    with hub.store.begin() as connection:
        watermarks.complete(connection, mapping.system, obj.name, began)
    return counts


def _look_again(
    hub: Hub, mapping: SystemMapping, connector: Connector, obj: ObjectMapping, run_id: str, began: Instant
) -> Counts:
    """Store the records that lacked what the system shows by now; that is told no longer."""
    counts: Counts = Counter()
    with hub.store.read() as connection:
        gone = drifts.paths(connection, mapping.system, obj.name) - _consents(hub, obj)
        lacking = not_shown_in_new(connection, mapping, obj, gone, began) if gone else []
    if lacking:
        with hub.store.begin() as connection:
            raw.reshow(connection, lacking)
    places = back(hub, mapping, connector, obj)
    for again in shown_again(hub, mapping, connector, obj, places) if places else ():
        counts += stored(hub, mapping, obj, again, (began, min(places.values())), run_id)
    with hub.store.begin() as connection:
        drifts.end(connection, mapping.system, obj.name, over(connection, mapping, obj, places))
    return counts


def _land_pages(
    hub: Hub,
    mapping: SystemMapping,
    connector: Connector,
    obj: ObjectMapping,
    run_id: str,
    cursor: dict[str, Any] | None,
    when: tuple[Instant, Instant],
    nowhere: frozenset[Path],
) -> Counts:
    """Store every page from a cursor on, to the last."""
    counts: Counts = Counter()
    ended = False
    for page in connector.pull(obj.name, cursor):
        if page.offered != len(page.records):
            raise CountsDoNotAddUp(
                f"{mapping.system}: a page of {obj.name} offered {page.offered} records, "
                f"gave {len(page.records)}"
            )
        counts += stored(hub, mapping, obj, page.records, when, run_id, page.cursor, nowhere)
        ended = page.last
    if not ended:
        raise PullIncomplete(f"{mapping.system}: the listing of {obj.name} ended before its last page")
    return counts


def stored(
    hub: Hub,
    mapping: SystemMapping,
    obj: ObjectMapping,
    page: Sequence[RawRecord],
    when: tuple[Instant, Instant],
    run_id: str,
    cursor: dict[str, Any] | None = None,
    nowhere: frozenset[Path] = frozenset(),
) -> Counts:
    """Store a page; ``when``: when it was read, and since when it may have changed.

    ``nowhere``: what no record of the object shows, as far as is known.
    """
    paths = mapping.read_paths(obj.name)
    swallowed = _swallowed(page)
    records = [
        replace(_raw(mapping, obj, one, *when, paths), swallowed=swallowed.get(one.key, ())) for one in page
    ]
    with hub.store.begin() as connection:
        records = _whole(connection, obj, records, _consents(hub, obj) | nowhere)
        _tell(connection, mapping.system, obj.name, records)
        landed = raw.land(connection, records, run_id, hub.lag(mapping.system))
        if obj.belongs_to:
            raw.awaken(connection, mapping.system, obj.belongs_to, landed.parents, when[0])
        if cursor is not None:
            watermarks.advance(connection, mapping.system, obj.name, cursor)
    return Counter(
        offered=len(page), landed=landed.new + landed.changed, unchanged=landed.unchanged, new=landed.new
    )


def _swallowed(page: Sequence[RawRecord]) -> dict[str, list[str]]:
    """Key → the keys of the records on this page that were merged into that one."""
    found: dict[str, list[str]] = {}
    for one in page:
        if one.merged_into:
            found.setdefault(one.merged_into, []).append(one.key)
    return found


def _consents(hub: Hub, obj: ObjectMapping) -> frozenset[Path]:
    """Where a *no* stands."""
    return frozenset(
        part.path
        for facet in obj.facets
        for name, lens in facet.lenses.items()
        if hub.mappings.customer.fields[facet.kind][name].rule.name == "consent"
        for part in lens.parts
    )


def _whole(
    connection: Connection, obj: ObjectMapping, page: Sequence[raw.Raw], unsaid: frozenset[Path]
) -> list[raw.Raw]:
    """What a record showed before and does not this time stands as it was; versions stay as received.

    Of a new record what no other shows any more is not shown, and what is ``unsaid`` where it is missing:
    such a flag may be a *no*.
    """
    partial = [one.key for one in page if one.unshown]
    if not partial:
        return list(page)
    of = (page[0].system, page[0].object, partial)
    before, hidden = raw.data(connection, *of), kept.unshown(connection, *of)
    known = {
        one.key: _filled_in(obj, one, before[one.key], hidden.get(one.key, frozenset()))
        for one in page
        if one.unshown and one.key in before
    }
    nowhere = unsaid | drifts.paths(connection, page[0].system, page[0].object)
    nowhere |= {where for one in known.values() for where in one.unshown}
    return [known.get(one.key) or replace(one, unshown=one.unshown & nowhere) for one in page]


def _tell(connection: Connection, system: str, obj: str, page: Sequence[raw.Raw]) -> None:
    """Tell once of what is not shown any more. A deleted record shows nothing, and lacks nothing."""
    lacking = [one for one in page if one.unshown and not one.deleted]
    if lacking:
        gone = {".".join(where) for one in lacking for where in one.unshown}
        for path in drifts.begin(connection, system, obj, gone, min(one.since for one in lacking)):
            _log.warning("a field is not shown any more", system=system, object=obj, path=path)


def _filled_in(
    obj: ObjectMapping, one: raw.Raw, before: Mapping[str, Any], hidden: Collection[Path]
) -> raw.Raw:
    """What was never shown may just be empty: many systems leave that out.

    ``hidden``: what was not shown before either, and is not known to be empty.
    """
    gone = frozenset(where for where in one.unshown if where in hidden or shows(before, where))
    data = filled_in(one.data, before, gone)
    return replace(one, data=data, unshown=gone, parent=_parent(obj, data))


def _parent(obj: ObjectMapping, data: Mapping[str, Any]) -> str | None:
    """The key of the record this one belongs to."""
    return as_key(get(data, obj.by)) if obj.by else None


def _raw(
    mapping: SystemMapping,
    obj: ObjectMapping,
    record: RawRecord,
    began: Instant,
    since: Instant,
    paths: Collection[Path],
) -> raw.Raw:
    return raw.Raw(
        mapping.system,
        obj.name,
        record.key,
        raw.fingerprint(record),
        record.data,
        record.stamp,
        record.version,
        record.deleted,
        record.merged_into,
        _parent(obj, record.data),
        began,
        since,
        frozenset() if record.deleted or nameless(record.key) else unshown(record, paths),
        received=record.data,
        typed=_read(record.typed, paths),
        earlier=_read(record.earlier, paths),
    )


def _read(told: Mapping[str, Told], paths: Collection[Path]) -> dict[str, Told]:
    """What is told of the places that the file reads: of others nobody will ask."""
    return {name: one for name, one in told.items() if tuple(name.split(".")) in paths}


def unshown(record: RawRecord, paths: Collection[Path]) -> frozenset[Path]:
    """Those of these paths at which a record says nothing, not even that nothing stands there."""
    return frozenset(where for where in paths if not shows(record.data, where))
