"""The database is gone for a while, or the disk is full: a clear error, and then on as if nothing was."""

import resource
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from hub.store.engine import Store
from supervisor.postgres import start_postgres, stop_postgres
from tests.databases import Databases, databases_on
from tests.integration.crash_child import Point, Verb
from tests.integration.crash_story import Outcome, begin, forks, hub, orders, tell
from tests.integration.stage import Stage

CREATE = "exchange._receipts: answered hubspot POST /crm/objects/2026-09/contacts/batch/create"
GONE = {
    "while a page is stored": (0, "land.stored: before commit"),
    "while customers are composed": (0, "reconcile._settled: before commit"),
    "while a plan is made": (0, "plan._begin: committed"),
    "before an answer is noted": (1, CREATE),
}
"""When → the chapter, and the point in it."""
STEP = 64 * 1024
"""Bytes by which a full disk grows until there is enough room."""


@dataclass(frozen=True, slots=True)
class Gate:
    """Where a child waits until it is let through."""

    reached: Any = field(default_factory=forks.Event)
    opened: Any = field(default_factory=forks.Event)

    def __call__(self) -> None:
        self.reached.set()
        assert self.opened.wait(60)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """A PostgreSQL that nobody else uses."""
    with databases_on("postgresql", tmp_path_factory.mktemp("own")) as found:
        yield found


@pytest.fixture(scope="module")
def whole(own: Databases) -> Outcome:
    """The story as it goes when all is well."""
    return tell(own, keep=True)


def clear(error: str) -> bool:
    """Whether an error says what to do, and nothing of anybody."""
    return error.startswith("StoreUnavailable: ") and "run again" in error and "INSERT" not in error


@pytest.mark.parametrize("when", GONE)
def test_the_database_is_gone_for_a_minute(when: str, own: Databases, whole: Outcome) -> None:
    chapter, where = GONE[when]
    parts, cluster = own.parts, own.cluster
    assert parts and cluster
    errors: list[str] = []

    def gone(number: int, store: Store, stage: Stage, verbs: Sequence[Verb]) -> None:
        if number == chapter:
            gate = Gate()
            end = begin(orders(store, stage, verbs, Point(where), do=gate))
            assert gate.reached.wait(60)
            stop_postgres(parts)
            gate.opened.set()
            ended = end()
            start_postgres(parts, cluster)
            errors.append(ended.told.error if ended.told else "a traceback")

    again = tell(own, trouble=gone, since=whole.moments[chapter], like=whole)
    assert again.differences(whole) == []
    assert [one for one in errors if not clear(one)] == [] and len(errors) == 1


@dataclass(frozen=True, slots=True)
class Disk:
    """No file of the child may grow beyond this; what else a full disk stops, this stops too."""

    size: int

    def __call__(self) -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (self.size, self.size))


def test_the_disk_is_full_and_room_is_made_bit_by_bit(tmp_path: Path) -> None:
    errors: list[str] = []

    def full(number: int, store: Store, stage: Stage, verbs: Sequence[Verb]) -> None:
        room = STEP // 4 + max(one.stat().st_size for one in tmp_path.glob("hub*"))
        done = False
        while not done:
            ended = hub(orders(store, stage, verbs, prepare=Disk(room)))
            assert ended.told, "a traceback"
            done = not ended.told.error
            room += STEP
            errors.extend([ended.told.error] * (not done))

    with databases_on("sqlite", tmp_path) as files:
        whole = tell(files)
        assert tell(files, trouble=full).differences(whole) == []
    assert [one for one in errors if not clear(one)] == [] and len(errors) > 5
