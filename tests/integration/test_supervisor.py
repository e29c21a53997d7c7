"""The supervisor leaves nothing behind, whatever ends it. Real processes, found through /proc."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from supervisor.processes import PartEnded, Supervisor
from supervisor.waiting import TookTooLong, wait_until

ROOT = Path(__file__).resolve().parents[2]

# A part that ignores SIGTERM and has a child in a session of its own that ignores it too.
STUBBORN = """
import os, pathlib, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
if os.fork() == 0:
    os.setsid()
    if os.fork():
        os._exit(0)          # its own child is now an orphan
folder = pathlib.Path(sys.argv[1])
(folder / str(os.getpid())).touch()
while True:
    time.sleep(0.1)
"""

# A part that runs until the file <argument>/crash exists, then says 30 lines and ends with code 3.
CRASHING = """
import pathlib, sys, time
while not (pathlib.Path(sys.argv[1]) / "crash").exists():
    time.sleep(0.05)
for n in range(30):
    print("line", n)
sys.exit(3)
"""

OWNER = """
import sys
from pathlib import Path
from supervisor.processes import Supervisor
folder, stubborn, crashing = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
with Supervisor(folder / "logs", grace=0.3) as parts:
    parts.start("stubborn", [sys.executable, "-c", stubborn, str(folder / "pids")])
    parts.start("crashing", [sys.executable, "-c", crashing, str(folder)])
    parts.wait()
"""


@pytest.fixture
def owner(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A supervisor in a process of its own, once its stubborn part and grandchild run."""
    (tmp_path / "pids").mkdir()
    process = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(tmp_path), STUBBORN, CRASHING],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_until(lambda: len(pids(tmp_path)) == 2, 20, "the part and its grandchild run")
    yield process
    process.kill()
    process.communicate()


def pids(folder: Path) -> list[int]:
    return [int(entry.name) for entry in (folder / "pids").iterdir()]


def alive(pid: int) -> bool:
    """Whether the process runs; one that only waits to be collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def running_below(folder: Path) -> list[str]:
    """Command lines of every process that names the test's own folder: parts, grandchildren, guards."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if str(folder) in line and alive(int(path.parent.name)):
            found.append(line)
    return found


@pytest.mark.parametrize(
    ("signum", "code"),
    [(signal.SIGTERM, 128 + signal.SIGTERM), (signal.SIGINT, 128 + signal.SIGINT), (signal.SIGKILL, -9)],
)
def test_no_orphan_whatever_signal_ends_the_supervisor(
    owner: subprocess.Popen[str], tmp_path: Path, signum: signal.Signals, code: int
) -> None:
    assert all(alive(pid) for pid in pids(tmp_path))
    owner.send_signal(signum)
    assert owner.wait(20) == code
    wait_until(lambda: not running_below(tmp_path), 20, "no process is left")
    assert not any(alive(pid) for pid in pids(tmp_path))


def test_a_crash_ends_the_whole_and_shows_the_last_lines(
    owner: subprocess.Popen[str], tmp_path: Path
) -> None:
    (tmp_path / "crash").touch()
    _, shown = owner.communicate(timeout=20)
    assert owner.returncode == 1
    assert "crashing ended with exit code 3" in shown
    assert shown.rstrip().splitlines()[-20:] == [f"line {n}" for n in range(10, 30)]
    assert running_below(tmp_path) == []


def test_stopping_ends_every_process_before_it_returns(tmp_path: Path) -> None:
    (tmp_path / "pids").mkdir()
    with Supervisor(tmp_path / "logs", grace=0.3) as parts:
        parts.start(
            "stubborn",
            [sys.executable, "-c", STUBBORN, str(tmp_path / "pids")],
            healthy=lambda: len(pids(tmp_path)) == 2,
        )
        parts.check()
    assert running_below(tmp_path) == []


def test_a_killed_guard_is_noticed_and_its_session_swept(tmp_path: Path) -> None:
    with Supervisor(tmp_path / "logs", grace=0.3) as parts:
        forever = "import sys, time; print(sys.argv, flush=True); time.sleep(1000)"
        part = parts.start("a", [sys.executable, "-c", forever, str(tmp_path)])
        parts.wait_until(lambda: part.log.stat().st_size > 0, 20, "it runs")
        part.guard.kill()
        with pytest.raises(PartEnded, match="a ended with exit code -9"):
            parts.wait()
    assert running_below(tmp_path) == []


def test_waiting_for_health_stops_when_the_part_ends_or_takes_too_long(tmp_path: Path) -> None:
    with Supervisor(tmp_path / "logs") as parts:
        with pytest.raises(TookTooLong, match="slow is healthy: not within"):
            parts.start(
                "slow",
                [sys.executable, "-c", "import time; time.sleep(1000)"],
                healthy=lambda: False,
                within=0.2,
            )
        with pytest.raises(PartEnded, match="no-such-command"):
            parts.start("missing", ["no-such-command"], healthy=lambda: False)


def test_logs_are_private_and_hold_both_streams(tmp_path: Path) -> None:
    with Supervisor(tmp_path / "logs") as parts:
        code = "import sys; print('out', flush=True); print('err', file=sys.stderr)"
        part = parts.start("talker", [sys.executable, "-c", code])
        wait_until(lambda: part.code is not None, 20, "it ends")
    assert part.log.read_text().split() == ["out", "err"]
    assert stat.S_IMODE(part.log.stat().st_mode) == 0o600
    assert part.code == 0


def test_a_command_that_fails_says_so(tmp_path: Path) -> None:
    with Supervisor(tmp_path / "logs") as parts:
        parts.run("fine", [sys.executable, "-c", "print('done')"])
        parts.check()
        with pytest.raises(PartEnded, match=r"(?s)prepare ended with exit code 7.*no room"):
            parts.run("prepare", [sys.executable, "-c", "print('no room'); raise SystemExit(7)"])
