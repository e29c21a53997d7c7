"""Comparing pairs in DuckDB: which finding each comparison makes."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import log2

import duckdb
import pyarrow as pa

from hub.identity.findings import (
    FINDINGS,
    FREQUENT,
    FULL_NAME,
    LISTS,
    LOOKED_AT,
    UNLESS,
    named,
)
from hub.identity.weights import MATCH, Names, Weights
from hub.model.keys import Kind

RARITIES = 48
"""The rarity of the full name that two records have is bits, in whole numbers below this; 0: not one name."""
NONE = 0
"""The number of no finding: one of the two records does not tell."""
RARE = 0.5
"""How many others are thought to have what nobody else was seen with, where the file does not say."""
BEFORE = 50
"""Records whose names are taken as known before a file's own are counted."""
UNCOUNTED = Names(0.01, {})
"""Of what nobody counted a hundredth of all have each value."""
Counts = Mapping[str, float]
"""Kind of pair → how many such pairs there are."""


def numbers(kind: Kind, comparison: str) -> dict[str, int]:
    """Finding → its number in the tables; from 1 on."""
    return {name: place for place, name in enumerate(named(kind, comparison), 1)}


def frequencies(connection: duckdb.DuckDBPyConnection, weights: Weights) -> None:
    """Add to ``described`` how likely anybody else has each name: the logarithm of its share of all records.

    Without the records of the customer itself, which is there more than once; and never so rare that it
    could not happen again. What is known of all people's names counts as much as :data:`BEFORE` records: two
    rows do not tell that everybody is called so.
    """
    kind, own = weights.kind, 1 + 2 * weights.expected[MATCH]
    columns, joins = [], []
    for name, column in FREQUENT[kind].items():
        known = weights.names.get(name, UNCOUNTED)
        connection.register(f"{name}_known", _known(column, known))
        others = f"greatest({name}_n.n - {own!r}, {weights.rare.get(name, RARE)!r})"
        before = f"{BEFORE} * pow(2, coalesce({name}_known.bits, {log2(known.others)!r}))"
        whole = f"((select count(*) from described) + {BEFORE})"
        columns.append(f"log2(({others} + {before}) / {whole})::float as {name}_bits")
        counted = f"(select {column}, count(*) as n from described group by {column})"
        joins.append(f"join {counted} {name}_n using ({column}) left join {name}_known using ({column})")
    _with(connection, columns, joins)


def known_frequencies(connection: duckdb.DuckDBPyConnection, weights: Weights) -> None:
    """The same from the names in the file: for records that come one by one."""
    columns, joins = [], []
    for name, column in FREQUENT[weights.kind].items():
        known = weights.names.get(name, UNCOUNTED)
        others = repr(log2(known.others))
        if known.shares:
            connection.register(f"{name}_known", _known(column, known))
            joins.append(f"left join {name}_known using ({column})")
            others = f"coalesce({name}_known.bits, {others})"
        columns.append(f"{others}::float as {name}_bits")
    _with(connection, columns, joins)


def _with(connection: duckdb.DuckDBPyConnection, columns: Sequence[str], joins: Sequence[str]) -> None:
    connection.execute(
        f"create or replace table described as select described.*, {', '.join(columns)} "
        f"from described {' '.join(joins)}"
    )


@lru_cache(maxsize=16)
def _known(column: str, known: Names) -> pa.Table:
    bits = pa.array([log2(one) for one in known.shares.values()], pa.float32())
    return pa.table({column: pa.array(known.shares, pa.string()), "bits": bits})


def compare(connection: duckdb.DuckDBPyConnection, kind: Kind, pairs: str, into: str, *also: str) -> None:
    """Fill the table ``into`` with the findings on each pair of the table ``pairs``, and ``also`` these."""
    made = _told(connection, kind)
    found = [_finding(kind, name) if made[name] else _none(name) for name in FINDINGS[kind]]
    found += [*(f"l.{name}_bits" for name in FREQUENT[kind]), _rarity(kind), *also]
    connection.execute(
        f"create or replace table {into} as select low, high, {', '.join(found)} "
        f"from {pairs} join described l on l.id = low join described r on r.id = high"
    )


def _told(connection: duckdb.DuckDBPyConnection, kind: Kind) -> Mapping[str, bool]:
    """Comparison → whether any of the records tells what it needs: one nobody can make is not tried."""
    any_tells = ", ".join(f"bool_or(not ({_empty('described', told)}))" for told in LOOKED_AT[kind].values())
    (row,) = connection.execute(f"select {any_tells} from described").fetchall()
    return dict(zip(LOOKED_AT[kind], row, strict=True))


def _finding(kind: Kind, name: str) -> str:
    told, numbered = LOOKED_AT[kind][name], numbers(kind, name)
    cases = [f"when {_empty('l', told)} or {_empty('r', told)} then {NONE}"]
    for earlier, findings in UNLESS.get(name, {}).items():
        said = ", ".join(str(numbers(kind, earlier)[one]) for one in findings)
        cases.append(f"when {earlier} in ({said}) then {NONE}")
    cases += [f"when {found} then {numbered.get(one, NONE)}" for one, found in FINDINGS[kind][name].items()]
    return f"(case {' '.join(cases)} end)::utinyint as {name}"


def _none(name: str) -> str:
    return f"{NONE}::utinyint as {name}"


def _empty(side: str, told: str) -> str:
    return f"len({side}.{told}) = 0" if told in LISTS else f"{_of(side, told)} = ''"


def _rarity(kind: Kind) -> str:
    """How rare the full name is that both have."""
    if kind != "person":
        return _none("rarity")
    same = " and ".join(f"l.{name} = r.{name} and length(l.{name}) > 1" for name in FULL_NAME)
    bits = " + ".join(f"l.{name}_bits::double" for name in FULL_NAME)
    rarity = f"least(greatest(floor(-({bits})), 0), {RARITIES - 1})"
    return f"(case when {same} then {rarity} else 0 end)::utinyint as rarity"


def _of(side: str, told: str) -> str:
    return " || ".join(f"{side}.{column}" for column in told.split(" || "))
