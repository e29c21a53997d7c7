"""Files with people in them are for their owner alone, whatever this machine's habits are."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from hub.store import private
from hub.store.engine import open_store


@pytest.fixture(autouse=True)
def an_open_house() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def _mode(path: Path) -> str:
    return oct(path.stat().st_mode & 0o777)


def test_a_store_and_all_that_is_beside_it_is_its_owner_s(tmp_path: Path) -> None:
    folder = tmp_path / "var" / "hub"
    store = open_store(f"sqlite:///{folder}/klantbeeld.db")
    with store.begin() as connection:
        connection.execute(text("CREATE TABLE person (name TEXT)"))
        connection.execute(text("INSERT INTO person VALUES ('Jan')"))
        found = sorted(path.name for path in folder.iterdir())
        assert "klantbeeld.db-wal" in found
        assert {_mode(path) for path in folder.iterdir()} == {"0o600"}
    store.close()
    assert _mode(folder) == "0o700"


def test_what_is_there_keeps_its_mode(tmp_path: Path) -> None:
    """Somebody may have opened it for a group, for a reason."""
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o750)
    file = shared / "report.html"
    file.touch(mode=0o640)
    private.file(file)
    assert (_mode(shared), _mode(file)) == ("0o750", "0o640")
