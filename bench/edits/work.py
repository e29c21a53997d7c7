"""People at work: who does what, by weight and by chance."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bench.edits.deals import Deal, deal_along, swap
from bench.edits.fields import Data, another, emptied, retyped
from bench.edits.hands import Hands
from bench.edits.invented import Customer
from bench.edits.journal import Line
from bench.edits.lives import delete, duplicate, merge, restore
from bench.edits.place import CONSENTS, LISTS, Place
from bench.edits.touches import broken, mended, touched

WEIGHTS = {
    "edit": 42,
    "empty": 8,
    "retype": 9,
    "rival": 12,
    "clash": 0.6,
    "no": 4,
    "yes": 2,
    "unreadable": 4,
    "touch": 4,
    "swap": 3,
    "chain": 3,
    "duplicate": 2,
    "merge": 2,
    "delete": 2,
    "restore": 2,
}
"""Of a hundred acts about so many; a *rival* edit is one of what was edited elsewhere in an earlier round, a
*clash* in the same."""
LATE = ("edit", "empty", "retype", "no", "touch")
"""What people do while the hub is at work."""
HOT, BUSY = 0.15, 0.5
"""So many of the customers have so many of the acts."""
TRIES = 8
NEVER = 10**6
"""A round that does not come."""


@dataclass(slots=True)
class Work:
    """Everybody's day."""

    hands: Hands
    customers: list[Customer]
    deals: list[Deal] = field(default_factory=list)
    mending: dict[Place, tuple[int, str]] = field(default_factory=dict)
    """Records with something unreadable in them → the round in which it is put right, and the field."""

    def act(self, kinds: tuple[str, ...] = tuple(WEIGHTS)) -> bool:
        """One act of one of these kinds; whether anybody found something to do."""
        dice = self.hands.words.dice
        for _ in range(TRIES):
            kind = dice.among(kinds, [WEIGHTS[one] for one in kinds])
            if self._kinds()[kind]():
                return True
        return False

    def _kinds(self) -> dict[str, Callable[[], bool]]:
        return {
            "edit": lambda: self._typed("edit", self._somewhere()),
            "empty": lambda: self._typed("empty", self._somewhere()),
            "retype": lambda: self._typed("retype", self._somewhere()),
            "rival": lambda: self._typed("rival", self._elsewhere(same_round=False)),
            "clash": lambda: self._typed("clash", self._elsewhere(same_round=True)),
            "no": self._no,
            "yes": self._yes,
            "unreadable": self._unreadable,
            "touch": self._touch,
            "swap": self._swap,
            "chain": self._chain,
            "duplicate": lambda: duplicate(self.hands, self._someone().id),
            "merge": lambda: merge(self.hands),
            "delete": lambda: delete(self.hands, self._someone().id),
            "restore": lambda: restore(self.hands),
        }

    def in_record(self, place: Place, name: str = "") -> bool:
        """Somebody edits this very record: this field, or any."""
        return self._typed("edit", (place, name or self._field(place)))

    def _typed(self, kind: str, where: tuple[Place, str] | None) -> bool:
        data = self._data(kind, *where) if where else {}
        return bool(where and data and self.hands.type(where[0], data, kind))

    def _data(self, kind: str, place: Place, name: str) -> Data:
        hands, lens = self.hands, self.hands.lenses(place).get(name)
        found, customer = hands.look(place), hands.register.owners[place]
        if lens is None or found is None or self.mending.get(place, (0, ""))[1] == name:
            return {}
        if kind == "empty":
            return emptied(hands.words, place, lens, found)
        if kind == "retype":
            handed_on = name == "emails" and any(customer in one.wanted for one in self.deals)
            stood = [] if handed_on else hands.stood.get((customer, name), [])
            return retyped(hands.words, lens, found, stood)
        return another(hands.words, lens, found, hands.register.kind(customer))

    def _someone(self) -> Customer:
        dice, hot = self.hands.words.dice, max(1, round(HOT * len(self.customers)))
        return self.customers[dice.randrange(hot if dice.chance(BUSY) else len(self.customers))]

    def _people(self, number: int) -> list[str]:
        people = [one.id for one in self.customers if one.kind == "person"]
        return self.hands.words.dice.sample(people, min(number, len(people)))

    def _somewhere(self) -> tuple[Place, str] | None:
        places = self.hands.register.living(self._someone().id)
        if not places:
            return None
        place = self.hands.words.dice.choice(places)
        return place, self._field(place)

    def _field(self, place: Place) -> str:
        """A field that is no consent, for that is said on purpose."""
        return self.hands.words.dice.choice([one for one in self.hands.lenses(place) if one not in CONSENTS])

    def _elsewhere(self, same_round: bool) -> tuple[Place, str] | None:
        """Another record with room for what was edited in one."""
        hands, now = self.hands, self.hands.round
        recent = [one for one in hands.journal.lines[-400:] if one.deliberate]
        some = [one for one in recent if self._recent(one, same_round, now)]
        if not some:
            return None
        line = hands.words.dice.choice(some)
        places = [one for one in hands.register.living(line.customer) if one.system != line.place.system]
        fitting = [one for one in places if line.unit[0] in hands.lenses(one)]
        return (hands.words.dice.choice(fitting), line.unit[0]) if fitting else None

    @staticmethod
    def _recent(line: Line, same_round: bool, now: int) -> bool:
        plain = line.kind in ("edit", "retype", "rival") and line.unit[0] not in (*LISTS, *CONSENTS)
        return plain and (line.round == now) == same_round

    def _no(self) -> bool:
        places = [one for one in self.hands.register.living(self._someone().id) if self._asks(one)]
        if not places:
            return False
        place = self.hands.words.dice.choice(places)
        return self._typed("no", (place, self.hands.words.dice.choice(self._asks(place))))

    def _asks(self, place: Place) -> list[str]:
        return [one for one in CONSENTS if one in self.hands.lenses(place)]

    def _yes(self) -> bool:
        """A dated yes, which only Brevo's people may say."""
        places = [one for one in self.hands.register.living(self._someone().id) if one.system == "brevo"]
        for place in places:
            found = self.hands.look(place)
            said = [one for one in CONSENTS if found and found.values.get(one) == "no"]
            if said:
                lens = self.hands.lenses(place)[said[0]]
                return bool(self.hands.type(place, lens.write(None), "yes"))
        return False

    def _unreadable(self) -> bool:
        """Something nobody can read is typed, half of the time with a no; put right two rounds later.

        Half of those with a no never are: it must reach the other systems all the same.
        """
        dice = self.hands.words.dice
        heard = self._heard_elsewhere() if dice.chance(0.3) else None
        somewhere = self._somewhere()
        place = heard or (somewhere[0] if somewhere else None)
        if place is None or place in self.mending:
            return False
        also = self._asks(place) if heard or dice.chance(0.5) else []
        name = broken(self.hands, place, also)
        if name:
            never = bool(also) and (bool(heard) or dice.chance(0.5))
            self.mending[place] = NEVER if never else self.hands.round + 2, name
        return bool(name)

    def _heard_elsewhere(self) -> Place | None:
        """A record whose *no* stands in Brevo only if the hub has heard it."""
        some = [
            one
            for one in self.hands.register.records("hubspot", "contacts")
            if any(it.system == "brevo" for it in self.hands.register.living(self.hands.register.owners[one]))
        ]
        return self.hands.words.dice.choice(some) if some else None

    def mend(self) -> None:
        """What was unreadable for two rounds is put right."""
        for place, (when, name) in list(self.mending.items()):
            if when <= self.hands.round:
                del self.mending[place]
                if self.hands.register.lives(place):
                    mended(self.hands, place, name)

    def _touch(self) -> bool:
        where = self._somewhere()
        return where is not None and touched(self.hands, where[0])

    def _swap(self) -> bool:
        phones = self.hands.words.dice.chance(0.4)
        return self._dealt(swap(self.hands, self._people(2), "phones" if phones else "emails"))

    def _chain(self) -> bool:
        return self._dealt(deal_along(self.hands, self._people(self.hands.words.dice.randint(2, 4))))

    def _dealt(self, deal: Deal | None) -> bool:
        self.deals += [deal] if deal else []
        return deal is not None
