"""Who types while the hub is at work: between two pages of a pull, and between its look and its write."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bench.edits.invented import Words
from bench.edits.journal import Line, When
from bench.edits.place import Place, Texts, texts
from bench.edits.work import LATE, Work
from connectors.contract import Json, Page, Receipt, Write
from hub.mapping.lens import Lens
from hub.mapping.paths import Path
from sandbox.people.dice import Dice

OFTEN = 0.4
"""How often somebody types at such a moment, while there is somebody left who would."""
A_SECOND = timedelta(seconds=1)
A_REQUEST = timedelta(milliseconds=100)
"""From what somebody typed in the gap to the write."""


@dataclass(slots=True)
class Meanwhile:
    """The moments of one sync at which people act, each with how many of them there are left."""

    work: Work
    pulling: int = 0
    racing: set[str] = field(default_factory=set)
    """Customers somebody types of in the gap before their first write."""
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
        """Somebody types in a record about to be written, half of the time in the very field.

        With words of their own: the order in which the hub writes is by its own ids, which are new each time.
        """
        hands = self.work.hands
        for write in writes:
            place = Place(system, obj, write.key or "")
            if hands.register.lives(place) and hands.register.owners[place] in self.racing:
                self.racing.remove(hands.register.owners[place])
                usual, hands.words = hands.words, self._words(place)
                wanted = texts(hands.would_say(place, write.data))
                lines = self._at("gap", place, self._raced_field(place, write))
                self.typed += [one for one in lines if not self._said_as_well(one, wanted)]
                hands.words = usual
                hands.stage.pass_time(A_REQUEST)

    def _said_as_well(self, one: Line, wanted: Texts) -> bool:
        """Whether what was typed is what the hub is about to write there: nobody can tell the two."""
        lines = self.work.hands.journal.lines
        if one.after is None or wanted.get(one.unit) != one.after:
            return False  # who takes away what the hub takes away as well has still meant it
        lines[lines.index(one)] = replace(one, deliberate=False)
        return True

    def _words(self, place: Place) -> Words:
        hands, customer = self.work.hands, self.work.hands.register.owners[place]
        number = hands.round * 1_000 + hands.register.customers[customer].number
        return Words(Dice(f"{hands.round} {customer} {place.system}"), drawn=100_000 + 10 * number)

    def _raced_field(self, place: Place, write: Write) -> str:
        hands = self.work.hands
        names = [name for name, lens in hands.lenses(place).items() if _writes(write, lens)]
        return hands.words.dice.choice(names) if names and hands.words.dice.chance(0.5) else ""

    def at_work(self, number: int) -> None:
        """For one sync: so many acts while systems are pulled, and so many customers whose people are fast.

        These are customers of whom something was typed lately, for theirs are the records that are written.
        """
        hands = self.work.hands
        lately = [one.customer for one in hands.journal.lines if one.round >= hands.round - 1]
        some = sorted(set(lately))
        self.pulling, self.racing = number, set(hands.words.dice.sample(some, min(len(some), 2 * number)))

    def pulled_all(self) -> None:
        """Between the pulls and the writes somebody types: mostly of a customer who will be written."""
        hands = self.work.hands
        some = [it for one in sorted(self.racing) for it in hands.register.living(one)]
        if some and hands.words.dice.chance(0.6):
            self._at("pulled", hands.words.dice.choice(some))
        else:
            self._anywhere("pulled")

    def over(self) -> None:
        """The sync is over."""
        self.pulling, self.racing = 0, set()

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
    """Whether a write changes this field."""
    return any(_named(write.data, part.path) for part in lens.parts)


def _named(data: Json, path: Path) -> bool:
    """Whether there is anything at a path, be it None."""
    first, *rest = path
    if not rest or first not in data:
        return first in data
    return isinstance(data[first], dict) and _named(data[first], tuple(rest))
