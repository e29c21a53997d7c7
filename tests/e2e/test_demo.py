"""``make demo`` keeps its promises: the real thing, once, with its own exit code as the judge."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.traces import needles, words

ROOT = Path(__file__).resolve().parents[2]
TOKENS = {
    f"SANDBOX_TOKEN_{one}": f"{one.lower()}-token-that-nobody-may-see" for one in ("HUB", "HUMAN", "ADMIN")
}
SECRET_FILES = ("secrets.json", "passwords.json")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path]:
    """The demo's end, and its folder."""
    var = tmp_path_factory.mktemp("demo")
    environment = {**os.environ, "ONCE": "1", "PYTHONPATH": str(ROOT), "DEMO_VAR": str(var), **TOKENS}
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


def test_nobody_and_no_secret_is_named_in_anything_a_run_writes(
    told: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    """Logs, XCom, reports, Airflow's database: all but the store, the story and the files of secrets."""
    _, var = told
    secret = [var / "airflow" / name for name in SECRET_FILES]
    sought = needles(var / "hub.db", *TOKENS.values(), *map(Path.read_text, secret))
    assert len(sought.people) > 1000 and len(sought.secrets) >= 6
    assert len(sought.people & words(var / "hub.db")) > 1000, "the seeker sees what is there"
    meant = {var / "report.json", *secret, *var.glob("hub.db*")}
    files = [one for one in var.rglob("*") if one.is_file() and one not in meant]
    assert {"scheduler.log", "airflow.db"} <= {one.name for one in files}
    found = {str(one.relative_to(var)): len(sought.all & words(one)) for one in files}
    assert {name: number for name, number in found.items() if number} == {}
