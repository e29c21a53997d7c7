"""Source records with their cells."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, func, select, update

from hub.golden.form import cell_form, cell_of, roll_form, roll_of
from hub.golden.record import SourceRecord
from hub.model.keys import RecordKey
from hub.store.form import dump, parse
from hub.store.tables import crosswalk, source_record
from hub.store.upsert import chunks, upsert


def _record(row: Any) -> SourceRecord:
    kept = parse(row.cells)
    return SourceRecord(
        RecordKey(row.system, row.kind, row.key),
        row.object,
        row.raw_key,
        {name: cell_of(form) for name, form in kept.items() if "slots" not in form},
        {name: roll_of(form) for name, form in kept.items() if "slots" in form},
        {name: RecordKey.parse(text) for name, text in parse(row.links).items()},
        frozenset(parse(row.notes)["unreadable"]),
        row.deleted,
        parse(row.notes)["shown"],
    )


def _row(record: SourceRecord, dirty: bool) -> dict[str, Any]:
    cells = {name: cell_form(one) for name, one in record.cells.items()}
    rolls = {name: roll_form(one) for name, one in record.rolls.items()}
    return {
        "system": record.key.system,
        "kind": record.key.kind,
        "key": record.key.key,
        "object": record.object,
        "raw_key": record.raw_key,
        "cells": dump(cells | rolls),
        "links": dump({name: str(key) for name, key in record.links.items()}),
        "works_for": str(record.links["works_for"]) if "works_for" in record.links else None,
        "notes": dump({"unreadable": sorted(record.unreadable), "shown": record.shown}),
        "deleted": record.deleted,
        "dirty": dirty,
    }


def save(connection: Connection, records: Iterable[SourceRecord], *, dirty: bool = True) -> None:
    """Store records; ``dirty`` ones are looked at by the next reconcile."""
    upsert(connection, source_record, [_row(one, dirty) for one in records], ("system", "kind", "key"))


def save_cells(connection: Connection, records: Iterable[SourceRecord]) -> None:
    """Store cells alone (a write left or was answered): nothing was said, so nothing becomes dirty."""
    for one in records:
        row = _row(one, dirty=False)
        connection.execute(update(source_record).where(_is(one.key)).values(cells=row["cells"]))


def _is(key: RecordKey) -> Any:
    table = source_record.c
    return (table.system == key.system) & (table.kind == key.kind) & (table.key == key.key)


def by_raw(
    connection: Connection, system: str, obj: str, raw_keys: Sequence[str]
) -> dict[str, list[SourceRecord]]:
    """Raw key → the source records (facets) it holds."""
    found: dict[str, list[SourceRecord]] = {}
    for some in chunks(raw_keys):
        query = select(source_record).where(
            source_record.c.system == system,
            source_record.c.object == obj,
            source_record.c.raw_key.in_(some),
        )
        for row in connection.execute(query):
            found.setdefault(row.raw_key, []).append(_record(row))
    return found


def by_key(connection: Connection, key: RecordKey) -> SourceRecord | None:
    """One source record."""
    row = connection.execute(select(source_record).where(_is(key))).one_or_none()
    return _record(row) if row else None


def ids(connection: Connection, keys: Collection[RecordKey]) -> dict[RecordKey, int]:
    """Record key → row id."""
    found: dict[RecordKey, int] = {}
    by_kind: dict[tuple[str, str], list[str]] = {}
    for key in keys:
        by_kind.setdefault((key.system, key.kind), []).append(key.key)
    for (system, kind), some_keys in by_kind.items():
        for some in chunks(some_keys):
            query = select(source_record.c.id, source_record.c.key).where(
                source_record.c.system == system, source_record.c.kind == kind, source_record.c.key.in_(some)
            )
            for row in connection.execute(query):
                found[RecordKey(system, "person" if kind == "person" else "organisation", row.key)] = row.id
    return found


def dirty(connection: Connection) -> dict[int, SourceRecord]:
    """Row id → every record that changed since the last reconcile."""
    query = select(source_record).where(source_record.c.dirty).order_by(source_record.c.id)
    return {row.id: _record(row) for row in connection.execute(query)}


def employees(connection: Connection, employers: Collection[RecordKey]) -> dict[int, SourceRecord]:
    """Row id → the people these source records employ: their evidence changes with the employer's."""
    found: dict[int, SourceRecord] = {}
    for some in chunks(sorted(map(str, employers))):
        query = select(source_record).where(source_record.c.works_for.in_(some))
        found |= {row.id: _record(row) for row in connection.execute(query)}
    return found


def clusters(connection: Connection) -> dict[RecordKey, str]:
    """Every source record → its golden id. Reads the whole crosswalk."""
    query = select(
        source_record.c.system, source_record.c.kind, source_record.c.key, crosswalk.c.golden_id
    ).join(crosswalk, crosswalk.c.record_id == source_record.c.id)
    return {RecordKey(row.system, row.kind, row.key): row.golden_id for row in connection.execute(query)}


def count(connection: Connection, system: str) -> int:
    """How many living source records a system has."""
    query = select(func.count()).where(source_record.c.system == system, ~source_record.c.deleted)
    return connection.execute(query).scalar_one()


def count_dirty(connection: Connection) -> int:
    """How many records wait for a reconcile."""
    return connection.execute(select(func.count()).where(source_record.c.dirty)).scalar_one()


def clean(connection: Connection, row_ids: Sequence[int]) -> None:
    """These have been reconciled."""
    for some in chunks(row_ids):
        connection.execute(update(source_record).where(source_record.c.id.in_(some)).values(dirty=False))


def soil_all(connection: Connection) -> None:
    """Every record must be looked at by the next reconcile: the rules changed."""
    connection.execute(update(source_record).values(dirty=True))


def by_ids(connection: Connection, row_ids: Sequence[int]) -> dict[int, SourceRecord]:
    """Row id → record."""
    found: dict[int, SourceRecord] = {}
    for some in chunks(row_ids):
        query = select(source_record).where(source_record.c.id.in_(some))
        found |= {row.id: _record(row) for row in connection.execute(query)}
    return found


def of_golden(connection: Connection, golden_ids: Sequence[str]) -> dict[str, dict[int, SourceRecord]]:
    """Golden id → its source records, by row id."""
    found: dict[str, dict[int, SourceRecord]] = {}
    for some in chunks(golden_ids):
        query = (
            select(source_record, crosswalk.c.golden_id)
            .join(crosswalk, crosswalk.c.record_id == source_record.c.id)
            .where(crosswalk.c.golden_id.in_(some))
        )
        for row in connection.execute(query):
            found.setdefault(row.golden_id, {})[row.id] = _record(row)
    return found
