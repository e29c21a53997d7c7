"""Runs one command and makes sure that nothing it started outlives the supervisor.

Started as a script of its own: ``guard.py GRACE -- COMMAND...``; its standard input is a pipe that only
the supervisor holds. The guard ends the command and everything below it when

* that pipe closes or the parent changes: the supervisor is gone, however it died;
* it is told to by SIGTERM or SIGINT: the supervisor stops;
* the command itself ends: what it left behind goes too.

Ending means SIGTERM to every descendant, GRACE seconds of waiting, then SIGKILL until none is left. On
Linux the guard is a *child subreaper*: an orphaned grandchild comes to it, also one that opened a
session of its own, so the walk down ``/proc`` finds them all. Elsewhere it signals the process group.

It exits with the command's own code, or 128 + signal. Standard library only; it imports nothing of ours.
"""

import contextlib
import ctypes
import os
import select
import signal
import sys
import time
from collections import defaultdict
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36
TICK = 0.5
"""Seconds between two looks at things that raise no event, such as a changed parent."""


def adopt_orphans() -> None:
    """Become the parent of descendants whose own parent ends (Linux only; elsewhere nothing happens)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def processes() -> list[tuple[int, int, int]]:
    """Return (pid, parent, session) of every process on the machine; empty where there is no /proc.

    Those that have ended and only wait to be collected are left out.
    """
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended while we looked
        if fields[0] not in "ZX":
            found.append((int(stat.parent.name), int(fields[1]), int(fields[3])))
    return found


def descendants(root: int) -> set[int]:
    """Return the pids below ``root``."""
    children: dict[int, list[int]] = defaultdict(list)
    for pid, parent, _ in processes():
        children[parent].append(pid)
    below: set[int] = set()
    queue = list(children[root])
    while queue:
        pid = queue.pop()
        below.add(pid)
        queue.extend(children[pid])
    return below


def session_members(session: int) -> set[int]:
    """Return the pids whose session id is ``session``."""
    return {pid for pid, _, theirs in processes() if theirs == session}


def send(pids: set[int], signum: int) -> None:
    """Signal each process that still exists."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signum)


class Guard:
    """One command and everything below it."""

    def __init__(self, command: list[str], grace: float) -> None:
        self.grace = grace
        self.parent = os.getppid()
        self.code: int | None = None
        self.wake, wake_end = os.pipe()
        os.set_blocking(wake_end, False)
        signal.set_wakeup_fd(wake_end)
        self.told_to_stop = False
        for signum in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signum, self._stop)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # only to wake the loop
        adopt_orphans()
        self.child = os.posix_spawnp(
            command[0],
            command,
            os.environ,
            file_actions=[(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)],
            setpgroup=0,
            setsigdef=[signal.SIGTERM, signal.SIGINT, signal.SIGPIPE],  # ours may be ignored; its must not be
        )

    def _stop(self, *_: object) -> None:
        self.told_to_stop = True

    def run(self) -> int:
        """Wait until the command ends or must end, leave nothing behind, return the exit code."""
        while self.code is None and not self.told_to_stop and not self._supervisor_gone():
            self._reap()
        self._end_all()
        return 128 + signal.SIGKILL if self.code is None else self.code

    def _supervisor_gone(self) -> bool:
        ready, _, _ = select.select([0, self.wake], [], [], TICK)
        if self.wake in ready:
            os.read(self.wake, 512)
        return os.getppid() != self.parent or (0 in ready and os.read(0, 512) == b"")

    def _reap(self) -> bool:
        """Collect ended children; return whether any is left."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return False
            if pid == 0:
                return True
            if pid == self.child:
                code = os.waitstatus_to_exitcode(status)
                self.code = code if code >= 0 else 128 - code

    def _end_all(self) -> None:
        self._signal_all(signal.SIGTERM)
        deadline = time.monotonic() + self.grace
        while self._reap() and time.monotonic() < deadline:
            select.select([self.wake], [], [], 0.05)
        while self._reap():
            self._signal_all(signal.SIGKILL)
            time.sleep(0.02)

    def _signal_all(self, signum: int) -> None:
        if sys.platform == "linux":
            send(descendants(os.getpid()), signum)
        else:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.child, signum)


if __name__ == "__main__":
    sys.exit(Guard(sys.argv[3:], float(sys.argv[1])).run())
