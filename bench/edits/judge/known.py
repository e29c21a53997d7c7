"""What anybody ever said of a customer: the seeds, and every line of the journal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from bench.edits.journal import Cell, Journal, Line
from bench.edits.place import Place, Texts, Unit
from hub.model.instant import shift

AT_MOST = timedelta(seconds=5)
"""From what somebody typed in the gap to the write that went over it, at most."""


@dataclass(slots=True)
class Known:
    """Seeds and journal as one."""

    seeds: Mapping[str, Texts]
    """Customer → what all systems said at first."""
    journal: Journal
    _read: int = 0
    _typed: dict[Cell, set[str]] = field(default_factory=dict)
    _meant: dict[Cell, set[str]] = field(default_factory=dict)
    _emptied: dict[Cell, list[Line]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for customer, told in self.seeds.items():
            for unit, text in told.items():
                for some in (self._typed, self._meant):
                    some.setdefault((customer, *unit), set()).add(text)

    def typed(self, cell: Cell) -> set[str]:
        """Every value anybody ever typed there, be it by a bad import."""
        self._catch_up()
        return self._typed.get(cell, set())

    def meant(self, cell: Cell, text: str) -> bool:
        """Whether somebody meant this value of this customer."""
        self._catch_up()
        return text in self._meant.get(cell, set()) or _put_right(cell, text, self._meant)

    def ever(self, cell: Cell, text: str) -> bool:
        """Whether anybody ever typed this value of this customer."""
        return text in self.typed(cell) or _put_right(cell, text, self._typed)

    def holds(self, cell: Cell, text: str) -> bool:
        """Whether a value, or an address it is a part of, is this customer's own."""
        some = self.typed(cell)
        return text in some or (cell[2] == "home" and any(text in one.split(", ") for one in some))

    def raced(self, place: Place, unit: Unit, at: str) -> bool:
        """Whether what the hub took was typed just before its write: that is told elsewhere."""
        mine = (one.at for one in self.journal.raced if (one.place, one.unit) == (place, unit))
        return any(typed[:23] <= at[:23] <= shift(typed, AT_MOST)[:23] for typed in mine)

    def second_line_in(self, customer: str, home: str) -> str:
        """The second line that stands in the street of an address where a record has no room for it."""
        lines = self.typed((customer, "address", "second_line"))
        return next((one for one in home.split(", ") if one in lines), "")

    def together(self, customer: str, home: str, second: str) -> bool:
        """Whether an address, but for its number, and a second line stood together where somebody typed."""
        seen = [(one, line) for whose, one, line in self.journal.homes if whose == customer]
        both = [without(one, second) for one, line in seen if second in (line, *one.split(", "))]
        return any(_unnumbered(one) == _unnumbered(home) for one in both)

    def moved(self, customer: str, by: str) -> bool:
        """Whether somebody typed a whole address until this moment."""
        cell = (customer, "address", "home")
        return any(one.at <= by and one.deliberate for one in self.journal.lines if one.cell == cell)

    def emptied(self, cell: Cell, by: str = "~") -> bool:
        """Whether somebody deliberately emptied this unit, until this moment (an instant)."""
        self._catch_up()
        return any(one.at <= by for one in self._emptied.get(cell, []))

    def _catch_up(self) -> None:
        for one in self.journal.lines[self._read :]:
            self._enter(one)
        self._read = len(self.journal.lines)

    def _enter(self, one: Line) -> None:
        if one.after is not None:
            self._typed.setdefault(one.cell, set()).add(one.after)
            if one.deliberate:
                self._meant.setdefault(one.cell, set()).add(one.after)
        elif one.deliberate:
            self._emptied.setdefault(one.cell, []).append(one)


def _put_right(cell: Cell, text: str, some: Mapping[Cell, Iterable[str]]) -> bool:
    """Whether an address is one somebody typed with a house number somebody else put right."""
    if cell[2] != "home":
        return False
    told = list(some.get(cell, ()))
    same = any(_unnumbered(one) == _unnumbered(text) for one in told)
    return same and any(one.split(", ")[1:2] == text.split(", ")[1:2] for one in told)


def without(home: str, part: str) -> str:
    """An address but for one of its parts."""
    return ", ".join(one for one in home.split(", ") if one != part)


def _unnumbered(home: str) -> list[str]:
    """An address but for its house number."""
    parts = home.split(", ")
    return [*parts[:1], *parts[2:]]
