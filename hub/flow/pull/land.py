"""Pull what changed in a system and store it as received: nothing is lost, nothing is judged yet."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from connectors.contract import Connector, RawRecord
from connectors.keys import as_key, nameless
from hub.flow.errors import CountsDoNotAddUp, PullIncomplete
from hub.flow.hub import Hub
from hub.flow.pull.again import shown_again
from hub.flow.pull.remap import keep_up
from hub.mapping.paths import Path, filled_in, get, shows
from hub.mapping.spec import ObjectMapping, SystemMapping
from hub.model.instant import Instant
from hub.store import drift as drifts
from hub.store import kept, raw, watermarks
from hub.store.engine import Connection
from hub.store.runs import Counts


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
    when = (began, mark.complete_at)
    counts = _land_pages(hub, mapping, connector, obj, run_id, mark.cursor, when)
    if mark.anew:
        with hub.store.begin() as connection:
            watermarks.begin_anew(connection, mapping.system, obj.name)
        counts += _land_pages(hub, mapping, connector, obj, run_id, None, when)
    for again, since in shown_again(hub, mapping, connector, obj):
        counts += _store(hub, mapping, obj, again, (began, since), run_id)
    with hub.store.begin() as connection:
        watermarks.complete(connection, mapping.system, obj.name, began)
    return counts


def _land_pages(
    hub: Hub,
    mapping: SystemMapping,
    connector: Connector,
    obj: ObjectMapping,
    run_id: str,
    cursor: dict[str, Any] | None,
    when: tuple[Instant, Instant],
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
        counts += _store(hub, mapping, obj, page.records, when, run_id, page.cursor)
        ended = page.last
    if not ended:
        raise PullIncomplete(f"{mapping.system}: the listing of {obj.name} ended before its last page")
    return counts


def _store(
    hub: Hub,
    mapping: SystemMapping,
    obj: ObjectMapping,
    page: Sequence[RawRecord],
    when: tuple[Instant, Instant],
    run_id: str,
    cursor: dict[str, Any] | None = None,
) -> Counts:
    """Store a page; ``when``: when it was read, and since when it may have changed."""
    paths = mapping.read_paths(obj.name)
    records = [_raw(mapping, obj, one, *when, paths) for one in page]
    with hub.store.begin() as connection:
        records = _whole(connection, obj, records, _consents(hub, obj))
        landed = raw.land(connection, records, run_id, hub.lag(mapping.system))
        if obj.belongs_to:
            raw.awaken(connection, mapping.system, obj.belongs_to, landed.parents, when[0])
        if cursor is not None:
            watermarks.advance(connection, mapping.system, obj.name, cursor)
    return Counter(
        offered=len(page), landed=landed.new + landed.changed, unchanged=landed.unchanged, new=landed.new
    )


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
    connection: Connection, obj: ObjectMapping, page: Sequence[raw.Raw], consents: frozenset[Path]
) -> list[raw.Raw]:
    """What a record showed before and does not this time stands as it was; versions stay as received.

    Of a new record what no other shows any more is not shown, and a flag that is missing: it may be a *no*.
    """
    partial = [one.key for one in page if one.unshown]
    if not partial:
        return list(page)
    of = (page[0].system, page[0].object, partial)
    before, hidden = raw.data(connection, *of), kept.unshown(connection, *of)
    nowhere = consents | drifts.paths(connection, page[0].system, page[0].object)
    return [
        _filled_in(obj, one, before[one.key], hidden.get(one.key, frozenset()))
        if one.unshown and one.key in before
        else replace(one, unshown=one.unshown & nowhere)
        for one in page
    ]


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
        typed=record.typed,
        earlier=record.earlier,
    )


def unshown(record: RawRecord, paths: Collection[Path]) -> frozenset[Path]:
    """Those of these paths at which a record says nothing, not even that nothing stands there."""
    return frozenset(where for where in paths if not shows(record.data, where))
