"""New blocking keys, candidates and scores where the evidence changed, batch by batch.

Each batch is a transaction, in which the records are ticked off as compared, and whoever has a pair
touched is marked to be settled: killed between two batches, the next run goes on with what is left.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hub.flow.describe import Models, describe, models_of
from hub.flow.hub import Hub
from hub.identity.blocking import blocking_keys
from hub.identity.features import Features
from hub.identity.scoring import ACCEPT, REVIEW, Score, score
from hub.store import identity, records
from hub.store.engine import Connection
from hub.store.records import Mark

BATCH = 2_000
"""Records scored in one transaction; bounds memory."""
REMEMBERED = 50_000
"""Features kept for later batches; bounds memory."""


@dataclass(slots=True)
class _Memory:
    """What earlier batches have described."""

    models: Models
    later: set[int]
    """Rows of batches still to come: they are compared then, with their new keys."""
    known: dict[int, Features] = field(default_factory=dict)

    def keep(self, found: Mapping[int, Features]) -> None:
        if len(self.known) > REMEMBERED:
            self.known.clear()
        self.known |= found


def rescore(hub: Hub, marks: Mapping[int, Mark]) -> None:
    """Compare these records anew with all others. ``marks``: row id → the change of its evidence."""
    memory, rows = _Memory(models_of(hub), set(marks)), sorted(marks)
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        memory.later.difference_update(batch)
        with hub.store.begin() as connection:
            touched = _rescore(connection, batch, memory)
            records.soil(connection, touched, compare=False)
            records.compared(connection, {row: marks[row] for row in batch})


def _rescore(connection: Connection, batch: Sequence[int], memory: _Memory) -> set[int]:
    mine = describe(connection, records.by_ids(connection, batch), memory.models)
    identity.replace_keys(connection, {row: _keys(one) for row, one in mine.items()})
    memory.keep(mine)
    pairs = {pair for pair in identity.candidates(connection, batch) if memory.later.isdisjoint(pair)}
    others = {row for pair in pairs for row in pair} - memory.known.keys()
    theirs = describe(connection, records.by_ids(connection, sorted(others)), memory.models)
    found = {**memory.known, **theirs}
    memory.keep(theirs)
    scored = ((pair, _score(found, pair, memory.models)) for pair in sorted(pairs))
    kept = [
        (pair, one.total, one.verdict, one.evidence)
        for pair, one in scored
        if one.verdict in (ACCEPT, REVIEW)
    ]
    return identity.replace_edges(connection, batch, kept)


def _keys(one: Features) -> frozenset[str]:
    """People and organisations never share a key."""
    return frozenset(f"{one.kind[0]}{key}"[:255] for key in blocking_keys(one))


def _score(known: Mapping[int, Features], pair: identity.Pair, models: Models) -> Score:
    left, right = known[pair[0]], known[pair[1]]
    return score(left, right, models[left.kind])
