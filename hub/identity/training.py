"""Weights learnt from the records stored, and from what people decided about pairs of them.

Three things, each of which a person can read in the file that comes of it: how frequent names are; how
careless records are, as far as the pairs tell without anybody's help (see :mod:`hub.identity.fitting`); and
how people's decisions differ from what the weights would have said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import floor, log2
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy.optimize import minimize

from hub.identity.candidates import block
from hub.identity.care import enough
from hub.identity.database import database
from hub.identity.described import COLUMNS
from hub.identity.evidence import compare, known_frequencies, numbers
from hub.identity.findings import COUNTED, FREQUENT, SHARED_BY_MANY
from hub.identity.fitting import fit, patterns
from hub.identity.rating import Stored, describe, opened, weigh_pairs
from hub.identity.weights import Names, Weights
from hub.model.keys import Kind

MANY = 50
"""Records that have a name, from which on its share is told: of fewer, chance says as much, and people."""
MOST = 50
"""Frequent values told."""
COMMON = 0.0005
"""The least share that is told."""
ENOUGH = 50
"""Decisions from which on anything is learnt of them."""
TRUST = 1.5
"""Bits that a finding's weight may easily be off; for the bias twice as much."""
Numbers = npt.NDArray[Any]
_LN2 = float(np.log(2))

Decision = tuple[int, int, bool]
"""Two records, and whether they are one customer."""


@dataclass(frozen=True, slots=True)
class Frequent:
    """A value that so many records share that it may identify nobody: for a person to declare generic."""

    column: str
    value: str
    records: int


@dataclass(frozen=True, slots=True)
class Trained:
    """New weights, and what they were learnt from."""

    weights: Weights
    records: int
    pairs: int
    decisions: int
    """How many were used: those about records that are stored."""
    frequent: tuple[Frequent, ...] = ()


def trained(stored: Stored, decisions: Sequence[Decision], weights: Weights) -> Trained:
    """Learn from these records and decisions. ``weights``: those used so far."""
    fresh = replace(weights, learnt={}, bias=0.0)
    with database() as connection:
        describe(connection, weights.kind, stored, today=True)
        fresh = replace(fresh, names=_names(connection, fresh, len(stored)))
        frequent = _frequent(connection, weights.kind)
        known_frequencies(connection, fresh)
        pairs = block(connection, weights.kind) if len(stored) > 1 else 0
        if pairs:
            compare(connection, weights.kind, "pair", "finding")
            fresh = fit(fresh, patterns(connection, fresh, "finding"), len(stored)).weights
    known = [one for one in decisions if {one[0], one[1]} <= stored.keys()]
    if len(known) >= ENOUGH:
        fresh = _corrected(stored, known, fresh)
    return Trained(fresh, len(stored), pairs, len(known), frequent)


def _frequent(connection: duckdb.DuckDBPyConnection, kind: Kind) -> tuple[Frequent, ...]:
    """Mailboxes, numbers and domains that many records share, most first."""
    columns = [name for name in COLUMNS[kind] if name in SHARED_BY_MANY]
    every = " union all ".join(
        f"select '{name}' as col, unnest({name}) as value, id from described" for name in columns
    )
    found = connection.execute(
        f"select col, value, count(distinct id) as n from ({every}) group by col, value "
        "having n >= $many order by n desc, col, value limit $most",
        {"many": MANY, "most": MOST},
    ).fetchall()
    return tuple(Frequent(*one) for one in found)


def _names(connection: duckdb.DuckDBPyConnection, weights: Weights, records: int) -> dict[str, Names]:
    """Shares of common names, in steps of a factor of two: a small change in the data changes no file."""
    found = {}
    for name in COUNTED[weights.kind]:
        column = FREQUENT[weights.kind][name]
        counted = connection.execute(
            f"select {column}, count(*) as n from described where {column} <> '' group by {column}"
        ).fetchall()
        told = sum(n for _, n in counted) or 1
        common = {value: n / told for value, n in counted if n >= MANY and n / told >= COMMON}
        rest = [n / told for value, n in counted if value not in common]
        # The chance that two who have an uncommon name have the same one.
        others = sum(one * one for one in rest) / sum(rest) if rest else weights.names[name].others
        found[name] = Names(
            _rounded(max(others, 1 / max(records, 2))),
            {value: _rounded(share) for value, share in common.items()},
        )
    return found


def _rounded(share: float) -> float:
    return float(2.0 ** floor(log2(share) + 0.5))


def _corrected(stored: Stored, decisions: Sequence[Decision], weights: Weights) -> Weights:
    """Add to each finding what makes people's decisions most likely, but no more than they bear out."""
    findings, bits, same = _judged(stored, decisions, weights)
    columns = [
        (name, one, number) for name in weights.chances for one, number in numbers(weights.kind, name).items()
    ]
    seen = np.stack([findings[name] == number for name, _, number in columns] + [np.ones(len(same))], axis=1)
    trust = np.array([TRUST] * len(columns) + [2 * TRUST]) * _LN2

    def loss(change: Numbers) -> tuple[float, Numbers]:
        odds = bits * _LN2 + seen @ change
        away = 1 / (1 + np.exp(-odds)) - same
        likely = np.logaddexp(0, odds) - same * odds
        return float(likely.sum() + ((change / trust) ** 2).sum() / 2), seen.T @ away + change / trust**2

    change = minimize(loss, np.zeros(seen.shape[1]), jac=True, method="L-BFGS-B").x / _LN2
    learnt: dict[str, dict[str, float]] = {}
    for (name, one, _), more in zip(columns, change, strict=False):
        if abs(more) >= 0.05:
            learnt.setdefault(name, {})[one] = round(float(more), 2)
    return replace(weights, learnt=learnt, bias=round(float(change[-1]), 2))


def _judged(
    stored: Stored, decisions: Sequence[Decision], weights: Weights
) -> tuple[Mapping[str, Numbers], Numbers, Numbers]:
    """What was found on each decided pair, what it weighs so far, and whether it is one customer.

    Without those in which only names agree: whatever is learnt, such a pair is taken for nothing.
    """
    told = {record: stored[record] for low, high, _ in decisions for record in (low, high)}
    rows = [(min(low, high), max(low, high), same) for low, high, same in decisions]
    decided = pa.table([pa.array(one) for one in zip(*rows, strict=True)], names=["low", "high", "same"])
    with opened(told, weights) as connection:
        connection.register("pair", decided)
        told_apart = pa.table({"enough": enough(weights, weigh_pairs(connection, weights))})
        connection.register("told", told_apart)
        # By the descriptions that are most alike, as a pair is rated.
        listed = ", ".join(f"best.f.{name}" for name in weights.chances)
        found = connection.execute(
            f"select same, best.bits, {listed} from pair join (select f.low, f.high, "
            "max_by({'f': f, 'bits': w.bits}, w.bits) as best from finding f positional join weighed w "
            "positional join told where enough group by f.low, f.high) using (low, high) order by low, high"
        ).fetchnumpy()
    findings = {name: np.asarray(found[name]) for name in weights.chances}
    return findings, np.asarray(found["bits"], dtype=np.float64), np.asarray(found["same"], dtype=np.float64)
