"""Who works batches out leaves with the process that asked, however that ends."""

import os
import select
import signal
import subprocess
import sys
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
