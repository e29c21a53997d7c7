"""What was found on pairs, and what it weighs: arrays, an element for each pair.

In numpy, not in SQL: thousands of words of SQL, read anew for every few pairs, cost more than to weigh them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from hub.identity.evidence import NONE, RARITIES, Counts, numbers
from hub.identity.findings import FREQUENT, TELLING
from hub.identity.weights import MATCH, Weights

Numbers = npt.NDArray[np.float64]
Numbered = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Found:
    """Pairs, or patterns of pairs."""

    findings: Mapping[str, Numbered]
    """Comparison → the number of the finding; 0 for none."""
    bits: Mapping[str, Numbers]
    """Comparison → how frequent the value is, in bits."""
    rarity: Numbered
    """How rare the full name is that both have."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What is made of pairs."""

    bits: Numbers
    telling: npt.NDArray[np.int8]
    """As in :data:`hub.identity.grouping.Weighed`."""


Judge = Callable[[Weights, Found, Numbers], Judged]
"""Weights, findings and what the weights say → what is made of it."""


def as_said(weights: Weights, found: Found, bits: Numbers) -> Judged:
    """What the weights say, as it is."""
    return Judged(bits, telling(weights, found))


def sums(weights: Weights, count: float, kind: str, found: Found) -> Numbers:
    """How likely such a finding is in any of ``count`` pairs of a kind, in bits."""
    total = np.full(len(found.rarity), np.log2(count))
    for name, made in found.findings.items():
        if not made.any():
            continue
        table = np.zeros(len(weights.chances[name]) + 1)
        for finding, number in numbers(weights.kind, name).items():
            bits = weights.bits(name, finding, kind)
            if bits is None:
                total += np.where(made == number, found.bits[name], 0.0)
            else:
                table[number] = bits
        total += table[made]
    namesakes = np.zeros(RARITIES)
    for rarity in weights.namesakes:
        namesakes[rarity] = weights.namesake_bits(kind, rarity)
    return total + namesakes[found.rarity]


def weigh(
    connection: duckdb.DuckDBPyConnection,
    weights: Weights,
    counts: Counts,
    findings: str,
    into: str,
    judge: Judge = as_said,
) -> Found:
    """Fill the table ``into(low, high, bits, telling)`` from one of findings, row by row; returns those.

    ``bits``: how much likelier a match is than what else fits the pair best, as the ``judge`` takes it.
    """
    columns = connection.execute(f"select * from {findings}").fetchnumpy()
    found = Found(
        {name: np.asarray(columns[name]) for name in weights.chances},
        {name: np.asarray(columns[f"{name}_bits"], dtype=np.float64) for name in FREQUENT[weights.kind]},
        np.asarray(columns["rarity"]),
    )
    judged = judge(weights, found, _against_the_best(weights, counts, found))
    told = {
        **{name: np.asarray(columns[name]) for name in ("low", "high")},
        "bits": judged.bits,
        "telling": judged.telling,
    }
    connection.register("told", pa.table(told))
    connection.execute(f"create or replace table {into} as from told")
    connection.unregister("told")
    return found


def made(found: Found, weights: Weights, name: str, findings: tuple[str, ...]) -> Mask:
    """Where a comparison made one of these findings; the empty one is none."""
    numbered = numbers(weights.kind, name)
    return np.isin(found.findings[name], [numbered.get(one, NONE) for one in findings])


def _against_the_best(weights: Weights, counts: Counts, found: Found) -> Numbers:
    others = [sums(weights, counts[kind], kind, found) for kind in weights.kinds if kind != MATCH]
    bits = sums(weights, counts[MATCH], MATCH, found) - reduce(np.maximum, others) + weights.bias
    for name in weights.learnt:
        table = [0.0, *(weights.learnt_bits(name, one) for one in numbers(weights.kind, name))]
        bits += np.array(table)[found.findings[name]]
    return bits


def telling(weights: Weights, found: Found) -> npt.NDArray[np.int8]:
    """1 where a number or day that is one customer's own agrees, -1 where it differs, else 0."""
    agrees, differs = (
        reduce(np.logical_or, (made(found, weights, name, (finding,)) for name in TELLING[weights.kind]))
        for finding in ("same", "different")
    )
    return np.where(agrees, 1, np.where(differs, -1, 0)).astype(np.int8)
