"""The promises of :mod:`connectors.contract`, as functions that any connector can be held to.

A :class:`Case` says how one object of one system is seeded and written; a :class:`Stage` is that system
running on 127.0.0.1 under a clock that only moves when it is told to, so that nothing here waits.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Literal

import structlog

from connectors.contract import Connection, Connector, Json, Page, RawRecord, Receipt, Write
from connectors.pace import Timing
from connectors.registry import connector_class
from connectors.shape import at
from sandbox.core.clock import ManualClock
from sandbox.core.serve import Running, running_sandbox
from sandbox.core.standin import StandIn
from sandbox.core.tokens import Tokens
from sandbox.core.world import World

START = datetime(2024, 6, 3, 10, tzinfo=UTC)
SEEDED = START - timedelta(days=30)
LAG = timedelta(seconds=90)
"""More than the visibility lag of any system."""

_log = structlog.get_logger(__name__)

Seed = Callable[[int, datetime], Json]
"""The number and the moment of a record → the record in the vendor's own shape."""


@dataclass(frozen=True)
class Case:
    """One object of one system."""

    system: str
    obj: str
    standin: Callable[[World], StandIn]
    seed: Seed
    options: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    """A path that holds text, may be written and may be emptied; nothing for an object that is read-only."""
    fresh: Callable[[int], Json] = lambda number: {}
    """The data of a record to create."""
    natural: str = ""
    """The path of a value that only one record may have: a second create is refused."""
    fields: Mapping[str, Literal["text", "number"]] = field(default_factory=dict)
    """Custom fields that are provisioned before anything else."""
    custom: str = ""
    """The path that custom fields are under."""
    find_lag: timedelta = timedelta(0)
    """How long after a write :meth:`Connector.find` may not see it."""

    def __str__(self) -> str:
        return f"{self.system}-{self.obj}"


@dataclass
class Stage:
    """A system that runs, with records in it."""

    case: Case
    world: World
    running: Running
    slept: list[float] = field(default_factory=list)
    """Every wait of any connector, in seconds."""

    def connector(
        self, *, actor: str = "hub", page_size: int | None = None, url: str = "", factor: float = 0.5
    ) -> Connector:
        """The connector under test, as the hub or as one of the system's people."""
        # Several connectors share the system's allowance here, so each one takes half of it.
        options = {**self.case.options, "limit_factor": str(factor), "page_size": str(page_size or "")}
        base = url or self.running.systems[self.case.system]
        timing = Timing(self._sleep, self.now)
        build: Any = connector_class(self.case.system)
        made: Connector = build(Connection(base, f"{actor}-token", options=options), timing=timing)
        return made

    def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        _log.debug("waited", seconds=seconds)
        self.pass_time(timedelta(seconds=seconds))

    def pass_time(self, span: timedelta) -> None:
        self.world.clock.advance(span)

    def now(self) -> float:
        return self.world.clock.now().timestamp()

    def edit(self, key: str, value: str | None) -> None:
        """A person changes one record."""
        self.pass_time(timedelta(seconds=5))
        self.write(
            self.connector(actor="human"), Write(f"e{next(_REFS)}", key, nested(self.case.text, value))
        )

    def write(self, connector: Connector, *writes: Write) -> list[Receipt]:
        receipts: list[Receipt] = []
        size = connector.sheet.objects[self.case.obj].batch_size
        for start in range(0, len(writes), size):
            receipts += connector.push(self.case.obj, writes[start : start + size])
        return receipts

    def keys(self) -> set[str]:
        return {key for some in self.connector().keys(self.case.obj) for key in some}


_REFS = count(1)


@contextmanager
def staged(case: Case, moments: list[datetime]) -> Iterator[Stage]:
    """The case's system with one record a moment."""
    world = World.of(ManualClock(START), Tokens("hub-token", "human-token", "admin-token"))
    system = case.standin(world)
    system.seed({case.obj: [case.seed(number, moment) for number, moment in enumerate(moments, 1)]})
    with running_sandbox([system], world) as running:
        stage = Stage(case, world, running)
        if case.fields:
            assert all(finding.ok for finding in stage.connector().provision(case.obj, case.fields))
        yield stage


def spread(number: int) -> list[datetime]:
    """``number`` moments, some of which are the same: at page edges, and three in a row."""
    return [SEEDED + timedelta(hours=n - n % 2 if n < 6 else 6 if n < 9 else n) for n in range(number)]


def drained(connector: Connector, obj: str, cursor: Json | None) -> list[Page]:
    """All pages of one pull; their cursors go through JSON, as they do in the store."""
    pages = list(connector.pull(obj, cursor))
    assert [page.last for page in pages] == [False] * (len(pages) - 1) + [True]
    assert all(json.loads(json.dumps(page.cursor)) == page.cursor for page in pages)
    assert all(page.offered == len(page.records) for page in pages)
    return pages


def latest(pages: list[Page]) -> dict[str, RawRecord]:
    """Key → the record as it was given last."""
    return {record.key: record for page in pages for record in page.records}


def nested(path: str, value: Any) -> Json:
    """``{"a": {"b": value}}`` for ``a.b``."""
    first, _, rest = path.partition(".")
    return {first: nested(rest, value) if rest else value}


def value_of(record: RawRecord, path: str) -> Any:
    """The value at a path; what is empty in any vendor's way is None."""
    return at(record.data, path) or None


@contextmanager
def counted() -> Iterator[list[Any]]:
    """The requests that were sent, as the log tells."""
    sent: list[Any] = []
    with structlog.testing.capture_logs() as lines:
        yield sent
    sent += [line for line in lines if line["event"] == "request"]
