"""How well we tell who is who: ``klantbeeld match`` on a set with its truth, and plain Splink beside it."""

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from bench.identity import child
from bench.identity.peers import PYTHON, ROOT, NoPeers
from bench.identity.sets import SETS, TRUTH, largest, prepared
from bench.report import Measured, Timed

SCRIPT = ROOT / "bench" / "identity" / "plain_splink.py"
NEAR_PERFECT = {"febrl3": 0.999, "febrl4": 0.999}
"""The pairwise F1 these public sets must have."""
ABOVE_PEER = 0.04
"""How far above plain Splink our own hard set must be, pairwise F1."""
TIMES_THE_TRUTH = 2
"""The largest cluster of the hard set, in largest customers of the truth."""


def of(name: str) -> Any:
    """The measurement of one set, as (records, store) → figures."""
    return partial(identity, name)


def identity(name: str, records: int, _: str) -> Measured:
    """Both on the same file, one after the other, each in a process of its own; no store is needed.

    ``as_hub``: how right the file is when judged as the hub judges what it stores.

    ``ratio``: our seconds, reading and all, to Splink's for matching and clustering alone.
    """
    made = prepared(name, records)
    file = str(made)
    command = [str(ROOT / "klantbeeld"), "match", file, "--truth", TRUTH, "--json", *_told(name)]
    mine, stored = child.run(command), child.run([*command, "--as-hub"])
    ours = mine.said | {"wall_s": mine.wall_s, "cpu_s": mine.cpu_s, "peak_mib": mine.peak_mib}
    ours["as_hub"] = {name: stored.said.get(name) for name in ("pairwise", "largest_cluster", "failed")}
    peer = plain_splink(name, file)
    ratio = None
    ours["largest_of_truth"] = largest(made)
    if not mine.failed and not peer.failed:
        ratio = round(ours["seconds"] / peer.said["match_cluster_s"], 2)
        ours["f1_above_peer"] = round(_f1(ours) - _f1(peer.said), 4)
    took = Timed(mine.wall_s, mine.cpu_s)
    return Measured(ours, took, kept(name, ours), {"plain splink": peer.said}, ratio)


def _told(name: str) -> list[str]:
    told = ",".join(f"{column}={role}" for column, role in SETS[name].told.items())
    return ["--columns", told] if told else []


def plain_splink(name: str, file: str) -> child.Ended:
    """What Splink makes of a file with the columns of a set."""
    if not PYTHON.exists():
        return child.Ended({"failed": str(NoPeers())}, 0.0, 0.0, 0)
    roles = json.dumps(dict(SETS[name].roles))
    return child.run([str(PYTHON), str(SCRIPT), file, "--truth", TRUTH, "--roles", roles])


def _f1(figures: Mapping[str, Any]) -> float:
    return float(figures["pairwise"]["f1"])


def kept(name: str, ours: Mapping[str, Any]) -> bool:
    """Whether the promise of a set holds; the one kept aside has none."""
    if "failed" in ours:
        return False
    if name in NEAR_PERFECT:
        return _f1(ours) >= NEAR_PERFECT[name]
    if name != "hard":
        return True
    bounded = ours["largest_cluster"] <= TIMES_THE_TRUTH * ours["largest_of_truth"]
    return bool(bounded and ours.get("f1_above_peer", 0.0) >= ABOVE_PEER)
