"""The write ledger: every value ever sent, with its before-image."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Update, bindparam, func, select, update

from hub.model.instant import Instant
from hub.store.change import Change
from hub.store.form import dump
from hub.store.tables import ledger, outbox
from hub.store.upsert import insert

Written = tuple[Change, str, str]
"""A change that was sent, the vendor's key of its record, and what is known of it: done, or unsure."""


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


def effects(connection: Connection, system: str, since: Instant) -> Counter[tuple[str, str, Any]]:
    """(Golden id, field, effect) → how many values were written there since then; none that only fill."""
    query = (
        select(outbox.c.golden_id, ledger.c.field, ledger.c.effect, func.count())
        .join(outbox, outbox.c.id == ledger.c.outbox_id)
        .where(ledger.c.system == system, ledger.c.at >= since, ledger.c.effect != "filled")
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
