"""Do no harm, II: what becomes of what people do, while mappings change and answers lack things."""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Any

from bench.edits.play import Story, say, story
from bench.edits.switches import SWITCHES
from bench.edits.tale import show
from bench.edits.verdict import ASKED, ZERO, Verdict, verdict
from bench.report import Measured, timed


def of(
    customers: int, seeds: Sequence[int], rounds: int, show_: int, off: Sequence[str]
) -> Callable[[int, str], Measured]:
    """The measurement of these populations, as (records, store) → figures; it counts customers itself."""
    return lambda _, store: edits(customers, seeds, rounds, store, show_, off)


def edits(
    customers: int,
    seeds: Sequence[int],
    rounds: int,
    store: str = "sqlite",
    show_: int = 0,
    off: Sequence[str] = (),
) -> Measured:
    """All populations; ``show_``: so many samples of each figure on stderr; ``off``: rules switched off."""
    with timed() as took, ExitStack() as switched:
        for name in off:
            switched.enter_context(SWITCHES[name]())
        told = {seed: _one(customers, seed, rounds, store, show_) for seed in seeds}
    ours = {
        "customers": customers,
        "rounds": rounds,
        "off": list(off),
        **_sum(list(told.values())),
        "by_seed": told if len(told) > 1 else {},
    }
    return Measured(ours, took, kept(ours))


def _one(customers: int, seed: int, rounds: int, store: str, show_: int) -> dict[str, Any]:
    say(f"seed {seed}")
    with story(customers, seed, rounds, store) as one:
        one.play(rounds)
        found = verdict(one)
        if show_:
            show(one, found.found, show_)
        return figures(one, found)


def figures(one: Story, found: Verdict) -> dict[str, Any]:
    """Everything counted of one story."""
    counts = Counter(it.figure for it in found.found)
    return {
        **{name: counts[name] for name in ZERO},
        "not_silent": found.not_silent,
        "raced": found.raced,
        "raced_unseen": found.raced_unseen,
        "conflicting": found.conflicting,
        "undecided_share": found.undecided_share,
        "at_rest": one.at_rest,
        "acts": dict(sorted(one.journal.kinds.items())),
        "moments": dict(sorted(one.journal.moments.items())),
        "lines": len(one.journal.lines),
        "deals_judged": one.deals_judged,
        "hub_writes": one.watch.writes,
        "hub_created": len(one.watch.made),
        "holds": {"approved": one.steward.approved, "rejected": one.steward.rejected},
        "publishing_stopped": one.stage.stopped,
    }


def _sum(told: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Counts added up; of shares the highest."""
    if len(told) == 1:
        return told[0]
    whole: dict[str, Any] = {}
    for name, first in told[0].items():
        every = [one[name] for one in told]
        if isinstance(first, bool):
            whole[name] = all(every)
        elif isinstance(first, dict):
            whole[name] = dict(sum((Counter(one) for one in every), Counter[str]()))
        else:
            whole[name] = max(every) if isinstance(first, float) else sum(every)
    return whole


def kept(ours: dict[str, Any]) -> bool:
    """Whether all promises hold."""
    none = all(ours[name] == 0 for name in (*ZERO, "not_silent"))
    return bool(none and ours["undecided_share"] <= ASKED and ours["at_rest"])
