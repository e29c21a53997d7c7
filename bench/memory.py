"""How much memory this process and all it began have together, sampled."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from os import getpid
from pathlib import Path
from threading import Event, Thread

EVERY = 0.2
PROC = Path("/proc")


@dataclass(slots=True)
class Held:
    """The most there was at once."""

    peak_mib: int = 0


@contextmanager
def watched() -> Iterator[Held]:
    """Measure while the block runs; what processes share is counted once."""
    found, over = Held(), Event()
    watcher = Thread(target=_watch, args=(found, over), daemon=True)
    watcher.start()
    try:
        yield found
    finally:
        over.set()
        watcher.join()


def _watch(found: Held, over: Event) -> None:
    while not over.wait(EVERY):
        found.peak_mib = max(found.peak_mib, sum(map(_kib, _family(getpid()))) // 1024)


def _family(process: int) -> Iterator[int]:
    yield process
    for task in (PROC / str(process) / "task").glob("*/children"):
        try:
            children = task.read_text("ascii").split()
        except OSError:
            continue
        for child in children:
            yield from _family(int(child))


def _kib(process: int) -> int:
    """Its proportional share of memory; 0 where it has ended meanwhile."""
    try:
        lines = (PROC / str(process) / "smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
