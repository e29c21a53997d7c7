"""Learning from the pairs themselves, without labels: how many are matches, and how careless people were.

Expectation maximisation over the patterns of findings. How often two records of *one* customer differ is a
fact of the data at hand, so a match's chances move from the shipped ones as far as the pairs say so; and so
do those of strangers, where pairs were drawn from all. What else pairs may be keeps its chances, for those
are facts of the world (how many share a house).
"""

from dataclasses import dataclass, replace

import duckdb
import numpy as np
import numpy.typing as npt

from hub.identity.evidence import NONE, Counts, numbers
from hub.identity.findings import FREQUENT
from hub.identity.found import Found, Numbers, sums
from hub.identity.weights import MATCH, STRANGERS, Weights

ROUNDS = 30
TRUST = 200.0
"""How many pairs the shipped chances of a match are worth."""
BOUND, UNBOUND = 4.0, 64.0
"""How many times larger or smaller a chance gets at most, with many rivals and with few: matches would come
to look like whatever rival the data have most of, a large household say."""
RIVALS = 4.0
"""Times as many matches as rivals, from which on the file's own evidence is strong."""
SEEN = 5.0
"""How often a finding was seen among strangers for the file to say what it says; if rare, among very many."""
NAMESAKES = 20.0
"""Pairs of strangers of one name that are worth as much as the thought that names come independently."""


@dataclass(frozen=True, slots=True)
class Patterns(Found):
    """Pairs with the same findings, together; of a frequency the mean."""

    pairs: Numbers


@dataclass(frozen=True, slots=True)
class Chance:
    """What strangers have in common by chance (see :mod:`hub.identity.chance`)."""

    drawn: Patterns
    """Pairs drawn from all: nearly all of them strangers."""
    namesakes: Numbers
    """Rarity → pairs of strangers of one full name, if given names told nothing of family names."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights as these data say, and how many pairs there are of each kind."""

    weights: Weights
    counts: Counts


def patterns(connection: duckdb.DuckDBPyConnection, weights: Weights, findings: str) -> Patterns:
    """The patterns in a table of findings."""
    names = list(weights.chances)
    # In whole millionths: a sum of integers is the same in whatever order DuckDB's threads add it up.
    means = [
        f"sum(round({name}_bits * 1e6)::bigint) / count(*) / 1e6 as {name}_bits"
        for name in FREQUENT[weights.kind]
    ]
    names.append("rarity")
    counted = ", ".join([*names, *means, "count(*)::double as pairs"])
    columns = connection.execute(
        f"select {counted} from {findings} group by {', '.join(names)} order by {', '.join(names)}"
    ).fetchnumpy()
    return Patterns(
        {name: np.asarray(columns[name]) for name in weights.chances},
        {name: np.asarray(columns[f"{name}_bits"], dtype=np.float64) for name in FREQUENT[weights.kind]},
        np.asarray(columns["rarity"]),
        np.asarray(columns["pairs"]),
    )


def expected(weights: Weights, records: float) -> Counts:
    """How many pairs of each kind the file expects among so many records."""
    return {STRANGERS: records * (records - 1) / 2} | {
        kind: number * records for kind, number in weights.expected.items()
    }


def fit(weights: Weights, seen: Patterns, records: int, chance: Chance | None = None) -> Fitted:
    """Weights and counts that fit the pairs best. Pure: the same pairs give the same answer."""
    counts = dict(expected(weights, records))
    least = {kind: min(counts[kind], 1.0) for kind in weights.expected}
    if chance is not None:
        weights = _strangers_relearnt(weights, counts, chance.drawn)
    shipped = weights
    for _ in range(ROUNDS):
        shares = _shares(weights, counts, seen)
        for kind in weights.expected:
            counts[kind] = max(float((shares[kind] * seen.pairs).sum()), least[kind])
        if chance is not None:
            found = _namesakes(chance.namesakes, shares[STRANGERS] * seen.pairs, seen.rarity)
            weights = replace(weights, namesakes=found)
        bound = _bound(weights, counts)
        weights = _relearnt(weights, shipped, shares[MATCH] * seen.pairs, seen, bound)
    return Fitted(weights, counts)


def _shares(weights: Weights, counts: Counts, seen: Patterns) -> dict[str, Numbers]:
    """Kind of pair → how likely each pattern is one."""
    bits = np.stack([sums(weights, counts[kind], kind, seen) for kind in weights.kinds])
    odds = np.exp2(bits - bits.max(axis=0))
    return dict(zip(weights.kinds, odds / odds.sum(axis=0), strict=True))


def _namesakes(expected: Numbers, strangers: Numbers, rarity: npt.NDArray[np.uint8]) -> dict[int, float]:
    found = np.zeros(len(expected))
    np.add.at(found, rarity, strangers)
    # Of names that a crowd has pairs are left out: there are never fewer than if names came independently.
    bits = np.log2(np.maximum((found + NAMESAKES) / (expected + NAMESAKES), 1.0))
    return {place: float(one) for place, one in enumerate(bits) if place}


def _strangers_relearnt(weights: Weights, counts: Counts, drawn: Patterns) -> Weights:
    pairs = _shares(weights, counts, drawn)[STRANGERS] * drawn.pairs
    chances = {name: _by_chance(weights, name, pairs, found) for name, found in drawn.findings.items()}
    return replace(weights, chances=chances)


def _by_chance(
    weights: Weights, name: str, strangers: Numbers, made: npt.NDArray[np.uint8]
) -> dict[str, dict[str, float | None]]:
    """A comparison's chances, by how often each finding was made on strangers."""
    whole = float(strangers[made != NONE].sum())
    found: dict[str, dict[str, float | None]] = {}
    for finding, number in numbers(weights.kind, name).items():
        chances = weights.chances[name][finding]
        before, seen = chances[STRANGERS], float(strangers[made == number].sum())
        told = before and min((seen + SEEN) / (whole + SEEN / before), 1.0)
        found[finding] = {**chances, STRANGERS: told}
    return found


def _relearnt(weights: Weights, shipped: Weights, matches: Numbers, seen: Patterns, bound: float) -> Weights:
    chances = {
        name: _comparison(weights, shipped, name, matches, found, bound)
        for name, found in seen.findings.items()
    }
    return replace(weights, chances=chances)


def _comparison(
    weights: Weights,
    shipped: Weights,
    name: str,
    matches: Numbers,
    found: npt.NDArray[np.uint8],
    bound: float,
) -> dict[str, dict[str, float | None]]:
    numbered = numbers(weights.kind, name)
    counted = {finding: float(matches[found == number].sum()) for finding, number in numbered.items()}
    whole = sum(counted.values()) + TRUST
    before = {finding: shipped.chances[name][finding][MATCH] or 1.0 for finding in numbered}
    unit = sum(before.values())
    learnt = {
        finding: _bounded((counted[finding] + TRUST * one / unit) / whole, one, bound)
        for finding, one in before.items()
    }
    unit = sum(learnt.values())
    return {finding: {**weights.chances[name][finding], MATCH: one / unit} for finding, one in learnt.items()}


def _bounded(chance: float, shipped: float, bound: float) -> float:
    return min(max(chance, shipped / bound), shipped * bound, 1.0)


def _bound(weights: Weights, counts: Counts) -> float:
    """How many times larger or smaller a chance gets at most: the less, the more rivals there are."""
    rivals = sum(counts[kind] for kind in weights.kinds if kind not in (MATCH, STRANGERS))
    return min(max(BOUND * counts[MATCH] / max(RIVALS * rivals, 1.0), BOUND), UNBOUND)
