"""Records described anew where their evidence changed, and compared with all that share a key with them.

A batch ends with the transaction that stores its pairs, ticks its records off as compared, and marks
whoever had a pair touched to be settled: killed before it, the next run does that batch again.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from hub.flow.bulk import bulk
from hub.flow.describe import describe, words_of
from hub.flow.hub import Hub, Matching
from hub.identity.candidates import CROWD
from hub.identity.rating import keys_of, rated
from hub.identity.weights import Weights
from hub.model.keys import KINDS
from hub.store import descriptions, identity, records
from hub.store.descriptions import Description
from hub.store.engine import Connection
from hub.store.records import Mark

BATCH = 10_000
"""Records compared in one transaction; bounds memory."""

ACCEPT, REVIEW = "accept", "review"
Marks = dict[int, Mark]


def rescore(hub: Hub, marks: Mapping[int, Mark], matching: Matching) -> None:
    """Compare these records anew with all others. ``marks``: row id → the change of its evidence."""
    crossed: Marks = {}
    for batch in _batches(marks):
        # The first mark stands: whose evidence changed meanwhile has one of its own, and stays marked.
        crossed = {**_described(hub, batch), **crossed}
    whole = {**crossed, **marks}
    later = set(whole)
    for batch in _batches(whole):
        later.difference_update(batch)
        _compared(hub, {row: whole[row] for row in batch}, later, matching)


def _batches(marks: Mapping[int, Mark]) -> list[list[int]]:
    rows = sorted(marks)
    return [rows[start : start + BATCH] for start in range(0, len(rows), BATCH)]


@bulk()
def _described(hub: Hub, batch: Sequence[int]) -> Marks:
    """Describe a batch; returns marks of others who lost or gained pairs: a key became a crowd's."""
    with hub.store.read() as connection:
        held = records.by_ids(connection, batch)
        told = describe(connection, held, words_of(hub))
    found: dict[int, Description] = {}
    for kind in KINDS:
        mine = {row: told[row] for row, one in held.items() if one.key.kind == kind}
        keys: dict[int, list[int]] = {row: [] for row in mine}
        for row, key in keys_of(kind, mine):
            keys[row].append(key)
        found |= {row: Description(kind, mine[row], tuple(keys[row])) for row in mine}
    with hub.store.begin() as connection:
        return records.soil(connection, descriptions.save(connection, found, CROWD), compare=True)


@bulk()
def _compared(hub: Hub, marks: Marks, later: Collection[int], matching: Matching) -> None:
    with hub.store.read() as connection:
        found = [pair for one in matching.values() for pair in _pairs(connection, marks, later, one)]
    with hub.store.begin() as connection:
        touched = identity.replace_edges(connection, sorted(marks), found)
        records.soil(connection, touched, compare=False)
        records.compared(connection, marks)


def _pairs(
    connection: Connection, batch: Collection[int], later: Collection[int], weights: Weights
) -> Iterator[identity.Scored]:
    """Pairs of a batch that are, or may be, one customer; those with later batches are compared then."""
    keys = descriptions.keys_of(connection, weights.kind, batch)
    sharing = descriptions.sharing(connection, keys, CROWD)
    mine = [one for one in sharing if one[0] in batch]
    holders = [one for one in sharing if one[0] not in later]
    told = descriptions.documents(connection, {row for row, _ in holders})
    for low, high, bits, _ in rated(told, mine, holders, weights):
        yield (low, high), bits, ACCEPT if bits >= weights.accept else REVIEW
