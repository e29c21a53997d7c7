"""Systems that truncate, lag, lie about the time and lose answers, and people who edit in them.

The world keeps its own journal of what people did. The hub never sees it; the judge sees nothing else.
"""

from dataclasses import dataclass, field
from random import Random

from hub.model.value import Value

Shown = Value | tuple[str | None, ...] | None


@dataclass(frozen=True, slots=True)
class Traits:
    """How one system behaves."""

    name: str
    lag: int = 0
    """Seconds its listing trails behind its store."""
    skew: int = 0
    """Seconds its clock is off."""
    keeps: int = 40
    """Longest text it keeps; the mapping declares it unless ``secretive``."""
    secretive: bool = False
    """It cuts and folds without the mapping knowing."""
    places: int = 1
    """Slots of its list field."""
    loses: float = 0.0
    """Share of writes whose answer never comes; half of them were stored all the same."""


@dataclass(slots=True)
class Edit:
    """One thing a person did, in true time."""

    number: int
    at: int
    system: str
    customer: int
    field: str
    value: Shown
    shown_at: int | None = None
    """When a pull first showed it to the hub, if one did."""


@dataclass(slots=True)
class Version:
    """What a cell held from ``at`` on, and whose doing it was (None: the hub's)."""

    at: int
    value: Shown
    edit: Edit | None


@dataclass(slots=True)
class System:
    """One simulated system: cells with their whole history."""

    traits: Traits
    cells: dict[tuple[int, str], list[Version]] = field(default_factory=dict)

    def now(self, place: tuple[int, str]) -> Version:
        """The cell as a read of the record itself shows it."""
        return self.cells[place][-1]

    def listed(self, place: tuple[int, str], at: int) -> Version:
        """The cell as the lagging listing shows it at ``at``."""
        past = [one for one in self.cells[place] if one.at <= at - self.traits.lag]
        return past[-1] if past else self.cells[place][0]

    def project(self, value: Shown) -> Shown:
        """What the system makes of a value it is given."""
        return value[: self.traits.keeps] if isinstance(value, str) else value

    def store(self, place: tuple[int, str], value: Shown, at: int, edit: Edit | None) -> None:
        """Put a value in a cell."""
        kept = self.project(value)
        if self.traits.secretive and edit is None and isinstance(kept, str):
            kept = kept.upper()
        self.cells[place].append(Version(at, kept, edit))


@dataclass(slots=True)
class World:
    """All systems, the people's journal, and the dice."""

    dice: Random
    systems: dict[str, System]
    customers: int
    fields: tuple[str, ...]
    journal: list[Edit] = field(default_factory=list)
    time: int = 0

    def populate(self) -> None:
        """Every customer is in every system, with first values that disagree."""
        for system in self.systems.values():
            for customer in range(self.customers):
                for name in self.fields:
                    value = self._fresh(system, name)
                    edit = self._journal(system.traits.name, customer, name, value)
                    system.cells[customer, name] = [Version(self.time, system.project(value), edit)]

    def human_edit(self) -> Edit:
        """Somebody, somewhere, changes or empties a field."""
        system = self.systems[self.dice.choice(sorted(self.systems))]
        customer, name = self.dice.randrange(self.customers), self.dice.choice(self.fields)
        value = self._edited(system, system.now((customer, name)).value, name)
        edit = self._journal(system.traits.name, customer, name, value)
        system.store((customer, name), value, self.time, edit)
        return edit

    def _journal(self, system: str, customer: int, name: str, value: Shown) -> Edit:
        edit = Edit(len(self.journal), self.time, system, customer, name, value)
        self.journal.append(edit)
        return edit

    def _fresh(self, system: System, name: str) -> Shown:
        if name != "emails":
            return None if self.dice.random() < 0.2 else self._word()
        held = [self._word() if self.dice.random() < 0.7 else None for _ in range(system.traits.places)]
        return tuple(held)

    def _edited(self, system: System, shown: Shown, name: str) -> Shown:
        gone = self.dice.random() < 0.25
        if name != "emails":
            return None if gone and shown is not None else self._word()
        slots: list[str | None] = list(shown) if isinstance(shown, tuple) else [None] * system.traits.places
        place = self.dice.randrange(len(slots))
        slots[place] = None if gone and slots[place] else self._word()
        return tuple(slots)

    def _word(self) -> str:
        """A value never used before, longer than the shortest system keeps."""
        return f"{self.dice.randrange(10**9):09d}-{len(self.journal):06d}"
