"""What the hub itself shows of a customer: golden values, what lost, what is in question, what it wrote."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bench.edits.journal import Line
from bench.edits.place import Place, Texts, of_value, record, says
from bench.edits.register import Register
from hub.flow.hub import Hub
from hub.store import golden as goldens
from hub.store import records
from hub.store.golden import Golden
from hub.views.customer import Customer, FieldView, card
from hub.views.disputes import disputes
from hub.views.sentences import sentences


@dataclass(slots=True)
class Seen:
    """The hub's answers at one moment."""

    hub: Hub
    register: Register
    golden: dict[str, Golden] = field(default_factory=dict)
    """Source record → the golden record it is in."""
    cards: dict[str, Customer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with self.hub.store.read() as connection:
            every = {one.golden_id: one for one in goldens.everyone(connection)}
            held = records.of_golden(connection, sorted(every))
        for golden_id, some in held.items():
            self.golden |= {str(one.key): every[golden_id] for one in some.values()}

    def says(self, place: Place) -> Texts:
        """What the golden record of a place's customer says."""
        golden, told = self.golden.get(self._record(place)), Texts()
        for name, value in golden.document.items() if golden else ():
            told |= of_value(name, value)
        return told

    def shows(self, line: Line) -> bool:
        """Whether a value is the golden one, or a visible loser, or one of those in question."""
        if says(self.says(line.place).get(line.unit), line.after):
            return True
        view = self._field(line)
        return view is not None and any(
            says(of_value(line.unit[0], value).get(line.unit), line.after)
            for source, value in _others(view)
            if line.after is not None or source == self._record(line.place)
        )

    def tells(self, line: Line) -> bool:
        """Whether the hub says that it wrote over what a line says: in its ledger, or as :meth:`shows`."""
        told = self._card(line.place)
        ledger = [one for one in (told.ledger or () if told else ()) if one.raw_key == line.place.key]
        name = line.unit[0]
        before = [of_value(name, one.before) for one in ledger if one.field == name and one.at >= line.at]
        return any(one.get(line.unit) == line.after for one in before) or self.shows(line)

    def _field(self, line: Line) -> FieldView | None:
        told = self._card(line.place)
        return next((one for one in told.fields if one.name == line.unit[0]), None) if told else None

    def _card(self, place: Place) -> Customer | None:
        golden = self.golden.get(self._record(place))
        if golden and golden.golden_id not in self.cards:
            with self.hub.store.read() as connection:
                self.cards[golden.golden_id] = card(self.hub, connection, golden, sentences(), ledger=True)
        return self.cards[golden.golden_id] if golden else None

    def _record(self, place: Place) -> str:
        return record(place, self.register.kind(self.register.owners[place]))


def _others(view: FieldView) -> Iterator[tuple[str, Any]]:
    for rival in (*view.others, *view.overruled):
        yield rival.source, rival.value
    for some in view.candidates.values():
        for one in some:
            yield "", one["value"]


def asked(hub: Hub, register: Register) -> Iterator[tuple[tuple[str, str, str], str]]:
    """Every value somebody is asked about now, with the cell it is for."""
    for one in disputes(hub).questions:
        customer = register.of(record for choice in one.choices for record in choice.records)
        for choice in one.choices:
            for unit, text in of_value(one.field, choice.value).items():
                yield (customer, *unit), text
