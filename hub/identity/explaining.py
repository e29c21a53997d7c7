"""Why two records are one customer, or why not: finding by finding, against the rival that fits best."""

import json
from dataclasses import dataclass, replace
from math import log2
from typing import Any

import duckdb
import pyarrow as pa

from hub.identity.database import database, number_by_content
from hub.identity.evidence import compare, frequencies, numbers
from hub.identity.findings import FREQUENT, LOOKED_AT
from hub.identity.fitting import Fitted, expected
from hub.identity.rating import opened, weigh_pairs
from hub.identity.weights import MATCH, Weights


@dataclass(frozen=True, slots=True)
class Finding:
    """What one comparison found, and what it says."""

    comparison: str
    finding: str
    """Empty where one of the two does not tell."""
    left: str
    right: str
    bits: float


@dataclass(frozen=True, slots=True)
class Why:
    """The explanation of a pair."""

    bits: float
    """In favour of one customer; from ``accept`` on a pair is taken for one."""
    rival: str
    """What else the pair may be: the kind of pair that explains it best."""
    rarity: float
    """Bits before anything is compared: how many more or fewer matches there are than such rivals."""
    findings: tuple[Finding, ...]
    care: float = 0.0
    """Bits against a pair of stored records, for what differs or because nothing but a name agrees."""


def why(described: pa.Table, fitted: Fitted, left: int, right: int) -> Why:
    """Explain the pair of two rows of a table, by weights that were fitted to it."""
    with database() as connection:
        number_by_content(connection, described, fitted.weights.kind)
        frequencies(connection, fitted.weights)
        connection.execute(
            "create table pair as select min(id) as low, max(id) as high from described "
            "where place in ($left, $right)",
            {"left": left, "right": right},
        )
        compare(connection, fitted.weights.kind, "pair", "finding")
        found = _row(connection, "select * from finding")
        sides = [
            _row(connection, "select * from described where place = $1", place) for place in (left, right)
        ]
    return _explained(fitted, found, sides[0], sides[1])


def why_stored(left: str, right: str, weights: Weights) -> Why:
    """Explain the pair of two stored records, as it is rated: by the descriptions that are most alike."""
    told = dict(enumerate((*_versions(left), *_versions(right))))
    first = len(_versions(left))
    fitted = Fitted(weights, expected(weights, weights.records))
    with opened(told, weights) as connection:
        connection.execute(
            "create table pair as select l.id as low, r.id as high from described l, described r "
            "where l.id < $first and r.id >= $first",
            {"first": first},
        )
        weigh_pairs(connection, weights)
        best = _row(connection, "select * from weighed order by bits desc, telling desc, low, high limit 1")
        found = _row(
            connection, "select * from finding where low = $1 and high = $2", best["low"], best["high"]
        )
        sides = [
            _row(connection, "select * from described where id = $1", best[side]) for side in ("low", "high")
        ]
    plain = _explained(fitted, found, sides[0], sides[1])
    return replace(plain, bits=round(best["bits"], 2), care=round(best["bits"] - plain.bits, 2))


def _versions(record: str) -> list[str]:
    """Each description of a stored record as a record of its own."""
    return [json.dumps([one]) for one in json.loads(record)]


def _row(connection: duckdb.DuckDBPyConnection, query: str, *given: int) -> dict[str, Any]:
    found = connection.execute(query, given)
    names = [column[0] for column in found.description or ()]
    return dict(zip(names, found.fetchone() or (), strict=True))


def _explained(fitted: Fitted, found: dict[str, Any], left: dict[str, Any], right: dict[str, Any]) -> Why:
    weights, counts = fitted.weights, fitted.counts
    names = {name: {n: one for one, n in numbers(weights.kind, name).items()} for name in weights.chances}
    made = {name: names[name].get(found[name], "") for name in weights.chances}

    def bits(name: str, kind: str) -> float:
        told = weights.bits(name, made[name], kind) if made[name] else 0.0
        more = weights.namesake_bits(kind, found["rarity"]) if name == FREQUENT[weights.kind][-1] else 0.0
        return more + (float(found[f"{name}_bits"]) if told is None else told)

    def whole(kind: str) -> float:
        return log2(counts[kind]) + sum(bits(name, kind) for name in made)

    rival = max((kind for kind in weights.kinds if kind != MATCH), key=whole)
    findings = tuple(
        Finding(
            name,
            made[name],
            _shown(left, LOOKED_AT[weights.kind][name]),
            _shown(right, LOOKED_AT[weights.kind][name]),
            round(bits(name, MATCH) - bits(name, rival) + weights.learnt_bits(name, made[name]), 2),
        )
        for name in made
    )
    learnt = weights.bias + sum(weights.learnt_bits(name, one) for name, one in made.items())
    rarity = log2(counts[MATCH]) - log2(counts[rival]) + weights.bias
    return Why(round(whole(MATCH) - whole(rival) + learnt, 2), rival, round(rarity, 2), findings)


def _shown(row: dict[str, Any], told: str) -> str:
    """The values that were compared, as they were compared."""
    columns = ("postcode", "house", "street", "city") if "||" in told else (told,)
    texts = (", ".join(one) if isinstance(one := row[name], list) else one for name in columns)
    return " ".join(filter(None, texts))
