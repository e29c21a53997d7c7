"""The driver's own journal: every value a person typed, where, when, and what stood there before."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from bench.edits.place import LISTS, Place, Unit

When = Literal["before", "pulling", "pulled", "gap"]
"""Before the sync; while a system is pulled; after the pulls; between the look at a record and the write."""
Cell = tuple[str, str, str]
"""Customer, field and part."""


@dataclass(frozen=True, slots=True)
class Line:
    """One unit of one record that a person changed."""

    act: int
    """1, 2, 3 …; what was typed in one go has one number."""
    at: str
    """On the sandbox's clock."""
    round: int
    when: When
    kind: str
    """What the person was about: ``edit``, ``swap``, ``import`` …"""
    place: Place
    customer: str
    unit: Unit
    before: str | None
    after: str | None
    deliberate: bool = True
    """False for a bad import and for what cannot be read: nobody meant that."""

    @property
    def cell(self) -> Cell:
        """Whose value it is, wherever it was typed."""
        return (self.customer, *self.unit)

    def span(self) -> tuple[int, int]:
        """The first and the last pull that may show it for the first time, by round."""
        late = self.when in ("pulled", "gap")
        return self.round + late, self.round + (self.when != "before")


@dataclass(frozen=True, slots=True)
class Hidden:
    """What pulls did not show, by no person's doing: a mistyped mapping, a partial answer."""

    system: str
    field: str
    """Empty for all of them."""
    key: str
    """Empty for every record."""
    first: int
    last: int
    """Rounds."""

    def hides(self, line: Line) -> bool:
        """Whether an edit was typed while it could not be read."""
        place, name = line.place, line.unit[0]
        mine = place.system == self.system and self.field in ("", name) and self.key in ("", place.key)
        first, last = line.span()
        return mine and first <= self.last and last >= self.first


@dataclass(slots=True)
class Journal:
    """All lines in the order they were typed."""

    lines: list[Line] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)
    raced: list[Line] = field(default_factory=list)
    """Typed in the gap, and overwritten by the write that was on its way."""
    homes: set[tuple[str, str, str]] = field(default_factory=set)
    """Customer, address and second line that a record showed together once somebody had typed in it."""
    kinds: Counter[str] = field(default_factory=Counter)
    moments: Counter[str] = field(default_factory=Counter)
    acts: int = 0

    def begin(self, kind: str, when: When) -> int:
        """A new act."""
        self.acts += 1
        self.kinds[kind] += 1
        self.moments[when] += 1
        return self.acts

    def was_raced(self, one: Line) -> bool:
        """Whether a write went over what was typed in this field in this act."""
        return any((it.act, it.unit[0]) == (one.act, one.unit[0]) for it in self.raced)

    def unseen(self, one: Line) -> bool:
        """Whether it was typed over in the same record before any pull could show it."""
        later = [it for it in self.lines if it.act > one.act and it.place == one.place]
        if any(it.unit == one.unit and it.span()[1] <= one.span()[0] for it in later):
            return True
        # An import took it, and before a pull could show that somebody typed another there.
        gone = [it for it in later if it.unit == one.unit and not it.deliberate and it.after is None]
        new = [it for it in later if it.unit[0] == one.unit[0] and it.after is not None]
        return any(other.act > it.act and other.span()[1] <= it.span()[0] for it in gone for other in new)

    def of(self, customer: str, name: str) -> Iterator[Line]:
        """What was typed of one field of one customer; of every field, where none is named."""
        return (one for one in self.lines if one.customer == customer and name in ("", one.unit[0]))

    def span(self, line: Line) -> tuple[int, int]:
        """As :meth:`Line.span`, with what could not be read meanwhile taken into account."""
        first, last = line.span()
        return first, max([last, *(one.last + 1 for one in self.hidden if one.hides(line))])

    def hides(self, system: str, name: str, first: int, last: int) -> bool:
        """Whether a field of a system could not be read in any of these rounds."""
        mine = (one for one in self.hidden if one.system == system and one.field == name)
        return any(one.first <= last and one.last >= first for one in mine)

    def precedes(self, one: Line, other: Line) -> bool:
        """Whether the hub could tell that one was typed before the other."""
        if one.place == other.place:
            return one.act < other.act
        return self.span(one)[1] < self.span(other)[0]


def conflict(one: Line, other: Line) -> bool:
    """Whether two lines want one value to be two; elements of a list stand side by side."""
    apart = one.place.system != other.place.system and one.after != other.after
    return one.cell == other.cell and apart and one.unit[0] not in LISTS
