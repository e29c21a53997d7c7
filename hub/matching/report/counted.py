"""One more look at the records of a match: who says exactly the same, and what was found of some pairs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from hub.identity.database import database, number_by_content
from hub.identity.evidence import compare, frequencies, known_frequencies, numbers
from hub.identity.findings import FREQUENT, LISTS
from hub.identity.weights import Weights

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Counted:
    """What the pairs alone do not say."""

    first: npt.NDArray[np.int64]
    """Row → the first row that says exactly the same."""
    frequencies: Mapping[str, tuple[float, float]]
    """Comparison → bits of the most and the least frequent value, where any row tells one."""
    findings: Mapping[Pair, Mapping[str, str]]
    """Pair that was asked about → comparison → what it found."""


def counted(described: pa.Table, weights: Weights, pairs: Sequence[Pair], *, stored: bool) -> Counted:
    """Of the described rows of a kind. ``pairs``: of rows, the first that say so; ``stored``: as matched."""
    with database() as connection:
        number_by_content(connection, described, weights.kind)
        (known_frequencies if stored else frequencies)(connection, weights)
        return Counted(
            _first(connection),
            {name: found for name in FREQUENT[weights.kind] if (found := _range(connection, weights, name))},
            _findings(connection, weights, pairs) if pairs else {},
        )


def _first(connection: duckdb.DuckDBPyConnection) -> npt.NDArray[np.int64]:
    rows = connection.execute(
        "select min(place) over (partition by id) as first from copy order by place"
    ).fetchnumpy()
    return np.asarray(rows["first"], dtype=np.int64)


def _range(connection: duckdb.DuckDBPyConnection, weights: Weights, name: str) -> tuple[float, float] | None:
    column = FREQUENT[weights.kind][name]
    told = f"len({column}) > 0" if column in LISTS else f"{column} <> ''"
    ((most, least),) = connection.execute(
        f"select max({name}_bits), min({name}_bits) from described where {told}"
    ).fetchall()
    return None if most is None else (float(most), float(least))


def _findings(
    connection: duckdb.DuckDBPyConnection, weights: Weights, pairs: Sequence[Pair]
) -> dict[Pair, dict[str, str]]:
    low, high = (pa.array(one, pa.int64()) for one in zip(*pairs, strict=True))
    connection.register("asked", pa.table({"one": low, "other": high}))
    # Records are numbered by what they say, so that the lower row may be the higher record.
    connection.execute(
        "create table pair as select l.id as low, r.id as high from asked "
        "join copy l on l.place = one join copy r on r.place = other"
    )
    compare(connection, weights.kind, "pair", "finding")
    names = list(weights.chances)
    rows = connection.execute(
        f"select one, other, {', '.join(names)} from finding join copy l on l.id = low "
        "join copy r on r.id = high join asked on one = l.place and other = r.place"
    ).fetchall()
    called = {name: {at: one for one, at in numbers(weights.kind, name).items()} for name in names}
    return {
        (one, other): {name: called[name][at] for name, at in zip(names, made, strict=True) if at}
        for one, other, *made in rows
    }
