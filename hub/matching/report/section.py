"""All that the page says of one kind of customer."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from hub.matching.match import Part
from hub.matching.report import bars, borderline, clusters, histogram, weights_chart
from hub.matching.report.borderline import Borderline
from hub.matching.report.clusters import Cluster
from hub.matching.report.counted import counted
from hub.matching.report.pairs import Numbers, Pairs, pairs_of
from hub.matching.report.rows import Written
from hub.model.keys import Kind

TITLES = {"person": "People", "organisation": "Organisations"}
ROWS = 30
"""Rows of a customer that are listed."""
LABEL = 22
"""Signs of a name that fit in a graph."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A customer of several rows."""

    lead: int
    """Its first row in the file."""
    size: int
    graph: Markup | None
    """None where all its rows say exactly the same."""
    told: str
    true: int | None
    """How many customers it is by the truth, where told."""
    columns: list[str]
    """In which any of its rows says something."""
    rows: list[tuple[int, list[str]]]
    """Number in the file, cells."""


@dataclass(frozen=True, slots=True)
class Section:
    """One kind's."""

    kind: Kind
    title: str
    rows: int
    customers: int
    sizes: list[tuple[int, int]]
    """Rows of one customer, customers of so many."""
    weighed: int
    """Pairs, each once."""
    accept: float
    review: float
    weights: Markup
    depends: bool
    """Whether a finding's bits depend on how frequent the value is."""
    histogram: Markup
    bars: Sequence[bars.Bar]
    rates: Markup | None
    clusters: list[Shown]
    several: int
    """Customers of more than one row."""
    borderline: list[Borderline]
    near: int
    """Pairs that are borderline."""


def section(kind: Kind, part: Part, written: Written, truth: Numbers | None) -> Section:
    """``truth``: described row → number of its customer, where told."""
    weights = part.matched.fitted.weights
    groups = np.asarray(part.matched.groups, dtype=np.int64)
    pairs = pairs_of(part.matched.weighed, truth)
    nearest = borderline.nearest(pairs, groups, weights.accept)
    asked = [(int(pairs.low[at]), int(pairs.high[at])) for at in nearest]
    known = counted(part.described, weights, asked, stored=part.stored)
    worth = weights_chart.weights_of_file(part.described, weights, known)
    true = 0 if truth is None else bars.true_pairs(truth, known.first)
    rated = bars.bars(pairs, weights.accept, weights.review, true)
    sizes = Counter(Counter(part.matched.groups).values())
    return Section(
        kind,
        TITLES[kind],
        len(part.rows),
        sizes.total(),
        sorted(sizes.items()),
        len(pairs.bits),
        weights.accept,
        weights.review,
        weights_chart.chart(worth, f"{kind}-weights", _weights_told(worth)),
        any(one.depends for one in worth),
        histogram.chart(
            pairs, weights.accept, weights.review, f"{kind}-pairs", f"{len(pairs.bits)} pairs, by their bits."
        ),
        rated,
        None
        if truth is None
        else bars.chart(rated, weights.accept, f"{kind}-bars", "As in the table below."),
        [
            _shown(kind, one, part, written, truth)
            for one in clusters.largest(groups, known.first, pairs, weights.accept)
        ],
        sum(customers for rows, customers in sizes.items() if rows > 1),
        [
            Borderline(
                *(rows := (part.rows[low], part.rows[high])),
                float(pairs.bits[at]),
                bool(pairs.bits[at] >= weights.accept),
                bool(groups[low] == groups[high]),
                None if pairs.right is None else bool(pairs.right[at]),
                borderline.found_of(weights, known.findings[low, high]),
                borderline.lines(written, rows),
            )
            for at, (low, high) in zip(nearest, asked, strict=True)
        ],
        _near(pairs, weights.accept),
    )


def _near(pairs: Pairs, accept: float) -> int:
    return int((np.abs(pairs.bits - accept) <= borderline.NEAR).sum())


def _weights_told(worth: Sequence[weights_chart.Weight]) -> str:
    """The most telling findings, in words."""
    order = sorted(worth, key=lambda one: -one.most)
    named = [f"{one.comparison} {one.finding} {one.most:+.1f}" for one in (*order[:3], *order[:-4:-1])]
    return f"The most and the least: {', '.join(named)} bits." if worth else "No finding can be made."


def _shown(kind: Kind, one: Cluster, part: Part, written: Written, truth: Numbers | None) -> Shown:
    accept = part.matched.fitted.weights.accept
    numbers = [part.rows[row] for row in one.rows]
    graph = None
    if len(one.nodes) > 1:
        graph = clusters.chart(
            one, _labels(one, part, written), accept, f"{kind}-{one.rows[0]}", _told(one, part)
        )
    shown = numbers[:ROWS]
    cells = written.cells(shown)
    told = [at for at in range(len(written.columns)) if any(row[at] for row in cells)]
    return Shown(
        numbers[0],
        len(numbers),
        graph,
        _told(one, part),
        None if truth is None else len({*truth[one.rows].tolist()}),
        [written.columns[at] for at in told],
        [(row, [some[at] for at in told]) for row, some in zip(shown, cells, strict=True)],
    )


def _labels(one: Cluster, part: Part, written: Written) -> dict[int, str]:
    rows = [part.rows[node] for node in one.nodes]
    names = written.names(rows, LABEL) if len(rows) <= clusters.NAMED else [""] * len(rows)
    return {
        node: " ".join(filter(None, (str(row), _times(one.copies[node]), name)))
        for node, row, name in zip(one.nodes, rows, names, strict=True)
    }


def _times(rows: int) -> str:
    return f"({rows} rows)" if rows > 1 else ""


def _told(one: Cluster, part: Part) -> str:
    if len(one.nodes) == 1:
        return "All its rows say exactly the same."
    if len(one.nodes) == 2:
        ((_, bits),) = one.strong.items()
        return f"One pair, of {bits:+.1f} bits."
    loose = ", ".join(f"{part.rows[low]}–{part.rows[high]}" for low, high in sorted(one.bridges))  # noqa: RUF001
    parts = [
        f"{len(one.strong)} pairs at or above the bar, {len(one.against)} against it",
        f"it hangs together by a single pair at {loose}" if loose else "no single pair holds it together",
        f"{one.more} more rows are not drawn" if one.more else "",
    ]
    return "; ".join(filter(None, parts)) + "."
