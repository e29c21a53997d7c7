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
            connection,
            crosswalk,
            [{"record_id": row, "golden_id": golden_id(row), "since": DAWN} for row in rows],
        )
        descriptions.save(connection, [descriptions.redescribed(connection, found)], MOST)
        descriptions.crowded(connection, found, MOST)


def _words(kind: Kind, row: Mapping[str, Any]) -> list[str]:
    """By which it is looked up."""
    name: dict[str, Value] = {f"{part}_name": row.get(part) or "" for part in ("given", "family")}
    firm = row.get("firm") or ""
    return words_of([{"name": name} if kind == "person" else {"legal_name": firm}], NO_WORDS)


def golden_id(row: int) -> str:
    """The golden id of a row, in the shape they have."""
    return f"00000000-0000-7000-8000-{row:012x}"


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
        document = _document(kind, one)
        source = {"from": f"hubspot/{kind}/{row}", "at": DAWN, "rule": "latest"}
        yield {
            "golden_id": golden_id(row),
            "kind": kind,
            "version": 1,
            "document": dump(document),
            "provenance": dump(dict.fromkeys(document, source)),
            "systems": '["hubspot"]',
            "changed_at": DAWN,
            "retired_at": None,
        }


def _document(kind: Kind, one: Mapping[str, Any]) -> dict[str, Value]:
    """What is known of a customer, as far as a description tells."""
    name: dict[str, Value] = {f"{part}_name": one[part] for part in ("given", "family") if one.get(part)}
    home: dict[str, Value] = {
        part: one[place]
        for part, place in (
            ("street", "street"),
            ("house_number", "house"),
            ("postal_code", "postcode"),
            ("city", "city"),
        )
        if one.get(place)
    }
    told: dict[str, Value | None] = {
        "name" if kind == "person" else "legal_name": name if kind == "person" else one.get("firm"),
        "emails": one.get("emails"),
        "address": home,
        "birth_date": one.get("birth"),
    }
    return {field: value for field, value in told.items() if value}
