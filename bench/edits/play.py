"""One population's story: a first load, rounds of people at work with things going wrong, and rest."""

import sys
from collections.abc import Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from bench.edits.between import Between, Script
from bench.edits.gap import Meanwhile
from bench.edits.hands import Hands
from bench.edits.invented import Customer, Words, customers
from bench.edits.journal import Cell, Journal, Line
from bench.edits.judge.found import Found
from bench.edits.judge.known import Known
from bench.edits.judge.mailboxes import wrong_mailboxes
from bench.edits.mishaps import Mishaps
from bench.edits.place import Place, Texts, of_value, texts
from bench.edits.register import Register
from bench.edits.rows import seeds
from bench.edits.seen import Seen, asked
from bench.edits.stage import SEEN, Stage, shipped, staged
from bench.edits.steward import Steward
from bench.edits.watch import Watch
from bench.edits.work import Work
from sandbox.people.dice import Dice

MOST_SYNCS = 6
"""A first load that has not come to rest by then is not at rest."""
SHARE = 0.08
"""Acts of a round, of the customers: two thirds of them before its sync, the others while it runs."""
A_MINUTE = timedelta(minutes=1)


@dataclass(slots=True)
class Story:
    """Everything that is known while it is played, and after."""

    stage: Stage
    hands: Hands
    work: Work
    mishaps: Mishaps
    meanwhile: Meanwhile
    steward: Steward
    known: Known
    watch: Watch
    at_rest: bool = False
    asked: set[tuple[Cell, str]] = field(default_factory=set)
    told: set[tuple[int, tuple[str, str]]] = field(default_factory=set)
    """Act and unit of what was overwritten in the gap and is told of."""
    mailboxes: list[Found] = field(default_factory=list)
    deals_judged: int = 0
    late_writes: int = 0
    """Writes of the sync after two quiet ones."""

    @property
    def journal(self) -> Journal:
        """What people typed."""
        return self.hands.journal

    @property
    def register(self) -> Register:
        """Which record is whose."""
        return self.hands.register

    def play(self, rounds: int) -> None:
        """All of it."""
        self._load()
        for number in range(1, rounds + 1):
            self._round(number)
            if number % 5 == 0 or number == rounds:
                say(f"round {number}: {self.journal.acts} acts, {self.watch.writes} writes of the hub")
        self._rest(rounds)

    def _load(self) -> None:
        for _ in range(MOST_SYNCS):
            self.stage.pass_time(10 * A_MINUTE)
            self._sync(everything=True)
            if self.watch.look() == 0:
                self.at_rest = True
                return

    def _round(self, number: int) -> None:
        self.hands.round, self.hands.when = number, "before"
        dice, acts = self.hands.words.dice, max(3, round(SHARE * len(self.work.customers)))
        self.mishaps.begin(number)
        self.work.mend()
        early = max(1, acts * 2 // 3)
        for _ in range(early):
            self.stage.pass_time(dice.randint(8, 12) * A_MINUTE / early)
            self.work.act()
        self.stage.pass_time(2 * A_MINUTE)
        self.meanwhile.at_work(max(1, acts // 8))
        self._sync(late=max(1, acts // 10))
        self.meanwhile.over()
        self._after(number)

    def _after(self, number: int) -> None:
        self.watch.look()
        self.asked |= set(asked(self.stage.hub, self.register))
        self._tell([one for one in self.journal.raced if one.round >= number - 2])
        for deal in [one for one in self.work.deals if one.round == number - 1]:
            self.deals_judged += 1
            self.mailboxes += wrong_mailboxes(deal, self.journal, self._holding)

    def _tell(self, raced: list[Line]) -> None:
        new = [one for one in raced if (one.act, one.unit) not in self.told]
        seen = Seen(self.stage.hub, self.register) if new else None
        self.told |= {(one.act, one.unit) for one in new if seen and seen.tells(one)}

    def _rest(self, rounds: int) -> None:
        """Nobody acts: two syncs, one more for what was held and released, one that ought to be silent."""
        self.hands.round, released = rounds + 1, 0
        for _ in range(2):
            before = self.steward.approved
            self._quiet_sync()
            released += self.steward.approved - before
        if released:
            self._quiet_sync()
        self.late_writes = self._quiet_sync()
        self._tell(self.journal.raced)

    def _quiet_sync(self) -> int:
        self.stage.pass_time(12 * A_MINUTE)
        self._sync()
        self.asked |= set(asked(self.stage.hub, self.register))
        return self.watch.look()

    def _sync(self, late: int = 0, everything: bool = False) -> None:
        """Pull, people who type meanwhile, publish; the steward decides on what is held."""
        self.stage.pull()
        self.mishaps.read()
        for _ in range(late):
            self.meanwhile.pulled_all()
        for system in self.stage.systems:
            self.stage.publish(system)
            if self.steward.look(self.stage.hub, system, everything):
                self.stage.publish(system)

    def _holding(self, customer: str, name: str) -> dict[Place, set[str]]:
        held: dict[Place, set[str]] = {}
        for place in self.register.living(customer):
            if self.journal.hides(place.system, name, self.hands.round - 1, self.hands.round):
                continue
            lens, found = self.hands.lenses(place).get(name), self.hands.look(place)
            if lens is not None and lens.write_rule == "always" and found is not None:
                held[place] = {text for (field_, _), text in texts(found).items() if field_ == name}
        return held


@contextmanager
def story(number: int, seed: int, rounds: int, store: str) -> Iterator[Story]:
    """The stage set: customers in their systems, nobody at work yet."""
    words = Words(Dice(f"{seed} edits"))
    every, mappings = customers(number, words), shipped()
    rows, owners = seeds(mappings, every, SEEN)
    with staged(rows, mappings, store) as stage:
        journal, register = Journal(), Register({one.id: one for one in every}, owners)
        hands = Hands(stage, words, journal, register)
        said: dict[str, Texts] = {}
        for one in every:
            said[one.id] = _said(one, {name for it in register.living(one.id) for name in hands.lenses(it)})
            register.note(one.id, said[one.id])
        work, known, script = Work(hands, every), Known(said, journal), Script()
        meanwhile = Meanwhile(work)
        script.pulled, script.gap, script.sent = meanwhile.pulled, meanwhile.gap, meanwhile.sent
        stage.wrap = lambda system, real: Between(system, real, script)
        yield Story(
            stage,
            hands,
            work,
            Mishaps(hands, script, rounds),
            meanwhile,
            Steward(journal, known, register),
            known,
            Watch(hands, seq=stage.mark()),
        )


def _said(one: Customer, fields: Set[str]) -> Texts:
    """What the systems that have this customer say of him at first, in the fields they have."""
    told: Texts = {}
    for name in one.values.keys() & fields:
        told |= of_value(name, one.values[name])
    return told


def say(text: str) -> None:
    """A line on stderr."""
    print(text, file=sys.stderr, flush=True)
