"""Comparing pairs in DuckDB: which finding each comparison makes, and what all of them weigh."""

from collections.abc import Mapping
from functools import lru_cache
from math import log2

import duckdb
import pyarrow as pa

from hub.identity.findings import CONFLICTS, FINDINGS, FREQUENT, LISTS, LOOKED_AT, OWN, SHARED, TELLING, Found
from hub.identity.weights import MATCH, Names, Weights
from hub.model.keys import Kind

RARITIES = 48
"""The rarity of the full name that two records have is bits, in whole numbers below this; 0: not one name."""
NONE = 0
"""The number of no finding: one of the two records does not tell."""
Counts = Mapping[str, float]
"""Kind of pair → how many such pairs there are."""


def numbers(kind: Kind, comparison: str) -> dict[str, int]:
    """Finding → its number in the tables; from 1 on."""
    return {name: place for place, name in enumerate(FINDINGS[kind][comparison], 1)}


def frequencies(connection: duckdb.DuckDBPyConnection, weights: Weights) -> None:
    """Add to ``described`` how likely anybody else has each name: the logarithm of its share of all records.

    Without the records of the customer itself, which is there more than once; and never so rare that it
    could not happen again.
    """
    kind, own = weights.kind, 1 + 2 * weights.expected[MATCH]
    columns, joins = [], []
    for name in FREQUENT[kind]:
        others = f"greatest({name}_n.n - {own!r}, {weights.rare[name]!r})"
        columns.append(f"log2({others} / (select count(*) from described))::float as {name}_bits")
        counted = f"(select {name}, count(*) as n from described group by {name})"
        joins.append(f"join {counted} {name}_n using ({name})")
    connection.execute(
        f"create or replace table described as select described.*, {', '.join(columns)} "
        f"from described {' '.join(joins)}"
    )


def known_frequencies(connection: duckdb.DuckDBPyConnection, weights: Weights) -> None:
    """The same from the names in the file: for records that come one by one."""
    columns, joins = [], []
    for name in FREQUENT[weights.kind]:
        known = weights.names[name]
        connection.register(f"{name}_known", _known(name, known))
        columns.append(f"coalesce({name}_known.bits, {log2(known.others)!r})::float as {name}_bits")
        joins.append(f"left join {name}_known using ({name})")
    connection.execute(
        f"create or replace table described as select described.*, {', '.join(columns)} "
        f"from described {' '.join(joins)}"
    )


@lru_cache(maxsize=16)
def _known(name: str, known: Names) -> pa.Table:
    bits = pa.array([log2(one) for one in known.shares.values()], pa.float32())
    return pa.table({name: pa.array(known.shares, pa.string()), "bits": bits})


def compare(connection: duckdb.DuckDBPyConnection, kind: Kind, pairs: str, into: str, *also: str) -> None:
    """Fill the table ``into`` with the findings on each pair of the table ``pairs``, and ``also`` these."""
    found = [_finding(kind, name) for name in FINDINGS[kind]]
    found += [*(f"l.{name}_bits" for name in FREQUENT[kind]), _rarity(kind), *also]
    connection.execute(
        f"create or replace table {into} as select low, high, {', '.join(found)} "
        f"from {pairs} join described l on l.id = low join described r on r.id = high"
    )


def _finding(kind: Kind, name: str) -> str:
    told = LOOKED_AT[kind][name]
    empty = f"len({{0}}.{told}) = 0" if told in LISTS else f"{_of('{0}', told)} = ''"
    cases = [f"when {empty.format('l')} or {empty.format('r')} then {NONE}"]
    numbered = numbers(kind, name)
    cases += [f"when {found} then {numbered[one]}" for one, found in FINDINGS[kind][name].items()]
    return f"(case {' '.join(cases)} end)::utinyint as {name}"


def _rarity(kind: Kind) -> str:
    """How rare the full name is that both have."""
    names = FREQUENT[kind]
    if len(names) < 2:
        return "0::utinyint as rarity"
    same = " and ".join(f"l.{name} = r.{name} and l.{name} <> ''" for name in names)
    bits = " + ".join(f"l.{name}_bits::double" for name in names)
    rarity = f"least(greatest(floor(-({bits})), 0), {RARITIES - 1})"
    return f"(case when {same} then {rarity} else 0 end)::utinyint as rarity"


def _of(side: str, told: str) -> str:
    return " || ".join(f"{side}.{column}" for column in told.split(" || "))


def weigh(
    connection: duckdb.DuckDBPyConnection,
    weights: Weights,
    counts: Counts,
    findings: str,
    into: str,
    *,
    stored: bool = False,
    less: str = "0",
) -> None:
    """Fill the table ``into(low, high, bits, telling)``.

    ``bits``: how much likelier a match is than what else fits the pair best; for records that
    are ``stored`` no more than ``alone`` where only names agree, and less by ``caution`` for each conflict;
    and ``less`` than that by an expression of the findings.
    ``telling``: 1 where a number or day that is one customer's own agrees, -1 where it differs, else 0.
    """
    connection.register("said", _said(weights, counts))
    others = [_sum(weights, kind) for kind in weights.kinds if kind != MATCH]
    best = others[0] if len(others) == 1 else f"greatest({', '.join(others)})"
    bits = f"({_sum(weights, MATCH)} - {best}{_learnt(weights)})::double"
    told = _careful(weights, "said_bits") if stored else "said_bits"
    connection.execute(
        f"create or replace table {into} as "
        f"select low, high, {told} - {less} as bits, "
        f"(case when {_any(weights.kind, 'same')} then 1 when {_any(weights.kind, 'different')} then -1 "
        f"else 0 end)::tinyint as telling from (select *, {bits} as said_bits from {findings}, said)"
    )
    connection.unregister("said")


def _said(weights: Weights, counts: Counts) -> pa.Table:
    """One row: a column for each sum and comparison, with the bits of each finding by its number.

    Thousands of words of SQL, read anew for every few pairs, would cost more than to weigh them.
    """
    some: dict[str, list[float | None]] = {}
    for kind in weights.kinds:
        some[f"{kind}_all"] = [log2(counts[kind])]
        for name, chances in weights.chances.items():
            some[f"{kind}_{name}"] = [0.0, *(weights.bits(name, one, kind) for one in chances)]
        namesakes = {rarity: weights.namesake_bits(kind, rarity) for rarity in weights.namesakes}
        if any(namesakes.values()):
            some[f"{kind}_rarity"] = [namesakes.get(rarity, 0.0) for rarity in range(RARITIES)]
    for name in weights.learnt:
        findings = weights.chances[name]
        some[f"learnt_{name}"] = [0.0, *(weights.learnt_bits(name, one) for one in findings)]
    return pa.table({name: pa.array([one], pa.list_(pa.float64())) for name, one in some.items()})


def _learnt(weights: Weights) -> str:
    """What people's decisions add."""
    terms = [repr(weights.bias)] if weights.bias else []
    terms += [f"said.learnt_{name}[{name} + 1]" for name in weights.learnt]
    return "".join(f" + {one}" for one in terms)


def _careful(weights: Weights, bits: str) -> str:
    kind = weights.kind
    conflicts = " + ".join(f"({name} = {numbers(kind, name)['different']})::int" for name in CONFLICTS[kind])
    bits = f"if({supported(kind)}, {bits}, least({bits}, {weights.alone!r}))"
    return f"{bits} - {weights.caution!r} * ({conflicts})"


def supported(kind: Kind) -> str:
    """The condition on findings under which a name does not stand alone."""
    if not OWN[kind]:
        return "true"
    return f"({_one_of(kind, OWN[kind])} or given <> {NONE} and ({_one_of(kind, SHARED[kind])}))"


def _one_of(kind: Kind, found: Found) -> str:
    return " or ".join(f"{name} = {numbers(kind, name)[one]}" for name, some in found.items() for one in some)


def _any(kind: Kind, finding: str) -> str:
    return " or ".join(f"{name} = {numbers(kind, name)[finding]}" for name in TELLING[kind])


def _sum(weights: Weights, kind: str) -> str:
    terms = [f"said.{kind}_all[1]"]
    for name, found in weights.chances.items():
        bits = f"said.{kind}_{name}[{name} + 1]"
        frequent = any(weights.bits(name, one, kind) is None for one in found)
        terms.append(f"coalesce({bits}, {name}_bits)" if frequent else bits)
    if any(weights.namesake_bits(kind, rarity) for rarity in weights.namesakes):
        terms.append(f"said.{kind}_rarity[rarity + 1]")
    return f"({' + '.join(terms)})"
