"""Named child processes that live and die together.

::

    with Supervisor(Path("var/demo/logs")) as parts:
        parts.start("sandbox", [sys.executable, "-m", "sandbox"], healthy=lambda: answers(url))
        ...                      # work; parts.check() now and then, or parts.wait() to just serve

Leaving the block stops every part, whatever the reason: the end, an exception, SIGTERM or SIGINT.
A part that ends by itself ends the whole (:class:`PartEnded`). Even a SIGKILLed supervisor leaves no
process behind: each part runs under its own :mod:`supervisor.guard`.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

from supervisor import guard
from supervisor.waiting import PAUSE, wait_until

TAIL = 20
"""How many lines of a failed part's log are shown."""
SWEEP = 10.0
"""Seconds that killed processes may take to disappear."""


class PartEnded(SystemExit):
    """A part ended that should have gone on. Uncaught, it is printed and the exit code is 1."""


class Stopped(SystemExit):
    """A signal asked us to stop. Uncaught, the exit code is 128 + the signal."""


@dataclass
class Part:
    """One running part: its guard process and its log."""

    name: str
    guard: subprocess.Popen[bytes]
    log: Path

    @property
    def code(self) -> int | None:
        """The exit code, or None while it runs."""
        return self.guard.poll()

    def tail(self) -> str:
        """Return the last :data:`TAIL` lines of the log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-TAIL:])


class Supervisor:
    """Starts parts, watches them, and stops them all."""

    def __init__(self, logs: Path, grace: float = 20.0) -> None:
        """Keep logs in ``logs``; give a part ``grace`` seconds between SIGTERM and SIGKILL."""
        self.logs = logs
        self.grace = grace
        self.parts: list[Part] = []
        self._restore: dict[
            int, signal.Handlers | Callable[[int, FrameType | None], object] | int | None
        ] = {}

    def __enter__(self) -> Self:
        self.logs.mkdir(parents=True, exist_ok=True)
        for signum in (signal.SIGTERM, signal.SIGINT):
            self._restore[signum] = signal.signal(signum, _stop)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for signum in self._restore:
            signal.signal(
                signum, signal.SIG_IGN
            )  # stopping is bounded; a second signal must not cut it short
        try:
            self.stop()
        finally:
            for signum, handler in self._restore.items():
                signal.signal(signum, handler)

    def start(
        self,
        name: str,
        command: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        healthy: Callable[[], bool] | None = None,
        within: float = 60.0,
    ) -> Part:
        """Start ``command`` in a session of its own, its output in ``<logs>/<name>.log`` (mode 0600).

        With ``healthy`` it returns only once that holds. Raises :class:`PartEnded` when the command
        ends first, :class:`supervisor.waiting.TookTooLong` after ``within`` seconds.
        """
        log = self.logs / f"{name}.log"
        with open_private(log) as output:
            process = subprocess.Popen(  # noqa: S603  (the caller's own command)
                [sys.executable, "-I", "-S", guard.__file__, str(self.grace), "--", *command],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=None if env is None else dict(env),
                cwd=cwd,
                start_new_session=True,
            )
        part = Part(name, process, log)
        self.parts.append(part)
        if healthy is not None:
            self.wait_until(healthy, within, f"{name} is healthy")
        return part

    def run(
        self,
        name: str,
        command: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        within: float = 600.0,
    ) -> None:
        """Run ``command`` to its end, guarded like a part; raise :class:`PartEnded` when it fails."""
        part = self.start(name, command, env=env, cwd=cwd)
        self.parts.remove(part)
        try:
            wait_until(lambda: part.code is not None, within, f"{name} ends")
        finally:
            end(part, self.grace)
        if part.code:
            raise PartEnded(_ending(part))

    def check(self) -> None:
        """Raise :class:`PartEnded`, with the end of its log, when any part has ended."""
        for part in self.parts:
            if part.code is not None:
                raise PartEnded(_ending(part))

    def wait_until(self, condition: Callable[[], bool], seconds: float, what: str) -> float:
        """Wait as :func:`supervisor.waiting.wait_until` does, and fail at once when a part ends."""

        def checked() -> bool:
            self.check()
            return condition()

        return wait_until(checked, seconds, what)

    def wait(self) -> None:
        """Serve until a signal or the end of a part; never returns by itself."""
        while True:
            self.check()
            time.sleep(PAUSE)

    def stop(self) -> None:
        """Stop every part, all at once, and return when none of their processes is left."""
        for part in self.parts:
            tell_to_end(part)
        while self.parts:
            end(self.parts.pop(), self.grace)

    def stop_part(self, name: str) -> None:
        """Stop one part and forget it."""
        part = next(part for part in self.parts if part.name == name)
        self.parts.remove(part)
        end(part, self.grace)


def _ending(part: Part) -> str:
    return f"{part.name} ended with exit code {part.code}. The end of {part.log}:\n{part.tail()}"


def tell_to_end(part: Part) -> None:
    """Close the guard's pipe: it ends everything below itself, and then ends."""
    if part.guard.stdin is not None:
        part.guard.stdin.close()


def end(part: Part, grace: float) -> None:
    """End a part and wait for it; should its guard be dead or stuck, sweep its session."""
    tell_to_end(part)
    with contextlib.suppress(subprocess.TimeoutExpired):
        part.guard.wait(grace + 5)
    wait_until(lambda: _swept(part.guard.pid), SWEEP, f"the processes of {part.name} are gone")
    part.guard.wait()


def _swept(session: int) -> bool:
    leftover = guard.session_members(session)
    guard.send(leftover, signal.SIGKILL)
    return not leftover


@contextlib.contextmanager
def open_private(path: Path) -> Iterator[int]:
    """Open an emptied file that only its owner can read; yields its descriptor."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)
    try:
        os.fchmod(descriptor, 0o600)  # it may have been there with another mode
        yield descriptor
    finally:
        os.close(descriptor)


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read."""
    with open_private(path) as output:
        os.write(output, text.encode())


def _stop(signum: int, _frame: FrameType | None) -> None:
    raise Stopped(128 + signum)
