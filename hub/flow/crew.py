"""Batches worked out on every core; what was found is stored by this process alone, in their order."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import current_process, get_context, parent_process
from threading import Thread
from typing import NoReturn, TypeVar

from hub.flow.bulk import bulk
from hub.flow.errors import NotFound
from hub.flow.hub import Hub
from hub.mapping.load import Mappings
from hub.mapping.spec import SystemMapping
from hub.store.engine import open_store

MANY = 50_000
"""Records from which more processes repay their start."""
CORES = len(os.sched_getaffinity(0))
BREATH = 20
"""Batches after which for a moment nobody reads: SQLite can only then begin its log anew."""

Batch = TypeVar("Batch")
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Crew:
    """Who works out batches: this process, or one for each core."""

    hub: Hub
    pool: Executor | None = None

    def find(self, work: Callable[[Hub, Batch], Found], batches: Iterable[Batch]) -> Iterator[Found]:
        """What ``work`` finds in each batch, in their order. It only reads the store.

        In several processes it goes ahead by a batch for each core, whatever is stored meanwhile.
        """
        if self.pool is None:
            yield from (_found(self.hub, work, one) for one in batches)
            return
        begun: deque[Future[Found]] = deque()
        for number, one in enumerate(batches, 1):
            while begun and number % BREATH == 0:
                yield begun.popleft().result()
            begun.append(self.pool.submit(_found_apart, work, one))
            if len(begun) > CORES:
                yield begun.popleft().result()
        while begun:
            yield begun.popleft().result()


@contextmanager
def crew(hub: Hub, records: int) -> Iterator[Crew]:
    """A crew for so many records: from :data:`MANY` on a process for each core.

    This process alone where it may have no children, as a task of a Celery worker may not.
    """
    if records < MANY or CORES == 1 or current_process().daemon:
        yield Crew(hub)
        return
    arrival = (hub.store.address, hub.mappings)
    pool = ProcessPoolExecutor(CORES, get_context("spawn"), initializer=_arrive, initargs=arrival)
    try:
        yield Crew(hub, pool)
    finally:
        pool.shutdown(cancel_futures=True)


_here: list[Hub] = []
"""In a process of a crew: its own hub, on the same store."""


def _arrive(address: str, mappings: Mappings) -> None:
    Thread(target=_leave_with_parent, daemon=True).start()
    _here.append(Hub(open_store(address), mappings, _nobody))


def _leave_with_parent() -> None:
    """A parent that is killed tells nobody, and its children would wait for work for ever."""
    if parent := parent_process():
        parent.join()
        os._exit(1)


def _nobody(mapping: SystemMapping) -> NoReturn:
    raise NotFound(f"{mapping.system} is not spoken to while records are worked out")


def _found_apart(work: Callable[[Hub, Batch], Found], batch: Batch) -> Found:
    return _found(_here[0], work, batch)


def _found(hub: Hub, work: Callable[[Hub, Batch], Found], batch: Batch) -> Found:
    with bulk():
        return work(hub, batch)
