"""One command in a process of its own: what it prints, how long it takes, how much memory it needs."""

import json
import os
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bench.identity.peers import ROOT


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    said: dict[str, Any]
    """The JSON object it printed; ``{"failed": …}`` with the last line it complained of, where it failed."""
    wall_s: float
    cpu_s: float
    peak_mib: int
    """Of the command or a child of it, whichever had most; never less than this process has itself."""

    @property
    def failed(self) -> bool:
        return "failed" in self.said


def run(command: Sequence[str]) -> Ended:
    """Run it to its end, from the root of the repository and with nothing else of ours at work."""
    began = time.monotonic()
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as complaints:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        child = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=complaints)  # noqa: S603
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        wall = time.monotonic() - began
        out.seek(0)
        complaints.seek(0)
        said = {"failed": _why(complaints.read(), child.returncode)} if child.returncode else json.load(out)
    return Ended(said, round(wall, 2), round(used.ru_utime + used.ru_stime, 2), used.ru_maxrss // 1024)


def _why(complaints: str, code: int) -> str:
    """The last line with words in it, without the frame some put around it."""
    lines = [line.strip(" │") for line in complaints.splitlines() if any(map(str.isalnum, line))]
    return lines[-1] if lines else f"exit code {code}"
