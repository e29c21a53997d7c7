"""What each finding says of two rows, as bars to both sides of nothing."""

from dataclasses import dataclass
from math import log2

import altair
import pyarrow as pa
from markupsafe import Markup
from pyarrow import compute

from hub.identity.findings import LISTS, LOOKED_AT
from hub.identity.weights import MATCH, STRANGERS, Weights
from hub.matching.report.counted import Counted
from hub.matching.report.drawn import INK, RIGHT, WIDTH, WRONG, data, svg

ROW = 17
"""Pixels of a finding."""


@dataclass(frozen=True, slots=True)
class Weight:
    """Bits for one customer, against two strangers, of a finding."""

    comparison: str
    finding: str
    least: float
    most: float
    """As ``least``, but where it depends on how frequent the very value is in the file."""

    @property
    def depends(self) -> bool:
        """Whether it depends on the value."""
        return self.least != self.most


def weights_of_file(described: pa.Table, weights: Weights, counted: Counted) -> list[Weight]:
    """Of each finding of each comparison that the rows of this file tell enough for, in order."""
    return [
        Weight(name, finding, *_bits(weights, name, finding, counted))
        for name in weights.chances
        if tells(described, LOOKED_AT[weights.kind][name])
        for finding in weights.chances[name]
    ]


def tells(described: pa.Table, columns: str) -> bool:
    """Whether any row tells what a comparison looks at."""
    return any(_any(described[one], listed=one in LISTS) for one in columns.split(" || "))


def _any(column: pa.ChunkedArray, *, listed: bool) -> bool:
    lengths = compute.list_value_length(column) if listed else compute.utf8_length(column)
    return bool(compute.max(lengths).as_py())


def _bits(weights: Weights, name: str, finding: str, counted: Counted) -> tuple[float, float]:
    alone = weights.learnt_bits(name, finding) + (weights.bits(name, finding, MATCH) or 0.0)
    by_chance = weights.chances[name][finding][STRANGERS]
    if by_chance is not None:
        return (alone - log2(by_chance),) * 2
    most, least = counted.frequencies.get(name, (0.0, 0.0))
    return alone - most, alone - least


def chart(weights: list[Weight], name: str, told: str) -> Markup:
    """Bars by finding, comparison by comparison."""
    rows = [
        {
            "place": place,
            "finding": f"{one.comparison} · {one.finding}",
            "from": round(one.least if one.depends else 0.0, 2),
            "to": round(one.most, 2),
            "at": round(max(one.most, 0.0), 2),
            "for": one.most > 0,
            "text": f"{one.least:+.1f} to {one.most:+.1f}" if one.depends else f"{one.most:+.1f}",
        }
        for place, one in enumerate(weights)
    ]
    order = [one["finding"] for one in rows]
    ends = [float(str(one[end])) for one in rows for end in ("from", "to")]
    base = altair.Chart(data(rows)).encode(
        y=altair.Y("finding:N", sort=order, title=None, axis=altair.Axis(ticks=False, domain=False))
    )
    across = altair.Scale(domain=[min(ends, default=0) - 1, max(ends, default=0) + 6], nice=False)
    bars = base.mark_bar(height=ROW - 6).encode(
        x=altair.X("from:Q", title="bits for one customer", scale=across),
        x2="to:Q",
        color=altair.Color(
            "for:N", scale=altair.Scale(domain=[True, False], range=[RIGHT, WRONG]), legend=None
        ),
    )
    texts = base.mark_text(align="left", dx=4, fontSize=12).encode(x="at:Q", text="text:N")
    zero = altair.Chart(data([{"x": 0}])).mark_rule(color=INK).encode(x="x:Q")
    drawn = (bars + zero + texts).properties(width=WIDTH - 60, height=altair.Step(ROW))
    return svg(drawn, name, "What each finding is worth", told)
