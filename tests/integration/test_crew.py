"""Who works batches out leaves with the process that asked, however that ends."""

import os
import select
import signal
import subprocess
import sys
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from tests.integration import crew_child

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60


def test_a_crew_whose_parent_is_killed_goes_too(tmp_path: Path) -> None:
    command = [sys.executable, str(crew_child.__file__), f"sqlite:///{tmp_path}/hub.db"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, text=True) as parent:
        assert parent.stdout
        crew = {int(one) for one in parent.stdout.readline().split()} - {parent.pid}
        assert crew
        handles = [os.pidfd_open(one) for one in crew]
        parent.send_signal(signal.SIGKILL)
        for handle in handles:
            assert select.select([handle], [], [], PATIENCE)[0], "still there"
            os.close(handle)


def test_a_process_that_may_have_no_children_works_alone(tmp_path: Path) -> None:
    """As a task of a Celery worker."""
    spawn = get_context("spawn")
    mine, theirs = spawn.Pipe()
    process = spawn.Process(target=_tell, args=(f"sqlite:///{tmp_path}/hub.db", theirs), daemon=True)
    process.start()
    assert mine.poll(PATIENCE) and mine.recv() == {process.pid}
    process.join(PATIENCE)


def _tell(address: str, to: Connection) -> None:
    to.send(crew_child.workers(address))
