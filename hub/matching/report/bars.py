"""What another bar would accept and ask."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair
import numpy as np
from markupsafe import Markup

from hub.matching.report.drawn import INK, RIGHT, WIDTH, WRONG, data, svg
from hub.matching.report.pairs import Numbers, Pairs

BELOW, ABOVE, STEP = 6, 8, 2.0
"""Bars below and above the one in force, and how many bits they are apart."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Of pairs of rows that say something different."""

    bits: float
    accepted: int
    """Pairs that have as many."""
    asked: int
    """Pairs below it that have enough for a person to be asked."""
    in_force: bool
    precision: float | None = None
    """Of the accepted, the share that is one customer. None: nothing is accepted, or no truth is told."""
    recall: float | None = None
    """Of all pairs that are one customer, compared or not, the share that is accepted."""


def bars(pairs: Pairs, accept: float, review: float, true: int) -> list[Bar]:
    """From a low one to a high one. ``true``: how many pairs of the file are one customer."""
    order = np.argsort(pairs.bits, kind="stable")
    bits = pairs.bits[order]
    right = None if pairs.right is None else np.concatenate([[0], np.cumsum(pairs.right[order][::-1])])
    enough = len(bits) - int(np.searchsorted(bits, review))
    found = []
    for step in range(-BELOW, ABOVE + 1):
        bar = accept + step * STEP
        accepted = len(bits) - int(np.searchsorted(bits, bar))
        one = Bar(bar, accepted, max(enough - accepted, 0), step == 0, *_rates(right, accepted, true))
        found.append(one)
    return found


def _rates(right: Numbers | None, accepted: int, true: int) -> tuple[float | None, float | None]:
    if right is None:
        return None, None
    found = int(right[accepted])
    return (found / accepted if accepted else None), (found / true if true else None)


def true_pairs(truth: Numbers, first: Numbers) -> int:
    """Pairs of rows that are one customer and do not say exactly the same."""
    sizes = np.unique(truth[np.unique(first)], return_counts=True)[1]
    return int((sizes * (sizes - 1) // 2).sum())


def chart(bars: Sequence[Bar], accept: float, name: str, told: str) -> Markup:
    """Precision and recall by bar."""
    rows = [
        {"bits": one.bits, "share": round(share, 4), "which": which}
        for one in bars
        for which, share in (("precision", one.precision), ("recall", one.recall))
        if share is not None
    ]
    base = altair.Chart(data(rows)).encode(
        x=altair.X("bits:Q", title="bar in bits", scale=altair.Scale(zero=False, nice=False)),
        y=altair.Y(
            "share:Q", title=None, axis=altair.Axis(format=".0%"), scale=altair.Scale(zero=False, padding=8)
        ),
        color=altair.Color(
            "which:N",
            scale=altair.Scale(domain=["precision", "recall"], range=[RIGHT, WRONG]),
            legend=altair.Legend(title=None, orient="top"),
        ),
        strokeDash=altair.StrokeDash("which:N", legend=None),
    )
    rule = altair.Chart(data([{"bits": accept}])).mark_rule(color=INK, strokeDash=[4, 3])
    drawn = (base.mark_line(point=True) + rule.encode(x="bits:Q")).properties(width=WIDTH, height=180)
    return svg(drawn, name, "Precision and recall by bar", told)
