"""``python -m tests.e2e.airflow_serving HOME PORT``: an Airflow under a supervisor that a test may kill."""

import os
import sys
from pathlib import Path

from demo.stage import PRELOADED
from supervisor.airflow import EmbeddedAirflow
from supervisor.processes import Supervisor

OURS = ("KLANTBEELD_", "AIRFLOW_CONN_", "AIRFLOW__SCHEDULER__")
"""How the variables begin that are handed on to Airflow's processes."""
GRACE = 1.0
"""Seconds between SIGTERM and SIGKILL: a machine that goes down waits for nobody."""


def main(home: Path, port: int) -> None:
    """Serve until the end."""
    given = {name: value for name, value in os.environ.items() if name.startswith(OURS)}
    with Supervisor(home / "parts", GRACE) as parts:
        EmbeddedAirflow(parts, home, port=port, extra=given, preload=PRELOADED).start()
        parts.wait()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
