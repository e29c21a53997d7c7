"""The publish queue, plans, holds, the outbox and the write ledger."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Update, bindparam, delete, func, select, update

from hub.model.instant import Instant
from hub.store.form import dump, parse
from hub.store.tables import hold, ledger, outbox, plan, publish_queue
from hub.store.upsert import chunks, insert, upsert

ALONE = "offered alone"
"""What is said of a field whose change was refused together with others."""
Written = tuple["Change", str, str]
"""A change that was sent, the vendor's key of its record, and what is known of it: done, or unsure."""
OPEN = ("draft", "held", "ready", "sending", "unsure")
"""States of a change that may still be sent."""


@dataclass(frozen=True, slots=True)
class Change:
    """One record's field changes for one system, as they wait in the outbox."""

    id: str
    system: str
    object: str
    golden_id: str
    record_id: int | None
    raw_key: str | None
    """The vendor's key; None for a record still to be created."""
    action: str
    fields: Mapping[str, Mapping[str, Any]] = field(repr=False)
    """Shared field → {"before", "after", "data"}: the before-image, what it becomes, and how that is sent."""
    own: Mapping[str, Any] = field(repr=False)
    """What is sent besides, in the vendor's shape: the golden id of a record that is created."""
    state: str = "ready"
    hold_id: str | None = None
    message: str = ""
    made_at: Instant = ""
    answered_at: Instant | None = None

    @property
    def data(self) -> dict[str, Any]:
        """All that is sent, in the vendor's shape."""
        whole: dict[str, Any] = {}
        for part in (self.own, *(both["data"] for both in self.fields.values())):
            _merge(whole, part)
        return whole

    @property
    def lists(self) -> frozenset[str]:
        """The fields whose before and after are slots."""
        return frozenset(name for name, both in self.fields.items() if isinstance(both["after"], list))


def _merge(whole: dict[str, Any], part: Mapping[str, Any]) -> None:
    for name, value in part.items():
        if isinstance(value, Mapping):
            _merge(whole.setdefault(name, {}), value)
        else:
            whole[name] = value


@dataclass(frozen=True, slots=True)
class Hold:
    """A plan stopped by a guard until a person decides."""

    id: str
    plan_id: str
    system: str
    reasons: tuple[str, ...]
    state: str
    made_at: Instant
    who: str | None = None
    why: str | None = None


def enqueue(connection: Connection, systems: Sequence[str], golden_ids: Collection[str], at: Instant) -> None:
    """These customers must be compared with what these systems show."""
    rows = [
        {"system": system, "golden_id": golden_id, "queued_at": at}
        for system in systems
        for golden_id in sorted(golden_ids)
    ]
    upsert(connection, publish_queue, rows, ("system", "golden_id"))


def queued(connection: Connection, system: str, after: str, limit: int) -> list[str]:
    """Golden ids to be planned for a system, in their order, from the one after ``after`` on."""
    query = (
        select(publish_queue.c.golden_id)
        .where(publish_queue.c.system == system, publish_queue.c.golden_id > after)
        .order_by(publish_queue.c.golden_id)
        .limit(limit)
    )
    return list(connection.execute(query).scalars())


def count_queued(connection: Connection) -> int:
    """How many (system, customer) pairs wait to be planned."""
    return connection.execute(select(func.count()).select_from(publish_queue)).scalar_one()


def dequeue(connection: Connection, system: str, golden_ids: Collection[str]) -> None:
    """These have been planned."""
    for some in chunks(sorted(golden_ids)):
        connection.execute(
            delete(publish_queue).where(publish_queue.c.system == system, publish_queue.c.golden_id.in_(some))
        )


def add_plan(connection: Connection, plan_id: str, system: str, at: Instant, run_id: str) -> None:
    """Store a plan's head; its changes are drafts until :func:`release`."""
    connection.execute(
        plan.insert().values(id=plan_id, system=system, made_at=at, run_id=run_id, counts="{}")
    )


def release(connection: Connection, plan_id: str, counts: Mapping[str, int], hold_id: str | None) -> None:
    """The guard has judged: drafts become ready, or held."""
    connection.execute(update(plan).where(plan.c.id == plan_id).values(counts=dump(dict(counts))))
    state = "held" if hold_id else "ready"
    connection.execute(
        update(outbox)
        .where(outbox.c.plan_id == plan_id, outbox.c.state == "draft")
        .values(state=state, hold_id=hold_id, message="")
    )


def add_hold(connection: Connection, made: Hold) -> None:
    """Store a hold."""
    connection.execute(
        hold.insert().values(
            id=made.id,
            plan_id=made.plan_id,
            system=made.system,
            reasons=dump(list(made.reasons)),
            state=made.state,
            made_at=made.made_at,
        )
    )


def holds(connection: Connection, state: str = "open", system: str | None = None) -> list[Hold]:
    """Holds in a state, oldest first."""
    query = select(hold).where(hold.c.state == state).order_by(hold.c.made_at)
    if system:
        query = query.where(hold.c.system == system)
    return [
        Hold(
            row.id,
            row.plan_id,
            row.system,
            tuple(parse(row.reasons)),
            row.state,
            row.made_at,
            row.who,
            row.why,
        )
        for row in connection.execute(query)
    ]


def close_empty_holds(connection: Connection, system: str, at: Instant) -> None:
    """Holds whose changes have all given way to newer ones have nothing left to decide."""
    waiting = select(outbox.c.hold_id).where(outbox.c.system == system, outbox.c.state == "held")
    connection.execute(
        update(hold)
        .where(hold.c.system == system, hold.c.state == "open", hold.c.id.not_in(waiting))
        .values(state="superseded", decided_at=at)
    )


def held_by(connection: Connection, hold_id: str) -> list[Change]:
    """The changes a hold keeps back."""
    query = select(outbox).where(outbox.c.hold_id == hold_id, outbox.c.state == "held")
    return [_change(row) for row in connection.execute(query)]


def hold_ready(connection: Connection, system: str, why: str, at: Instant) -> None:
    """Everything ready for a system is held, for one reason."""
    ready = (outbox.c.system == system) & (outbox.c.state == "ready")
    plan_id = connection.execute(select(outbox.c.plan_id).where(ready).limit(1)).scalar_one_or_none()
    if plan_id is None:
        return
    made = Hold(str(uuid4()), plan_id, system, (why,), "open", at)
    add_hold(connection, made)
    connection.execute(update(outbox).where(ready).values(state="held", hold_id=made.id))


def decide(connection: Connection, hold_id: str, state: str, who: str, why: str, at: Instant) -> int:
    """Approve, reject or supersede a hold; its changes follow. Returns how many changes did."""
    connection.execute(
        update(hold)
        .where(hold.c.id == hold_id, hold.c.state == "open")
        .values(state=state, who=who, why=why, decided_at=at)
    )
    becomes = {"approved": "ready", "rejected": "rejected", "superseded": "superseded"}[state]
    moved = connection.execute(
        update(outbox).where(outbox.c.hold_id == hold_id, outbox.c.state == "held").values(state=becomes)
    )
    return moved.rowcount


def ever_released(connection: Connection, system: str) -> bool:
    """Whether a person ever let anything go to a system, or anything was sent: its first load is over."""
    approved = select(hold.c.id).where(hold.c.system == system, hold.c.state == "approved").limit(1)
    sent = select(outbox.c.id).where(outbox.c.system == system, outbox.c.sent_at.is_not(None)).limit(1)
    return any(connection.execute(one).first() is not None for one in (approved, sent))


def add_changes(connection: Connection, plan_id: str, changes: Sequence[Change], at: Instant) -> None:
    """Put changes in the outbox."""
    rows = [
        {
            "id": one.id,
            "plan_id": plan_id,
            "system": one.system,
            "object": one.object,
            "golden_id": one.golden_id,
            "record_id": one.record_id,
            "raw_key": one.raw_key,
            "action": one.action,
            "fields": dump(one.fields),
            "data": dump(one.own),
            "state": one.state,
            "hold_id": one.hold_id,
            "made_at": at,
            "message": one.message,
        }
        for one in changes
    ]
    insert(connection, outbox, rows)


def split(connection: Connection, refused: Change, plan_id: str, at: Instant) -> None:
    """A change of several fields was refused: each is offered alone, so one bad value holds up no other."""
    parts = [
        replace(refused, id=str(uuid4()), fields={name: both}, state="ready", message=ALONE)
        for name, both in refused.fields.items()
    ]
    add_changes(connection, plan_id, parts, at)


def plan_of(connection: Connection, change_id: str) -> str:
    """The plan a change belongs to."""
    return str(connection.execute(select(outbox.c.plan_id).where(outbox.c.id == change_id)).scalar_one())


def _change(row: Any) -> Change:
    return Change(
        row.id,
        row.system,
        row.object,
        row.golden_id,
        row.record_id,
        row.raw_key,
        row.action,
        parse(row.fields),
        parse(row.data),
        row.state,
        row.hold_id,
        row.message,
        row.made_at,
        row.answered_at,
    )


def changes(
    connection: Connection,
    system: str,
    states: Sequence[str],
    limit: int | None = 10_000,
    obj: str | None = None,
) -> list[Change]:
    """Changes of a system in these states, oldest first."""
    query = (
        select(outbox)
        .where(outbox.c.system == system, outbox.c.state.in_(states))
        .order_by(outbox.c.made_at, outbox.c.id)
        .limit(limit)
    )
    if obj:
        query = query.where(outbox.c.object == obj)
    return [_change(row) for row in connection.execute(query)]


def open_for(connection: Connection, system: str, golden_ids: Collection[str]) -> list[Change]:
    """Changes of these customers that may still be sent to a system."""
    found: list[Change] = []
    for some in chunks(sorted(golden_ids)):
        query = select(outbox).where(
            outbox.c.system == system, outbox.c.golden_id.in_(some), outbox.c.state.in_(OPEN)
        )
        found += [_change(row) for row in connection.execute(query)]
    return found


def mark(
    connection: Connection, change_ids: Sequence[str], state: str, at: Instant, message: str = ""
) -> None:
    """Move changes to a state."""
    values: dict[str, Any] = {"state": state, "message": message}
    values["sent_at" if state == "sending" else "answered_at"] = at
    for some in chunks(change_ids):
        connection.execute(update(outbox).where(outbox.c.id.in_(some)).values(**values))


def creations(
    connection: Connection, system: str, raw_keys: Collection[str], golden_ids: Collection[str]
) -> list[Change]:
    """Creations that brought these keys, or whose answer is still out and that were for these customers."""
    found: list[Change] = []
    mine = (outbox.c.system == system) & (outbox.c.action == "create")
    for some in chunks(sorted(raw_keys)):
        found += map(_change, connection.execute(select(outbox).where(mine, outbox.c.raw_key.in_(some))))
    unanswered = mine & outbox.c.raw_key.is_(None) & outbox.c.state.in_(("sending", "unsure"))
    for some in chunks(sorted(golden_ids)):
        found += map(
            _change, connection.execute(select(outbox).where(unanswered, outbox.c.golden_id.in_(some)))
        )
    return found


def being_created(connection: Connection, system: str, golden_ids: Collection[str]) -> set[str]:
    """Customers for whom a creation was sent to a system, or is about to be."""
    found: set[str] = set()
    for some in chunks(sorted(golden_ids)):
        query = select(outbox.c.golden_id).where(
            outbox.c.system == system,
            outbox.c.action == "create",
            outbox.c.golden_id.in_(some),
            outbox.c.state.in_(("sending", "unsure", "done", "refused", "rejected")),
        )
        found |= set(connection.execute(query).scalars())
    return found


def created(connection: Connection, keys: Mapping[str, str]) -> None:
    """The records that creations brought exist: change → the vendor's key, in the ledger too."""
    rows = [{"change": change, "key": key} for change, key in keys.items()]
    ours = update(outbox).where(outbox.c.id == bindparam("change"))
    if rows:
        connection.execute(ours.values(raw_key=bindparam("key"), state="done"), rows)
        connection.execute(_nameless().values(raw_key=bindparam("key")), rows)


def _nameless() -> Update:
    """Ledger entries of a creation whose answer never came: they do not say of which record."""
    change = select(outbox.c.system, outbox.c.object).where(outbox.c.id == bindparam("change"))
    of = {
        one.name: change.with_only_columns(one).scalar_subquery()
        for one in (outbox.c.system, outbox.c.object)
    }
    mine = (ledger.c.system == of["system"]) & (ledger.c.object == of["object"]) & (ledger.c.raw_key == "")
    return update(ledger).where(mine, ledger.c.outbox_id == bindparam("change"))


def enter(connection: Connection, written: Sequence[Written], at: Instant) -> None:
    """Write to the ledger: every value sent, with its before-image."""
    rows = [
        {
            "outbox_id": change.id,
            "system": change.system,
            "object": change.object,
            "raw_key": raw_key,
            "field": name,
            "before": dump(both["before"]),
            "after": dump(both["after"]),
            "at": at,
            "status": status,
        }
        for change, raw_key, status in written
        for name, both in change.fields.items()
    ]
    insert(connection, ledger, rows)


def tally(
    connection: Connection, systems: Collection[str], states: Collection[str] | None = None
) -> dict[str, dict[str, int]]:
    """System → state → how many changes; of all states it reads the whole history of the outbox."""
    found: dict[str, dict[str, int]] = {}
    query = (
        select(outbox.c.system, outbox.c.state, func.count())
        .where(outbox.c.system.in_(sorted(systems)))
        .group_by(outbox.c.system, outbox.c.state)
    )
    if states is not None:
        query = query.where(outbox.c.state.in_(sorted(states)))
    for system, state, number in connection.execute(query):
        found.setdefault(system, {})[state] = number
    return found
