"""What must hold in every store at every moment, whoever was killed when: looked at, never mended."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Select, and_, exists, func, select

from hub.model.keys import RecordKey
from hub.store import golden as goldens
from hub.store import records
from hub.store.golden import Golden
from hub.store.tables import (
    crosswalk,
    due,
    edge,
    golden,
    golden_version,
    outbox,
    publish_queue,
    raw_record,
    redirect,
    source_record,
)

SHOWN = 5
"""Examples of each law that is broken."""
BATCH = 500


@dataclass(frozen=True, slots=True)
class Broken:
    """A law that does not hold."""

    law: str
    count: int
    examples: tuple[str, ...]
    """Golden ids, record keys, numbers of rows: nothing anybody said."""


def broken(connection: Connection) -> list[Broken]:
    """The laws that do not hold, as far as one view of the store shows. Reads everything; changes nothing."""
    found = [_asked(connection, law, query) for law, query in _QUERIES.items()]
    found += _golden_laws(connection)
    if connection.dialect.name == "sqlite":
        pages = connection.exec_driver_sql(f"PRAGMA integrity_check({SHOWN})").scalars().all()
        told = tuple(str(one) for one in pages if one != "ok")
        found.append(Broken("the database's own pages are whole", len(told), told))
    return [one for one in found if one.count]


_waits = exists().where(due.c.record_id == source_record.c.id)
_member = source_record.outerjoin(crosswalk, crosswalk.c.record_id == source_record.c.id)
_named = and_(golden.c.golden_id == crosswalk.c.golden_id, golden.c.retired_at.is_(None))
_QUERIES: Mapping[str, Select[Any]] = {
    "each record that was reconciled belongs to a customer": select(
        source_record.c.system + "/" + source_record.c.kind + "/" + source_record.c.key
    )
    .select_from(_member)
    .where(crosswalk.c.golden_id.is_(None), ~_waits, ~source_record.c.deleted),
    "the customer a record belongs to is there": select(crosswalk.c.golden_id)
    .select_from(crosswalk.join(source_record, source_record.c.id == crosswalk.c.record_id))
    .where(~exists().where(_named), ~_waits),
    "each admitted record has what its system showed": select(
        source_record.c.system + "/" + source_record.c.kind + "/" + source_record.c.key
    ).where(
        ~exists().where(
            raw_record.c.system == source_record.c.system,
            raw_record.c.object == source_record.c.object,
            raw_record.c.key == source_record.c.raw_key,
        )
    ),
    "an old golden id leads to one that is there, or was": select(redirect.c.old).where(
        ~exists().where(golden.c.golden_id == redirect.c.new)
    ),
    "each golden record has the version before its present one": select(golden.c.golden_id).where(
        golden.c.retired_at.is_(None),
        golden.c.version > 1,
        ~exists().where(
            golden_version.c.golden_id == golden.c.golden_id,
            golden_version.c.version == golden.c.version - 1,
        ),
    ),
    "what waits to be compared is a customer, or was one": select(publish_queue.c.golden_id).where(
        ~exists().where(golden.c.golden_id == publish_queue.c.golden_id)
    ),
    "each change of a record names one that is known": select(outbox.c.id).where(
        outbox.c.record_id.is_not(None), ~exists().where(source_record.c.id == outbox.c.record_id)
    ),
    "a pair of records is compared once": select(edge.c.low_id).where(edge.c.low_id >= edge.c.high_id),
}


def _asked(connection: Connection, law: str, query: Select[Any]) -> Broken:
    count = connection.scalar(select(func.count()).select_from(query.subquery())) or 0
    some = connection.scalars(query.limit(SHOWN)).all() if count else ()
    return Broken(law, count, tuple(str(one) for one in some))


def _golden_laws(connection: Connection) -> Iterator[Broken]:
    """The laws of golden records with their records; those that wait for a reconcile are left out."""
    waiting = select(crosswalk.c.golden_id).join(due, due.c.record_id == crosswalk.c.record_id)
    restless = frozenset(connection.scalars(waiting))
    wrong: dict[str, list[str]] = {law: [] for law in (PEOPLED, SYSTEMS, WINNERS)}
    everyone = (one for one in goldens.everyone(connection) if one.golden_id not in restless)
    while some := list(islice(everyone, BATCH)):
        held = records.of_golden(connection, [one.golden_id for one in some])
        known = records.ids(connection, {key for one in some for key in _winners(one)}).keys()
        for one in some:
            mine = held.get(one.golden_id, {}).values()
            wrong[PEOPLED] += [] if mine else [one.golden_id]
            living = {record.key.system for record in mine if not record.deleted}
            wrong[SYSTEMS] += [] if living == {*one.systems} else [one.golden_id]
            wrong[WINNERS] += [] if _winners(one) <= known else [one.golden_id]
    for law, ids in wrong.items():
        yield Broken(law, len(ids), tuple(ids[:SHOWN]))


PEOPLED = "each customer has a record"
SYSTEMS = "a customer is told to be in the systems of its records"
WINNERS = "each value that stands is from a record that is known"


def _winners(one: Golden) -> set[RecordKey]:
    """The records whose values stand."""
    origins = (it for it in one.provenance.values() if isinstance(it, dict) and "from" in it)
    return {RecordKey.parse(str(it["from"])) for it in origins}
