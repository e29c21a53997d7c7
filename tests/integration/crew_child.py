"""A process that works with a crew, says who is in it, and waits: for a test that kills it."""

import os
import sys

from hub.flow import crew
from hub.flow.hub import Hub
from hub.mapping.load import load
from hub.store.engine import open_store


def who(hub: Hub, batch: int) -> int:
    """The process that has this batch."""
    return os.getpid()


def workers(address: str) -> set[int]:
    """The processes that have some batches."""
    crew.CORES = 2
    with crew.crew(Hub(open_store(address), load(), crew._nobody), crew.MANY) as able:
        return set(able.find(who, range(8)))


if __name__ == "__main__":
    crew.CORES = 2
    with crew.crew(Hub(open_store(sys.argv[1]), load(), crew._nobody), crew.MANY) as able:
        sys.stdout.write(" ".join(map(str, {os.getpid(), *able.find(who, range(8))})) + "\n")
        sys.stdout.flush()
        sys.stdin.read()
