"""How many pairs have how many bits: a heap of strangers, a heap of matches, and what lies between."""

from collections.abc import Sequence
from typing import Any

import altair
import numpy as np
from markupsafe import Markup

from hub.matching.report.drawn import INK, QUIET, RIGHT, WIDTH, WRONG, data, svg
from hub.matching.report.pairs import Pairs

STEP = 2.0
"""Bits of a column."""
FLOOR = 0.7
"""Where columns stand on a scale that knows no 0."""


def columns(pairs: Pairs, accept: float) -> list[dict[str, Any]]:
    """Columns of pairs: ``from`` and ``to`` in bits, ``pairs``; and ``panel`` and ``right`` by the truth.

    A column stands on one side of the bar, whatever its width divides.
    """
    if not len(pairs.bits):
        return []
    place = np.floor((pairs.bits - accept) / STEP).astype(np.int64)
    true = pairs.right if pairs.right is not None else np.zeros(len(place), dtype=bool)
    found = []
    for side in (True, False):
        for at, count in zip(*np.unique(place[true == side], return_counts=True), strict=True):
            low = accept + float(at) * STEP
            found.append(
                {
                    "from": low,
                    "to": low + STEP,
                    "pairs": int(count),
                    "true": side,
                    "right": bool(at >= 0) == side if pairs.right is not None else None,
                }
            )
    return found


def chart(pairs: Pairs, accept: float, review: float, name: str, told: str) -> Markup:
    """The columns, with the bars from which is asked and from which is believed."""
    rows = columns(pairs, accept)
    across = [
        min([one["from"] for one in rows] + [review]) - STEP,
        max([one["to"] for one in rows] + [accept]) + STEP,
    ]
    top = max([one["pairs"] for one in rows] + [10]) * 2
    if pairs.right is None:
        drawn: Any = _panel(rows, across, top, review, accept, "pairs")
    else:
        panels = {"one customer, says the truth": True, "two customers, says the truth": False}
        drawn = altair.vconcat(
            *(
                _panel([one for one in rows if one["true"] is side], across, top, review, accept, label)
                for label, side in panels.items()
            ),
            spacing=8,
        )
    return svg(drawn, name, "How many pairs have how many bits", told)


def _panel(
    rows: Sequence[dict[str, Any]],
    across: list[float],
    top: float,
    review: float,
    accept: float,
    title: str,
) -> Any:
    x = altair.X("from:Q", title="bits for one customer", scale=altair.Scale(domain=across, nice=False))
    scale = altair.Scale(type="log", domain=[FLOOR, top], nice=False)
    ticks = [10**n for n in range(10) if 10**n <= top]
    columns = (
        altair.Chart(data([one | {"floor": FLOOR} for one in rows]))
        .mark_bar(stroke="white", strokeWidth=0.5)
        .encode(
            x=x,
            x2="to:Q",
            y=altair.Y("floor:Q", title="pairs", scale=scale, axis=altair.Axis(values=ticks, format="~s")),
            y2="pairs:Q",
            color=altair.Color(
                "right:N",
                scale=altair.Scale(domain=[True, False, None], range=[RIGHT, WRONG, QUIET]),
                legend=None,
            ),
        )
    )
    return (
        columns
        + _bar("asked from here", review, top, scale, -1)
        + _bar("one customer", accept, top, scale, 1)
    ).properties(width=WIDTH, height=170, title=title)


def _bar(name: str, bits: float, top: float, scale: altair.Scale, side: int) -> Any:
    """A dashed line, named on its left (-1) or right (1) side."""
    base = altair.Chart(data([{"bits": bits, "bar": name, "y": top}])).encode(x="bits:Q")
    text = base.mark_text(
        align="left" if side > 0 else "right", baseline="top", fontSize=12, dx=4 * side, dy=2, color=INK
    )
    line = base.mark_rule(color=INK, strokeDash=[4, 3])
    return line + text.encode(y=altair.Y("y:Q", scale=scale), text="bar:N")
