"""Source records with their cells."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from hub.golden.claims import Held
from hub.golden.form import aside_form, aside_of, cell_form, cell_of, roll_form, roll_of, said
from hub.golden.record import SourceRecord
from hub.model.keys import Kind, RecordKey
from hub.model.value import Value
from hub.store import due
from hub.store.among import among
from hub.store.form import dump, parse
from hub.store.tables import crosswalk, source_record
from hub.store.upsert import chunks, upsert

_KEY = ("system", "kind", "key")


def _record(row: Any) -> SourceRecord:
    # In the order of the table: by name costs ten times as much.
    _, system, kind, key, obj, raw_key, cells, links, _, notes, deleted, *_ = row
    kept, noted = parse(cells), parse(notes)
    return SourceRecord(
        RecordKey(system, kind, key),
        obj,
        raw_key,
        {name: cell_of(form) for name, form in kept.items() if "slots" not in form and "of" not in form},
        {name: roll_of(form) for name, form in kept.items() if "slots" in form},
        {name: RecordKey.parse(text) for name, text in parse(links).items()},
        _held_of(noted),
        frozenset(map(tuple, noted.get("unshown", ()))),
        deleted,
        noted["shown"],
        noted.get("made"),
        {name: aside_of(form) for name, form in kept.items() if "of" in form},
        noted.get("anew", {}),
        noted.get("stale", {}),
        noted.get("retired"),
        noted.get("unread", {}),
    )


def _held_of(noted: Mapping[str, Any]) -> dict[str, Held]:
    """The fields that wait; before they had reasons, those that could not be read."""
    if "held" not in noted:
        return {name: Held("unreadable") for name in noted["unreadable"]}
    return {name: Held(*one) for name, one in noted["held"].items()}


def _cells(record: SourceRecord) -> str:
    cells = {name: cell_form(one) for name, one in record.cells.items()}
    rolls = {name: roll_form(one) for name, one in record.rolls.items()}
    return dump(cells | rolls | {key: aside_form(one) for key, one in record.aside.items()})


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
        "notes": dump(_notes(record)),
        "deleted": record.deleted,
    }


def _notes(record: SourceRecord) -> dict[str, Any]:
    notes: dict[str, Any] = {
        "held": {name: list(one) for name, one in record.held.items()},
        "shown": record.shown,
    }
    if record.unshown:
        notes["unshown"] = sorted(map(list, record.unshown))
    others = {name: getattr(record, name) for name in ("made", "retired", "anew", "stale", "unread")}
    return notes | {
        name: dict(one) if isinstance(one, Mapping) else one for name, one in others.items() if one
    }


def save(
    connection: Connection, records: Iterable[SourceRecord], otherwise: Collection[RecordKey] | None = None
) -> None:
    """Store records; the next reconcile looks at them, and compares ``otherwise`` (all) with others anew.

    ``otherwise``: those whose evidence of who they are is not what it was.
    """
    some = list(records)
    upsert(connection, source_record, [_row(one) for one in some], _KEY)
    rows = ids(connection, [one.key for one in some])
    compare = rows.keys() if otherwise is None else rows.keys() & otherwise
    due.changed(connection, rows.values(), {rows[key] for key in compare})


def save_cells(connection: Connection, records: Iterable[SourceRecord]) -> None:
    """Store cells, and what was seen standing there (a write left or was answered).

    Nothing was said, so nothing becomes dirty.
    """
    rows = [
        {f"of_{name}": getattr(one.key, name) for name in _KEY}
        | {"cells": _cells(one), "notes": dump(_notes(one))}
        for one in records
    ]
    same = [source_record.c[name] == bindparam(f"of_{name}") for name in _KEY]
    told: dict[str, Any] = {name: bindparam(name) for name in ("cells", "notes")}
    if rows:
        connection.execute(update(source_record).where(*same).values(**told), rows)


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


def prints(connection: Connection, system: str, obj: str) -> Iterator[tuple[RecordKey, dict[str, str]]]:
    """Of every living record of an object what it shows, as fingerprints. Reads all of them."""
    table = source_record.c
    query = select(table.kind, table.key, table.notes).where(
        table.system == system, table.object == obj, ~table.deleted
    )
    for kind, key, notes in connection.execute(query.execution_options(yield_per=5_000)):
        yield RecordKey(system, kind, key), parse(notes)["shown"]


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


def of_raw(
    connection: Connection, places: Collection[tuple[str, str]], raw_key: str, key: str = ""
) -> list[int]:
    """The records of a vendor's record, by its id in any of these (system, object); ``key``: or one."""
    table, found = source_record.c, []
    for system, obj in places:
        mine = (table.system == system, table.object == obj, table.raw_key == raw_key)
        some = connection.execute(select(table.id, table.key).where(*mine))
        found += [row for row, own in some if key in ("", raw_key, own)]
    return found


def keys(connection: Connection, row_ids: Collection[int]) -> set[RecordKey]:
    """The keys of these rows."""
    return set(keys_by_row(connection, row_ids).values())


def keys_by_row(connection: Connection, row_ids: Collection[int]) -> dict[int, RecordKey]:
    """Row id → record key."""
    query = select(source_record.c.id, source_record.c.system, source_record.c.kind, source_record.c.key)
    rows = connection.execute(query.where(among(source_record.c.id, row_ids))).all()
    return {row: RecordKey(system, kind, key) for row, system, kind, key in rows}


def employees(connection: Connection, row_ids: Collection[int]) -> set[int]:
    """The people these source records employ: their evidence changes with the employer's."""
    firms = select(source_record.c.system, source_record.c.key).where(
        among(source_record.c.id, row_ids), source_record.c.kind == "organisation"
    )
    employers = [str(RecordKey(system, "organisation", key)) for system, key in connection.execute(firms)]
    query = select(source_record.c.id).where(among(source_record.c.works_for, employers))
    return set(connection.scalars(query))


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


def by_ids(connection: Connection, row_ids: Sequence[int]) -> dict[int, SourceRecord]:
    """Row id → record."""
    query = select(source_record).where(among(source_record.c.id, row_ids))
    return {row[0]: _record(row) for row in connection.execute(query).all()}


def of_system(connection: Connection, system: str, after: int) -> list[int]:
    """The row ids of a system's records, from the one after ``after`` on."""
    table = source_record.c
    return sorted(
        one for one in connection.scalars(select(table.id).where(table.system == system)) if one > after
    )


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
        row: Said(RecordKey(system, kind, key), *_told(parse(cells)), works_for)
        for row, system, kind, key, cells, works_for in rows
    }


def _told(forms: Mapping[str, Any]) -> tuple[Mapping[str, Value], Sequence[Mapping[str, Value]]]:
    """What people say in a record; nothing that tells whose it is where the hub alone named it.

    Such a record is who it was created for: a mailbox typed beside that name makes nobody of it.
    """
    named = forms.get("name") or forms.get("legal_name") or {}
    ours = "claim" not in named and named.get("placed", False)
    return ({}, []) if ours else said(forms)


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
