"""The largest customers as graphs: whether all of it hangs together by more than one thread."""

from dataclasses import dataclass
from typing import Any

import altair
import numpy as np
import numpy.typing as npt
from markupsafe import Markup

from hub.matching.report.bridges import Edge, bridges, neighbours
from hub.matching.report.drawn import INK, QUIET, RIGHT, WIDTH, WRONG, data, svg
from hub.matching.report.layout import places
from hub.matching.report.pairs import Numbers, Pairs

SHOWN = 6
NODES = 30
"""Nodes that are drawn."""
NAMED = 12
"""Nodes that are drawn with their names; of more only with their numbers."""
STRONG = 10.0
"""Bits above the bar, from which on an edge is drawn as thick as any."""


EDGE = 0.3
"""Beside the nodes, for what they are called; of a drawing that is 1 wide."""
Spots = dict[int, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Rows of one kind that are one customer, by their places among those of their kind."""

    rows: list[int]
    nodes: list[int]
    """Those that are drawn: of rows that say exactly the same the first."""
    copies: dict[int, int]
    """Node → the rows it stands for, itself included."""
    more: int
    """How many nodes are left out."""
    strong: dict[Edge, float]
    """Pairs at or above the bar, between nodes that are drawn, and their bits."""
    against: dict[Edge, float]
    """Pairs that were compared and speak against it."""
    bridges: set[Edge]
    """Of ``strong``, those without which it falls apart."""


def largest(groups: Numbers, first: Numbers, pairs: Pairs, accept: float) -> list[Cluster]:
    """The largest customers of more than one row; of as many rows first the one with the weakest pair.

    ``groups``: row → that of its group.
    """
    leads, sizes = np.unique(groups, return_counts=True)
    order = np.lexsort((leads, _weakest(groups, pairs)[leads], -sizes))[:SHOWN]
    return [cluster(int(leads[at]), groups, first, pairs, accept) for at in order if sizes[at] > 1]


def _weakest(groups: Numbers, pairs: Pairs) -> npt.NDArray[np.float64]:
    """Row → the fewest bits of a pair within the group that it leads."""
    found = np.full(len(groups), np.inf)
    within = groups[pairs.low] == groups[pairs.high]
    np.minimum.at(found, groups[pairs.low[within]], pairs.bits[within])
    return found


def cluster(lead: int, groups: Numbers, first: Numbers, pairs: Pairs, accept: float) -> Cluster:
    """The customer whose first row is ``lead``."""
    rows = np.flatnonzero(groups == lead)
    mine = np.flatnonzero((groups[pairs.low] == lead) & (groups[pairs.high] == lead))
    edges = {
        (int(low), int(high)): float(bits)
        for low, high, bits in zip(pairs.low[mine], pairs.high[mine], pairs.bits[mine], strict=True)
    }
    strong = {edge: bits for edge, bits in edges.items() if bits >= accept}
    nodes = [int(one) for one in np.unique(first[rows])]
    drawn = _nearest(nodes, strong)[:NODES]
    kept = {*drawn}
    # Of two nothing falls apart that was more than a pair.
    loose = bridges(strong) if len(nodes) > 2 else set()
    return Cluster(
        [int(row) for row in rows],
        sorted(drawn),
        {node: int((first[rows] == node).sum()) for node in drawn},
        len(nodes) - len(drawn),
        {edge: bits for edge, bits in strong.items() if kept.issuperset(edge)},
        {edge: bits for edge, bits in edges.items() if bits < 0 and kept.issuperset(edge)},
        {edge for edge in loose if kept.issuperset(edge)},
    )


def _nearest(nodes: list[int], edges: dict[Edge, float]) -> list[int]:
    """From the first node on outwards, so that what is drawn hangs together."""
    near, seen = neighbours(edges), dict.fromkeys(nodes[:1])
    waiting = [*seen]
    while waiting:
        waiting = [one for node in waiting for one in near.get(node, ()) if one not in seen]
        seen |= dict.fromkeys(waiting)
        waiting = [*dict.fromkeys(waiting)]
    return [*seen, *(one for one in nodes if one not in seen)]


def chart(cluster: Cluster, labels: dict[int, str], accept: float, name: str, told: str) -> Markup:
    """``labels``: node → what it is called."""
    at = {node: place for place, node in enumerate(cluster.nodes)}
    found = places(len(at), [(at[low], at[high]) for low, high in cluster.strong])
    spot = {node: (float(found[place][0]), float(found[place][1])) for node, place in at.items()}
    dots = [{"x": x, "y": y, "label": labels[node]} for node, (x, y) in spot.items()]
    lines = [
        *(_line(edge, spot, QUIET, 1.0, [3, 4]) for edge in sorted(cluster.against)),
        *(_strong(edge, bits - accept, spot, cluster) for edge, bits in sorted(cluster.strong.items())),
    ]
    drawn = (
        altair.Chart(data(lines))
        .mark_rule(opacity=0.85)
        .encode(
            x=_across("x"),
            y=_across("y"),
            x2="x2:Q",
            y2="y2:Q",
            color=altair.Color("color:N", scale=None),
            size=altair.Size("wide:Q", scale=None),
            strokeDash=altair.StrokeDash("dash:N", scale=None),
        )
    )
    base = altair.Chart(data(dots)).encode(x=_across("x"), y=_across("y"))
    drawn += base.mark_circle(size=170, color=INK, opacity=1)
    # A white rim, for what is read across a line.
    for rim in ({"stroke": "white", "strokeWidth": 3}, {}):
        drawn += base.mark_text(dy=17, fontSize=12, color=INK, **rim).encode(text="label:N")
    tall = 300 if len(at) > 3 else 160
    return svg(
        drawn.properties(width=WIDTH, height=tall), name, "How the rows of one customer hang together", told
    )


def _across(axis: str) -> Any:
    scale = altair.Scale(domain=[-EDGE, 1 + EDGE], nice=False)
    return (altair.X if axis == "x" else altair.Y)(f"{axis}:Q", axis=None, scale=scale)


def _strong(edge: Edge, above: float, spot: Spots, cluster: Cluster) -> dict[str, Any]:
    color = WRONG if edge in cluster.bridges else RIGHT
    return _line(edge, spot, color, round(1.5 + 2.5 * min(above / STRONG, 1.0), 1), [1, 0])


def _line(edge: Edge, spot: Spots, color: str, wide: float, dash: list[int]) -> dict[str, Any]:
    (x, y), (x2, y2) = (spot[node] for node in edge)
    return {"x": x, "y": y, "x2": x2, "y2": y2, "color": color, "wide": wide, "dash": dash}
