"""One population from first load to the last round, and all the hub wrote on the way."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from bench.harm.edits import Workforce
from bench.harm.identity import Identity
from bench.harm.judge import APART
from bench.harm.stage import START, Stage, staged
from bench.harm.truth import about, truths
from bench.harm.writes import Shelf, Written, judged, shelf
from sandbox.people import population
from sandbox.people.dice import Dice

MOST_SYNCS = 6
"""A first load that has not come to rest by then is not at rest."""
HALF_TIME = timedelta(minutes=5)
"""People type between two syncs, not at the end of one."""


@dataclass(slots=True)
class Phase:
    """What the hub wrote in the first load, or in the rounds."""

    writes: list[Written] = field(default_factory=list)
    wrong_identity: list[Written] = field(default_factory=list)
    mistakes: list[Written] = field(default_factory=list)
    """Writes that carry on what somebody had mistyped."""
    apart: list[Written] = field(default_factory=list)
    """Writes of fields counted beside the main figure."""
    syncs: int = 0
    created: int = 0
    at_rest: bool = False


@dataclass(slots=True)
class Played:
    """One population's story."""

    people: int
    first_load: Phase = field(default_factory=Phase)
    rounds: Phase = field(default_factory=Phase)
    edits: Counter[str] = field(default_factory=Counter)
    strangers: int = 0
    """Golden ids with two people or more, at the end."""
    questions: Counter[str] = field(default_factory=Counter)
    """What nothing decided after the first load: customers asked about, cells left alone."""


def play(customers: int, seed: int, rounds: int) -> Played:
    """First load until a whole sync writes nothing; then so many rounds of edits, each with one sync."""
    people = population(customers, seed, START)
    known, told = truths(people), shelf(people)
    with staged(people) as stage:
        who = Identity(about(people))
        force = Workforce(Dice(f"{seed} at work"), stage, told, known, who.customers)
        played = Played(len(known))
        _load(played.first_load, stage, told, who, force)
        played.questions = stage.questions()
        for _ in range(rounds):
            stage.pass_time(HALF_TIME)
            force.work()
            _sync(played.rounds, stage, told, who, force)
    played.edits, played.strangers = force.counts, who.strangers
    return played


def _load(phase: Phase, stage: Stage, told: Shelf, who: Identity, force: Workforce) -> None:
    while not phase.at_rest and phase.syncs < MOST_SYNCS:
        phase.at_rest = _sync(phase, stage, told, who, force) == 0


def _sync(phase: Phase, stage: Stage, told: Shelf, who: Identity, force: Workforce) -> int:
    """One sync, judged at once, while the truth is as it was; returns how many requests changed something."""
    stage.pull()
    who.look(stage.clusters())
    told.catch_up(stage.world.journal)
    stage.publish()
    entries = [one for one in told.news(stage.world.journal) if one.before or one.after]
    for one in judged(told.turn(entries), who.customers, force.truths):
        _sort(phase, one, who, force)
    phase.syncs += 1
    phase.created += sum(one.action == "create" for one in entries)
    return len(entries)


def _sort(phase: Phase, one: Written, who: Identity, force: Workforce) -> None:
    if one.key in who.mixed:
        phase.wrong_identity.append(one)
    elif one.field in APART:
        phase.apart.append(one)
    elif force.carried(one):
        phase.mistakes.append(one)
    else:
        phase.writes.append(one)
