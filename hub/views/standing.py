"""Which refusals stand: of a field or a record that is still wanted otherwise, and not offered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hub.flow.hub import Hub
from hub.flow.publish.compare import FieldWish, facet_of, wishes
from hub.golden.record import SourceRecord
from hub.store import golden as goldens
from hub.store import identity, raw, records
from hub.store.change import Change
from hub.store.engine import Connection
from hub.store.golden import Golden

PART = 500
"""Records looked at together."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A refusal that stands: the change as it would be offered today."""

    change: Change
    golden: Golden
    record: SourceRecord | None


def standing(hub: Hub, connection: Connection, told: Sequence[Change]) -> list[Standing]:
    """Those of these refusals, the latest first, that stand; what a person rejected since is no refusal."""
    found = [*_updates(hub, connection, told), *_creations(hub, connection, told)]
    return sorted(found, key=lambda one: one.change.answered_at or "", reverse=True)


def _updates(hub: Hub, connection: Connection, told: Sequence[Change]) -> Iterator[Standing]:
    """Of each field of a record its latest no, where the field is still wanted otherwise and not offered."""
    latest: dict[int, dict[str, Change]] = {}
    for one in told:
        alone = one.action == "update" and (len(one.fields) == 1 or one.state == "rejected")
        if alone and one.record_id is not None:
            for name in one.fields:
                latest.setdefault(one.record_id, {}).setdefault(name, one)
    rows = list(latest)
    for start in range(0, len(rows), PART):
        for row, record, golden, wish in _wanted(hub, connection, rows[start : start + PART]):
            change = latest[row].get(wish.field)
            if change is not None and change.state == "refused":
                both = {"before": wish.before, "after": wish.after}
                now = replace(change, fields={wish.field: both}, golden_id=golden.golden_id)
                yield Standing(now, golden, record)


def _wanted(
    hub: Hub, connection: Connection, rows: Sequence[int]
) -> Iterator[tuple[int, SourceRecord, Golden, FieldWish]]:
    """What is wanted in these records and not offered, for it was refused."""
    held = records.by_ids(connection, rows)
    of = identity.golden_of(connection, rows)
    known = goldens.by_ids(connection, {*of.values()})
    shown: dict[tuple[str, str, str], Mapping[str, Any]] = {}
    for system in {one.key.system for one in held.values()} & hub.mappings.systems.keys():
        mine = {(one.object, one.raw_key) for one in held.values() if one.key.system == system}
        shown |= {(system, *where): data for where, data in raw.shown(connection, system, mine).items()}
    for row, record in held.items():
        golden = known.get(of.get(row, ""))
        data = shown.get((record.key.system, record.object, record.raw_key))
        if golden is None or data is None or record.deleted:
            continue
        mapping = hub.mappings.systems[record.key.system]
        if facet := facet_of(mapping, record, data):
            settled = hub.settled_in(connection, record.key.system, record.object)
            for wish in wishes(hub, mapping, facet, record, golden, settled):
                if wish.wish.exempt == "refused":
                    yield row, record, golden, wish


def _creations(hub: Hub, connection: Connection, told: Sequence[Change]) -> Iterator[Standing]:
    """Records that could not be made, of customers who have none there still and are to have one."""
    made = {(one.system, one.golden_id): one for one in reversed(told) if one.action == "create"}
    some = {where: one for where, one in made.items() if one.state == "refused"}
    known = goldens.by_ids(connection, {golden_id for _, golden_id in some})
    for (system, golden_id), change in some.items():
        there = records.of_golden(connection, [golden_id], system).get(golden_id)
        if golden_id in known and not there and _is_wanted(hub, system, known[golden_id]):
            yield Standing(change, known[golden_id], None)


def _is_wanted(hub: Hub, system: str, golden: Golden) -> bool:
    """Whether a customer may have a record made in a system at all."""
    _, facet = hub.mappings.systems[system].creatable(golden.kind) or ("", None)
    when = facet and facet.create_when
    return bool(when and when.allows(golden.document, frozenset(golden.systems)))
