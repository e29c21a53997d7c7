"""The guard's judgement of a plan: what goes, and what of it waits for a person, field by field."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import timedelta

from connectors.registry import connector_class
from hub.flow.hub import Hub
from hub.flow.publish.activated import activated
from hub.flow.publish.fates import Fates, Waits, Which, settle
from hub.flow.publish.order import moves, together
from hub.flow.publish.twins import twins
from hub.mapping.spec import FACTS, SystemMapping
from hub.model.instant import Instant, shift
from hub.publish.guard import Size, Told, over, reasons
from hub.store import golden as goldens
from hub.store import identity, ledger, outbox, plans, records
from hub.store.change import Change
from hub.store.engine import Connection
from hub.store.runs import Counts

DAY = timedelta(days=1)
TWIN = (
    "much like {}, who has a record there: are they one (klantbeeld review same)? Approved, another is made"
)
ORPHANED = "nobody says this of the customer any more, and nobody emptied it"
ASKED = "other values than those a person was asked about, and has not decided on"


def judge(hub: Hub, mapping: SystemMapping, plan_id: str, total: Counts) -> Counts:
    """Release the drafts of a plan, or hold what goes beyond a limit; counts.

    A limit of one field holds that field of the records, and nothing else of them. Consent waits for nobody
    but at a first load, facts for their own limit only. What was approved for one system within a day is no
    news to the guard of another.
    """
    at, held = hub.now(), 0
    with (
        hub.store.read() as connection
    ):  # comparing takes its time, and the writer's turn is not needed for it
        alike = _alike(connection, hub, mapping, plan_id)
    with hub.store.begin() as connection:
        if drafts := outbox.of_plan(connection, plan_id, "draft"):
            fates = Fates(drafts, _chains(mapping, drafts), _free(hub) - {*FACTS})
            _judge_orphans(connection, fates)
            for change_id, twin in alike.items():
                fates.hold((TWIN.format(twin),), _only(change_id))
            _judge_whole(connection, hub, mapping, fates)
            _judge_fields(connection, mapping, fates, at)
            held = settle(connection, fates, plan_id, mapping.system, at)
        plans.release(connection, plan_id, total)
        plans.close_empty_holds(connection, mapping.system, at)
    total.update(planned=total["changes"], held=held)
    return total


def _judge_whole(connection: Connection, hub: Hub, mapping: SystemMapping, fates: Fates) -> None:
    """Why the plan as a whole waits, where it does, but for consent and facts."""
    free = _free(hub)
    first = not plans.ever_released(connection, mapping.system)
    known = records.count(connection, mapping.system)
    counted = [one for one in fates.drafts if one.action == "create" or not one.fields.keys() <= free]
    creates = sum(one.action == "create" for one in fates.drafts)
    size = Size(len(fates.drafts) if first else len(counted), creates, known, first)
    consent = free - {*FACTS}
    told = any(name not in consent for _, name in fates.free())
    if told and (news := activated(connection, mapping.system)):
        fates.hold((*news, *reasons(size, mapping.guard)), lambda _, name: first or name not in consent)
    elif whole := reasons(size, mapping.guard):
        fates.hold(whole, lambda _, name: first or name not in free)


def _judge_orphans(connection: Connection, fates: Fates) -> None:
    """What nobody says and nobody emptied, in a record that was taken for somebody else's until now.

    Two customers who are told apart again take with them what the hub put there; unless a person said that
    they are two, it may as well be one whose evidence has changed.
    """
    some = {one.golden_id for one, name in fates.free() if one.fields[name]["effect"] == "emptied"}
    told = {key: one.provenance.keys() for key, one in goldens.by_ids(connection, sorted(some)).items()}
    alone = {
        (one.id, name): one.golden_id
        for one, name in fates.free()
        if one.action == "update"
        and one.fields[name]["effect"] == "emptied"
        and name not in told.get(one.golden_id, {name})
    }
    if alone:
        parted = identity.parted(connection, set(alone.values()))
        fates.hold((ORPHANED,), lambda one, name: alone.get((one.id, name), "") not in {"", *parted})


def _alike(connection: Connection, hub: Hub, mapping: SystemMapping, plan_id: str) -> dict[str, str]:
    """Creation → the golden id of somebody with a record there whom its customer looks like.

    None at a first load, which waits for a person as a whole.
    """
    if not plans.ever_released(connection, mapping.system):
        return {}
    made = [one for one in outbox.of_plan(connection, plan_id, "draft") if one.action == "create"]
    return dict(twins(connection, hub, mapping.system, made)) if made else {}


def _only(change_id: str) -> Waits:
    return lambda change, name: change.id == change_id


def _judge_fields(connection: Connection, mapping: SystemMapping, fates: Fates, at: Instant) -> None:
    """What is left of the plan, field by field, with what was sent within a day."""
    if any(one.fields[name].get("asked") for one, name in fates.free()):
        fates.hold((ASKED,), lambda one, name: bool(one.fields[name].get("asked")))
    sent = ledger.effects(connection, mapping.system, shift(at, -DAY))
    whose = {one.golden_id for one in fates.drafts} | {golden_id for golden_id, _, _ in sent}
    approved = plans.causes(connection, whose, shift(at, -DAY))
    today: Counter[Told] = Counter()
    for (golden_id, name, effect), number in sent.items():
        today[name, effect] += number if (golden_id, name) not in approved else 0
    planned: Counter[Told] = Counter(
        (name, one.fields[name]["effect"])
        for one, name in fates.free()
        if one.action == "update" and (one.golden_id, name) not in approved
    )
    for told, why in over(planned, today, mapping.guard).items():
        fates.hold((why,), _of(told, approved))


def _of(told: Told, approved: Collection[tuple[str, str]]) -> Waits:
    def waits(change: Change, name: str) -> bool:
        mine = change.action == "update" and (name, change.fields[name]["effect"]) == told
        return mine and (change.golden_id, name) not in approved

    return waits


def _chains(mapping: SystemMapping, drafts: Sequence[Change]) -> dict[Which, tuple[str, int]]:
    """Field of a draft → the chain of values handed on that it is part of."""
    sheets = connector_class(mapping.connector).sheet.objects
    found: dict[Which, tuple[str, int]] = {}
    for name, obj in mapping.objects.items():
        mine = moves(obj, sheets[name], (one for one in drafts if one.object == name))
        found |= {which: (name, number) for which, number in together(mine).items()}
    return found


def _free(hub: Hub) -> frozenset[str]:
    """The fields that no limit of the plan as a whole holds."""
    rules = (field for some in hub.mappings.customer.fields.values() for field in some.values())
    return frozenset({*FACTS, *(one.name for one in rules if one.rule.name == "consent")})
