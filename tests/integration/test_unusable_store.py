"""A store that cannot be used: one line says what is wrong and what to do, in a task as in a shell."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event

from dags import door
from hub.cli import main
from hub.flow.errors import StoreUnavailable, StoreUnusable
from hub.flow.faults import store_faults
from hub.store.engine import open_store
from tests.databases import Databases, databases_on
from tests.integration.rights import may_be_reached, nobody


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    with databases_on("sqlite", tmp_path_factory.mktemp("files")) as found:
        yield found


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    with databases_on("postgresql", tmp_path_factory.mktemp("server")) as found:
        yield found


def file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def newer(url: str) -> None:
    with closing(sqlite3.connect(file_of(url))) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")


def no_database(url: str) -> None:
    file_of(url).write_text("golden_id,name\n" * 500, "utf-8")


def half(url: str) -> None:
    whole = file_of(url).read_bytes()
    file_of(url).write_bytes(whole[: len(whole) // 2])


def overwritten(url: str) -> None:
    whole = file_of(url).read_bytes()
    file_of(url).write_bytes(whole[:4096] + b"\x99" * (len(whole) - 4096))


def another_s(url: str) -> None:
    file_of(url).unlink()
    with closing(sqlite3.connect(file_of(url))) as raw, raw:
        raw.execute("CREATE TABLE bookmark (url TEXT)")


BROKEN: dict[str, tuple[Callable[[str], None], str, str]] = {
    "newer": (newer, "was made by a newer version", "run that version, or restore a backup"),
    "no database": (no_database, "is no database", "correct --store or KLANTBEELD_STORE"),
    "half": (half, "is broken", "restore the last backup"),
    "overwritten": (overwritten, "is broken", "restore the last backup"),
    "another program's": (another_s, "holds another program's tables", "correct --store or KLANTBEELD_STORE"),
}


def in_a_task(monkeypatch: pytest.MonkeyPatch, url: str) -> StoreUnavailable:
    monkeypatch.setenv("KLANTBEELD_STORE", url)
    with pytest.raises(StoreUnavailable) as raised:
        door.waiting()
    return raised.value


def in_a_shell(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    assert main(words) == 1
    shown = capsys.readouterr()
    assert not shown.out and shown.err.startswith("error: ") and shown.err.count("\n") == 1
    return shown.err


@pytest.mark.parametrize("how", BROKEN)
def test_a_file_that_is_not_as_it_was(
    how: str, files: Databases, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil, what, remedy = BROKEN[how]
    url = files.new()
    spoil(url)
    size = file_of(url).stat().st_size
    for words in (("show", "anna"), ("migrate",)):
        said = in_a_shell(capsys, *words, "--store", url)
        assert what in said and remedy in said and str(file_of(url)) in said
        assert "nothing is lost" not in said
    error = in_a_task(monkeypatch, url)
    assert isinstance(error, StoreUnusable)  # to run it again mends nothing
    assert f"error: {error}\n" == said
    assert file_of(url).stat().st_size == size


READING = (
    *(["show", "anna"], ["status"], ["plan"], ["quarantine"], ["review"], ["disputes"], ["feed"]),
    *(["find", "--email", "a@b.example"], ["explain", "a", "b"], ["export", "people.csv"], ["preview"]),
    *(["audit"], ["keep"], ["backup", "copy.db"]),
    *(["train"], ["activate", "brevo"], ["plan", "retry", "brevo"], ["quarantine", "redrive"]),
)


def test_what_reads_makes_no_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    mistyped = tmp_path / "vra" / "hub.db"
    empty = tmp_path / "empty.db"
    empty.touch()
    for words in READING:
        for where in (mistyped, empty):
            said = in_a_shell(capsys, *words, "--store", f"sqlite:///{where}")
            assert f"there is no store at {where}" in said and "klantbeeld sync makes one" in said
    assert [one.name for one in tmp_path.iterdir()] == ["empty.db"] and empty.stat().st_size == 0


@pytest.mark.parametrize("words", [["migrate"], ["sync"]])
def test_who_makes_a_store_says_where_and_only_then(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    made = f"a new store is made at {tmp_path}/vra/hub.db, where there was none"
    for new in (True, False):
        main([*words, "--store", "sqlite:///vra/hub.db"])  # sync fails: no system has a connection
        said = capsys.readouterr()
        assert (made in said.err) is new and "new store" not in said.out
    assert (tmp_path / "vra" / "hub.db").exists()
    monkeypatch.chdir(tmp_path / "vra")
    for where in (f"{tmp_path}/vra/other.db", None):
        assert main(["migrate", "--json", "--store", "sqlite:///other.db"]) == 0
        assert json.loads(capsys.readouterr().out)["new_store"] == where
    assert f"no store at {tmp_path}/vra/none.db;" in in_a_shell(
        capsys, "status", "--store", "sqlite:///none.db"
    )


NO_FILE = (
    *("sqlite://", "sqlite:///", "sqlite+pysqlite://", "sqlite:///:memory:", "sqlite:///%20"),
    *("sqlite:///file::memory:?uri=true", "sqlite:///file:hub.db?mode=memory&uri=true"),
)


@pytest.mark.parametrize("url", NO_FILE)
def test_a_store_in_memory_is_none(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for words in (*READING, ["sync"], ["migrate"]):
        said = in_a_shell(capsys, *words, "--store", url)
        assert "names no file" in said and "sqlite:///folder/hub.db" in said
    assert str(in_a_task(monkeypatch, url)) in said
    assert "malformed" in in_a_shell(capsys, "status", "--store", "sqlite://host/hub.db")
    assert not list(tmp_path.iterdir())


def test_a_database_without_a_store_is_told_too(
    server: Databases, capsys: pytest.CaptureFixture[str]
) -> None:
    said = in_a_shell(capsys, "show", "anna", "--store", server.bare())
    assert "there is no store at 127.0.0.1" in said


@pytest.mark.parametrize(
    "address", ["hub.db", "/var/hub.db", "mysql+none://127.0.0.1/x", "postgresql+none://h/x"]
)
def test_an_address_that_is_none(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = in_a_shell(capsys, "status", "--store", address)
    assert "sqlite:///" in said and "postgresql+psycopg://" in said


@pytest.mark.parametrize("address", ["mysql://u:geheim@h/x", "oracle://h/x", "mssql://h/x"])
def test_a_database_or_a_driver_that_the_hub_does_not_use(
    address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said = in_a_shell(capsys, "status", "--store", address)
    assert "sqlite:///" in said and "postgresql+psycopg://" in said
    assert "install" not in said and "geheim" not in said


def test_what_is_no_file_is_no_place_to_make_a_store(capsys: pytest.CaptureFixture[str]) -> None:
    said = in_a_shell(capsys, "status", "--store", "sqlite:////dev/null")
    assert "/dev/null is no file" in said and "makes one" not in said


def test_a_place_that_may_not_be_written(
    files: Databases, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = files.new()
    folder = tmp_path / "locked"
    folder.mkdir()
    may_be_reached(folder)
    (folder / "hub.db").write_bytes(file_of(url).read_bytes())
    (folder / "hub.db").chmod(0o444)
    folder.chmod(0o555)
    with nobody():
        there = in_a_shell(capsys, "status", "--store", f"sqlite:///{folder}/hub.db")
        new = in_a_shell(capsys, "migrate", "--store", f"sqlite:///{folder}/new.db")
        deep = in_a_shell(capsys, "migrate", "--store", f"sqlite:///{folder}/deep/new.db")
    for said in (there, new, deep):
        assert "may not be written" in said and "nothing is lost" not in said
    folder.chmod(0o755)
    assert "is a folder" in in_a_shell(capsys, "status", "--store", f"sqlite:///{folder}")


def test_a_disk_without_room(files: Databases) -> None:
    store = open_store(files.new())
    event.listen(store.engine, "connect", lambda raw, _: raw.execute("PRAGMA max_page_count = 1"))
    with pytest.raises(StoreUnavailable) as raised, store_faults(), store.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE big (text TEXT)")
        connection.exec_driver_sql("INSERT INTO big VALUES (?)", ("x" * 1_000_000,))
    assert "is full" in str(raised.value) and "run again" in str(raised.value)
    assert not isinstance(raised.value, StoreUnusable)  # another try may find room


def test_a_server_that_is_away_or_refuses(
    server: Databases, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert server.cluster
    known = server.cluster.url("postgres")
    port = str(server.cluster.port)
    cases = {
        known.replace(port, "1"): ("does not answer", "nothing is lost"),
        known.replace(server.cluster.password, "wrong"): (
            "refuses the user or its password",
            "KLANTBEELD_STORE",
        ),
        known.replace("/postgres", "/nowhere"): ("has no database 'nowhere'", "KLANTBEELD_STORE"),
        f"{known}?options=-c%20default_transaction_read_only%3Don": ("may not be written", "read-only"),
    }
    for url, (what, remedy) in cases.items():
        said = in_a_shell(capsys, "migrate", "--store", url)
        assert what in said and remedy in said
        assert server.cluster.password not in said and "wrong" not in said
        error = in_a_task(monkeypatch, url)
        assert f"error: {error}\n" == said
        assert isinstance(error, StoreUnusable) == ("nothing is lost" not in said)
