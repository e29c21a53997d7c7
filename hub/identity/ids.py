"""Golden ids are for ever: they follow the largest continuing part, redirect after a merge, never return."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from hub.model.keys import RecordKey

GoldenId = str


@dataclass(frozen=True, slots=True)
class Assignment:
    """Which cluster carries which id from now on."""

    ids: Mapping[frozenset[RecordKey], GoldenId]
    redirects: Mapping[GoldenId, GoldenId] = field(default_factory=dict)
    """An id that lost a merge → the id that answers for it."""
    issued: frozenset[GoldenId] = frozenset()
    splits: tuple[tuple[GoldenId, GoldenId], ...] = ()
    """(old id, new id): a part that left the cluster of the old id."""


def assign(
    clusters: Sequence[frozenset[RecordKey]],
    held: Mapping[RecordKey, GoldenId],
    fresh: Callable[[], GoldenId],
) -> Assignment:
    """Give every cluster its id. ``held``: the crosswalk so far; ``fresh`` makes an unused id.

    An old id goes to the cluster with most of its records (ties by smallest record key); a cluster
    that inherits several keeps the one with most of its records (of equals the older) and the
    others redirect to it.
    """
    heirs = _heirs(clusters, held)
    ids: dict[frozenset[RecordKey], GoldenId] = {}
    redirects: dict[GoldenId, GoldenId] = {}
    issued: set[GoldenId] = set()
    for cluster in clusters:
        inherited = heirs.get(cluster, [])
        if not inherited:
            ids[cluster] = fresh()
            issued.add(ids[cluster])
            continue
        ids[cluster], *losers = inherited
        redirects |= dict.fromkeys(losers, ids[cluster])
    splits = _splits(ids, held, issued)
    return Assignment(ids, redirects, frozenset(issued), splits)


def _heirs(
    clusters: Sequence[frozenset[RecordKey]], held: Mapping[RecordKey, GoldenId]
) -> dict[frozenset[RecordKey], list[GoldenId]]:
    shares: dict[GoldenId, list[tuple[int, RecordKey, frozenset[RecordKey]]]] = {}
    for cluster in clusters:
        for golden, count in Counter(held[one] for one in cluster if one in held).items():
            shares.setdefault(golden, []).append((-count, min(cluster), cluster))
    heirs: dict[frozenset[RecordKey], list[tuple[int, GoldenId]]] = {}
    for golden, candidates in shares.items():
        count, _, heir = min(candidates, key=lambda one: one[:2])
        heirs.setdefault(heir, []).append((count, golden))
    return {cluster: [golden for _, golden in sorted(found)] for cluster, found in heirs.items()}


def _splits(
    ids: Mapping[frozenset[RecordKey], GoldenId],
    held: Mapping[RecordKey, GoldenId],
    issued: set[GoldenId],
) -> tuple[tuple[GoldenId, GoldenId], ...]:
    left = {
        (held[one], golden)
        for cluster, golden in ids.items()
        if golden in issued
        for one in cluster
        if one in held
    }
    return tuple(sorted(left))
