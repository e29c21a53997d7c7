"""What every measurement says of itself: the machine, the versions, the time, the memory."""

import os
import platform
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

LIBRARIES = ("duckdb", "sqlalchemy", "psycopg", "orjson", "requests")


@dataclass(slots=True)
class Timed:
    """How long a block took."""

    wall_s: float = 0.0
    cpu_s: float = 0.0
    """Of this process, and of those it began and saw end."""

    def rate(self, number: int) -> float:
        """How many a second of wall time."""
        return round(number / self.wall_s, 1) if self.wall_s else 0.0


@contextmanager
def timed() -> Iterator[Timed]:
    """Measure a block."""
    found, wall, cpu = Timed(), time.monotonic(), _cpu()
    yield found
    found.wall_s, found.cpu_s = round(time.monotonic() - wall, 3), round(_cpu() - cpu, 3)


def _cpu() -> float:
    return time.process_time() + sum(os.times()[2:4])


@dataclass(slots=True)
class Measured:
    """What one benchmark found."""

    ours: dict[str, Any]
    took: Timed
    kept: bool = True
    """Whether the promises behind it held."""
    peers: dict[str, Any] = field(default_factory=dict)
    """Another way to the same thing, measured in the same run."""
    ratio: float | None = None
    """Ours to the best peer, in wall time; None where no peer was measured."""


def machine() -> dict[str, Any]:
    """Where it was measured, and how busy that was."""
    return {
        "cores": len(os.sched_getaffinity(0)),
        "load": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "system": platform.system(),
        **{name: version(name) for name in LIBRARIES},
    }


def peak_mib() -> int:
    """The most memory this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
