"""Desks at which the tests of several files type commands."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.cli import main
from sandbox.core.serve import Running
from sandbox.core.world import World
from tests.integration.desk import Desk, seated


@pytest.fixture
def desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Desk]:
    """A desk whose systems nobody has read yet."""
    with seated(tmp_path, monkeypatch.setenv) as (world, running):
        yield Desk(tmp_path, world, running, dict(os.environ), capsys)


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, World, Running]]:
    """Systems, and a hub that has read them; once for each file."""
    folder = tmp_path_factory.mktemp("desk")
    with pytest.MonkeyPatch.context() as patch, seated(folder, patch.setenv) as (world, running):
        assert main(["sync", "--no-publish"]) == 0
        yield folder, world, running


@pytest.fixture
def reader(read_once: tuple[Path, World, Running], capsys: pytest.CaptureFixture[str]) -> Desk:
    """A desk whose systems were read; for commands that only look."""
    capsys.readouterr()
    return Desk(*read_once, dict(os.environ), capsys)
