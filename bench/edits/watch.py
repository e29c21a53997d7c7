"""What the hub wrote, taken down sync by sync while the driver still knows what was where."""

from dataclasses import dataclass, field

from bench.edits.hands import Hands
from bench.edits.judge.writes import Emptied, Made, emptied
from bench.edits.place import HOMES, Place, lenses, texts
from sandbox.core.journal import Entry


@dataclass(slots=True)
class Watch:
    """Reads the systems' own journal from where it last stopped."""

    hands: Hands
    seq: int = 0
    made: list[Made] = field(default_factory=list)
    emptied: list[Emptied] = field(default_factory=list)
    writes: int = 0

    def look(self) -> int:
        """Take in what was entered since; returns how many writes of the hub that were."""
        entries = list(self.hands.stage.world.journal.since(self.seq))
        ours = [one for one in entries if one.actor == "hub"]
        for one in ours:
            self._take(one)
        self.seq = entries[-1].seq if entries else self.seq
        self.writes += len(ours)
        return len(ours)

    def _take(self, entry: Entry) -> None:
        place = Place(entry.system, entry.object, entry.key)
        if entry.action == "create":
            self._made(entry, place)
        elif place in self.hands.register.owners:
            customer = self.hands.register.owners[place]
            some = lenses(self.hands.stage.mappings, place, self.hands.register.kind(customer))
            self.emptied += emptied(entry, place, customer, some)

    def _made(self, entry: Entry, place: Place) -> None:
        """A new record is his whose name it bears."""
        register, found = self.hands.register, self.hands.look(place)
        customer = register.whose(texts(found))
        if not customer:
            return
        same = HOMES[entry.system, register.kind(customer)] == entry.object
        had = [one for one in register.living(customer) if one.system == entry.system and same]
        self.made.append(Made(entry.at, place, customer, tuple(had)))
        register.owners[place] = customer
        self.hands.remember(customer, found, found.document().keys() if found else set())
