"""Ctrl-C as the way to end something that serves until then: no failure, whoever started it.

Ctrl-C goes to every process in the terminal's foreground, so to ``make`` too, which would call it a failure
whatever its command makes of it. So whoever was started by another takes the foreground for itself, as a
shell's jobs do, and gives it back. Ctrl-Z does nothing meanwhile: nobody would be there to go on.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from supervisor.processes import Stopped


@contextmanager
def until_ctrl_c() -> Iterator[None]:
    """A block that Ctrl-C may end, with everything in it; another signal ends it as ever."""
    with _foreground():
        try:
            yield
        except Stopped as stopped:
            if stopped.code != 128 + signal.SIGINT:
                raise


@contextmanager
def _foreground() -> Iterator[None]:
    before = os.getpgrp()
    if before == os.getpid() or not _shown_to(before):
        yield
        return
    aside = {one: signal.signal(one, signal.SIG_IGN) for one in (signal.SIGTTOU, signal.SIGTSTP)}
    os.setpgid(0, 0)
    os.tcsetpgrp(sys.stdin.fileno(), os.getpgrp())
    try:
        yield
    finally:
        os.tcsetpgrp(sys.stdin.fileno(), before)
        os.setpgid(0, before)
        for one, handler in aside.items():
            signal.signal(one, handler)


def _shown_to(group: int) -> bool:
    """Whether standard input is a terminal that this group of processes has the foreground of."""
    try:
        return os.tcgetpgrp(sys.stdin.fileno()) == group
    except (OSError, ValueError):  # no terminal, or none of ours
        return False
