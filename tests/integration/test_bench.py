"""The benchmarks of syncs run and keep their promises; their figures are nobody's test."""

import json
from itertools import cycle

import pytest

from bench.__main__ import NAMES, main

OF_SYNCS = sorted(NAMES.keys() - {"convergence"})


@pytest.mark.parametrize(("name", "store"), [*zip(OF_SYNCS, cycle(("sqlite", "postgresql")))])
def test_a_benchmark_prints_one_object_and_keeps_its_promise(
    name: str, store: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main([name, "--records", "400", "--store", store, "--json"]) == 0
    report = json.loads(capfd.readouterr().out)
    assert report["name"] == name and report["store"] == store and report["kept"] is True
    assert {"machine", "ours", "peers", "ratio", "wall_s", "cpu_s", "peak_mib"} <= report.keys()
    assert report["ours"]["records"] > 0


@pytest.mark.parametrize(("name", "least"), [("aside", 0.8), ("hard", 0.95)])
def test_identity_is_told_with_and_without_its_peers(
    name: str, least: float, capfd: pytest.CaptureFixture[str]
) -> None:
    main(["identity", "--set", name, "--records", "3000", "--json"])
    ours = json.loads(capfd.readouterr().out)["ours"]
    assert ours["records"] == 3_000 and ours["pairwise"]["f1"] > least
    assert name != "hard" or ours["largest_cluster"] <= 2 * ours["largest_of_truth"]
