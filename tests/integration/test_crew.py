"""Who works batches out leaves with the process that asked, however that ends."""

import os
import select
import signal
import subprocess
import sys
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from hub.flow.errors import CrewLost, NotFound
from hub.flow.hub import Hub
from hub.flow.recognise import crew
from hub.mapping.load import load
from hub.store.engine import open_store
from tests.integration import crew_child

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60


def test_a_crew_whose_parent_is_killed_goes_too(tmp_path: Path) -> None:
    asked = f"from tests.integration.crew_child import wait; wait('sqlite:///{tmp_path}/hub.db')"
    command = [sys.executable, "-c", asked]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, text=True) as parent:
        assert parent.stdout
        mates = {int(one) for one in parent.stdout.readline().split()}
        assert mates and parent.pid not in mates
        handles = [os.pidfd_open(one) for one in mates]
        parent.send_signal(signal.SIGKILL)
        for handle in handles:
            assert select.select([handle], [], [], PATIENCE)[0], "still there"
            os.close(handle)


def test_a_process_that_may_have_no_children_has_a_crew(tmp_path: Path) -> None:
    """As a task of a Celery worker, to which :mod:`multiprocessing` forbids them."""
    spawn = get_context("spawn")
    mine, theirs = spawn.Pipe()
    process = spawn.Process(target=_tell, args=(f"sqlite:///{tmp_path}/hub.db", theirs), daemon=True)
    process.start()
    assert mine.poll(PATIENCE)
    mates = mine.recv()
    assert mates and process.pid not in mates
    process.join(PATIENCE)


def test_a_mate_that_is_killed_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "CORES", 2)
    hub = Hub(open_store(f"sqlite:///{tmp_path}/hub.db"), load())
    with crew.crew(hub, 2 * crew.SHARE) as able, pytest.raises(CrewLost, match=r"exit code -9.*run again"):
        list(able.find(crew_child.die, range(8)))


def test_what_goes_wrong_with_a_batch_is_raised_where_it_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "CORES", 2)
    hub = Hub(open_store(f"sqlite:///{tmp_path}/hub.db"), load())
    with crew.crew(hub, 2 * crew.SHARE) as able:
        with pytest.raises(NotFound, match="no mapping for system '0'") as told:
            list(able.find(crew_child.lose, range(8)))
        assert "hub.mapping(str(batch))" in told.value.__notes__[0]
        with pytest.raises(OperationalError, match="no such table"):
            list(able.find(crew_child.ask, range(8)))


def _tell(address: str, to: Connection) -> None:
    to.send(crew_child.workers(address))
