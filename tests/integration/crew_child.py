"""What a crew is given to do in tests, and processes that have one."""

import os
import signal
import sys

from hub.flow.hub import Hub
from hub.flow.recognise import crew
from hub.mapping.load import load
from hub.store import due
from hub.store.engine import open_store


def who(hub: Hub, batch: int) -> int:
    """The process that has this batch."""
    return os.getpid()


def die(hub: Hub, batch: int) -> None:
    """As by a machine that is out of memory."""
    os.kill(os.getpid(), signal.SIGKILL)


def lose(hub: Hub, batch: int) -> None:
    """Ask for what is not there."""
    hub.mapping(str(batch))


def ask(hub: Hub, batch: int) -> int:
    """Ask a store that has no tables."""
    with hub.store.read() as connection:
        return due.count(connection)


def workers(address: str) -> set[int]:
    """The processes that have some batches."""
    crew.CORES = 2
    with crew.crew(Hub(open_store(address), load()), 2 * crew.SHARE) as able:
        return set(able.find(who, range(8)))


def wait(address: str) -> None:
    """Say who is in the crew, and wait for more to do."""
    crew.CORES = 2
    with crew.crew(Hub(open_store(address), load()), 2 * crew.SHARE) as able:
        sys.stdout.write(" ".join(map(str, able.find(who, range(8)))) + "\n")
        sys.stdout.flush()
        sys.stdin.read()
