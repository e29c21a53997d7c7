"""Records described anew where their evidence changed, and compared with all that share a key with them.

A turn ends with the transaction that stores its pairs, ticks its records off as compared, and marks
whoever lost a pair to be settled: killed before it, the next run does that turn again.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from hub.flow.bulk import bulk
from hub.flow.hub import Hub, Matching
from hub.flow.recognise.crew import Crew
from hub.flow.recognise.describe import describe, spelled, words_of
from hub.identity.candidates import MOST
from hub.identity.pairing import pairing
from hub.identity.rating import keys_of
from hub.model.keys import KINDS
from hub.store import descriptions, due, identity, records
from hub.store.descriptions import Description, Redescribed
from hub.store.due import Mark

BATCH = 10_000
"""Records described at a time."""
SPREAD = 10
"""Batches stored in one transaction: keys go all over their table, and each change of a page costs one."""
TURN = 50_000
"""Records stored as compared in one transaction."""
TOGETHER = 500_000
"""Records that are compared at a time; bounds memory."""

ACCEPT, REVIEW = "accept", "review"
Marks = dict[int, Mark]


def rescore(crew: Crew, marks: Mapping[int, Mark], matching: Matching) -> None:
    """Compare these records anew with all others. ``marks``: row id → the change of its evidence."""
    hub, crossed = crew.hub, Marks()
    told = crew.find(_told, _batches(sorted(marks), crew.share(len(marks), BATCH)))
    while some := list(islice(told, SPREAD)):
        crossed = {**_described(hub, some), **crossed}
    # The first mark stands: whose evidence changed meanwhile has one of its own, and stays marked.
    whole = {**_crowded(hub, marks), **crossed, **marks}
    # Very many are compared here: each part takes its memory, and DuckDB uses every core by itself.
    able = crew if len(whole) <= TURN else Crew(hub)
    parts = list(_parts(sorted(whole), able.share(len(whole), TOGETHER), matching))
    for part, found in zip(parts, able.find(_pairs, parts), strict=True):
        for turn, pairs in zip(_batches(part.mine, TURN), _in_turn(part.mine, found), strict=True):
            _compared(hub, {row: whole[row] for row in turn}, pairs, whole)


@dataclass(frozen=True, slots=True)
class Part:
    """Records that are compared at once with all others."""

    mine: Sequence[int]
    later: Sequence[int]
    """Others, whose own part has the pairs of both."""
    matching: Matching


def _parts(rows: Sequence[int], many: int, matching: Matching) -> Iterator[Part]:
    return (
        Part(rows[start : start + many], rows[start + many :], matching)
        for start in range(0, len(rows), many)
    )


def _batches(rows: Sequence[int], many: int) -> Iterator[Sequence[int]]:
    return (rows[start : start + many] for start in range(0, len(rows), many))


def _told(hub: Hub, batch: Sequence[int]) -> Redescribed:
    """How these records are compared from now on, where that is not as before."""
    with hub.store.read() as connection:
        held = records.said_by(connection, batch)
        words = words_of(hub)
        told = describe(connection, held, words)
        found: dict[int, Description] = {}
        for kind in KINDS:
            mine = {row: told[row] for row, one in held.items() if one.key.kind == kind}
            keys = keys_of(kind, mine)
            found |= {
                row: Description(kind, mine[row], keys.get(row, ()), spelled(held[row], words))
                for row in mine
            }
        return descriptions.redescribed(connection, found)


@bulk()
def _described(hub: Hub, some: Sequence[Redescribed]) -> Marks:
    """Store descriptions; returns marks of others who gained pairs: a key ceased to be a crowd's."""
    with hub.store.begin() as connection:
        return due.soil(connection, descriptions.save(connection, some, MOST), compare=True)


def _crowded(hub: Hub, marks: Mapping[int, Mark]) -> Marks:
    """Marks of all who lost pairs, for a key became a crowd's."""
    with hub.store.begin() as connection:
        return due.soil(connection, descriptions.crowded(connection, marks, MOST), compare=True)


def _pairs(hub: Hub, part: Part) -> list[identity.Scored]:
    """Pairs of a part's records with others that are, or may be, one customer."""
    with hub.store.read() as connection:
        groups = descriptions.groups(connection, part.mine, MOST)
        if not groups:
            return []
        with pairing(groups, part.mine, part.later) as pairs:
            rows = pairs.records()
            return [
                ((low, high), bits, ACCEPT if bits >= weights.accept else REVIEW)
                for weights in part.matching.values()
                for low, high, bits, _ in pairs.rated(
                    descriptions.in_parts(connection, weights.kind, rows), weights
                )
            ]


def _in_turn(mine: Sequence[int], found: Sequence[identity.Scored]) -> list[list[identity.Scored]]:
    """The pairs of each batch of ``mine``: a pair of two batches is the later one's."""
    turns: list[list[identity.Scored]] = [[] for _ in _batches(mine, TURN)]
    for one in found:
        turns[max(_place(mine, row) for row in one[0]) // TURN].append(one)
    return turns


def _place(ordered: Sequence[int], row: int) -> int:
    """Where a row is among many in order; -1 where it is none of them."""
    place = bisect_left(ordered, row)
    return place if place < len(ordered) and ordered[place] == row else -1


@bulk()
def _compared(hub: Hub, marks: Marks, found: Sequence[identity.Scored], marked: Mapping[int, Mark]) -> None:
    with hub.store.begin() as connection:
        lost = identity.replace_edges(connection, sorted(marks), found)
        due.soil(connection, lost - marked.keys(), compare=False)
        due.compared(connection, marks)
