"""``make demo`` keeps its promises: the real thing, once, with its own exit code as the judge."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path]:
    """The demo's end, and its folder."""
    var = tmp_path_factory.mktemp("demo")
    environment = {**os.environ, "ONCE": "1", "PYTHONPATH": str(ROOT), "DEMO_VAR": str(var)}
    ended = subprocess.run(
        [sys.executable, "-m", "demo"], env=environment, cwd=ROOT, capture_output=True, text=True, timeout=900
    )
    return ended, var


def test_every_promise_holds(told: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    ended, var = told
    assert ended.returncode == 0, ended.stdout[-4000:] + ended.stderr[-4000:]
    report = json.loads((var / "report.json").read_text("utf-8"))
    wanted = {"systems", "golden", "truth", "writes", "agreement", "edit", "second_sync", "seconds"}
    assert wanted <= report.keys()
    assert report["agreement"]["before"]["share"] < report["agreement"]["after"]["share"]
    assert report["second_sync"]["writes"] == 0
    for counts in report["systems"].values():
        assert counts["offered"] == counts["landed"] + counts["unchanged"]


def test_nobody_is_named_in_the_logs(told: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    """Neither the hub's nor Airflow's logs hold a token, or what the customer of the story is called."""
    _, var = told
    secrets = json.loads((var / "report.json").read_text("utf-8"))["customer"]["before"]
    needles = {one["emails"].split(",")[0] for one in secrets if "emails" in one}
    assert needles
    for log in (var / "logs").glob("*.log"):
        if log.name != "sandbox.log":
            text = log.read_text("utf-8", errors="replace")
            assert not [one for one in needles if one in text], log.name
