"""Who is who, for what changed: keys, candidates, scores, clusters, ids; only touched components move."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache
from uuid import uuid4

from hub.flow.hub import Hub
from hub.golden.record import SourceRecord
from hub.identity.blocking import blocking_keys
from hub.identity.clustering import Edge, clusters
from hub.identity.features import Features, features
from hub.identity.ids import Assignment, assign
from hub.identity.model import Model, model
from hub.identity.scoring import ACCEPT, REVIEW, Score, score, vetoed
from hub.model.keys import KINDS, Kind, RecordKey
from hub.store import golden as goldens
from hub.store import identity, records
from hub.store.engine import Connection

Records = Mapping[int, SourceRecord]


@dataclass(frozen=True, slots=True)
class Identified:
    """What changed: the golden ids to compose again, and the counts."""

    golden_ids: frozenset[str]
    counts: Mapping[str, int]


def identify(connection: Connection, hub: Hub, dirty: Records) -> Identified:
    """Bring the crosswalk up to date for records that changed."""
    models = {kind: model(hub.mappings.customer.matching[kind]) for kind in KINDS}
    employers = {one.key for one in dirty.values() if one.key.kind == "organisation"}
    reread = {**dirty, **records.employees(connection, employers)}
    compared = _rescore(connection, models, reread)
    scope = _closure(connection, compared | reread.keys())
    members = records.by_ids(connection, sorted(scope))
    assignment, before = _recluster(connection, models, members)
    changed = _store(connection, hub, members, assignment, before)
    return Identified(
        frozenset(changed | _goldens_of(connection, dirty)),
        {
            "issued": len(assignment.issued),
            "merged": len(assignment.redirects),
            "split": len(assignment.splits),
        },
    )


def _features(connection: Connection, held: Records, models: Mapping[Kind, Model]) -> dict[int, Features]:
    """Row id → features; a person's employer, as the same system names it, is evidence too."""
    targets = {one.links["works_for"] for one in held.values() if "works_for" in one.links}
    rows = records.ids(connection, targets)
    employers = {one.key: one for one in records.by_ids(connection, sorted(rows.values())).values()}
    known = {key: _described(one, models).marks() for key, one in employers.items()}
    nobody: frozenset[str] = frozenset()
    return {
        row: _described(
            one, models, known.get(one.links["works_for"], nobody) if "works_for" in one.links else nobody
        )
        for row, one in held.items()
    }


def _described(
    one: SourceRecord, models: Mapping[Kind, Model], employer: frozenset[str] = frozenset()
) -> Features:
    """A record's features today, and as its people described it before."""
    chosen = models[one.key.kind]
    before = tuple(features(one.key, said, chosen, employer) for said in one.formerly())
    return replace(features(one.key, one.authored(), chosen, employer), former=before)


def _rescore(connection: Connection, models: Mapping[Kind, Model], dirty: Records) -> set[int]:
    """New keys, candidates and scores for what changed; returns every record that has a pair touched."""
    known = _features(connection, dirty, models)
    identity.replace_keys(connection, {row: _keys(one) for row, one in known.items()})
    pairs = identity.candidates(connection, sorted(dirty))
    others = {row for pair in pairs for row in pair} - known.keys()
    known |= _features(connection, records.by_ids(connection, sorted(others)), models)
    scored = ((pair, _score(known, pair, models)) for pair in sorted(pairs))
    kept = [
        (pair, one.total, one.verdict, one.evidence)
        for pair, one in scored
        if one.verdict in (ACCEPT, REVIEW)
    ]
    return identity.replace_edges(connection, sorted(dirty), kept)


def _keys(one: Features) -> frozenset[str]:
    """People and organisations never share a key."""
    return frozenset(f"{one.kind[0]}{key}"[:255] for key in blocking_keys(one))


def _score(known: Mapping[int, Features], pair: identity.Pair, models: Mapping[Kind, Model]) -> Score:
    left, right = known[pair[0]], known[pair[1]]
    return score(left, right, models[left.kind])


def _closure(connection: Connection, start: Collection[int]) -> set[int]:
    """Everything connected to ``start`` by accepted pairs, judgements or a golden id they share today."""
    scope: set[int] = set()
    frontier = set(start)
    while frontier:
        scope |= frontier
        reached = {row for edge in identity.edges_of(connection, frontier) for row in edge.pair}
        held = identity.golden_of(connection, frontier)
        reached |= identity.members(connection, set(held.values()))
        keys = {one.key for one in records.by_ids(connection, sorted(frontier)).values()}
        named = {key for one in identity.judgements(connection, keys) for key in (one.low, one.high)}
        reached |= set(records.ids(connection, named).values())
        frontier = reached - scope
    return scope


def _recluster(
    connection: Connection, models: Mapping[Kind, Model], members: Records
) -> tuple[Assignment, dict[RecordKey, str]]:
    keys = {row: one.key for row, one in members.items()}
    held = {keys[row]: golden for row, golden in identity.golden_of(connection, members).items()}
    known = {one.record: one for one in _features(connection, members, models).values()}
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


def _store(
    connection: Connection,
    hub: Hub,
    members: Records,
    assignment: Assignment,
    before: Mapping[RecordKey, str],
) -> set[str]:
    """Store what moved; returns the golden ids whose membership changed."""
    at = hub.now()
    after = {key: golden for cluster, golden in assignment.ids.items() for key in cluster}
    moved = {row: after[one.key] for row, one in members.items() if before.get(one.key) != after[one.key]}
    identity.cross(connection, moved, at)
    identity.redirected(connection, assignment.redirects, at)
    goldens.retire(connection, assignment.redirects, at)
    for golden in sorted(assignment.issued):
        identity.happened(connection, "issued", golden, None, at)
    for old, new in assignment.splits:
        identity.happened(connection, "split", new, old, at)
    left = {before[members[row].key] for row in moved if members[row].key in before}
    return (set(moved.values()) | left) - assignment.redirects.keys()


def _goldens_of(connection: Connection, rows: Collection[int]) -> set[str]:
    return set(identity.golden_of(connection, rows).values())
