"""Batches worked out on every core; what was found is stored by this process alone, in their order.

The others are started as programs of their own, not by :mod:`multiprocessing`: that forbids children to a
"daemonic" process, which is what a task of a Celery worker is.
"""

import os
import pickle
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from math import ceil
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from queue import SimpleQueue
from traceback import format_tb
from typing import Any, TypeVar

from hub.flow.bulk import bulk
from hub.flow.errors import CrewLost
from hub.flow.hub import Hub
from hub.store.engine import open_store

SHARE = 2_500
"""Records that repay the start of a process."""
CORES = len(os.sched_getaffinity(0))
BREATH = 20
"""Batches after which for a moment nobody reads: SQLite can only then begin its log anew."""
LEAVING = 60
"""Seconds a mate may take to end its batch when nobody waits for it any more."""

Batch = TypeVar("Batch")
Found = TypeVar("Found")


class Mate:
    """Another process with the same hub, that works out one batch at a time."""

    def __init__(self, hub: Hub) -> None:
        self._line, theirs = Pipe()
        number = theirs.fileno()
        self._process = subprocess.Popen(  # noqa: S603  (our own words only)
            [sys.executable, "-c", f"from hub.flow.recognise.crew import serve; serve({number})"],
            stdin=subprocess.DEVNULL,
            pass_fds=[number],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        theirs.close()
        self._tell((hub.store.address, hub.mappings))

    def find(self, work: Callable[[Hub, Batch], Any], batch: Batch) -> bytes:
        """What ``work`` finds, or the error it raised, pickled. Raises CrewLost."""
        self._tell((work, batch))
        try:
            return self._line.recv_bytes()
        except (EOFError, OSError):
            raise self._lost() from None

    def leave(self) -> None:
        """Let it end; it does by itself when the line is cut."""
        self._line.close()
        try:
            self._process.wait(LEAVING)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _tell(self, what: object) -> None:
        try:
            self._line.send(what)
        except OSError:
            raise self._lost() from None

    def _lost(self) -> CrewLost:
        code = self._process.wait(LEAVING)
        return CrewLost(
            f"a process that worked records out ended (exit code {code}; -9: killed, perhaps for lack of "
            "memory): what was stored stands, run again"
        )


@dataclass(frozen=True, slots=True)
class Crew:
    """Who works out batches: this process, or one for each core."""

    hub: Hub
    size: int = 1
    pool: ThreadPoolExecutor | None = None
    """As many threads as there are mates, each waiting for one."""
    free: SimpleQueue[Mate] = field(default_factory=SimpleQueue)

    def share(self, records: int, most: int) -> int:
        """How many of so many records make a batch, ``most`` at most, so that all have something to do."""
        return max(1, min(most, ceil(records / self.size)))

    def find(self, work: Callable[[Hub, Batch], Found], batches: Iterable[Batch]) -> Iterator[Found]:
        """What ``work`` finds in each batch, in their order. It only reads the store. Raises CrewLost.

        In several processes it goes ahead by a batch for each, whatever is stored meanwhile.
        """
        if self.pool is None:
            yield from (_found(self.hub, work, one) for one in batches)
            return
        begun: deque[Future[bytes]] = deque()
        for number, one in enumerate(batches, 1):
            while begun and number % BREATH == 0:
                yield _ended(begun.popleft())
            begun.append(self.pool.submit(self._apart, work, one))
            if len(begun) > self.size:
                yield _ended(begun.popleft())
        while begun:
            yield _ended(begun.popleft())

    def _apart(self, work: Callable[[Hub, Batch], Any], batch: Batch) -> bytes:
        mate = self.free.get()
        try:
            return mate.find(work, batch)
        finally:
            self.free.put(mate)


@contextmanager
def crew(hub: Hub, records: int) -> Iterator[Crew]:
    """A crew for so many records: a process for each core, but no more than there are shares of the work."""
    size = min(CORES, records // SHARE) if hub.store.shared else 1
    if size < 2:
        yield Crew(hub)
        return
    with ExitStack() as leaving:
        pool = ThreadPoolExecutor(size)
        able = Crew(hub, size, pool)
        for _ in range(size):
            mate = Mate(hub)
            leaving.callback(mate.leave)
            able.free.put(mate)
        leaving.callback(pool.shutdown, cancel_futures=True)
        yield able


def serve(number: int) -> None:
    """A mate's whole life: work out what comes down the line, until it is cut."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    line = Connection(number)
    try:
        address, mappings = line.recv()
        hub = Hub(open_store(address), mappings)
        while True:
            line.send_bytes(pickle.dumps(_tried(hub, *line.recv())))
    except (EOFError, ConnectionError):
        return


def _tried(hub: Hub, work: Callable[[Hub, Batch], Any], batch: Batch) -> tuple[Any, Exception | None]:
    try:
        return _found(hub, work, batch), None
    except Exception as error:  # raised where it was asked for, and told where it happened
        error.add_note(f"in another process:\n{''.join(format_tb(error.__traceback__))}")
        return None, error


def _ended(one: Future[bytes]) -> Any:
    # Here and not where it was received: meanwhile the mate has its next batch already.
    found, error = pickle.loads(one.result())  # noqa: S301  (from our own child, over a private pipe)
    if error is not None:
        raise error
    return found


def _found(hub: Hub, work: Callable[[Hub, Batch], Found], batch: Batch) -> Found:
    with bulk():
        return work(hub, batch)
