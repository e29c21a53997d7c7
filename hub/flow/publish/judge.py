"""The guard's judgement of a plan: what goes, and what of it waits for a person, field by field."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from connectors.registry import connector_class
from hub.flow.hub import Hub
from hub.flow.publish.activated import activated
from hub.flow.publish.order import moves, together
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
        chained = _chains(mapping, drafts)
        for why, alone in _holds(connection, hub, mapping, plan_id, at):
            waits = _as_one(drafts, alone, chained)
            hold = Hold(str(uuid4()), plan_id, mapping.system, why, "open", at)
            held += _hold(connection, hold, plan_id, drafts, waits, at)
            drafts = outbox.of_plan(connection, plan_id, "draft")
        plans.release(connection, plan_id, total)
        plans.close_empty_holds(connection, mapping.system, at)
    total.update(planned=total["changes"], held=held)
    return total


def _holds(
    connection: Connection, hub: Hub, mapping: SystemMapping, plan_id: str, at: Instant
) -> Iterator[tuple[tuple[str, ...], Holds]]:
    """Why something waits, and what; the plan as a whole first, then what is left of it field by field."""
    drafts = outbox.of_plan(connection, plan_id, "draft")
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
        drafts = outbox.of_plan(connection, plan_id, "draft")
    yield from _of_fields(connection, mapping, drafts, limits, at)


def _chains(mapping: SystemMapping, drafts: Sequence[Change]) -> dict[tuple[str, str], tuple[str, int]]:
    """(Change, field) → the chain of values handed on that it is part of."""
    sheets = connector_class(mapping.connector).sheet.objects
    return {
        which: (name, number)
        for name, obj in mapping.objects.items()
        for which, number in together(
            moves(obj, sheets[name], [one for one in drafts if one.object == name])
        ).items()
    }


def _as_one(
    drafts: Sequence[Change], alone: Holds, chained: Mapping[tuple[str, str], tuple[str, int]]
) -> Holds:
    """A chain waits, or goes, whole."""
    waiting = {
        chained[one.id, name]
        for one in drafts
        for name in one.fields
        if (one.id, name) in chained and alone(one, name)
    }
    return lambda change, name: alone(change, name) or chained.get((change.id, name)) in waiting


def _of_fields(
    connection: Connection, mapping: SystemMapping, drafts: Sequence[Change], limits: Limits, at: Instant
) -> Iterator[tuple[tuple[str, ...], Holds]]:
    if any(both.get("asked") for one in drafts for both in one.fields.values()):
        yield (ASKED,), lambda change, name: bool(change.fields[name].get("asked"))
    sent = ledger.effects(connection, mapping.system, shift(at, -DAY))
    whose = {one.golden_id for one in drafts} | {golden_id for golden_id, _, _ in sent}
    approved = plans.causes(connection, whose, shift(at, -DAY))
    today: Counter[Told] = Counter()
    for (golden_id, name, effect), number in sent.items():
        today[name, effect] += number if (golden_id, name) not in approved else 0
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
