"""Faults at the boundary: connectors around the real one that lose, or die, where a network would."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Literal

from connectors.contract import (
    Capabilities,
    Connector,
    Finding,
    Json,
    KeepsHistory,
    Page,
    RawRecord,
    Receipt,
    Write,
)
from connectors.errors import Transient, Unsure
from hub.model.instant import Instant, shift


class Killed(BaseException):
    """The process is gone; nobody catches this."""


class Around:
    """The real connector, all of it."""

    def __init__(self, real: Connector) -> None:
        self.real = real

    @property
    def name(self) -> str:
        return self.real.name

    @property
    def sheet(self) -> Capabilities:
        return self.real.sheet

    def pull(self, obj: str, cursor: Json | None) -> Iterator[Page]:
        return self.real.pull(obj, cursor)

    def keys(self, obj: str) -> Iterator[tuple[str, ...]]:
        return self.real.keys(obj)

    def fetch(self, obj: str, keys: Sequence[str]) -> dict[str, RawRecord]:
        return self.real.fetch(obj, keys)

    def with_history(self, obj: str, records: Sequence[RawRecord]) -> list[RawRecord]:
        if isinstance(self.real, KeepsHistory):
            return self.real.with_history(obj, records)
        return list(records)

    def ready(self, obj: str, count: int) -> None:
        self.real.ready(obj, count)

    def find(self, obj: str, path: str, values: Sequence[str]) -> dict[str, tuple[RawRecord, ...]]:
        return self.real.find(obj, path, values)

    def push(self, obj: str, writes: Sequence[Write]) -> list[Receipt]:
        return self.real.push(obj, writes)

    def check(self) -> list[Finding]:
        return self.real.check()

    def provision(self, obj: str, fields: Mapping[str, Literal["text", "number"]]) -> list[Finding]:
        return self.real.provision(obj, fields)


class DyingPull(Around):
    """Gives a few pages and then loses its connection."""

    def __init__(self, real: Connector, pages: int) -> None:
        super().__init__(real)
        self.pages = pages

    def pull(self, obj: str, cursor: Json | None) -> Iterator[Page]:
        for page in self.real.pull(obj, cursor):
            if not self.pages:
                raise Transient("the connection was lost")
            self.pages -= 1
            yield page


@dataclass
class Fault:
    """What happens to the next pushes; shared by all connectors of one hub."""

    sends: bool = True
    """Whether the request reaches the system before its answer is lost."""
    error: type[Exception] = Unsure
    left: int = 1
    met: list[Any] = field(default_factory=list)


class LosingPush(Around):
    """Sends, and loses the answer."""

    def __init__(self, real: Connector, fault: Fault) -> None:
        super().__init__(real)
        self.fault = fault

    def push(self, obj: str, writes: Sequence[Write]) -> list[Receipt]:
        if not self.fault.left:
            return self.real.push(obj, writes)
        self.fault.left -= 1
        self.fault.met += writes
        if self.fault.sends:
            self.real.push(obj, writes)
        raise self.fault.error("no answer came")


class RefusingPush(Around):
    """A system that says no to everything."""

    def push(self, obj: str, writes: Sequence[Write]) -> list[Receipt]:
        return [Receipt(one.ref, "refused", one.key, message="not today") for one in writes]


class Ignoring(Around):
    """Answers yes to everything, and takes all but some fields; with or without the record in its answer."""

    def __init__(self, real: Connector, *fields: str, answers: bool = True) -> None:
        super().__init__(real)
        self.fields, self.answers = fields, answers

    def push(self, obj: str, writes: Sequence[Write]) -> list[Receipt]:
        taken = [replace(one, data=_without(one.data, self.fields)) for one in writes]
        found = self.real.push(obj, taken)
        return found if self.answers else [replace(one, record=None) for one in found]


def _without(data: Json, fields: Sequence[str]) -> Json:
    return {
        name: _without(one, fields) if isinstance(one, dict) else one
        for name, one in data.items()
        if name not in fields
    }


class StampingLate(Around):
    """A system whose own clock is ahead: its stamps are later than the answers that made them."""

    def pull(self, obj: str, cursor: Json | None) -> Iterator[Page]:
        for page in self.real.pull(obj, cursor):
            yield replace(page, records=tuple(replace(one, stamp=_later(one.stamp)) for one in page.records))


def _later(stamp: Instant | None) -> Instant | None:
    return stamp and shift(stamp, timedelta(seconds=90))


class IgnoringLate(StampingLate, Ignoring):
    """Both at once."""


class ShowingLate(Around):
    """Answers a write without its record, and the next look with what stood before it."""

    def __init__(self, real: Connector, before: dict[str, RawRecord]) -> None:
        super().__init__(real)
        self.before = before

    def push(self, obj: str, writes: Sequence[Write]) -> list[Receipt]:
        self.before |= self.real.fetch(obj, [one.key for one in writes if one.key])
        return [replace(one, record=None) for one in self.real.push(obj, writes)]

    def fetch(self, obj: str, keys: Sequence[str]) -> dict[str, RawRecord]:
        found = {key: one for key, one in self.before.items() if key in keys}
        self.before.clear()
        return found or self.real.fetch(obj, keys)


class Gap(Around):
    """See :func:`meanwhile`."""

    done = False


def meanwhile(field: str, act: Callable[[], None]) -> type[Gap]:
    """The connector around which ``act`` happens once: between the look and the first write to ``field``."""

    class Meanwhile(Gap):
        def push(self, obj: str, writes: Sequence[Write]) -> list[Receipt]:
            told = [{**one.data, **one.data.get("properties", {})} for one in writes]
            if not Meanwhile.done and any(field in one for one in told):
                Meanwhile.done = True
                act()
            return super().push(obj, writes)

    return Meanwhile
