"""Refusals that belong to an address: of who is not admitted, and of who once had it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, delete, or_, select

from hub.model.instant import Instant
from hub.model.keys import RecordKey
from hub.store import due
from hub.store.among import among
from hub.store.tables import refusal, source_record
from hub.store.upsert import upsert

Addresses = Mapping[tuple[str, str], list["Refusal"]]
"""(Consent field, address) → the refusals that stand for it."""
_SOME = 50
"""Addresses looked for at a time in what is said of everybody."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Somebody's *no*, said in a record about an address that is not, or not any more, that record's."""

    record: RecordKey
    field: str
    """The consent field: ``email_consent``."""
    address: str
    at: Instant


def book(connection: Connection, some: Iterable[Refusal]) -> None:
    """Keep refusals; one that is kept already stays as it was said."""
    rows = [
        {
            "system": one.record.system,
            "kind": one.record.kind,
            "key": one.record.key,
            "field": one.field,
            "address": one.address,
            "at": one.at,
        }
        for one in some
    ]
    upsert(connection, refusal, rows, ("system", "kind", "key", "field", "address"))


def book_new(connection: Connection, some: Collection[Refusal]) -> int:
    """Keep those of these that are not kept yet, and mark whoever has such an address now; how many."""
    new = unknown(connection, some)
    if new:
        book(connection, new)
        due.soil(connection, holders(connection, {one.address for one in new}), compare=False)
    return len(new)


def unknown(connection: Connection, some: Collection[Refusal]) -> list[Refusal]:
    """Those that are not booked yet."""
    if not some:
        return []
    known = of_addresses(connection, {one.address for one in some})
    booked = {(it.record, it.field, it.address) for found in known.values() for it in found}
    return [one for one in some if (one.record, one.field, one.address) not in booked]


def forget(connection: Connection, records: Mapping[RecordKey, Collection[str]]) -> None:
    """What was booked for who was not admitted, and is now, about the addresses that the record tells.

    There it speaks for itself; a *no* about one that it let go of before stays with that address.
    """
    for system, kind in {(one.system, one.kind) for one in records}:
        keys = [one.key for one in records if (one.system, one.kind) == (system, kind)]
        mine = (refusal.c.system == system, refusal.c.kind == kind)
        booked = select(refusal.c.key).distinct().where(*mine, among(refusal.c.key, keys))
        for key in connection.scalars(booked).all():  # few: most newcomers were never held
            told = among(refusal.c.address, records[RecordKey(system, kind, key)])
            connection.execute(delete(refusal).where(*mine, refusal.c.key == key, told))


def any_booked(connection: Connection) -> bool:
    """Whether any is booked: mostly there is none."""
    return connection.execute(select(refusal.c.address).limit(1)).first() is not None


def of_addresses(connection: Connection, addresses: Collection[str]) -> Addresses:
    """The refusals booked for these addresses."""
    if not any_booked(connection):
        return {}
    found: dict[tuple[str, str], list[Refusal]] = {}
    query = select(refusal).where(among(refusal.c.address, addresses))
    for row in connection.execute(query.order_by(refusal.c.system, refusal.c.kind, refusal.c.key)):
        one = Refusal(RecordKey(row.system, row.kind, row.key), row.field, row.address, row.at)
        found.setdefault((row.field, row.address), []).append(one)
    return found


def holders(connection: Connection, addresses: Collection[str]) -> set[int]:
    """The records in which one of these addresses is told. Reads what is said of everybody: this is rare."""
    found: set[int] = set()
    some = sorted(addresses)
    for start in range(0, len(some), _SOME):
        told = [source_record.c.cells.contains(f'"{one}"', autoescape=True) for one in some[start:][:_SOME]]
        found |= set(connection.scalars(select(source_record.c.id).where(or_(*told))))
    return found
