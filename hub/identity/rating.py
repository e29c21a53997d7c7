"""How much stored records look like one customer: by weights that nothing else in the store can move.

A record is stored with its descriptions, today's and earlier ones, for a customer who moved house is still
the same; two records are rated by the descriptions that are most alike.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from math import inf

import duckdb
import numpy as np
import pyarrow as pa

from hub.identity.candidates import Key, block, keys
from hub.identity.care import with_care
from hub.identity.database import database
from hub.identity.described import COLUMNS, Description
from hub.identity.evidence import compare, known_frequencies
from hub.identity.findings import LISTS
from hub.identity.fitting import expected
from hub.identity.found import Found, Judged, Numbers, as_said, weigh
from hub.identity.grouping import Weighed
from hub.identity.weights import Weights
from hub.model.keys import Kind
from hub.model.value import canonical

LARGE = 60
"""Records that hang together, from which on not every pair among them is rated."""

PAST = 0.005
"""Bits less for a record that said otherwise once, and again for what it said then.

Of two that say as much, who always said it counts, and what is said today.
"""

Stored = Mapping[int, str]
"""Record → its descriptions, as :func:`stored` writes them."""
Pair = tuple[int, int]
"""Two records, the lower number first."""


def stored(versions: Iterable[Description]) -> str:
    """The descriptions of one record as a JSON list, the same only once, and nothing that is empty."""
    told = [{name: one for name, one in each.items() if one} for each in versions]
    return canonical([one for place, one in enumerate(told) if one not in told[:place]])


def keys_of(kind: Kind, stored: Stored) -> dict[int, list[Key]]:
    """Record → its blocking keys, each once, in order; without those that have none."""
    if not stored:
        return {}
    with database() as connection:
        describe(connection, kind, stored)
        return keys(connection, kind)


def rated_across(
    stored: Stored, left: Collection[int], right: Collection[int], weights: Weights
) -> list[Weighed]:
    """Each pair of a record of ``left`` and another one of ``right``."""
    pairs = {(min(one, other), max(one, other)) for one in left for other in right if one != other}
    with opened(stored, weights) as connection:
        connection.register("pair", _columns(sorted(pairs), "low", "high"))
        return weighed(connection, weights, -inf)


def rated_within(stored: Stored, parts: Mapping[int, int], weights: Weights) -> list[Weighed]:
    """Each pair of records of one part. ``parts``: record → its part.

    In a part of more than :data:`LARGE` only pairs that share a key, and those below :data:`CROWD`.
    """
    sizes = Counter(parts.values())
    large = {part for part, records in sizes.items() if records > LARGE}
    with opened(stored, weights) as connection:
        rows = [(record, part) for record, part in parts.items() if part not in large]
        connection.register("part", _columns(rows, "id", "part"))
        every = "select l.id as low, r.id as high from part l join part r on l.part = r.part and l.id < r.id"
        if large:
            block(connection, weights.kind)
            rows = [(record, part) for record, part in parts.items() if part in large]
            connection.register("large", _columns(rows, "id", "part"))
            every += (
                " union all select low, high from pair "
                "join large l on l.id = low join large r on r.id = high where l.part = r.part"
            )
        connection.execute(f"create or replace table pair as {every}")
        return weighed(connection, weights, -inf)


def weighed(connection: duckdb.DuckDBPyConnection, weights: Weights, least: float) -> list[Weighed]:
    """The table ``pair``, weighed: a pair by those of its descriptions that are most alike."""
    weigh_pairs(connection, weights)
    return connection.execute(
        "select low, high, best.bits, best.telling from (select low, high, "
        "max({'bits': bits, 'telling': telling}) as best from weighed where bits >= $least "
        "group by low, high) order by low, high",
        {"least": least},
    ).fetchall()


def weigh_pairs(connection: duckdb.DuckDBPyConnection, weights: Weights, *, careful: bool = True) -> Found:
    """Fill ``finding`` and ``weighed`` from ``pair``: a row for each two descriptions of the two records.

    Returns what was found, row by row.
    """
    compare(connection, weights.kind, "pair", "finding", "l.past + r.past as past")
    past = np.asarray(connection.execute("select past from finding").fetchnumpy()["past"])

    def judge(weights: Weights, found: Found, bits: Numbers) -> Judged:
        judged = (with_care if careful else as_said)(weights, found, bits)
        return replace(judged, bits=judged.bits - PAST * past)

    return weigh(connection, weights, expected(weights, weights.records), "finding", "weighed", judge)


@contextmanager
def opened(stored: Stored, weights: Weights) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database with these records in it, ready to be compared."""
    with database() as connection:
        describe(connection, weights.kind, stored)
        known_frequencies(connection, weights)
        yield connection


def describe(connection: duckdb.DuckDBPyConnection, kind: Kind, *parts: Stored, today: bool = False) -> None:
    """Fill the table ``described`` of a :func:`hub.identity.database.database` with these records.

    A row for each description; with ``today`` only for the present one.
    """
    describe_parts(connection, kind, parts, today=today)


def describe_parts(
    connection: duckdb.DuckDBPyConnection, kind: Kind, parts: Iterable[Stored], *, today: bool = False
) -> None:
    """The same of many, part by part: their texts are never all in memory."""
    shape = [{name: ["VARCHAR"] if name in LISTS else "VARCHAR" for name in COLUMNS[kind]}]
    columns = [
        f"coalesce(one.{name}, []) as {name}" if name in LISTS else f"coalesce(one.{name}, '') as {name}"
        for name in COLUMNS[kind]
    ]
    told = f"from_json(documents, '{json.dumps(shape)}')" + ("[:1]" if today else "")
    every = f"select id, {told} as told from given"
    each = (
        f"select id, unnest(told) as one, generate_subscripts(told, 1) as nth, len(told) as n from ({every})"
    )
    rows = f"select id, {', '.join(columns)}, ((n > 1)::int + (nth > 1)::int)::utinyint as past from ({each})"
    into, rest = "create or replace table described as", iter(parts)
    for part in chain([next(rest, {})], rest):
        texts = {"id": pa.array(part, pa.int64()), "documents": pa.array(part.values(), pa.string())}
        connection.register("given", pa.table(texts))
        connection.execute(f"{into} {rows}")
        into = "insert into described"
    connection.unregister("given")


def _columns(rows: Sequence[tuple[int, int]], *names: str) -> pa.Table:
    values = list(zip(*rows, strict=True)) or [()] * len(names)
    return pa.table([pa.array(one, pa.int64()) for one in values], names=list(names))
