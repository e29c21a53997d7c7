"""Who is who among the records of whole components: clusters, their golden ids, what became of old ids."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from hub.flow.hub import Matching
from hub.golden.record import SourceRecord
from hub.identity.connected import connected
from hub.identity.grouping import Decided, Pair, Weighed, grouped
from hub.identity.ids import Assignment, assign
from hub.identity.rating import rated_within
from hub.identity.weights import Weights
from hub.model.instant import Instant
from hub.model.keys import Kind, RecordKey
from hub.model.unique import new_id
from hub.store import descriptions, identity
from hub.store import golden as goldens
from hub.store.engine import Connection
from hub.store.identity import Judgement

Records = Mapping[int, SourceRecord]
Held = Mapping[RecordKey, str]
"""Which golden id each record belongs to."""


def cluster(
    connection: Connection, matching: Matching, members: Records, decisions: Collection[Judgement]
) -> tuple[Assignment, Held]:
    """The ids these records should have, and those they have today. ``decisions``: in force, on these."""
    keys = {row: one.key for row, one in members.items()}
    held = {keys[row]: golden for row, golden in identity.golden_of(connection, members).items()}
    found = [
        one
        for weights in matching.values()
        for one in _clusters(connection, weights, _Numbered.of(keys, weights.kind), decisions)
    ]
    return assign(sorted(found, key=min), held, new_id), held


@dataclass(frozen=True, slots=True)
class _Numbered:
    """Records of one kind, numbered by their keys: who was stored first cannot matter."""

    rows: list[int]
    """Number → row id."""
    keys: list[RecordKey]
    """Number → key."""

    @classmethod
    def of(cls, keys: Mapping[int, RecordKey], kind: Kind) -> Self:
        """Those of a kind among ``keys`` (row id → key)."""
        mine = sorted((key, row) for row, key in keys.items() if key.kind == kind)
        return cls([row for _, row in mine], [key for key, _ in mine])

    def decided(self, decisions: Iterable[Judgement], *, same: bool) -> frozenset[Pair]:
        """What people decided of two of these."""
        numbers = {key: number for number, key in enumerate(self.keys)}
        pairs = ((numbers.get(one.low), numbers.get(one.high)) for one in decisions if one.same == same)
        return frozenset(
            (min(low, high), max(low, high)) for low, high in pairs if low is not None and high is not None
        )

    def accepted(self, connection: Connection) -> dict[Pair, float]:
        """The pairs of these that were accepted, and their bits."""
        numbers = {row: number for number, row in enumerate(self.rows)}
        return {
            (min(numbers[one], numbers[other]), max(numbers[one], numbers[other])): bits
            for (one, other), bits in identity.accepted(connection, self.rows).items()
            if one in numbers and other in numbers
        }


def _clusters(
    connection: Connection, weights: Weights, some: _Numbered, decisions: Iterable[Judgement]
) -> list[frozenset[RecordKey]]:
    decided = Decided(some.decided(decisions, same=True), some.decided(decisions, same=False))
    accepted = some.accepted(connection)
    parts = connected(range(len(some.rows)), accepted)
    pairs = [(low, high, accepted[low, high], 0) for low, high in (one for one in parts if len(one) == 2)]
    pairs += _within(connection, weights, some, [one for one in parts if len(one) > 2])
    lead = grouped(len(some.rows), pairs, weights.accept, weights.together, decided)
    found: dict[int, list[RecordKey]] = {}
    for number, first in enumerate(lead):
        found.setdefault(first, []).append(some.keys[number])
    return [frozenset(one) for one in found.values()]


def _within(
    connection: Connection, weights: Weights, some: _Numbered, parts: Sequence[Sequence[int]]
) -> list[Weighed]:
    """Every pair within each of these parts: a group of three is judged by all three."""
    part = {number: place for place, one in enumerate(parts) for number in one}
    told = descriptions.documents(connection, [some.rows[number] for number in part])
    stored = {number: told[some.rows[number]] for number in part}
    return rated_within(stored, part, weights) if part else []


def moves(members: Records, assignment: Assignment, before: Held) -> tuple[dict[int, str], set[str]]:
    """Row id → its golden id from now on, where that is another; and the ids whose membership changes."""
    after = held_after(assignment)
    moved = {row: after[one.key] for row, one in members.items() if before.get(one.key) != after[one.key]}
    left = {before[members[row].key] for row in moved if members[row].key in before}
    return moved, (set(moved.values()) | left) - assignment.redirects.keys()


def held_after(assignment: Assignment) -> dict[RecordKey, str]:
    """Which golden id each record belongs to from now on."""
    return {key: golden for found, golden in assignment.ids.items() for key in found}


def store(connection: Connection, assignment: Assignment, moved: Mapping[int, str], at: Instant) -> None:
    """Store who belongs where from now on, and what became of old ids."""
    identity.cross(connection, moved, at)
    identity.redirected(connection, assignment.redirects, at)
    goldens.retire(connection, assignment.redirects, at)
    issued = [("issued", golden, None) for golden in sorted(assignment.issued)]
    split = [("split", new, old) for old, new in assignment.splits]
    identity.happened(connection, [*issued, *split], at)
