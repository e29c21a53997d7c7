"""A system, a kind of its records, or one of them under another name: what was stored of it goes with it."""

from sqlalchemy import Connection, func, literal, select, update

from hub.store import due
from hub.store.tables import (
    crosswalk,
    hold,
    judgement,
    ledger,
    mapping_file,
    outbox,
    plan,
    publish_queue,
    quarantine,
    raw_record,
    raw_version,
    refusal,
    run,
    source_record,
    watermark,
)
from hub.store.upsert import chunks

_OF_SYSTEM = (
    *(raw_record, raw_version, quarantine, source_record, watermark),
    *(publish_queue, plan, hold, outbox, ledger, run),
)
_OF_OBJECT = (raw_record, raw_version, quarantine, source_record, watermark, outbox, ledger)


def system(connection: Connection, before: str, now: str) -> None:
    """A system has another name in the hub; its records are the customers they were."""
    for table in _OF_SYSTEM:
        connection.execute(update(table).where(table.c.system == before).values(system=now))
    connection.execute(update(mapping_file).where(mapping_file.c.name == before).values(name=now))
    for column in (judgement.c.low, judgement.c.high, source_record.c.works_for):
        mine = column.startswith(f"{before}/", autoescape=True)
        rest = literal(f"{now}/") + func.substr(column, len(before) + 2)
        connection.execute(update(column.table).where(mine).values({column.name: rest}))
    links = func.replace(source_record.c.links, f'"{before}/', f'"{now}/')
    ours = select(source_record.c.id).where(source_record.c.system == now)
    connection.execute(update(source_record).where(source_record.c.system == now).values(links=links))
    for some in chunks(list(connection.scalars(ours.join(crosswalk)))):
        due.soil(connection, some, compare=False)


def records(connection: Connection, system: str, before: str, now: str) -> None:
    """A system's connector calls these records otherwise."""
    for table in _OF_OBJECT:
        mine = (table.c.system == system) & (table.c.object == before)
        connection.execute(update(table).where(mine).values(object=now))


def record(connection: Connection, system: str, obj: str, before: str, now: str) -> None:
    """A record has another key in its system: the same rows, with all that hangs on them, have that.

    What the system sent of it (versions) stays under the key it was sent by.
    """
    at, table = len(before) + 1, source_record.c
    mine = (table.system == system, table.object == obj, table.raw_key == before)
    rows = connection.execute(select(table.id, table.kind, table.key).where(*mine)).all()
    for _, kind, key in rows:
        same = (refusal.c.system == system, refusal.c.kind == kind, refusal.c.key == key)
        connection.execute(update(refusal).where(*same).values(key=now + key[at - 1 :]))
    new_key = literal(now) + func.substr(table.key, at)
    connection.execute(update(source_record).where(*mine).values(key=new_key, raw_key=now))
    sent = outbox.c.record_id.in_([row for row, _, _ in rows])
    connection.execute(update(outbox).where(sent).values(raw_key=now))
    for one in (ledger, quarantine):
        mine = (one.c.system == system, one.c.object == obj, one.c.raw_key == before)
        new = {"key": literal(now) + func.substr(quarantine.c.key, at)} if one is quarantine else {}
        connection.execute(update(one).where(*mine).values(raw_key=now, **new))
