"""The hub's own pure rules, driven against a simulated world: no store, no HTTP, the same decisions."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bench.convergence.judge import Judge
from bench.convergence.world import Shown, System, World
from hub.codecs.opinions import EXACT
from hub.golden import cell as cells
from hub.golden import roll as rolls
from hub.golden.cell import Cell
from hub.golden.choosing import survive
from hub.golden.claims import Claim, Reading, Rules
from hub.golden.roll import Roll
from hub.golden.testimony import Case, Testimony, Verdict
from hub.model.instant import Instant, instant
from hub.model.keys import RecordKey
from hub.model.rule import Rule
from hub.model.value import Slots, Value
from hub.publish.target import Stand, target
from hub.publish.want import Policy, want, want_roll

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
Place = tuple[str, int, str]


def at(seconds: int) -> Instant:
    """A simulated second as an instant."""
    return instant(EPOCH + timedelta(seconds=seconds))


@dataclass(slots=True)
class SimulatedHub:
    """Pulls, decides and writes; every customer is one record in each system."""

    world: World
    judge: Judge
    rules: dict[str, Rule]
    echo: bool = True
    held: dict[Place, Cell | Roll] = field(default_factory=dict)
    pulled: dict[str, int] = field(default_factory=dict)

    def pull(self, name: str) -> None:
        """Read every cell of one system, as its listing shows it."""
        system, now = self.world.systems[name], self.world.time
        since = self.pulled.get(name, 0) - system.traits.lag
        for (customer, field_name), history in system.cells.items():
            version = system.listed((customer, field_name), now)
            self.judge.shown((name, customer, field_name), version.edit, version.value, now)
            stamp = at(history[-1].at + system.traits.skew)
            self._observe((name, customer, field_name), version.value, Reading(at(now), at(since), stamp))
        self.pulled[name] = now
        self.judge.pulled(name, now - system.traits.lag)

    def publish(self, name: str) -> int:
        """Bring every cell of one system to its golden value, where it may be; returns the writes sent."""
        system = self.world.systems[name]
        return sum(self._bring(system, *place) for place in sorted(system.cells))

    def verdict(self, customer: int, field_name: str) -> Verdict:
        """What stands by the hub's rules, over the claims it holds."""
        said = [
            Testimony(RecordKey(name, "person", str(customer)), claim, overwritten)
            for name in self.world.systems
            for claim, overwritten in self._claims((name, customer, field_name))
        ]
        return survive(Case(self.rules[field_name], EXACT), said)

    def golden(self, customer: int, field_name: str) -> Value | None:
        """The golden value by the hub's rules, over the claims it holds."""
        return self.verdict(customer, field_name).value

    def wanted(self, place: Place) -> Value | None:
        """What a cell should show: the golden value, or while nothing decides what its people said."""
        held, verdict = self.held.get(place), self.verdict(*place[1:])
        cell = held if isinstance(held, Cell) else Cell()
        return target(Stand(verdict.value, verdict.standing, EXACT), cell, EXACT).value

    def _claims(self, place: Place) -> list[tuple[Claim, bool]]:
        held = self.held.get(place)
        if isinstance(held, Roll):
            return [(claim, False) for claim in held.claims.values()]
        return [(held.claim, held.overwritten)] if held and held.claim else []

    def _observe(self, place: Place, value: Shown, reading: Reading) -> None:
        held = self.held.get(place)
        rules = Rules(timedelta(seconds=self.world.systems[place[0]].traits.lag), self.echo)
        if isinstance(value, tuple):
            roll = held if isinstance(held, Roll) else None
            self.held[place] = rolls.observe(roll, value, reading, rules).roll
        else:
            cell = held if isinstance(held, Cell) else None
            self.held[place] = cells.observe(cell, value, reading, rules).cell

    def _bring(self, system: System, customer: int, field_name: str) -> int:
        place = (system.traits.name, customer, field_name)
        policy = Policy(clear=True)
        settled = at(self.pulled.get(system.traits.name, 0) - system.traits.lag)
        held = self.held.get(place)
        if isinstance(held, Roll):
            golden = self.golden(customer, field_name)
            elements = [str(one) for one in golden] if isinstance(golden, list) else []
            wish, slots = want_roll(held, elements, system.traits.places, policy, settled)
            return self._write_roll(system, place, held, slots) if wish.write else 0
        golden = self.wanted(place)
        known = golden if system.traits.secretive or golden is None else _cut(golden, system.traits.keeps)
        wish = want(held, known, policy, settled)
        return self._write(system, place, held, wish.value) if wish.write else 0

    def _write(self, system: System, place: Place, held: Cell | None, value: Value | None) -> int:
        known = [held.base, *(one.value for one in held.flight)] if held else [None]
        shown = system.now(place[1:]).value
        if shown not in known or shown == value:
            return 0
        self.held[place] = cells.sent(held, value, at(self.world.time))
        self._send(system, place, value)
        return 1

    def _write_roll(self, system: System, place: Place, held: Roll, slots: Slots) -> int:
        known = [held.base, *(tuple(one.value) for one in held.flight if isinstance(one.value, list))]
        shown = system.now(place[1:]).value
        if shown not in known or shown == slots:
            return 0
        self.held[place] = rolls.sent(held, slots, at(self.world.time))
        self._send(system, place, slots)
        return 1

    def _send(self, system: System, place: Place, value: Shown) -> None:
        lost = self.world.dice.random() < system.traits.loses
        landed = not lost or self.world.dice.random() < 0.5
        self.judge.written(place, system.now(place[1:]), value, lost)
        if landed:
            system.store(place[1:], value, self.world.time, None)


def _cut(value: Value, length: int) -> Value:
    return value[:length] if isinstance(value, str) else value
