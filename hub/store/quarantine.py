"""Customers that were not admitted, with the reasons; kept until the record is corrected or redriven."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from hub.model.instant import Instant
from hub.model.keys import RecordKey
from hub.store.form import dump, parse
from hub.store.tables import quarantine
from hub.store.upsert import chunks, upsert

EMPTIED = "emptied"
"""The rule that too many values of one field were emptied at once."""


@dataclass(frozen=True, slots=True)
class Held:
    """One customer held back."""

    key: RecordKey
    object: str
    raw_key: str
    reasons: Sequence[Mapping[str, Any]]
    """Path, rule, allowed and value (for the one who must correct it; never for a log)."""
    first_at: Instant
    field: str = ""
    """The one field that waits of somebody known; empty: the customer as a whole does."""

    @property
    def is_emptied(self) -> bool:
        """Whether it waits because too many lost it at once."""
        return any(one["rule"] == EMPTIED for one in self.reasons)


def hold(connection: Connection, held: Sequence[Held], run_id: str) -> None:
    """Keep customers back, replacing earlier reasons."""
    rows = [
        {
            "system": one.key.system,
            "object": one.object,
            "raw_key": one.raw_key,
            "kind": one.key.kind,
            "key": one.key.key,
            "reasons": dump(list(one.reasons)),
            "first_at": one.first_at,
            "field": one.field,
            "run_id": run_id,
        }
        for one in held
    ]
    upsert(connection, quarantine, rows, ("system", "kind", "key", "field"))


def release(connection: Connection, system: str, obj: str, raw_keys: Sequence[str]) -> None:
    """Forget what was held of these records; they are being looked at again."""
    for some in chunks(raw_keys):
        connection.execute(
            delete(quarantine).where(
                quarantine.c.system == system, quarantine.c.object == obj, quarantine.c.raw_key.in_(some)
            )
        )


def never_admitted(connection: Connection, system: str, obj: str, raw_keys: Sequence[str]) -> set[str]:
    """Those of these records of which nobody was admitted yet: held whole, and known to nobody."""
    mine = (quarantine.c.system == system, quarantine.c.object == obj, quarantine.c.field == "")
    found: set[str] = set()
    for some in chunks(sorted(raw_keys)):
        query = select(quarantine.c.raw_key).where(*mine, quarantine.c.raw_key.in_(some))
        found |= set(connection.scalars(query))
    return found


def accept(
    connection: Connection, system: str, field: str, who: str, why: str, at: Instant
) -> dict[str, set[str]]:
    """A person says that what was emptied is meant to be empty; object → the vendor's keys concerned."""
    mine = (quarantine.c.system == system, quarantine.c.field == field, quarantine.c.accepted.is_(None))
    query = select(quarantine.c.object, quarantine.c.raw_key, quarantine.c.reasons).where(*mine)
    found: dict[str, set[str]] = {}
    for obj, raw_key, reasons in connection.execute(query):
        if any(one["rule"] == EMPTIED for one in parse(reasons)):
            found.setdefault(obj, set()).add(raw_key)
    word = dump({"who": who, "why": why, "at": at})
    for obj, keys in found.items():
        for some in chunks(sorted(keys)):
            these = (*mine, quarantine.c.object == obj, quarantine.c.raw_key.in_(some))
            connection.execute(update(quarantine).where(*these).values(accepted=word))
    return found


def accepted(
    connection: Connection, system: str, obj: str, raw_keys: Sequence[str]
) -> set[tuple[RecordKey, str]]:
    """The fields of these records that a person said are meant to be empty."""
    found: set[tuple[RecordKey, str]] = set()
    for some in chunks(raw_keys):
        query = select(quarantine.c.kind, quarantine.c.key, quarantine.c.field).where(
            quarantine.c.system == system,
            quarantine.c.object == obj,
            quarantine.c.raw_key.in_(some),
            quarantine.c.accepted.is_not(None),
        )
        found |= {(RecordKey(system, kind, key), field) for kind, key, field in connection.execute(query)}
    return found


def listed(connection: Connection, system: str | None = None) -> list[Held]:
    """Everything held, by system and key."""
    query = select(quarantine).order_by(quarantine.c.system, quarantine.c.kind, quarantine.c.key)
    if system:
        query = query.where(quarantine.c.system == system)
    return [
        Held(
            RecordKey(row.system, row.kind, row.key),
            row.object,
            row.raw_key,
            parse(row.reasons),
            row.first_at,
            row.field,
        )
        for row in connection.execute(query)
    ]


def count(connection: Connection, system: str) -> int:
    """How many customers of a system are held."""
    query = select(func.count()).where(quarantine.c.system == system)
    return connection.execute(query).scalar_one()
