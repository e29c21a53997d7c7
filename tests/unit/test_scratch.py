"""Folders for a while: nobody else reads them, and nothing of them stays."""

import multiprocessing
import os
import tempfile
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from hub.model.scratch import scratch

forks = multiprocessing.get_context("fork")


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files of the test's own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def _child(pipe: Connection) -> None:
    with scratch("mine-") as folder:
        (folder / "page").write_text("people", "utf-8")
        pipe.send(folder)
        pipe.recv()
        os._exit(0)


def test_a_folder_is_its_owners_and_outlives_no_process(temporary: Path) -> None:
    here, there = forks.Pipe()
    process = forks.Process(target=_child, args=(there,))
    process.start()
    theirs = here.recv()
    with scratch("mine-") as mine:
        assert theirs.exists(), "a folder in use stays"
        assert mine.stat().st_mode & 0o777 == 0o700
        here.send("end")
        process.join()
        assert theirs.exists(), "who leaves without a word leaves it"
        with scratch("mine-") as other:
            assert not theirs.exists() and mine.exists() and other.exists()
    assert list(temporary.iterdir()) == []


def test_a_forked_child_that_ends_leaves_it_to_who_made_it(temporary: Path) -> None:
    making = scratch("mine-")
    folder = making.__enter__()
    if (child := os.fork()) == 0:
        making.__exit__(None, None, None)
        os._exit(0)
    os.waitpid(child, 0)
    assert folder.exists()
    making.__exit__(None, None, None)
    assert not folder.exists()


def test_what_is_no_folder_of_ours_stays(temporary: Path) -> None:
    elsewhere = temporary / "elsewhere"
    elsewhere.mkdir()
    (temporary / "mine-link").symlink_to(elsewhere)
    (temporary / "mine-file").write_text("")
    with scratch("mine-"):
        pass
    assert elsewhere.exists() and (temporary / "mine-file").exists()
