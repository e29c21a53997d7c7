"""The guard's judgement of a plan: what goes, and what of it waits for a person, field by field."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from hub.flow.hub import Hub
from hub.flow.publish.activated import activated
from hub.mapping.spec import FACTS, SystemMapping
from hub.model.instant import Instant, shift
from hub.publish.guard import Limits, Size, Told, over, reasons
from hub.store import ledger, outbox, plans, records
from hub.store.change import Change
from hub.store.engine import Connection
from hub.store.plans import Hold
from hub.store.runs import Counts

DAY = timedelta(days=1)
ASKED = "other values than those a person was asked about, and has not decided on"
Holds = Callable[[Change, str], bool]
"""Whether a field of a change waits."""


def judge(hub: Hub, mapping: SystemMapping, plan_id: str, total: Counts) -> Counts:
    """Release the drafts of a plan, or hold what goes beyond a limit; counts.

    A limit of one field holds that field of the records, and nothing else of them. Consent waits for nobody
    but at a first load, facts for their own limit only. What was approved for one system within a day is no
    news to the guard of another.
    """
    at = hub.now()
    held = 0
    with hub.store.begin() as connection:
        drafts = outbox.of_plan(connection, plan_id, "draft")
        for why, waits in _holds(connection, hub, mapping, drafts, at):
            hold = Hold(str(uuid4()), plan_id, mapping.system, why, "open", at)
            held += _hold(connection, hold, plan_id, drafts, waits, at)
            drafts = outbox.of_plan(connection, plan_id, "draft")
        plans.release(connection, plan_id, total)
        plans.close_empty_holds(connection, mapping.system, at)
    total.update(planned=total["changes"], held=held)
    return total


def _holds(
    connection: Connection, hub: Hub, mapping: SystemMapping, drafts: Sequence[Change], at: Instant
) -> Iterator[tuple[tuple[str, ...], Holds]]:
    """Why something waits, and what; the plan as a whole first."""
    if not drafts:
        return
    limits = _limits(mapping)
    free = _free(hub)
    first = not plans.ever_released(connection, mapping.system)
    known = records.count(connection, mapping.system)
    counted = [one for one in drafts if one.action == "create" or not one.fields.keys() <= free]
    creates = sum(one.action == "create" for one in drafts)
    size = Size(len(drafts) if first else len(counted), creates, known, first)
    consent = free - {*FACTS}
    told = any(not one.fields or not one.fields.keys() <= consent for one in drafts)
    if told and (news := activated(connection, mapping.system)):
        yield (*news, *reasons(size, limits)), lambda change, name: first or name not in consent
        return
    if whole := reasons(size, limits):
        yield whole, lambda change, name: first or name not in free
        return
    yield from _of_fields(connection, mapping, drafts, limits, at)


def _of_fields(
    connection: Connection, mapping: SystemMapping, drafts: Sequence[Change], limits: Limits, at: Instant
) -> Iterator[tuple[tuple[str, ...], Holds]]:
    if any(both.get("asked") for one in drafts for both in one.fields.values()):
        yield (ASKED,), lambda change, name: bool(change.fields[name].get("asked"))
    approved = plans.causes(connection, {one.golden_id for one in drafts}, shift(at, -DAY))
    today = ledger.effects(connection, mapping.system, shift(at, -DAY))
    planned: Counter[Told] = Counter(
        (name, both["effect"])
        for one in drafts
        for name, both in one.fields.items()
        if one.action == "update" and not both.get("asked") and (one.golden_id, name) not in approved
    )
    for told, why in over(planned, today, limits).items():
        yield (why,), _of(told, approved)


def _of(told: Told, approved: Collection[tuple[str, str]]) -> Holds:
    def waits(change: Change, name: str) -> bool:
        mine = change.action == "update" and (name, change.fields[name]["effect"]) == told
        return mine and (change.golden_id, name) not in approved

    return waits


def _hold(
    connection: Connection,
    hold: Hold,
    plan_id: str,
    drafts: Sequence[Change],
    waits: Holds,
    at: Instant,
) -> int:
    """Hold these fields; what else a change has goes on without them. Returns how many changes wait."""
    found: list[str] = []
    parts: list[Change] = []
    for one in drafts:
        names = [name for name in one.fields if waits(one, name)]
        if one.action == "create" and names:
            names = list(one.fields)
        if names and len(names) < len(one.fields):
            parts.append(_part(one, names))
            outbox.narrow(connection, one.id, {n: both for n, both in one.fields.items() if n not in names})
        elif names or not one.fields:
            found.append(one.id)
    if parts:
        outbox.add_changes(connection, plan_id, parts, at)
    waiting = [*found, *(one.id for one in parts)]
    if waiting:
        plans.add_hold(connection, hold)
        plans.hold_these(connection, waiting, hold.id)
    return len(waiting)


def _part(one: Change, names: Collection[str]) -> Change:
    return replace(one, id=str(uuid4()), fields={name: one.fields[name] for name in names})


def _limits(mapping: SystemMapping) -> Limits:
    guard = mapping.guard
    return Limits(
        guard.max_changes,
        guard.max_share,
        guard.max_creates,
        guard.max_clears,
        guard.max_poorer,
        guard.max_replaced,
        guard.max_edits,
        guard.max_facts,
    )


def _free(hub: Hub) -> frozenset[str]:
    """The fields that no limit of the plan as a whole holds."""
    rules = (field for some in hub.mappings.customer.fields.values() for field in some.values())
    return frozenset({*FACTS, *(one.name for one in rules if one.rule.name == "consent")})
