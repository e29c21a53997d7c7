"""Which records hang together: everything one decision about identity can move, and no more."""

from collections.abc import Collection, Iterator

from hub.flow.hub import Hub
from hub.identity.connected import connected
from hub.store import identity, records
from hub.store.engine import Connection

MANY = 10_000
"""Records from which on it costs less to read all decisions than to look for those on each."""


def components(hub: Hub, start: Collection[int], most: int) -> Iterator[list[int]]:
    """Batches of whole components that hold a row of ``start``, of at most ``most`` records or one component.

    Connected are records with an accepted pair, a judgement on them, or a golden id in common today.
    """
    with hub.store.read() as connection:
        groups = connected(*_reached(connection, start))
    batch: list[int] = []
    for group in groups:
        if batch and len(batch) + len(group) > most:
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
    """Of the pairs people decided on, those with one of these rows."""
    keys = records.keys(connection, rows) if len(rows) < MANY else None
    decisions = identity.judgements(connection, keys)
    known = records.ids(connection, {key for one in decisions for key in (one.low, one.high)})
    for one in decisions:
        low, high = known.get(one.low), known.get(one.high)
        if low is not None and high is not None and (low in rows or high in rows):
            yield low, high
