"""How many writes did what, for each judge: in all, by field, by system, by kind."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from bench.harm.verdict import JUDGES, betters, harms, step
from bench.harm.writes import Written

Figures = dict[str, Any]


def figures(writes: Sequence[Written]) -> Figures:
    """Both judges on the same writes."""
    return {judge: _whole(judge, writes) for judge in JUDGES}


def brief(judge: str, writes: Iterable[Written]) -> Figures:
    """Writes, harm, harm in a thousand writes, and what became right.

    ``over_values``: harm done to a value somebody had; the rest filled a gap with the one value there was.
    """
    seen = [step(judge, one.was, one.became) for one in writes]
    harm = sum(harms(judge, one) for one in seen)
    over = sum(harms(judge, one) and one[0] != "empty" for one in seen)
    return {
        "writes": len(seen),
        "harm": harm,
        "harm_per_1000_writes": per_thousand(harm, len(seen)),
        "over_values": over,
        "over_values_per_1000_writes": per_thousand(over, len(seen)),
        "better": sum(map(betters, seen)),
    }


def per_thousand(number: int, of: int) -> float:
    """To one place; 0 of nothing."""
    return round(1000 * number / of, 1) if of else 0.0


def _whole(judge: str, writes: Sequence[Written]) -> Figures:
    return {
        **brief(judge, writes),
        "kinds": _kinds(judge, writes),
        "by_field": _by(judge, writes, lambda one: one.field),
        "by_system": _by(judge, writes, lambda one: one.system),
    }


def _by(judge: str, writes: Sequence[Written], of: Callable[[Written], str]) -> Figures:
    names = sorted({of(one) for one in writes})
    shares = {name: [one for one in writes if of(one) == name] for name in names}
    return {name: {**brief(judge, some), "kinds": _kinds(judge, some)} for name, some in shares.items()}


def _kinds(judge: str, writes: Iterable[Written]) -> dict[str, int]:
    found = Counter("→".join(step(judge, one.was, one.became)) for one in writes)
    return dict(found.most_common())
