"""One run: people edit while the hub syncs; then edits stop and the world must come to rest."""

from dataclasses import asdict, dataclass, replace
from random import Random

from bench.convergence.hub import SimulatedHub
from bench.convergence.judge import Judge
from bench.convergence.world import Edit, Shown, System, Traits, World
from hub.model.rule import Rule

FIELDS = ("city", "name", "emails")
RULES = {"city": Rule("latest"), "name": Rule("most_agreed"), "emails": Rule("union")}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the judge counted, and whether the world came to rest."""

    events: int
    writes: int
    lost_edits: int
    echo_writes: int
    writes_at_rest: int
    """Writes in the sync after two undisturbed ones: must be none."""
    disagreeing_cells: int
    """Cells that differ from their golden value when all is quiet."""
    stale_winners: int
    """Golden values that an edit the hub knew of earlier holds against a later one."""

    def as_dict(self) -> dict[str, int]:
        """For JSON."""
        return asdict(self)


def dice_traits(dice: Random) -> list[Traits]:
    """Four systems with random manners; one declares nothing about how it folds values."""
    return [
        Traits(
            name,
            lag=dice.choice([0, 0, 10, 60]),
            skew=dice.choice([0, -600, 600]),
            keeps=dice.choice([12, 40]),
            secretive=name == "finance" and dice.random() < 0.5,
            places=dice.choice([1, 1, 2]),
            loses=dice.choice([0.0, 0.0, 0.1]),
        )
        for name in ("finance", "marketing", "sales", "ticketing")
    ]


def run(seed: int, events: int = 200, customers: int = 3, *, echo: bool = True) -> Outcome:
    """Play one world; every random choice comes from ``seed``."""
    dice = Random(seed)  # noqa: S311 - a simulation wants repeatable dice, not secrets
    systems = {one.name: System(one) for one in dice_traits(dice)}
    world = World(dice, systems, customers, FIELDS)
    world.populate()
    judge = Judge()
    hub = SimulatedHub(world, judge, RULES, echo)
    for _ in range(events):
        _turn(world, hub)
    at_rest = _settle(world, hub)
    return Outcome(
        events,
        judge.writes,
        judge.lost_edits,
        judge.echo_writes,
        at_rest,
        _disagreeing(world, hub),
        _stale(world, hub),
    )


def _turn(world: World, hub: SimulatedHub) -> None:
    """One event: somebody edits, or one system is pulled, or one is published to."""
    world.time += world.dice.randrange(1, 40)
    name = world.dice.choice(sorted(world.systems))
    roll = world.dice.random()
    if roll < 0.3:
        world.human_edit()
    elif roll < 0.75:
        hub.pull(name)
    else:
        hub.publish(name)


def _settle(world: World, hub: SimulatedHub) -> int:
    """Edits stop, answers come: sync until the lags are over; returns what the last sync still sent."""
    for system in world.systems.values():
        system.traits = replace(system.traits, loses=0.0)
    sent = 0
    for _ in range(4):
        world.time += 120
        for name in world.systems:
            hub.pull(name)
        sent = sum(hub.publish(name) for name in world.systems)
    return sent


def _disagreeing(world: World, hub: SimulatedHub) -> int:
    return sum(
        not _agrees(system, customer, name, hub)
        for system in world.systems.values()
        for customer, name in system.cells
    )


def _agrees(system: System, customer: int, name: str, hub: SimulatedHub) -> bool:
    shown = system.now((customer, name)).value
    if isinstance(shown, tuple):
        golden = hub.golden(customer, name)
        elements = golden if isinstance(golden, list) else []
        held = [one for one in shown if one is not None]
        return set(held) <= set(map(str, elements)) and len(held) == min(len(shown), len(elements))
    golden = hub.wanted((system.traits.name, customer, name))
    if system.traits.secretive and isinstance(golden, str) and isinstance(shown, str):
        return golden.upper().startswith(shown.upper())
    return shown == system.project(golden)


def _stale(world: World, hub: SimulatedHub) -> int:
    """Values of ``latest`` held by one edit although another was certainly, and visibly, later."""
    return sum(_is_stale(world, hub, customer) for customer in range(world.customers))


def _is_stale(world: World, hub: SimulatedHub, customer: int) -> bool:
    edits = [one for one in world.journal if (one.customer, one.field) == (customer, "city")]
    emptied = max((one.at for one in edits if one.value is None), default=-1)
    golden = hub.golden(customer, "city")
    known = [one.shown_at for one in edits if one.value and _kept(world, one) == golden]
    if not known or known[0] is None:
        return False
    # What somebody has since emptied may rightly fall back to an older value that still stands.
    later = [one for one in edits if one.value and one.shown_at and one.at > emptied]
    return any(hub.judge.certainly_later(one, known[0]) for one in later)


def _kept(world: World, edit: Edit) -> Shown:
    return world.systems[edit.system].project(edit.value)
