"""Records described anew where their evidence changed, and compared with all that share a key with them.

A batch ends with the transaction that stores its pairs, ticks its records off as compared, and marks
whoever had a pair touched to be settled: killed before it, the next run does that batch again.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from hub.flow.bulk import bulk
from hub.flow.crew import Crew
from hub.flow.describe import describe, words_of
from hub.flow.hub import Hub, Matching
from hub.identity.candidates import CROWD
from hub.identity.grouping import Weighed
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


@dataclass(frozen=True, slots=True)
class Batch:
    """Records to be compared with all others."""

    rows: Sequence[int]
    later: Sequence[int]
    """Those of later batches, in order, with which they are compared then."""
    matching: Matching


def rescore(crew: Crew, marks: Mapping[int, Mark], matching: Matching) -> None:
    """Compare these records anew with all others. ``marks``: row id → the change of its evidence."""
    hub, crossed = crew.hub, Marks()
    for told in crew.find(_told, _batches(marks)):
        # The first mark stands: whose evidence changed meanwhile has one of its own, and stays marked.
        crossed = {**_described(hub, told), **crossed}
    whole = {**crossed, **marks}
    found = crew.find(_pairs, _with_later(_batches(whole), matching))
    for batch, pairs in zip(_batches(whole), found, strict=True):
        _compared(hub, {row: whole[row] for row in batch}, pairs)


def _batches(marks: Mapping[int, Mark]) -> list[list[int]]:
    rows = sorted(marks)
    return [rows[start : start + BATCH] for start in range(0, len(rows), BATCH)]


def _with_later(batches: Sequence[Sequence[int]], matching: Matching) -> Iterator[Batch]:
    rows = array("q", chain.from_iterable(batches))
    done = 0
    for batch in batches:
        done += len(batch)
        yield Batch(batch, rows[done:], matching)


def _told(hub: Hub, batch: Sequence[int]) -> dict[int, Description]:
    """How these records are compared from now on."""
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
    return found


@bulk()
def _described(hub: Hub, found: Mapping[int, Description]) -> Marks:
    """Store descriptions; returns marks of others who lost or gained pairs: a key became a crowd's."""
    with hub.store.begin() as connection:
        return records.soil(connection, descriptions.save(connection, found, CROWD), compare=True)


def _pairs(hub: Hub, batch: Batch) -> list[identity.Scored]:
    """Pairs of a batch that are, or may be, one customer."""
    rows = set(batch.rows)
    with hub.store.read() as connection:
        return [
            ((low, high), bits, ACCEPT if bits >= weights.accept else REVIEW)
            for weights in batch.matching.values()
            for low, high, bits, _ in _rated(connection, rows, batch.later, weights)
        ]


def _rated(connection: Connection, rows: set[int], later: Sequence[int], weights: Weights) -> list[Weighed]:
    keys = descriptions.keys_of(connection, weights.kind, rows)
    sharing = descriptions.sharing(connection, keys, CROWD)
    mine = [one for one in sharing if one[0] in rows]
    holders = [one for one in sharing if not _holds(later, one[0])]
    told = descriptions.documents(connection, {row for row, _ in holders})
    return rated(told, mine, holders, weights)


def _holds(ordered: Sequence[int], row: int) -> bool:
    """Whether a row is among many in order; a set of them for each batch would grow with their square."""
    place = bisect_left(ordered, row)
    return place < len(ordered) and ordered[place] == row


@bulk()
def _compared(hub: Hub, marks: Marks, found: Sequence[identity.Scored]) -> None:
    with hub.store.begin() as connection:
        touched = identity.replace_edges(connection, sorted(marks), found)
        records.soil(connection, touched, compare=False)
        records.compared(connection, marks)
