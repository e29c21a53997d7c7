"""A store full of records, described and reconciled, each its own customer."""

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from hub.identity.candidates import MOST
from hub.identity.rating import keys_of, stored
from hub.identity.spelled import words_of
from hub.identity.vocabulary import Vocabulary
from hub.model.instant import DAWN
from hub.model.keys import KINDS, Kind
from hub.model.value import Value
from hub.store import descriptions
from hub.store.descriptions import Description
from hub.store.engine import Store
from hub.store.form import dump
from hub.store.tables import crosswalk, golden, source_record
from hub.store.upsert import insert

BATCH = 20_000
NO_WORDS = Vocabulary()


def fill(memory: Store, described: Mapping[Kind, pa.Table]) -> None:
    """Store every described row of a file."""
    number = 0
    for kind in KINDS:
        for part in described[kind].drop_columns("id").to_batches(BATCH):
            rows = dict(enumerate(part.to_pylist(), number + 1))
            number += len(rows)
            _store(memory, kind, rows)


def _store(memory: Store, kind: Kind, rows: Mapping[int, Mapping[str, Any]]) -> None:
    told = {row: stored([one]) for row, one in rows.items()}
    keys = keys_of(kind, told)
    found = {
        row: Description(kind, told[row], keys.get(row, ()), _words(kind, one)) for row, one in rows.items()
    }
    with memory.begin() as connection:
        insert(connection, source_record, list(_records(kind, rows)))
        insert(connection, golden, list(_golden(kind, rows)))
        insert(
            connection, crosswalk, [{"record_id": row, "golden_id": _id(row), "since": DAWN} for row in rows]
        )
        descriptions.save(connection, [descriptions.redescribed(connection, found)], MOST)
        descriptions.crowded(connection, found, MOST)


def _words(kind: Kind, row: Mapping[str, Any]) -> list[str]:
    """By which it is looked up."""
    name: dict[str, Value] = {f"{part}_name": row.get(part) or "" for part in ("given", "family")}
    firm = row.get("firm") or ""
    return words_of([{"name": name} if kind == "person" else {"legal_name": firm}], NO_WORDS)


def _id(row: int) -> str:
    return f"golden-{row}"


def _records(kind: Kind, rows: Mapping[int, Any]) -> Iterator[dict[str, Any]]:
    for row in rows:
        yield {
            "id": row,
            "system": "hubspot",
            "kind": kind,
            "key": str(row),
            "object": "contacts",
            "raw_key": str(row),
            "cells": "{}",
            "links": "{}",
            "works_for": None,
            "notes": '{"shown":{},"held":{}}',
            "deleted": False,
        }


def _golden(kind: Kind, rows: Mapping[int, Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    for row, one in rows.items():
        name = {"given_name": one.get("given"), "family_name": one.get("family")}
        document = {"name": name} if kind == "person" else {"legal_name": one.get("firm")}
        yield {
            "golden_id": _id(row),
            "kind": kind,
            "version": 1,
            "document": dump(document),
            "provenance": "{}",
            "systems": '["hubspot"]',
            "changed_at": DAWN,
            "retired_at": None,
        }
