"""The write ledger: every value ever sent, with its before-image."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Update, bindparam, func, or_, select, update

from hub.model.instant import Instant
from hub.store.change import Change
from hub.store.form import dump, parse
from hub.store.tables import ledger, outbox
from hub.store.upsert import chunks, insert

RACED = "raced"
IGNORED = "not taken"
Written = tuple[Change, str, str]
"""A change that was sent, the vendor's key of its record, and what is known of it: ``done`` (seen there),
``accepted`` (answered, and not seen yet), or ``unsure``."""


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
            "effect": both.get("effect", ""),
        }
        for change, raw_key, status in written
        for name, both in change.fields.items()
    ]
    insert(connection, ledger, rows)


@dataclass(frozen=True, slots=True)
class Last:
    """The last value written to a field of a record."""

    id: int
    before: Any
    after: Any
    at: Instant
    status: str


def written(
    connection: Connection, system: str, obj: str, since: Mapping[str, Instant]
) -> dict[tuple[str, str], list[Last]]:
    """(Vendor's key, field) → the last value the hub wrote there, and all since then; the newest first.

    ``since``: vendor's key → moment. What is known to be raced, or not taken, is left out.
    """
    found: dict[tuple[str, str], list[Last]] = {}
    for some in chunks(sorted(since)):
        mine = (*_of(system, obj), ledger.c.raw_key.in_(some), ledger.c.status != IGNORED)
        newest = select(func.max(ledger.c.id)).where(*mine).group_by(ledger.c.raw_key, ledger.c.field)
        lately = ledger.c.at >= min(since[one] for one in some)
        query = select(ledger).where(*mine, or_(ledger.c.id.in_(newest), lately))
        for row in connection.execute(query.order_by(ledger.c.id.desc())):
            newest_there = (row.raw_key, row.field) not in found
            told = found.setdefault((row.raw_key, row.field), [])
            if row.status != RACED and (newest_there or row.at >= since[row.raw_key]):
                told.append(Last(row.id, parse(row.before), parse(row.after), row.at, row.status))
    return found


def note_raced(connection: Connection, entries: Mapping[int, Any]) -> None:
    """These writes went over what somebody typed after the look: that is their before-image."""
    rows = [{"entry": entry, "stood": dump(value)} for entry, value in entries.items()]
    if rows:
        mine = update(ledger).where(ledger.c.id == bindparam("entry"))
        connection.execute(mine.values(status=RACED, before=bindparam("stood")), rows)


def settle(connection: Connection, change: Change, names: Collection[str], status: str) -> None:
    """What became of fields of a change that was answered and not seen, or not answered at all."""
    mine = (*_of(change.system, change.object), ledger.c.raw_key == (change.raw_key or ""))
    open_ones = (ledger.c.outbox_id == change.id, ledger.c.status.in_(("accepted", "unsure")))
    for name in names:
        connection.execute(
            update(ledger).where(*mine, *open_ones, ledger.c.field == name).values(status=status)
        )


def seen(
    connection: Connection, system: str, obj: str, raw_keys: Collection[str]
) -> dict[str, frozenset[str]]:
    """Change → its fields that were seen to be there, of the changes to these records."""
    found: dict[str, frozenset[str]] = {}
    for some in chunks(sorted(raw_keys)):
        mine = (*_of(system, obj), ledger.c.raw_key.in_(some), ledger.c.status == "done")
        for change, name in connection.execute(select(ledger.c.outbox_id, ledger.c.field).where(*mine)):
            found[change] = found.get(change, frozenset()) | {name}
    return found


def put_instead(connection: Connection, change: Change, stands: Mapping[str, Any]) -> None:
    """Of these fields a share of what was sent was taken: field → what has come to stand there."""
    mine = (*_of(change.system, change.object), ledger.c.raw_key == (change.raw_key or ""))
    for name, value in stands.items():
        it = (*mine, ledger.c.outbox_id == change.id, ledger.c.field == name)
        connection.execute(update(ledger).where(*it).values(status="done", after=dump(value)))


def _of(system: str, obj: str) -> tuple[ColumnElement[bool], ...]:
    return ledger.c.system == system, ledger.c.object == obj


def effects(connection: Connection, system: str, since: Instant) -> Counter[tuple[str, str, Any]]:
    """(Golden id, field, effect) → how many values were written there since then; none that only fill."""
    query = (
        select(outbox.c.golden_id, ledger.c.field, ledger.c.effect, func.count())
        .join(outbox, outbox.c.id == ledger.c.outbox_id)
        .where(ledger.c.system == system, ledger.c.at >= since)
        .where(ledger.c.effect != "filled", ledger.c.status != IGNORED)
        .group_by(outbox.c.golden_id, ledger.c.field, ledger.c.effect)
    )
    return Counter({(one, field, effect): number for one, field, effect, number in connection.execute(query)})


def name(connection: Connection, keys: Mapping[str, str]) -> None:
    """Entries of creations whose answer never came do not say of which record: change → the vendor's key."""
    rows = [{"change": change, "key": key} for change, key in keys.items()]
    if rows:
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
