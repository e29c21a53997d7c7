"""A hub after its first load, worked out once for each set of rows: every test begins with a copy of it.

The same history gives the same answer, so nobody sees the difference; loading is half of what most tests do.
"""

import pickle
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path

from sandbox.app import SYSTEMS
from sandbox.core.clock import ManualClock
from sandbox.core.standin import Rows, StandIn
from sandbox.core.world import World
from tests.databases import Databases
from tests.integration.stage import Stage, Staged, played, staged


@dataclass(frozen=True)
class _Kept:
    """Systems and a store that nobody uses any more."""

    world: World
    standins: Mapping[str, StandIn]
    store: str


_KEPT: dict[tuple[Path, bytes, int], _Kept] = {}
"""(Whose databases, rows, rounds) → what came of them."""


@contextmanager
def settled(databases: Databases, rows: Mapping[str, Rows], rounds: int) -> Iterator[tuple[Stage, Staged]]:
    """The four systems with these rows in them, and a hub that has synchronised them so many times."""
    known = databases.folder, pickle.dumps(rows), rounds
    kept = _KEPT.get(known) or _KEPT.setdefault(known, _loaded(databases, rows, rounds))
    world = replace(kept.world, clock=ManualClock(kept.world.clock.now()))
    world = replace(world, journal=kept.world.journal.copied(world.clock))
    with played(world, [_copied(kept, kind(world)) for kind in SYSTEMS]) as stage:
        yield stage, stage.hub(databases, store=databases.copied(kept.store))


def _loaded(databases: Databases, rows: Mapping[str, Rows], rounds: int) -> _Kept:
    store = databases.new()
    with staged(rows) as stage:
        stage.hub(databases, store=store).sync(rounds)
    return _Kept(stage.world, stage.standins, store)


def _copied(kept: _Kept, made: StandIn) -> StandIn:
    """A stand-in of another world with all that one of the kept ones holds."""
    old, world = kept.standins[made.name], made.world
    same = [(old, made), (kept.world, world), (kept.world.tokens, world.tokens)]
    same += [(kept.world.clock, world.clock), (kept.world.journal, world.journal)]
    told = {name: one for name, one in vars(old).items() if name != "app"}
    vars(made).update(deepcopy(told, {id(one): other for one, other in same}))
    return made
