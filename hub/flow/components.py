"""Which records hang together: everything one decision about identity can move, and no more."""

from collections.abc import Collection, Iterable, Iterator

from hub.flow.hub import Hub
from hub.store import identity, records
from hub.store.engine import Connection

BATCH = 2_000
"""Records settled in one transaction, but a component is never torn."""


def components(hub: Hub, start: Collection[int]) -> Iterator[list[int]]:
    """Batches of whole components that hold a row of ``start``.

    Connected are records with an accepted pair, a judgement on them, or a golden id in common today.
    """
    with hub.store.read() as connection:
        groups = _grouped(*_reached(connection, start))
    batch: list[int] = []
    for group in groups:
        if batch and len(batch) + len(group) > BATCH:
            yield batch
            batch = []
        batch += group
    if batch:
        yield batch


def _reached(connection: Connection, start: Collection[int]) -> tuple[set[int], list[identity.Pair]]:
    """Every row that can be reached, and the links it was reached by."""
    scope: set[int] = set()
    links: list[identity.Pair] = []
    frontier = set(start)
    while frontier:
        scope |= frontier
        found = [
            *identity.accepted(connection, frontier),
            *identity.sharing_a_golden_id(connection, frontier),
            *_judged(connection, frontier),
        ]
        links += found
        frontier = {row for pair in found for row in pair} - scope
    return scope, links


def _judged(connection: Connection, rows: Collection[int]) -> Iterator[identity.Pair]:
    keys = records.keys(connection, rows)
    decisions = identity.judgements(connection, keys)
    known = records.ids(connection, {key for one in decisions for key in (one.low, one.high)})
    for one in decisions:
        if one.low in known and one.high in known:
            yield known[one.low], known[one.high]


def _grouped(rows: Iterable[int], links: Iterable[identity.Pair]) -> list[list[int]]:
    """The connected parts, each sorted, in the order of their first rows."""
    leads = {row: row for row in rows}

    def lead(row: int) -> int:
        while leads[row] != row:
            leads[row] = leads[leads[row]]
            row = leads[row]
        return row

    for one, other in links:
        low, high = sorted((lead(one), lead(other)))
        leads[high] = low
    groups: dict[int, list[int]] = {}
    for row in sorted(leads):
        groups.setdefault(lead(row), []).append(row)
    return list(groups.values())
