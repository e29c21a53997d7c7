"""Near rivals, each beside true duplicates of both: for how often two customers are taken for one.

As many of each kind as the records allow, in turn; 65,000 records are 1,000 of each. ``rival`` names it.
"""

from collections.abc import Iterator
from random import Random

import pyarrow as pa

from bench.identity.made import near, written
from bench.identity.made.european import Firm, Person, World
from bench.identity.made.rows import Row, cut

COLUMNS = (*written.COLUMNS, "rival", "customer")
ROLES = written.ROLES
RIVAL = "rival"
RECORDS = (2, 3)
"""Of a customer, at least and at most."""
HABIT = written.Habit(name=1.0, birth=0.5, address=0.75)
"""Nobody is nameless: a shared mailbox would then be all there is."""


def parts(records: int, seed: int) -> Iterator[pa.Table]:
    """Exactly ``records`` records."""
    return cut(COLUMNS, _rows(World(Random(seed))), records)


def _rows(world: World) -> Iterator[Row]:
    number = 0
    while True:
        number += 1
        for kind, drawn in near.KINDS.items():
            one, other = drawn(world)
            group = [*_told(world, one, "a"), *_told(world, other, "b")]
            world.dice.shuffle(group)
            for row in group:
                yield {**row, RIVAL: kind, "customer": f"{kind} {number} {row['customer']}"}


def _told(world: World, one: Person | Firm, who: str) -> list[dict[str, str | None]]:
    some = range(world.dice.randint(*RECORDS))
    if isinstance(one, Person):
        rows = [written.person(world.dice, one, HABIT) for _ in some]
    else:
        rows = [written.firm(world.dice, one, HABIT) for _ in some]
    return [{**row, "customer": who} for row in rows]
