"""What is learnt from pairs without labels: how many are matches, and how careless people were; no more."""

import numpy as np
import pytest

from hub.identity.evidence import numbers
from hub.identity.findings import FINDINGS, FREQUENT
from hub.identity.fitting import Patterns, fit
from hub.identity.weights import MATCH, Weights
from hub.matching.match import shipped

SHIPPED = shipped("person")
RECORDS = 10_000
RARITY = 13
"""Of a full name of which each part one in a hundred has."""
Found = dict[str, str]

HOUSEMATES: Found = {"given": "different", "family": "same", "address": "same"}
GROWN_UP = {**HOUSEMATES, "landline": "different", "email": "different"}
SAME = {"given": "same", "family": "same", "birth": "same", "email": "own", "address": "same"}
STRANGERS = {"given": "same", "family": "different", "birth": "different", "town": "same"}


def patterns(*some: tuple[Found, float]) -> Patterns:
    """Pairs by what was found; a given or family name that one in a hundred has."""
    findings = {
        name: np.array([numbers("person", name).get(found.get(name, ""), 0) for found, _ in some], np.uint8)
        for name in FINDINGS["person"]
    }
    rare = np.full(len(some), np.log2(0.01))
    named = [found.get("given") == found.get("family") == "same" for found, _ in some]
    rarity = np.array(named, np.uint8) * RARITY
    return Patterns(
        findings, dict.fromkeys(FREQUENT["person"], rare), rarity, np.array([pairs for _, pairs in some])
    )


def bits(weights: Weights, counts: dict[str, float], found: Found, rival: str) -> float:
    """A pair's bits against one rival."""

    def whole(kind: str) -> float:
        told = (weights.bits(name, one, kind) for name, one in found.items())
        return float(np.log2(counts[kind])) + sum(np.log2(0.01) if one is None else one for one in told)

    return whole(MATCH) - whole(rival)


def test_most_pairs_being_housemates_do_not_make_them_matches() -> None:
    """Though they look other than the file's housemates: each with a telephone and a mailbox of their own."""
    found = fit(SHIPPED, patterns((HOUSEMATES, 3_000), (GROWN_UP, 9_000), (SAME, 2_000)), RECORDS)
    for pair in (HOUSEMATES, GROWN_UP):
        assert bits(found.weights, dict(found.counts), pair, "housemates") < 0
    assert bits(found.weights, dict(found.counts), SAME, "housemates") > 4
    assert found.counts[MATCH] == pytest.approx(2_000, rel=0.1)


def test_carelessness_is_learnt() -> None:
    slip = {**SAME, "birth": "near"}
    careful = fit(SHIPPED, patterns((SAME, 5_000), (STRANGERS, 5_000)), RECORDS).weights
    careless = fit(SHIPPED, patterns((SAME, 3_000), (slip, 2_000), (STRANGERS, 5_000)), RECORDS).weights
    chances = [one.chances["birth"]["near"][MATCH] or 0.0 for one in (careful, SHIPPED, careless)]
    assert chances == sorted(chances) and len(set(chances)) == 3


def test_rivals_stay_what_the_file_says() -> None:
    found = fit(SHIPPED, patterns((SAME, 3_000), (HOUSEMATES, 3_000)), RECORDS).weights
    for name, levels in found.chances.items():
        for level, chances in levels.items():
            told = {kind: one for kind, one in chances.items() if kind != MATCH}
            before = SHIPPED.chances[name][level]
            assert told == {kind: one for kind, one in before.items() if kind != MATCH}


def test_without_pairs_nothing_is_learnt() -> None:
    found = fit(SHIPPED, patterns((STRANGERS, 0.0)), RECORDS)
    for name, levels in found.weights.chances.items():
        for level, chances in levels.items():
            shipped_chance = SHIPPED.chances[name][level][MATCH]
            assert chances[MATCH] == pytest.approx(shipped_chance, rel=0.06)
