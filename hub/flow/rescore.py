"""New blocking keys, candidates and scores where the evidence changed, batch by batch.

A batch ends with the transaction that stores its pairs, ticks its records off as compared, and marks
whoever had a pair touched to be settled: killed before it, the next run does that batch again.
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
        _describe(hub, batch, memory)
        with hub.store.read() as connection:
            scored = _scored(connection, batch, memory)
        with hub.store.begin() as connection:
            touched = identity.replace_edges(connection, batch, scored)
            records.soil(connection, touched, compare=False)
            records.compared(connection, {row: marks[row] for row in batch})


def _describe(hub: Hub, batch: Sequence[int], memory: _Memory) -> None:
    """The features of a batch, and the keys by which others are found."""
    with hub.store.read() as connection:
        mine = describe(connection, records.by_ids(connection, batch), memory.models)
    with hub.store.begin() as connection:
        identity.replace_keys(connection, {row: _keys(one) for row, one in mine.items()})
    memory.keep(mine)


def _scored(connection: Connection, batch: Sequence[int], memory: _Memory) -> list[identity.Scored]:
    """Every pair of a batch that is, or may be, one customer."""
    pairs = {pair for pair in identity.candidates(connection, batch) if memory.later.isdisjoint(pair)}
    others = {row for pair in pairs for row in pair} - memory.known.keys()
    theirs = describe(connection, records.by_ids(connection, sorted(others)), memory.models)
    found = {**memory.known, **theirs}
    memory.keep(theirs)
    scored = ((pair, _score(found, pair, memory.models)) for pair in sorted(pairs))
    return [
        (pair, one.total, one.verdict, one.evidence)
        for pair, one in scored
        if one.verdict in (ACCEPT, REVIEW)
    ]


def _keys(one: Features) -> frozenset[str]:
    """People and organisations never share a key."""
    return frozenset(f"{one.kind[0]}{key}"[:255] for key in blocking_keys(one))


def _score(known: Mapping[int, Features], pair: identity.Pair, models: Models) -> Score:
    left, right = known[pair[0]], known[pair[1]]
    return score(left, right, models[left.kind])
