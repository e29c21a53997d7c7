"""The judge's own record of every write, by whom: what the hub claims can be held against it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import orjson

from sandbox.core.clock import Clock
from sandbox.core.stamps import iso_ms

Action = Literal["create", "update", "delete", "merge"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One accepted write. One that changed nothing is entered too: ``before`` and ``after`` are empty."""

    seq: int
    """1, 2, 3 … over all systems."""
    at: str
    """When, on the sandbox's clock: RFC 3339 in UTC with milliseconds."""
    system: str
    actor: str
    """``hub`` or ``human``, told by the API token."""
    object: str
    key: str
    action: Action
    before: dict[str, Any] = field(repr=False)
    after: dict[str, Any] = field(repr=False)


class Journal:
    """Append-only list of :class:`Entry`, kept as the JSON it is given out in: a third of the memory."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lines: list[bytes] = []
        self._systems: list[str] = []

    def copied(self, clock: Clock) -> "Journal":
        """One that goes on from here by another clock."""
        made = Journal(clock)
        made._lines, made._systems = [*self._lines], [*self._systems]
        return made

    def record(
        self,
        system: str,
        actor: str,
        object: str,
        key: str,
        action: Action,
        before: Mapping[str, Any],
        after: Mapping[str, Any],
    ) -> None:
        """Enter one write, given the whole record before and after; only what changed is kept."""
        was, became = changes(before, after)
        at, seq = iso_ms(self._clock.now()), len(self._lines) + 1
        line = orjson.dumps(Entry(seq, at, system, actor, object, key, action, was, became))
        # Copied, because orjson's own bytes keep the place of the much larger buffer it wrote into.
        self._lines.append(bytes(memoryview(line)))
        self._systems.append(system)

    def since(self, seq: int = 0, system: str | None = None) -> Iterator[Entry]:
        """Entries numbered above ``seq``, in order, of one system or of all."""
        return (Entry(**orjson.loads(line)) for line in self.lines(seq, system))

    def lines(self, seq: int = 0, system: str | None = None) -> Iterator[bytes]:
        """As :meth:`since`, each entry as one JSON object."""
        numbers = range(max(seq, 0), len(self._lines))
        return (self._lines[n] for n in numbers if system is None or self._systems[n] == system)


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields that differ, as they were and as they became; a field missing on a side is absent there."""
    missing = object()
    names = [n for n in {**before, **after} if before.get(n, missing) != after.get(n, missing)]
    return {n: before[n] for n in names if n in before}, {n: after[n] for n in names if n in after}
