"""How much harm the hub's writes do, by the truth: a first load, then rounds of people at work."""

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from bench.harm.play import Phase, Played, play
from bench.harm.samples import samples
from bench.harm.tally import brief, figures, per_thousand
from bench.harm.verdict import JUDGES
from bench.report import Measured, timed

MOST = {"strict": 8.0, "lenient": 3.0}
"""Harm to values people had, in a thousand writes, that a first load may do."""
ASKED, DISPUTED = 30.0, 0.02
"""Customers in a thousand of whom something is asked, and the share of filled cells left alone, at most."""


def of(customers: int, seeds: Sequence[int], rounds: int, show: int) -> Callable[[int, str], Measured]:
    """The measurement of these populations, as (records, store) → figures; it counts customers itself."""
    return lambda _, __: harm(customers, seeds, rounds, show)


def harm(customers: int, seeds: Sequence[int], rounds: int, show: int = 0) -> Measured:
    """All populations together; ``show``: so many samples of each kind of harm on stderr."""
    with timed() as took:
        told = {seed: play(customers, seed, rounds) for seed in seeds}
    for seed, one in told.items() if show else ():
        _show(f"seed {seed}, first load", one.first_load, show)
        _show(f"seed {seed}, rounds", one.rounds, show)
    ours = _report(customers, told, rounds)
    return Measured(ours, took, _kept(ours))


def _report(customers: int, told: dict[int, Played], rounds: int) -> dict[str, Any]:
    every = list(told.values())
    ours: dict[str, Any] = {
        "customers": customers,
        "people": sum(one.people for one in every),
        "seeds": list(told),
        "first_load": _phase([one.first_load for one in every], customers * len(told)),
        "at_rest": all(one.first_load.at_rest for one in every),
        "by_seed": {seed: {j: brief(j, one.first_load.writes) for j in JUDGES} for seed, one in told.items()},
        "questions": _questions(sum((one.questions for one in every), Counter[str]())),
        "golden_ids_of_two_people": sum(one.strangers for one in every),
    }
    if rounds:
        ours["rounds"] = {
            "number": rounds,
            "edits": dict(sum((one.edits for one in every), Counter[str]())),
            **_phase([one.rounds for one in every], customers * len(told)),
        }
    return ours


def _questions(told: Counter[str]) -> dict[str, Any]:
    shared = per_thousand(told["customers"], told["golden"])
    return {
        **told,
        "customers_with_one_per_1000": shared,
        "disputed_share_of_filled_cells": round(told["disputed"] / max(told["filled"], 1), 4),
    }


def _phase(phases: Sequence[Phase], customers: int) -> dict[str, Any]:
    writes = [one for phase in phases for one in phase.writes]
    return {
        "syncs": [phase.syncs for phase in phases],
        "created": sum(phase.created for phase in phases),
        "per_1000_customers": {j: _share(j, writes, customers) for j in JUDGES},
        **figures(writes),
        "wrong_identity": figures([one for phase in phases for one in phase.wrong_identity]),
        "languages": figures([one for phase in phases for one in phase.apart]),
        "mistakes_people_made_carried_on": figures([one for phase in phases for one in phase.mistakes]),
    }


def _share(judge: str, writes: Sequence[Any], customers: int) -> dict[str, float]:
    said = brief(judge, writes)
    return {name: per_thousand(said[name], customers) for name in ("writes", "harm", "better")}


def _kept(ours: dict[str, Any]) -> bool:
    found = ours["first_load"]
    few = all(found[judge]["over_values_per_1000_writes"] <= most for judge, most in MOST.items())
    asked = ours["questions"]
    quiet = asked["customers_with_one_per_1000"] <= ASKED
    return few and quiet and asked["disputed_share_of_filled_cells"] <= DISPUTED and bool(ours["at_rest"])


def _show(title: str, phase: Phase, most: int) -> None:
    print(title, *samples(phase.writes, most), sep="\n", file=sys.stderr)
