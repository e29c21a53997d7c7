"""Who is who among many records at once: block, compare, weigh, group. In DuckDB, in memory.

A function of the set of records and the weights: neither their order nor how they are batched matters. So
records are numbered by what they say, not by where they stand, and ties go by that number.
"""

from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from hub.identity.candidates import block
from hub.identity.chance import chance
from hub.identity.database import database, number_by_content
from hub.identity.evidence import compare, frequencies, known_frequencies, weigh
from hub.identity.fitting import Fitted, expected, fit, patterns
from hub.identity.grouping import grouped
from hub.identity.weights import Weights

LARGE = 60
"""Records that hang together, from which on not every pair among them is looked at."""


@dataclass(frozen=True, slots=True)
class Matched:
    """Which records are one customer."""

    groups: list[int]
    """Row → the first row of its group, in the order of the table given."""
    pairs: int
    """How many pairs were compared."""
    fitted: Fitted


def match(described: pa.Table, weights: Weights, *, stored: bool = False) -> Matched:
    """Match all records of a table (see :mod:`hub.identity.described`) with each other.

    What is learnt from the pairs, of how careless these data are, comes with the answer. With ``stored``
    nothing is learnt: the records are judged as those in the hub's store are.
    """
    records = described.num_rows
    if records < 2:
        return Matched(list(range(records)), 0, Fitted(weights, expected(weights, records)))
    with database() as connection:
        number_by_content(connection, described, weights.kind)
        (known_frequencies if stored else frequencies)(connection, weights)
        pairs = block(connection, weights.kind)
        compare(connection, weights.kind, "pair", "finding")
        if stored:
            fitted = Fitted(weights, expected(weights, weights.records))
        else:
            by_chance = chance(connection, weights, records)
            fitted = fit(weights, patterns(connection, weights, "finding"), records, by_chance)
        weigh(connection, fitted.weights, fitted.counts, "finding", "weighed", stored=stored)
        pairs += _complete(connection, fitted, records, stored=stored)
        return Matched(_groups(connection, fitted.weights, records), pairs, fitted)


def _complete(connection: duckdb.DuckDBPyConnection, fitted: Fitted, records: int, *, stored: bool) -> int:
    """Weigh every pair within what hangs together: keys bring some, a group is judged by all."""
    weights = fitted.weights
    found = connection.execute(
        "select low, high from weighed where bits >= $accept", {"accept": weights.accept}
    ).fetchnumpy()
    ones = np.ones(len(found["low"]), dtype=np.int8)
    graph = coo_matrix((ones, (found["low"], found["high"])), shape=(records, records))
    parts = connected_components(graph, directed=False)[1]
    connection.register("labelled", pa.table({"id": np.arange(records), "part": parts}))
    connection.execute("create table part as from labelled")
    connection.execute(
        "create table rest as "
        "with small as (select part from part group by part having count(*) between 3 and $large), "
        "kept as (select id, part from part semi join small using (part)) "
        "select l.id as low, r.id as high from kept l join kept r on l.part = r.part and l.id < r.id "
        "anti join weighed w on w.low = l.id and w.high = r.id",
        {"large": LARGE},
    )
    compare(connection, weights.kind, "rest", "later")
    weigh(connection, weights, fitted.counts, "later", "completed", stored=stored)
    connection.execute("insert into weighed from completed")
    counted = connection.execute("select count(*) from rest").fetchone()
    return int(counted[0]) if counted else 0


def _groups(connection: duckdb.DuckDBPyConnection, weights: Weights, records: int) -> list[int]:
    """Group by the pairs within what hangs together: those across it cannot join anything."""
    within = connection.execute(
        "select low, high, bits, telling from weighed join part l on l.id = low join part r on r.id = high "
        "where l.part = r.part"
    ).fetchall()
    lead = np.asarray(grouped(records, within, weights.accept, weights.together))
    places = connection.execute("select place from described order by id").fetchnumpy()["place"]
    first = np.full(records, records)
    np.minimum.at(first, lead, places)
    groups = np.empty(records, dtype=np.int64)
    groups[places] = first[lead]
    return [int(one) for one in groups]
