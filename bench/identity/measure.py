"""How well we tell who is who: ``klantbeeld match`` on sets with their truth, and the peers beside it."""

import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pyarrow import csv, parquet

from bench.identity import child
from bench.identity.beside import plain_goldenmatch, plain_splink
from bench.identity.by_rival import Figures, by_rival
from bench.identity.made.rivals import RIVAL
from bench.identity.peers import ROOT
from bench.identity.sets import SETS, TRUTH, largest, prepared
from bench.identity.shown import by_rival_shown, shown
from bench.report import Measured, Timed

ALL = "all"
NEAR_PERFECT = {"febrl3": 0.999, "febrl4": 0.999}
"""The pairwise F1 these public sets must have."""
ABOVE_PEER = 0.04
"""How far above plain Splink our own hard set must be, pairwise F1."""
TIMES_THE_TRUTH = 2
"""The largest cluster of the hard set, in largest customers of the truth."""


def of(names: Sequence[str]) -> Callable[[int | None, str], Measured]:
    """The measurement of some sets, as (records, store) → figures; ``all`` are all there are."""
    chosen = [*SETS] if ALL in names else [*names]

    def measured(records: int | None, _: str) -> Measured:
        found = {name: identity(name, records or SETS[name].records) for name in chosen}
        return found[chosen[0]] if len(chosen) == 1 else _together(found)

    return measured


def _together(found: Mapping[str, Measured]) -> Measured:
    took = Timed(*(sum(getattr(one.took, part) for one in found.values()) for part in ("wall_s", "cpu_s")))
    return Measured(
        {name: one.ours for name, one in found.items()},
        took,
        all(one.kept for one in found.values()),
        {name: one.peers for name, one in found.items()},
    )


def identity(name: str, records: int) -> Measured:
    """All on the same file, one after the other, each in a process of its own; no store is needed.

    ``as_hub``: how right the file is when judged as the hub judges what it stores.

    ``ratio``: our seconds, reading and all, to Splink's for matching and clustering alone. A table for people
    goes to stderr.
    """
    made = prepared(name, records)
    ours, stored = _ours(name, made), _ours(name, made, "--as-hub")
    peers = _peers(name, made)
    ratio, splink = None, peers["plain splink"]
    ours |= {"as_hub": stored, "largest_of_truth": largest(made)}
    if "failed" not in ours and "failed" not in splink:
        ratio = round(ours["seconds"] / splink["match_cluster_s"], 2)
        ours["f1_above_peer"] = round(_f1(ours) - _f1(splink), 4)
    _tell(f"{name}, {records} records", ours, stored, peers)
    return Measured(ours, Timed(ours["wall_s"], ours["cpu_s"]), kept(name, ours), peers, ratio)


def _ours(name: str, made: Path, *more: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "clusters.csv"
        command = [str(ROOT / "klantbeeld"), "match", str(made), "--truth", TRUTH, "--json", *_told(name)]
        ended = child.run([*command, *more, *(("--out", str(out)) if RIVAL in _columns(made) else ())])
        found = ended.said | {"wall_s": ended.wall_s, "cpu_s": ended.cpu_s, "peak_mib": ended.peak_mib}
        if out.exists():
            found["by_rival"] = _by_rival(made, out)
        return found


def _columns(made: Path) -> Sequence[str]:
    names: list[str] = parquet.read_schema(made).names
    return names


def _by_rival(made: Path, out: Path) -> Figures:
    rows = parquet.read_table(made, columns=[RIVAL, TRUTH])
    clusters = csv.read_csv(out)["cluster"].to_pylist()
    return by_rival(rows[RIVAL].to_pylist(), rows[TRUTH].to_pylist(), clusters)


def _told(name: str) -> list[str]:
    told = ",".join(f"{column}={role}" for column, role in SETS[name].told.items())
    return ["--columns", told] if told else []


def _peers(name: str, made: Path) -> dict[str, dict[str, Any]]:
    ended = {"plain splink": plain_splink(name, str(made)), "goldenmatch": plain_goldenmatch(name, str(made))}
    return {peer: {"wall_s": one.wall_s, "cpu_s": one.cpu_s} | one.said for peer, one in ended.items() if one}


def _tell(
    title: str, ours: Mapping[str, Any], stored: Mapping[str, Any], peers: Mapping[str, Mapping[str, Any]]
) -> None:
    figures = {"ours": ours, "ours as hub": stored, **peers}
    print(shown(title, ours["largest_of_truth"], figures), file=sys.stderr)
    for name in ("ours", "ours as hub"):
        if kinds := figures[name].get("by_rival"):
            print(by_rival_shown(name, kinds), file=sys.stderr)


def _f1(figures: Mapping[str, Any]) -> float:
    return float(figures["pairwise"]["f1"])


def kept(name: str, ours: Mapping[str, Any]) -> bool:
    """Whether the promise of a set holds; those without one hold where they can be measured."""
    if "failed" in ours:
        return False
    if name in NEAR_PERFECT:
        return _f1(ours) >= NEAR_PERFECT[name]
    if name != "hard":
        return True
    bounded = ours["largest_cluster"] <= TIMES_THE_TRUTH * ours["largest_of_truth"]
    return bool(bounded and ours.get("f1_above_peer", 0.0) >= ABOVE_PEER)
