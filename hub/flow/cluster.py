"""Who is who among the records of whole components: clusters, their golden ids, what became of old ids."""

from collections.abc import Mapping
from functools import cache
from uuid import uuid4

from hub.flow.describe import Models, Records, describe
from hub.identity.clustering import Edge, clusters
from hub.identity.ids import Assignment, assign
from hub.identity.scoring import vetoed
from hub.model.instant import Instant
from hub.model.keys import RecordKey
from hub.store import golden as goldens
from hub.store import identity
from hub.store.engine import Connection

Held = Mapping[RecordKey, str]
"""Which golden id each record belongs to."""


def cluster(connection: Connection, models: Models, members: Records) -> tuple[Assignment, Held]:
    """The ids these records should have, and those they have today."""
    keys = {row: one.key for row, one in members.items()}
    held = {keys[row]: golden for row, golden in identity.golden_of(connection, members).items()}
    known = {one.record: one for one in describe(connection, members, models).values()}
    decisions = identity.judgements(connection, known)
    apart = {frozenset((one.low, one.high)) for one in decisions if not one.same}
    edges = [
        Edge(keys[one.pair[0]], keys[one.pair[1]], one.score)
        for one in identity.edges_of(connection, members)
        if one.pair[0] in keys and one.pair[1] in keys
    ]
    edges += [
        Edge(one.low, one.high, 0.0, judged=True)
        for one in decisions
        if one.same and one.low in known and one.high in known
    ]

    @cache
    def incompatible(one: RecordKey, other: RecordKey) -> bool:
        if one.kind != other.kind or frozenset((one, other)) in apart:
            return True
        return vetoed(known[one], known[other], models[one.kind])

    found = clusters(known, edges, incompatible)
    return assign(found, held, lambda: str(uuid4())), held


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
