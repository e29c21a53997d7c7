"""Claims: what a person authored, when, and what the hub itself put there.

The words here carry the whole write-back loop (see docs/explanation/the-cell.md):

* a **claim** is the last value a person authored in one cell, at first sight or as an edit;
* a **removal** is a claim too: an authored emptying, which strikes older claims of that value;
* **flight** is what the hub sent and has not seen back; **placed** means the shown value is ours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal, NamedTuple

from hub.model.instant import Instant, shift
from hub.model.opinion import Opinion, Typed
from hub.model.value import Value

How = Literal["first", "edit", "default"]
"""``default``: the vendor filled it in by itself; nobody claims it."""
Why = Literal["unreadable", "quarantined", "not_shown", "emptied", "placeholder"]
"""Why a field waits: a value noted as unreadable, or kept in quarantine; none shown; too many emptied;
or a placeholder typed over what was known."""
What = Literal["same", "waiting", "seen_back", "drift", "altered", "ignored", "first", "edit", "removal"]
"""What one reading of a cell turned out to be."""


Spans = Mapping[Instant, Instant]
NO_SPANS: Spans = {}
NOTHING_TYPED: Typed = {}


class TypedOver(NamedTuple):
    """What stood in a cell, or the units of it, over which somebody typed something else after ``at``."""

    value: Value
    at: Instant


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
    spans: Spans = NO_SPANS
    """A moment of this claim → the last moment before it at which that was not yet typed."""
    over: tuple[TypedOver, ...] = ()
    """What people typed over here, latest first: it does not come back when their last word is emptied."""
    first: Instant = ""
    """For an edit of a value with parts: when what of it nobody typed was first seen, where that is known."""
    own: Typed = NOTHING_TYPED
    """Unit that is empty → when this record's people had typed what went from it, where that stood there."""

    def after(self, at: Instant | None = None) -> Instant:
        """The claim (or what of it was typed ``at``) was made after this, and at ``at`` at the latest."""
        by = self.at if at is None else at
        return self.spans.get(by, by)

    def precedes(self, other: "Claim") -> bool:
        """Whether it was certainly made before the other one."""
        return self.at < other.at and self.at <= other.after()


class Held(NamedTuple):
    """Why a field waits, and what is known of what stands there."""

    why: Why
    print: str = ""
    """The fingerprint of what stands there."""
    at: Instant = ""
    since: Instant = ""
    """It was typed after the one and before the other; when it is believed at last, it was typed then."""


class Refused(NamedTuple):
    """A value that a cell does not take: the system refused it, or a person did."""

    value: Value | Sequence[str | None] | None
    """Of a list field its slots; None: it is not to be emptied."""
    at: Instant


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
    """The system's own last-modified of the record: nothing in it was typed later than that. May lie, so it
    is only used between the other two."""
    typed: Instant | None = None
    """When this very field was last touched, by the system's own history of it; may lie as well."""
    early: Instant | None = None
    """Where it may have been listed late: since when, in place of ``since``, it can have been typed."""

    def authored_at(self) -> Instant:
        """The latest moment at which what changed can have been typed, as far as the hub knows."""
        return min(max(self.typed or self.stamp or self.at, self.since), self.at)

    def spans(self, shown: Instant | None = None) -> Spans:
        """That moment → the one after which it was typed: the last reading that did not show it.

        ``shown``: since when it is known to have stood there what whoever typed saw.
        """
        by = self.authored_at()
        after = min(by, max(self.typed or "", self.early or self.since, shown or ""))
        return {by: after} if after < by else NO_SPANS


def late_from(since: Instant, stamp: Instant | None, horizon: timedelta) -> Instant | None:
    """Since when a change can have been made that the pull ``since`` did not show and its stamp is before.

    It was listed late (an open transaction, an index), by no more than ``horizon``; or its stamp is not its
    own, or the system's clock is slow. None where nothing says that it was late.
    """
    early = shift(since, -horizon)
    return early if stamp and early <= stamp < since else None


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

    nobodys: frozenset[str] = frozenset()
    """Fields in which the vendor put something for want of anything: first seen, it is no claim at all."""

    def first_claim(self, name: str, value: Value | None) -> How | None:
        """What a value is whose field was never read before; None where nobody claims it."""
        if name in self.nobodys:
            return None
        filled = self.defaults.get(name, ())
        by_vendor = "any" in filled or (isinstance(value, str) and value in filled)
        return "default" if by_vendor else "first"


def in_flight(flight: tuple[Sent, ...], settled: Instant) -> bool:
    """Whether the last thing sent may still be on its way to being shown.

    ``settled`` is the instant up to which the system's last complete pull would have shown any
    write: when it began, less the visibility lag. Time alone proves nothing; a pull does.
    """
    return bool(flight) and flight[-1].at >= settled
