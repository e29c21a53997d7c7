"""Who types while the hub is at work: between two pages of a pull, and between its look and its write."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from bench.edits.journal import Line, When
from bench.edits.place import Place, texts
from bench.edits.work import LATE, Work
from connectors.contract import Page, Receipt, Write
from connectors.shape import at
from hub.mapping.lens import Lens

OFTEN = 0.4
"""How often somebody types at such a moment, while there is somebody left who would."""
A_SECOND = timedelta(seconds=1)


@dataclass(slots=True)
class Meanwhile:
    """The moments of one sync at which people act, each with how many of them there are left."""

    work: Work
    pulling: int = 0
    gaps: int = 0
    typed: list[Line] = field(default_factory=list)
    """In the gap before the write that is on its way."""

    def pulled(self, system: str, obj: str, page: Page) -> None:
        """A page was read: somebody edits one of its records, or anything else."""
        hands = self.work.hands
        if self.pulling <= 0 or not hands.words.dice.chance(OFTEN):
            return
        self.pulling -= 1
        hands.stage.pass_time(A_SECOND)
        places = [Place(system, obj, one.key) for one in page.records]
        known = [one for one in places if hands.register.lives(one)]
        if known and hands.words.dice.chance(0.6):
            self._at("pulling", hands.words.dice.choice(known))
        else:
            self._anywhere("pulling")

    def gap(self, system: str, obj: str, writes: Sequence[Write]) -> None:
        """Somebody types in a record about to be written, half of the time in the very field."""
        hands = self.work.hands
        places = [(Place(system, obj, one.key), one) for one in writes if one.key]
        mine = [it for it in places if hands.register.lives(it[0])]
        if self.gaps <= 0 or not mine or not hands.words.dice.chance(OFTEN):
            return
        self.gaps -= 1
        place, write = hands.words.dice.choice(mine)
        names = [name for name, lens in hands.lenses(place).items() if _writes(write, lens)]
        name = hands.words.dice.choice(names) if names and hands.words.dice.chance(0.5) else ""
        self.typed += self._at("gap", place, name)

    def sent(self, system: str, obj: str, receipts: Sequence[Receipt]) -> None:
        """What of that the write went over."""
        hands = self.work.hands
        for one in self.typed:
            if texts(hands.look(one.place)).get(one.unit) != one.after:
                hands.journal.raced.append(one)
        self.typed.clear()

    def _at(self, when: When, place: Place, name: str = "") -> list[Line]:
        hands = self.work.hands
        before, number, hands.when = hands.when, len(hands.journal.lines), when
        self.work.in_record(place, name)
        hands.when = before
        return hands.journal.lines[number:]

    def _anywhere(self, when: When) -> None:
        hands = self.work.hands
        before, hands.when = hands.when, when
        self.work.act(LATE)
        hands.when = before


def _writes(write: Write, lens: Lens) -> bool:
    """Whether a write puts a value in this field."""
    return any(at(write.data, ".".join(part.path)) is not None for part in lens.parts)
