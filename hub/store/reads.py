"""What only readers ask: finding customers, the ledger of one record, and how much waits where."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, case, func, select

from hub.model.instant import Instant
from hub.model.keys import Kind, RecordKey
from hub.model.value import Value
from hub.store.among import among
from hub.store.form import parse
from hub.store.golden import Candidates, candidates_of
from hub.store.quarantine import Held
from hub.store.tables import (
    blocking_key,
    crosswalk,
    golden,
    hold,
    ledger,
    outbox,
    publish_queue,
    quarantine,
)


@dataclass(frozen=True, slots=True)
class Named:
    """A golden record without its provenance."""

    golden_id: str
    kind: Kind
    document: dict[str, Value]
    systems: tuple[str, ...]
    changed_at: Instant
    candidates: Mapping[str, Candidates] = field(default_factory=dict)
    """Field → between which values nothing decides."""


_NAMED = (
    *(golden.c.golden_id, golden.c.kind, golden.c.document, golden.c.systems, golden.c.changed_at),
    case((golden.c.disputed, golden.c.provenance), else_="").label("undecided"),
)


def _named(row: Any) -> Named:
    undecided = candidates_of(parse(row.undecided)) if row.undecided else {}
    return Named(
        row.golden_id, row.kind, parse(row.document), tuple(parse(row.systems)), row.changed_at, undecided
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """One value the hub wrote."""

    system: str
    object: str
    raw_key: str
    field: str
    before: Any
    after: Any
    at: Instant
    status: str


def with_blocking_key(connection: Connection, keys: Collection[int], limit: int) -> list[str]:
    """Golden ids of the records that have one of these blocking keys."""
    query = (
        select(crosswalk.c.golden_id)
        .join(blocking_key, blocking_key.c.record_id == crosswalk.c.record_id)
        .where(blocking_key.c.key.in_(sorted(keys)))
        .distinct()
        .order_by(crosswalk.c.golden_id)
        .limit(limit)
    )
    return list(connection.execute(query).scalars())


def named(connection: Connection, golden_ids: Collection[str]) -> Iterator[Named]:
    """These golden records, without their provenance."""
    query = select(*_NAMED).where(among(golden.c.golden_id, golden_ids))
    yield from map(_named, connection.execute(query))


def entries(
    connection: Connection,
    system: str,
    obj: str,
    raw_keys: Collection[str],
    rows: Collection[int],
    limit: int,
) -> list[Entry]:
    """The ledger of these records, newest first; of a vendor record with several customers, only ``rows``."""
    ours = outbox.c.record_id.is_(None) | outbox.c.record_id.in_(sorted(rows))
    query = (
        select(ledger)
        .join(outbox, outbox.c.id == ledger.c.outbox_id)
        .where(
            ledger.c.system == system, ledger.c.object == obj, ledger.c.raw_key.in_(sorted(raw_keys)), ours
        )
        .order_by(ledger.c.id.desc())
        .limit(limit)
    )
    return [
        Entry(
            row.system,
            row.object,
            row.raw_key,
            row.field,
            parse(row.before),
            parse(row.after),
            row.at,
            row.status,
        )
        for row in connection.execute(query)
    ]


def held_sizes(connection: Connection) -> dict[str, int]:
    """Open hold → how many changes wait in it."""
    query = (
        select(outbox.c.hold_id, func.count())
        .join(hold, hold.c.id == outbox.c.hold_id)
        .where(outbox.c.state == "held", hold.c.state == "open")
        .group_by(outbox.c.hold_id)
    )
    return {str(one): number for one, number in connection.execute(query)}


def queue_sizes(connection: Connection) -> dict[str, int]:
    """System → how many customers wait to be compared with what it shows."""
    query = select(publish_queue.c.system, func.count()).group_by(publish_queue.c.system)
    return dict(connection.execute(query).all())


def quarantined(connection: Connection, systems: Collection[str], limit: int) -> list[Held]:
    """Customers held back, longest first."""
    query = (
        select(quarantine)
        .where(quarantine.c.system.in_(sorted(systems)))
        .order_by(quarantine.c.first_at, quarantine.c.system, quarantine.c.kind, quarantine.c.key)
        .limit(limit)
    )
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


def is_quarantined(connection: Connection, key: RecordKey) -> bool:
    """Whether this customer is held back."""
    query = select(quarantine.c.id).where(
        quarantine.c.system == key.system,
        quarantine.c.kind == key.kind,
        quarantine.c.key == key.key,
        quarantine.c.field == "",
    )
    return connection.execute(query).first() is not None


def quarantined_raw(connection: Connection, system: str) -> dict[str, set[str]]:
    """Object → keys of the vendor records that hold a customer held back."""
    query = select(quarantine.c.object, quarantine.c.raw_key).where(quarantine.c.system == system).distinct()
    found: dict[str, set[str]] = {}
    for obj, raw_key in connection.execute(query):
        found.setdefault(obj, set()).add(raw_key)
    return found
