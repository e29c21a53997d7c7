"""A backup of a store that is written meanwhile: one moment, whole, its owner's; and what there was stays."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from hub.cli import main
from hub.flow.backup import backup
from hub.flow.errors import StoreUnavailable, StoreUnusable
from hub.store import runs
from hub.store.engine import Store, open_store
from hub.store.migrate import migrate
from tests.integration.rights import may_be_reached, nobody

NOW = "2026-03-02T10:00:00.000000Z"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = open_store(f"sqlite:///{tmp_path}/hub/hub.db")
    migrate(made)
    run(made, *["x" * 20_000] * 200)
    return made


def run(store: Store, *verbs: str) -> None:
    with store.begin() as connection:
        for verb in verbs:
            runs.start(connection, verb, None, NOW)


def test_a_backup_of_a_store_that_is_written_meanwhile_is_one_moment_of_it(
    store: Store, tmp_path: Path
) -> None:
    file = tmp_path / "monday.db"
    shares: list[float] = []

    def meanwhile(share: float) -> None:
        shares.append(share)
        run(store, "later")

    backup(store.address, file, meanwhile)
    assert len(shares) > 1 and shares == sorted(shares) and shares[-1] == 1
    assert file.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(file)) as raw:
        (held,) = raw.execute("SELECT count(*) FROM run").fetchone()
        (mode,) = raw.execute("PRAGMA journal_mode").fetchone()
    assert (held, mode) == (200, "delete")
    assert {one.name for one in tmp_path.iterdir()} == {"hub", "monday.db"}


def test_a_backup_breaks_off_and_leaves_nothing(store: Store, tmp_path: Path) -> None:
    def full(_: float) -> None:
        raise OSError("no space left on device")

    with pytest.raises(OSError, match="no space"):
        backup(store.address, tmp_path / "monday.db", full)
    assert [one.name for one in tmp_path.iterdir()] == ["hub"]


def test_a_broken_store_is_no_backup(store: Store, tmp_path: Path) -> None:
    store.close()
    file = tmp_path / "hub" / "hub.db"
    whole = bytearray(file.read_bytes())
    whole[-4096 * 20 :] = b"\x99" * 4096 * 20
    file.write_bytes(whole)
    with pytest.raises(StoreUnusable, match="is broken"):
        backup(store.address, tmp_path / "monday.db", lambda _: None)
    assert [one.name for one in tmp_path.iterdir()] == ["hub"]


def test_a_store_that_may_not_be_written_and_a_copy_that_may_not_are_told_apart(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, url = tmp_path / "hub" / "hub.db", store.address
    store.close()
    free = tmp_path / "free"
    free.mkdir()
    may_be_reached(free)
    free.chmod(0o777)
    source.chmod(0o444)
    source.parent.chmod(0o555)
    with nobody():
        assert main(["backup", f"{free}/monday.db", "--store", url]) == 1
    source.parent.chmod(0o755)
    said = capsys.readouterr().err
    assert f"the store {source} may not be written" in said and "monday.db" not in said


def test_a_disk_that_is_full_is_the_copy_s(store: Store, tmp_path: Path) -> None:
    def full(_: float) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorname = "SQLITE_FULL"
        raise error

    with pytest.raises(StoreUnavailable) as raised:
        backup(store.address, tmp_path / "monday.db", full)
    assert "monday.db" in str(raised.value) and "full" in str(raised.value)
    assert "store" not in str(raised.value) and "nothing is lost" not in str(raised.value)


def test_the_command(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, url = str(tmp_path / "monday.db"), store.address
    with store.begin() as connection:  # an upgrade is backed up by the version after it
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    assert main(["backup", file, "--store", url]) == 0
    with closing(sqlite3.connect(file)) as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
    assert main(["backup", file, "--store", url]) == 2  # nothing takes the place of a good one
    assert main(["backup", str(tmp_path / "nowhere" / "x.db"), "--store", url]) == 2
    assert main(["backup", f"{file}2", "--store", "postgresql+psycopg://u:secret@h/klantbeeld"]) == 1
    said = capsys.readouterr().err
    assert "pg_dump" in said and "secret" not in said
