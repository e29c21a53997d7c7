"""Claims: what a person authored, when, and what the hub itself put there.

The words here carry the whole write-back loop (see docs/explanation/the-cell.md):

* a **claim** is the last value a person authored in one cell, at first sight or as an edit;
* a **removal** is a claim too: an authored emptying, which strikes older claims of that value;
* **flight** is what the hub sent and has not seen back; **placed** means the shown value is ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal, NamedTuple

from hub.model.instant import Instant
from hub.model.opinion import Opinion, Typed
from hub.model.value import Value

How = Literal["first", "edit", "default"]
"""``default``: the vendor filled it in by itself; nobody claims it."""
What = Literal["same", "waiting", "seen_back", "drift", "first", "edit", "removal"]
"""What one reading of a cell turned out to be."""


class Claim(NamedTuple):
    """The last value a person authored in a cell; ``value`` None is a removal of ``removed``."""

    value: Value | None
    at: Instant
    how: How
    removed: tuple[Value, ...] = ()
    """What the person saw there when emptying it: the base, and a write of ours that may have landed."""
    since: Instant | None = None
    """For a removal of what was claimed in this very cell: when that was claimed."""
    typed: Typed | None = None
    """For an edit of a value with parts: what of it was typed, and when; None for all of it, now."""


class Sent(NamedTuple):
    """A value the hub sent (already projected) and has not yet seen back."""

    value: Value | None
    at: Instant


@dataclass(frozen=True, slots=True)
class Reading:
    """When and how a value was read."""

    at: Instant
    """The hub's clock when the pull began that read it."""
    since: Instant
    """The last pull that would have shown a change, had there been one."""
    stamp: Instant | None = None
    """The system's own last-modified of the record; may lie, so it is only used between the other two."""

    def authored_at(self) -> Instant:
        """The system's stamp, clamped to when the change can have been made as far as the hub knows."""
        return min(max(self.stamp or self.at, self.since), self.at)


@dataclass(frozen=True, slots=True)
class Rules:
    """Which of the loop's rules are on; all of them, except where a test shows what each is for."""

    lag: timedelta = timedelta(0)
    """How long the system may go on showing the old value after a write."""
    echo: bool = True
    """Off, the hub takes its own writes for people's edits."""
    opinions: Mapping[str, Opinion] = field(default_factory=dict)
    """Field → how its values compare, where they have parts."""
    defaults: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Field → the values its vendor fills in by itself (``any``: all): first seen, nobody claims them."""

    def is_default(self, name: str, value: Value | None) -> bool:
        """Whether the vendor may have filled in this value."""
        filled = self.defaults.get(name, ())
        return "any" in filled or value in filled


def in_flight(flight: tuple[Sent, ...], settled: Instant) -> bool:
    """Whether the last thing sent may still be on its way to being shown.

    ``settled`` is the instant up to which the system's last complete pull would have shown any
    write: when it began, less the visibility lag. Time alone proves nothing; a pull does.
    """
    return bool(flight) and flight[-1].at >= settled
