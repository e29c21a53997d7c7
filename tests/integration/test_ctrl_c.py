"""Ctrl-C on a terminal: what it was typed at ends well, and nothing of it is left."""

import os
import pty
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHOW = """
import signal, sys
from pathlib import Path
from supervisor.processes import Supervisor
from supervisor.terminal import until_ctrl_c

with until_ctrl_c(), Supervisor(Path(sys.argv[1])) as parts:
    part = parts.start("sleep", ["sleep", "600"])
    print(f"guard {part.guard.pid} up", flush=True)
    parts.wait()
"""


@pytest.mark.parametrize("by_make", [True, False], ids=["by make", "by itself"])
def test_ctrl_c_ends_with_0_and_leaves_nothing(tmp_path: Path, by_make: bool) -> None:
    (tmp_path / "show.py").write_text(SHOW)
    told = [sys.executable, str(tmp_path / "show.py"), str(tmp_path / "logs")]
    (tmp_path / "Makefile").write_text(f"show:\n\t@{' '.join(told)}\n")
    command = ["make", "--silent", "-C", str(tmp_path)] if by_make else told
    child, terminal = pty.fork()
    if not child:
        os.environ["PYTHONPATH"] = str(ROOT)
        os.execvp(command[0], command)  # noqa: S606 - no shell is wanted
    said = b""
    while b"up" not in said:
        said += os.read(terminal, 1000)
    os.write(terminal, b"\x03")
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0, _rest(terminal)
    guard = int(said.split()[said.split().index(b"guard") + 1])
    assert not Path(f"/proc/{guard}").exists()


def _rest(terminal: int) -> str:
    try:
        return os.read(terminal, 10_000).decode()
    except OSError:
        return ""
