"""The outbox: one record's field changes for one system, from draft to answer."""

from collections.abc import Collection, Generator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import JSON, Connection, Text, bindparam, cast, func, select, true, update

from hub.model.instant import Instant
from hub.model.unique import new_id
from hub.store import ledger
from hub.store.change import Change, change_of
from hub.store.form import dump
from hub.store.tables import outbox, plan
from hub.store.upsert import chunks, insert

ALONE = "offered alone"
"""What is said of a field whose change was refused together with others."""
SETTLED = "approved for another system, and judged anew here at the next sync"
"""What is said of a change that waits, though a person has decided on what it comes of."""
OPEN = ("draft", "held", "ready", "sending", "unsure")
"""States of a change that may still be sent."""


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
        replace(refused, id=new_id(), fields={name: both}, state="ready", message=ALONE)
        for name, both in refused.fields.items()
    ]
    add_changes(connection, plan_id, parts, at)


def still(connection: Connection, changes: Sequence[Change], state: str) -> list[Change]:
    """Those of these changes that are in a state, in their order."""
    found: set[str] = set()
    for some in chunks([one.id for one in changes]):
        query = select(outbox.c.id).where(outbox.c.id.in_(some), outbox.c.state == state)
        found |= set(connection.scalars(query))
    return [one for one in changes if one.id in found]


def of_plan(connection: Connection, plan_id: str, state: str) -> list[Change]:
    """The changes of a plan in a state."""
    query = select(outbox).where(outbox.c.plan_id == plan_id, outbox.c.state == state)
    return [change_of(row) for row in connection.execute(query.order_by(outbox.c.id))]


def of_run(connection: Connection, run_id: str, states: Sequence[str]) -> list[Change]:
    """The changes that a run planned and that are in these states."""
    made = select(plan.c.id).where(plan.c.run_id == run_id)
    query = select(outbox).where(outbox.c.plan_id.in_(made), outbox.c.state.in_(states))
    return [change_of(row) for row in connection.execute(query.order_by(outbox.c.system, outbox.c.id))]


def narrow(connection: Connection, change_id: str, fields: Mapping[str, Mapping[str, Any]]) -> None:
    """A change keeps these of its fields."""
    connection.execute(update(outbox).where(outbox.c.id == change_id).values(fields=dump(fields)))


def chain(connection: Connection, change_ids: Sequence[str]) -> None:
    """These hand values on that no two records may share: they are sent in order."""
    for some in chunks(change_ids):
        connection.execute(update(outbox).where(outbox.c.id.in_(some)).values(chained=True))


def plan_of(connection: Connection, change_id: str) -> str:
    """The plan a change belongs to."""
    return str(connection.execute(select(outbox.c.plan_id).where(outbox.c.id == change_id)).scalar_one())


def changes(
    connection: Connection,
    system: str,
    states: Sequence[str],
    limit: int | None = 10_000,
    obj: str | None = None,
    *,
    chained: bool = False,
) -> list[Change]:
    """Changes of a system in these states, oldest first; ``chained``: those whose order matters."""
    query = (
        select(outbox)
        .where(outbox.c.system == system, outbox.c.state.in_(states))
        .order_by(outbox.c.made_at, outbox.c.id)
        .limit(limit)
    )
    if obj:
        query = query.where(outbox.c.object == obj)
    if chained:
        query = query.where(outbox.c.chained)
    return [change_of(row) for row in connection.execute(query)]


def each(connection: Connection, system: str, states: Sequence[str], batch: int = 1000) -> Generator[Change]:
    """Every change of a system in these states, oldest first, some in memory at a time."""
    query = (
        select(outbox)
        .where(outbox.c.system == system, outbox.c.state.in_(states))
        .order_by(outbox.c.made_at, outbox.c.id)
    )
    with connection.execute(query.execution_options(yield_per=batch)) as rows:
        yield from map(change_of, rows)


def open_for(connection: Connection, system: str, golden_ids: Collection[str]) -> dict[str, list[Change]]:
    """Golden id → changes of that customer that may still be sent to a system."""
    found: dict[str, list[Change]] = {}
    for some in chunks(sorted(golden_ids)):
        query = select(outbox).where(
            outbox.c.system == system, outbox.c.golden_id.in_(some), outbox.c.state.in_(OPEN)
        )
        for row in connection.execute(query):
            found.setdefault(row.golden_id, []).append(change_of(row))
    return found


def held_for(connection: Connection, golden_ids: Collection[str]) -> list[Change]:
    """The changes of these customers that a person is asked about, for whichever system.

    But for those of which others' wait: they are decided on together.
    """
    found: list[Change] = []
    for some in chunks(sorted(golden_ids)):
        query = select(outbox).where(
            outbox.c.golden_id.in_(some), outbox.c.state == "held", ~outbox.c.chained
        )
        found += map(change_of, connection.execute(query))
    return found


def answered_no(
    connection: Connection, systems: Collection[str], golden_id: str = "", rows: Collection[int] = ()
) -> list[Change]:
    """What a system refused or a person rejected, the latest first; of a customer and its records, or of all.

    What became of each since then is not looked at.
    """
    query = (
        select(outbox)
        .where(outbox.c.system.in_(sorted(systems)), outbox.c.state.in_(("refused", "rejected")))
        .order_by(func.coalesce(outbox.c.answered_at, outbox.c.made_at).desc(), outbox.c.id)
    )
    if golden_id:
        query = query.where((outbox.c.golden_id == golden_id) | outbox.c.record_id.in_(sorted(rows)))
    return [change_of(row) for row in connection.execute(query)]


def mark(
    connection: Connection, change_ids: Sequence[str], state: str, at: Instant, message: str = ""
) -> None:
    """Move changes to a state."""
    values: dict[str, Any] = {"state": state, "message": message}
    values["sent_at" if state == "sending" else "answered_at"] = at
    for some in chunks(change_ids):
        connection.execute(update(outbox).where(outbox.c.id.in_(some)).values(**values))


def note(connection: Connection, change_ids: Sequence[str], message: str) -> None:
    """Say something of changes that stay in their state."""
    for some in chunks(change_ids):
        connection.execute(update(outbox).where(outbox.c.id.in_(some)).values(message=message))


def creations(
    connection: Connection, system: str, raw_keys: Collection[str], golden_ids: Collection[str]
) -> list[Change]:
    """Creations that brought these keys, or whose answer is still out and that were for these customers."""
    found: list[Change] = []
    mine = (outbox.c.system == system) & (outbox.c.action == "create")
    for some in chunks(sorted(raw_keys)):
        found += map(change_of, connection.execute(select(outbox).where(mine, outbox.c.raw_key.in_(some))))
    unanswered = mine & outbox.c.raw_key.is_(None) & outbox.c.state.in_(("sending", "unsure"))
    for some in chunks(sorted(golden_ids)):
        found += map(
            change_of, connection.execute(select(outbox).where(unanswered, outbox.c.golden_id.in_(some)))
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
            outbox.c.state.in_(("sending", "unsure", "accepted", "done", "refused", "rejected")),
        )
        found |= set(connection.execute(query).scalars())
    return found


def created(connection: Connection, keys: Mapping[str, str]) -> None:
    """The records that creations brought exist: change → the vendor's key, in the ledger too."""
    rows = [{"change": change, "key": key} for change, key in keys.items()]
    ours = update(outbox).where(outbox.c.id == bindparam("change"))
    if rows:
        connection.execute(ours.values(raw_key=bindparam("key")), rows)
        ledger.name(connection, keys)


Counted = Mapping[tuple[str, str, str], int]
"""Field, state and what the write does to what stands there → values."""


def by_field(connection: Connection, system: str, states: Sequence[str]) -> Counted:
    """How many values the changes of a system in these states would write, counted by the database."""
    document = cast(outbox.c.fields, Text().with_variant(JSON(), "postgresql"))
    both = func.json_each(document).table_valued("key", "value")
    effect = func.coalesce(both.c.value.op("->>")("effect"), "filled")
    query = (
        select(both.c.key, outbox.c.state, effect, func.count())
        .select_from(outbox)
        .join(both, true())
        .where(outbox.c.system == system, outbox.c.state.in_(states))
        .group_by(both.c.key, outbox.c.state, effect)
    )
    return {(name, state, what): number for name, state, what, number in connection.execute(query)}


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
