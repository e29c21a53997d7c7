"""Source records with their cells."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import Column, ColumnElement, Connection, bindparam, func, select, update

from hub.golden.form import cell_form, cell_of, roll_form, roll_of, said
from hub.golden.record import SourceRecord
from hub.model.keys import Kind, RecordKey
from hub.model.value import Value
from hub.store.among import among
from hub.store.form import dump, parse
from hub.store.tables import crosswalk, source_record
from hub.store.upsert import chunks, upsert

_KEY = ("system", "kind", "key")
Mark = str
"""Given anew with each change of a record, so that reconciling one change does not swallow the next."""


def _record(row: Any) -> SourceRecord:
    # In the order of the table: by name costs ten times as much.
    _, system, kind, key, obj, raw_key, cells, links, _, notes, deleted, *_ = row
    kept, noted = parse(cells), parse(notes)
    return SourceRecord(
        RecordKey(system, kind, key),
        obj,
        raw_key,
        {name: cell_of(form) for name, form in kept.items() if "slots" not in form},
        {name: roll_of(form) for name, form in kept.items() if "slots" in form},
        {name: RecordKey.parse(text) for name, text in parse(links).items()},
        frozenset(noted["unreadable"]),
        deleted,
        noted["shown"],
    )


def _cells(record: SourceRecord) -> str:
    cells = {name: cell_form(one) for name, one in record.cells.items()}
    rolls = {name: roll_form(one) for name, one in record.rolls.items()}
    return dump(cells | rolls)


def _row(record: SourceRecord) -> dict[str, Any]:
    return {
        "system": record.key.system,
        "kind": record.key.kind,
        "key": record.key.key,
        "object": record.object,
        "raw_key": record.raw_key,
        "cells": _cells(record),
        "links": dump({name: str(key) for name, key in record.links.items()}),
        "works_for": str(record.links["works_for"]) if "works_for" in record.links else None,
        "notes": dump({"unreadable": sorted(record.unreadable), "shown": record.shown}),
        "deleted": record.deleted,
    }


def save(
    connection: Connection, records: Iterable[SourceRecord], otherwise: Collection[RecordKey] | None = None
) -> None:
    """Store records; the next reconcile looks at them, and compares ``otherwise`` (all) with others anew.

    ``otherwise``: those whose evidence of who they are is not what it was.
    """
    mark = str(uuid4())
    rows: tuple[list[dict[str, Any]], list[dict[str, Any]]] = ([], [])
    for one in records:
        compare = otherwise is None or one.key in otherwise
        marks = {"unreconciled": mark, **({"uncompared": mark} if compare else {})}
        rows[compare].append(_row(one) | marks)
    for some in rows:
        upsert(connection, source_record, some, _KEY)


def save_cells(connection: Connection, records: Iterable[SourceRecord]) -> None:
    """Store cells alone (a write left or was answered): nothing was said, so nothing becomes dirty."""
    rows = [
        {f"of_{name}": getattr(one.key, name) for name in _KEY} | {"cells": _cells(one)} for one in records
    ]
    same = [source_record.c[name] == bindparam(f"of_{name}") for name in _KEY]
    if rows:
        connection.execute(update(source_record).where(*same).values(cells=bindparam("cells")), rows)


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
    by_kind: dict[tuple[str, Kind], list[str]] = {}
    for key in keys:
        by_kind.setdefault((key.system, key.kind), []).append(key.key)
    for (system, kind), some_keys in by_kind.items():
        query = select(source_record.c.key, source_record.c.id).where(
            source_record.c.system == system,
            source_record.c.kind == kind,
            among(source_record.c.key, some_keys),
        )
        for key, row in connection.execute(query).all():
            found[RecordKey(system, kind, key)] = row
    return found


def keys(connection: Connection, row_ids: Collection[int]) -> set[RecordKey]:
    """The keys of these rows."""
    return set(keys_by_row(connection, row_ids).values())


def keys_by_row(connection: Connection, row_ids: Collection[int]) -> dict[int, RecordKey]:
    """Row id → record key."""
    query = select(source_record.c.id, source_record.c.system, source_record.c.kind, source_record.c.key)
    rows = connection.execute(query.where(among(source_record.c.id, row_ids))).all()
    return {row: RecordKey(system, kind, key) for row, system, kind, key in rows}


def unreconciled(connection: Connection) -> dict[int, Mark]:
    """Row id → the mark of its last change, for every record that changed since its last reconcile.

    But for those still to be compared: an id issued to one now might be merged away a minute later.
    """
    return _marked(connection, source_record.c.unreconciled, source_record.c.uncompared.is_(None))


def uncompared(connection: Connection) -> dict[int, Mark]:
    """Row id → the mark of the last change of its evidence, for every record not compared since."""
    return _marked(connection, source_record.c.uncompared)


def _marked(connection: Connection, mark: Column[str], *but: ColumnElement[bool]) -> dict[int, Mark]:
    # Not ordered: the index of the mark then answers alone, and no record need be read.
    query = select(source_record.c.id, mark).where(mark.is_not(None), *but)
    return dict(connection.execute(query).all())


def employees(connection: Connection, row_ids: Collection[int]) -> set[int]:
    """The people these source records employ: their evidence changes with the employer's."""
    employers = {str(one) for one in keys(connection, row_ids) if one.kind == "organisation"}
    query = select(source_record.c.id).where(among(source_record.c.works_for, employers))
    return set(connection.execute(query).scalars())


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
    query = select(func.count()).where(source_record.c.unreconciled.is_not(None))
    return connection.execute(query).scalar_one()


def reconciled(connection: Connection, marks: Mapping[int, Mark]) -> None:
    """These have been reconciled, unless they have changed again meanwhile."""
    _unmark(connection, source_record.c.unreconciled, marks)


def compared(connection: Connection, marks: Mapping[int, Mark]) -> None:
    """These have been compared with all others, unless their evidence has changed again meanwhile."""
    _unmark(connection, source_record.c.uncompared, marks)


def _unmark(connection: Connection, mark: Column[str], marks: Mapping[int, Mark]) -> None:
    alike: dict[Mark, list[int]] = {}
    for row, one in marks.items():
        alike.setdefault(one, []).append(row)
    for one, rows in alike.items():
        unmoved = (among(source_record.c.id, rows), mark == one)
        connection.execute(update(source_record).where(*unmoved).values({mark: None}))


def soil(connection: Connection, row_ids: Collection[int], *, compare: bool) -> dict[int, Mark]:
    """The next reconcile looks at these too; with ``compare`` it compares them anew.

    Returns their mark; those that were marked before keep the mark they had.
    """
    mark = str(uuid4())
    names = ("unreconciled", "uncompared") if compare else ("unreconciled",)
    for name in names if row_ids else ():
        clean = source_record.c[name].is_(None)
        these = update(source_record).where(among(source_record.c.id, row_ids), clean)
        connection.execute(these.values({name: mark}))
    return dict.fromkeys(row_ids, mark)


def soil_all(connection: Connection) -> None:
    """Every record must be looked at and compared by the next reconcile: the rules changed."""
    mark = str(uuid4())
    connection.execute(update(source_record).values(unreconciled=mark, uncompared=mark))


def by_ids(connection: Connection, row_ids: Sequence[int]) -> dict[int, SourceRecord]:
    """Row id → record."""
    query = select(source_record).where(among(source_record.c.id, row_ids))
    return {row[0]: _record(row) for row in connection.execute(query).all()}


@dataclass(frozen=True, slots=True)
class Said:
    """What people say of one customer in one system: all that tells whose record it is."""

    key: RecordKey
    now: Mapping[str, Value]
    before: Sequence[Mapping[str, Value]]
    works_for: str | None
    """The key of the employer's record, as text."""


def said_by(connection: Connection, row_ids: Collection[int]) -> dict[int, Said]:
    """Row id → what people say there."""
    table = source_record.c
    query = select(table.id, table.system, table.kind, table.key, table.cells, table.works_for)
    rows = connection.execute(query.where(among(table.id, row_ids))).all()
    return {
        row: Said(RecordKey(system, kind, key), *said(parse(cells)), works_for)
        for row, system, kind, key, cells, works_for in rows
    }


def of_golden(
    connection: Connection, golden_ids: Sequence[str], system: str | None = None
) -> dict[str, dict[int, SourceRecord]]:
    """Golden id → its source records (in one system, where one is named), by row id."""
    found: dict[str, dict[int, SourceRecord]] = {}
    for some in chunks(golden_ids):
        query = (
            select(source_record, crosswalk.c.golden_id)
            .join(crosswalk, crosswalk.c.record_id == source_record.c.id)
            .where(crosswalk.c.golden_id.in_(some))
        )
        if system:
            query = query.where(source_record.c.system == system)
        for row in connection.execute(query):
            found.setdefault(row.golden_id, {})[row.id] = _record(row)
    return found
