"""Plans, and holds: what would be sent to one system, and what a guard stopped until a person decides."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, delete, exists, func, select, update

from hub.model.instant import Instant
from hub.model.unique import new_id
from hub.store.change import Change, change_of
from hub.store.form import dump, parse
from hub.store.tables import hold, outbox, plan
from hub.store.upsert import chunks


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
    read_at: Instant | None = None
    """When a person was shown what it keeps back."""


def add_plan(connection: Connection, plan_id: str, system: str, at: Instant, run_id: str) -> None:
    """Store a plan's head; its changes are drafts until :func:`release`."""
    connection.execute(
        plan.insert().values(id=plan_id, system=system, made_at=at, run_id=run_id, counts="{}")
    )


def release(connection: Connection, plan_id: str, counts: Mapping[str, int]) -> None:
    """The guard has judged: what it did not hold becomes ready. A plan of nothing is not kept."""
    connection.execute(update(plan).where(plan.c.id == plan_id).values(counts=dump(dict(counts))))
    mine = outbox.c.plan_id == plan_id
    connection.execute(
        update(outbox).where(mine, outbox.c.state == "draft").values(state="ready", message="")
    )
    connection.execute(delete(plan).where(plan.c.id == plan_id, ~exists().where(mine)))


def hold_these(connection: Connection, change_ids: Sequence[str], hold_id: str) -> None:
    """These changes wait for a person's decision on a hold."""
    for some in chunks(change_ids):
        mine = outbox.c.id.in_(some)
        connection.execute(update(outbox).where(mine).values(state="held", hold_id=hold_id, message=""))


def causes(connection: Connection, golden_ids: Collection[str], since: Instant) -> set[tuple[str, str]]:
    """(Golden id, field) of what a person approved since then, for whichever system."""
    recent = select(hold.c.id).where(hold.c.state == "approved", hold.c.decided_at >= since)
    ids = list(connection.scalars(recent))
    found: set[tuple[str, str]] = set()
    for some in chunks(sorted(golden_ids)) if ids else ():
        query = select(outbox.c.golden_id, outbox.c.fields).where(
            outbox.c.golden_id.in_(some), outbox.c.hold_id.in_(ids)
        )
        found |= {(one, name) for one, fields in connection.execute(query) for name in parse(fields)}
    return found


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
            read_at=made.read_at,
        )
    )


def reasons_since(connection: Connection, system: str, at: Instant) -> list[tuple[Instant, tuple[str, ...]]]:
    """When holds for a system were made since then, and why."""
    query = select(hold.c.made_at, hold.c.reasons).where(hold.c.system == system, hold.c.made_at >= at)
    return [(made_at, tuple(parse(reasons))) for made_at, reasons in connection.execute(query)]


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
            row.read_at,
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
    return [change_of(row) for row in connection.execute(query)]


def hold_one(connection: Connection, change: Change, why: str, at: Instant) -> None:
    """One change waits for a person, for a reason of its own."""
    plan_id = connection.execute(select(outbox.c.plan_id).where(outbox.c.id == change.id)).scalar_one()
    made = Hold(new_id(), plan_id, change.system, (why,), "open", at)
    add_hold(connection, made)
    hold_these(connection, [change.id], made.id)


def hold_ready(connection: Connection, system: str, why: str, at: Instant) -> None:
    """Everything ready for a system is held, for one reason."""
    ready = (outbox.c.system == system) & (outbox.c.state == "ready")
    plan_id = connection.execute(select(outbox.c.plan_id).where(ready).limit(1)).scalar_one_or_none()
    if plan_id is None:
        return
    made = Hold(new_id(), plan_id, system, (why,), "open", at)
    add_hold(connection, made)
    connection.execute(update(outbox).where(ready).values(state="held", hold_id=made.id))


def decide(connection: Connection, hold_id: str, state: str, who: str, why: str, at: Instant) -> int:
    """Approve or reject a hold; the changes it still keeps follow. Returns how many did."""
    connection.execute(
        update(hold)
        .where(hold.c.id == hold_id, hold.c.state == "open")
        .values(state=state, who=who, why=why, decided_at=at)
    )
    becomes = {"approved": "ready", "rejected": "rejected"}[state]
    mine = (outbox.c.hold_id == hold_id, outbox.c.state == "held")
    return connection.execute(update(outbox).where(*mine).values(state=becomes)).rowcount


def set_apart(connection: Connection, whole: Hold, change_ids: Collection[str]) -> Hold:
    """Some changes of a hold in a hold of their own, to be decided on by themselves."""
    made = replace(whole, id=new_id())
    add_hold(connection, made)
    for some in chunks(sorted(change_ids)):
        mine = (outbox.c.hold_id == whole.id, outbox.c.state == "held", outbox.c.id.in_(some))
        connection.execute(update(outbox).where(*mine).values(hold_id=made.id))
    return made


def note_read(connection: Connection, hold_ids: Collection[str], at: Instant) -> None:
    """A person has been shown what these holds keep back."""
    for some in chunks(sorted(hold_ids)):
        mine = (hold.c.id.in_(some), hold.c.read_at.is_(None))
        connection.execute(update(hold).where(*mine).values(read_at=at))


def latest_release(connection: Connection, system: str) -> Instant:
    """When a person last let go something held for a system; empty where nobody ever did."""
    mine = (hold.c.system == system, hold.c.state == "approved")
    return connection.execute(select(func.max(hold.c.decided_at)).where(*mine)).scalar() or ""


def ever_released(connection: Connection, system: str) -> bool:
    """Whether a person ever let anything go to a system, or anything was sent: its first load is over."""
    approved = select(hold.c.id).where(hold.c.system == system, hold.c.state == "approved").limit(1)
    sent = select(outbox.c.id).where(outbox.c.system == system, outbox.c.sent_at.is_not(None)).limit(1)
    return any(connection.execute(one).first() is not None for one in (approved, sent))
