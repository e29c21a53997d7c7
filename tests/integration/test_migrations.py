"""From every revision that was ever released, with a row in every table, to the newest: nothing is lost."""

from collections.abc import Iterator
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, Table, select

from hub.store import mapping_files
from hub.store.engine import Connection, Store, open_store
from hub.store.migrate import config, migrate, revision
from hub.store.tables import metadata
from tests.databases import Databases

REVISIONS = [one.revision for one in ScriptDirectory.from_config(config()).walk_revisions()]


@pytest.fixture
def bare(databases: Databases) -> Iterator[Store]:
    opened = open_store(databases.bare())
    yield opened
    opened.close()


def to(store: Store, wanted: str) -> None:
    settings = config()
    with store.begin() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, wanted)


def rows(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """Table → its rows, as the database itself describes it."""
    known = MetaData()
    known.reflect(connection)
    return {
        table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
        for table in known.sorted_tables
        if table.name != "alembic_version"
    }


def fill(connection: Connection) -> None:
    """One row a table, parents first; each text says its column, each number is 1."""
    known = MetaData()
    known.reflect(connection)
    for table in known.sorted_tables:
        if table.name != "alembic_version":
            connection.execute(table.insert().values(_row(table)))


def _row(table: Table) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for column in table.columns:
        kind = column.type.python_type
        referred = [key.column.name for key in column.foreign_keys]
        row[column.name] = f"{referred[0] if referred else column.name}"[:36] if kind is str else kind(1)
    return row


@pytest.mark.parametrize("since", REVISIONS)
def test_what_is_stored_outlives_an_upgrade(bare: Store, since: str) -> None:
    to(bare, since)
    with bare.begin() as connection:
        fill(connection)
    with bare.read() as connection:
        before = rows(connection)
    migrate(bare)
    assert revision(bare) == REVISIONS[0]
    with bare.read() as connection:
        after = rows(connection)
    assert after.keys() == metadata.tables.keys()
    for name, held in before.items():
        if name in {"blocking_key", "crowd", "description"} and since < "0005":
            assert not after[name]  # made anew by the next reconcile, for every record is marked
            continue
        if name == "due":
            assert after[name][0]["record_id"] == held[0]["record_id"] and after[name][0]["evidence"]
            continue
        if name == "golden_version" and since < "0004":
            assert after["golden"][0]["run_id"] == held[0]["run_id"]  # the present version is stored once
            continue
        assert len(after[name]) == len(held) >= 1, name  # the trail's head is there from the first
        for was, became in zip(held, after[name], strict=True):
            kept = was.keys() & became.keys()
            assert {one: became[one] for one in kept} == {one: was[one] for one in kept}, name


def test_what_was_still_to_be_reconciled_still_is(bare: Store) -> None:
    to(bare, "0001")
    with bare.begin() as connection:
        fill(connection)
    migrate(bare)
    with bare.read() as connection:
        (record,) = rows(connection)["due"]
    assert record["change"] and record["evidence"]


@pytest.mark.parametrize("since", ["0008", "0011"])
def test_by_which_rules_all_was_decided_is_known_after_an_upgrade(bare: Store, since: str) -> None:
    to(bare, since)
    with bare.begin() as connection:
        known = MetaData()
        known.reflect(connection, only=["watermark"])
        connection.execute(
            known.tables["watermark"].insert().values(system="*", object="*", mapping="x" * 64)
        )
    migrate(bare)
    with bare.read() as connection:
        assert mapping_files.in_force(connection) == {} and rows(connection)["watermark"] == []
        rules = mapping_files.in_force(connection, [mapping_files.SHARED])[mapping_files.SHARED]
        assert rules.print == "x" * 64 and mapping_files.activations(connection) == []
