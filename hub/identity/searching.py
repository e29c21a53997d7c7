"""Who is most like somebody who is not stored: for asking before a customer is entered twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb

from hub.identity.candidates import Key, keys
from hub.identity.database import database
from hub.identity.evidence import known_frequencies
from hub.identity.rating import Stored, describe, weigh_pairs
from hub.identity.weights import Weights
from hub.model.keys import Kind

SOUGHT = -1
"""The number of who is sought; stored records have theirs from 0 on."""


@dataclass(frozen=True, slots=True)
class Searcher:
    """A warm database that rates one description after the other; for one thread."""

    connection: duckdb.DuckDBPyConnection

    def keys_of(self, kind: Kind, sought: str) -> list[Key]:
        """The blocking keys of who is sought."""
        describe(self.connection, kind, {SOUGHT: sought})
        return keys(self.connection, kind).get(SOUGHT, [])

    def rated(self, sought: str, others: Stored, weights: Weights) -> dict[int, float]:
        """Record → bits in favour of its being who is sought."""
        describe(self.connection, weights.kind, {SOUGHT: sought, **others})
        known_frequencies(self.connection, weights)
        self.connection.execute(
            "create or replace table pair as select $sought as low, id as high from described "
            "where id <> $sought group by id",
            {"sought": SOUGHT},
        )
        weigh_pairs(self.connection, weights, careful=False)
        found = self.connection.execute("select high, max(bits) from weighed group by high").fetchall()
        return dict(found)


@contextmanager
def searcher() -> Iterator[Searcher]:
    """A searcher, for as long as the block runs."""
    with database() as connection:
        yield Searcher(connection)
