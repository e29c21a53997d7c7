"""A system, or a kind of its records, under another name: everything that was stored of it goes with it."""

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
