"""Who is who among many records at once: block, compare, weigh, group. In DuckDB, in memory.

A function of the set of records and the weights: neither their order nor how they are batched matters. So
records are numbered by what they say, not by where they stand, and ties go by that number.
"""

from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from hub.identity.candidates import block
from hub.identity.care import with_care
from hub.identity.chance import chance
from hub.identity.database import database, number_by_content
from hub.identity.evidence import compare, frequencies, known_frequencies
from hub.identity.fitting import Fitted, expected, fit, patterns
from hub.identity.found import Judge, as_said, weigh
from hub.identity.grouping import grouped
from hub.identity.weights import Weights

LARGE = 300
"""Records that hang together, from which on not every pair among them is looked at."""


@dataclass(frozen=True, slots=True)
class Matched:
    """Which records are one customer."""

    groups: list[int]
    """Row → the first row of its group, in the order of the table given."""
    pairs: int
    """How many pairs were compared."""
    fitted: Fitted
    weighed: pa.Table | None = None
    """Where asked for, the pairs that were weighed: ``low`` and ``high``, rows; ``bits``; ``telling``.

    Of exact copies the first row stands for all. Telling: as in :data:`hub.identity.grouping.Weighed`.
    """


def match(described: pa.Table, weights: Weights, *, stored: bool = False, keep: bool = False) -> Matched:
    """Match all records of a table (see :mod:`hub.identity.described`) with each other.

    What is learnt from the pairs, of how careless these data are, comes with the answer. With ``stored``
    nothing is learnt: the records are judged as those in the hub's store are. ``keep``: what pairs weigh
    comes with the answer.
    """
    if described.num_rows < 2:
        return Matched(
            [*range(described.num_rows)], 0, Fitted(weights, expected(weights, described.num_rows))
        )
    with database() as connection:
        records = number_by_content(connection, described, weights.kind)
        (known_frequencies if stored else frequencies)(connection, weights)
        pairs = block(connection, weights.kind)
        compare(connection, weights.kind, "pair", "finding")
        if stored or records < 2:
            fitted = Fitted(weights, expected(weights, weights.records))
        else:
            by_chance = chance(connection, weights, records)
            fitted = fit(weights, patterns(connection, weights, "finding"), records, by_chance)
        judge = with_care if stored else as_said
        weigh(connection, fitted.weights, fitted.counts, "finding", "weighed", judge)
        pairs += _complete(connection, fitted, records, judge)
        lead = _lead(connection, fitted.weights, records)
        weighed = _weighed(connection) if keep else None
        return Matched(_groups(connection, fitted, lead, judge), pairs, fitted, weighed)


def _weighed(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    return connection.sql(
        "with first as (select id, min(place) as place from copy group by id) "
        "select least(l.place, r.place) as low, greatest(l.place, r.place) as high, bits, telling "
        "from weighed join first l on l.id = low join first r on r.id = high order by low, high"
    ).to_arrow_table()


def _complete(connection: duckdb.DuckDBPyConnection, fitted: Fitted, records: int, judge: Judge) -> int:
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
    weigh(connection, weights, fitted.counts, "later", "completed", judge)
    connection.execute("insert into weighed from completed")
    counted = connection.execute("select count(*) from rest").fetchone()
    return int(counted[0]) if counted else 0


def _lead(connection: duckdb.DuckDBPyConnection, weights: Weights, records: int) -> npt.NDArray[np.int64]:
    """Group by the pairs within what hangs together: those across it cannot join anything."""
    within = connection.execute(
        "select low, high, bits, telling from weighed join part l on l.id = low join part r on r.id = high "
        "where l.part = r.part"
    ).fetchall()
    return np.asarray(grouped(records, within, weights.accept, weights.together))


def _groups(
    connection: duckdb.DuckDBPyConnection, fitted: Fitted, lead: npt.NDArray[np.int64], judge: Judge
) -> list[int]:
    """Row → the first row of its group; exact copies go where the first of them goes, if they tell enough."""
    weights = fitted.weights
    connection.execute(
        "create table same as select id as low, id as high from copy group by id having count(*) > 1"
    )
    compare(connection, weights.kind, "same", "itself")
    weigh(connection, weights, fitted.counts, "itself", "alone", judge)
    rows = connection.execute(
        "select place, copy.id, place > min(place) over (partition by copy.id) and bits < $accept as apart "
        "from copy left join alone on low = copy.id order by place",
        {"accept": weights.accept},
    ).fetchnumpy()
    places, ids = (np.asarray(rows[name]) for name in ("place", "id"))
    apart = np.ma.filled(np.ma.asarray(rows["apart"]), False)
    groups = np.where(apart, len(lead) + places, lead[ids])
    first: dict[int, int] = {}
    return [first.setdefault(int(group), int(place)) for place, group in zip(places, groups, strict=True)]
