"""A bad import empties one field in more than a tenth of a system's records; a good one puts it back."""

from dataclasses import dataclass, field
from math import ceil

from bench.edits.hands import EVERYTHING, Hands
from bench.edits.place import Place
from hub.mapping.lens import Lens
from hub.mapping.paths import Path
from hub.mapping.read import CustomerReading
from hub.model.value import Value

SHARE = 0.12
"""Of the records that have the field filled."""
TARGETS = (
    ("hubspot", "contacts", "address", "city"),
    ("hubspot", "contacts", "name", "given_name"),
    ("brevo", "contacts", "birth_date", ""),
    ("moneybird", "contacts", "phones", ""),
    ("hubspot", "contacts", "birth_date", ""),
    ("moneybird", "contacts", "address", "city"),
)
"""System, object, field and part."""


@dataclass(slots=True)
class Import:
    """One bad import and what it took."""

    hands: Hands
    name: str
    part: str
    taken: dict[Place, Value] = field(default_factory=dict)

    def spoil(self, system: str, obj: str) -> None:
        """Empty it in so many records, chosen by chance."""
        here = self.hands.register.records(system, obj)
        filled = [(one, value) for one in here if (value := self._stands(one)) is not None]
        number = min(len(filled), max(2, ceil(SHARE * len(filled))))
        for place, value in self.hands.words.dice.sample(filled, number):
            if self._put(place, None, "import", EVERYTHING):
                self.taken[place] = value

    def repair(self) -> None:
        """The same file once more, right this time; what somebody filled meanwhile is left alone."""
        for place, value in self.taken.items():
            if place not in self.hands.register.gone and self._stands(place) is None:
                self._put(place, value, "repair", EVERYTHING)  # what stood there, and nobody's edit

    def _found(self, place: Place) -> tuple[Lens, CustomerReading] | None:
        lens, found = self.hands.lenses(place).get(self.name), self.hands.look(place)
        readable = found and self.name not in {one.field for one in found.unreadable}
        return (lens, found) if lens and found and readable else None

    def _stands(self, place: Place) -> Value | None:
        it = self._found(place)
        if it is None:
            return None
        lens, found = it
        if lens.shape == "list":
            return next((one for one in found.slots[self.name] if one), None)
        value = found.values.get(self.name)
        return value.get(self.part) if isinstance(value, dict) else value

    def _put(self, place: Place, value: Value | None, kind: str, not_meant: str = "") -> bool:
        it = self._found(place)
        return bool(it and self.hands.type(place, self._data(*it, value), kind, not_meant))

    def _data(self, lens: Lens, found: CustomerReading, value: Value | None) -> dict[Path, object]:
        if lens.shape == "list":
            slots = found.slots[self.name]
            only = None if value is None else str(value)
            return lens.changed_slots(slots, (only, *[None] * (len(slots) - 1)))
        now = found.values.get(self.name)
        if not self.part:
            return lens.write(value)
        whole = dict(now) if isinstance(now, dict) else {}
        left: dict[str, Value] = {name: one for name, one in whole.items() if name != self.part}
        return lens.changes(now, left if value is None else {**left, self.part: value})
