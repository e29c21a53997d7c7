"""The command line as a process, its checks, and what it says where something is wrong."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hub.mapping.load import HERE
from tests.integration.desk import ROOT, Desk


def test_check_finds_what_is_missing_and_provision_makes_it(desk: Desk) -> None:
    before = desk.type("check", "--json")
    assert before.code == 1
    missing = [one for system in before.json["systems"] for one in system["findings"] if not one["ok"]]
    assert missing
    assert all(one["remedy"] for one in missing)
    assert desk.type("check", "zendesk", "--provision").code == 0
    assert desk.type("check").code == 1
    assert desk.type("check", "--provision").code == 0
    assert desk.type("check", "--json").json["ok"]


def test_mistakes_in_mapping_files_are_all_told_with_their_place(desk: Desk) -> None:
    folder = desk.folder / "mappings"
    shutil.copytree(HERE, folder)
    for name, right, wrong in (
        ("brevo", "codec: date,", "codec: dat,"),
        ("zendesk", "emails: {from", "emials: {from"),
    ):
        file = folder / f"{name}.yml"
        file.write_text(file.read_text("utf-8").replace(right, wrong, 1), "utf-8")
    said = desk.type("check", "--mappings", str(folder), "--json")
    assert said.code == 1
    mistakes = "\n".join(said.json["mappings"]["mistakes"])
    assert "mappings/brevo.yml" in mistakes
    assert "dat" in mistakes
    assert "mappings/zendesk.yml" in mistakes


@pytest.mark.parametrize("url", ["nonsense", "sqlite:////proc/nowhere/hub.db", "mysql+none://127.0.0.1/x"])
def test_a_store_that_does_not_work_is_one_line(desk: Desk, url: str) -> None:
    said = desk.type("status", "--store", url)
    assert said.code == 1
    assert said.err.startswith("error: ") or "\nerror: " in said.err


def test_a_connection_that_cannot_be_read_does_not_show_its_secret(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_HUBSPOT", '{"password": "very-secret"')
    said = desk.type("sync")
    assert said.code == 1
    assert "AIRFLOW_CONN_HUBSPOT" in said.err
    assert "very-secret" not in said.err


def test_stdout_holds_one_json_document_and_no_colour(desk: Desk) -> None:
    done = subprocess.run(
        [str(ROOT / "klantbeeld"), "sync", "--json"],
        env=desk.environment,
        cwd=desk.folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 3
    assert json.loads(done.stdout)["exit_code"] == 3
    assert "pulling hubspot" in done.stderr
    assert "\x1b" not in done.stdout + done.stderr


def test_without_a_venv_the_launcher_says_what_to_do(tmp_path: Path) -> None:
    script = Path(shutil.copy(ROOT / "klantbeeld", tmp_path))
    done = subprocess.run([str(script)], capture_output=True, text=True, timeout=10, check=False)
    assert done.returncode == 1
    assert "make setup" in done.stderr


def test_the_sandbox_command_gives_connections_that_work_and_ends_when_told(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hub.cli", "sandbox", "--customers", "5", "--speed", "60"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(4)]
        script = tmp_path / "connections.sh"
        script.write_text("".join(lines), "utf-8")
        words = f". {script} && exec {ROOT}/klantbeeld check --provision"
        done = subprocess.run(
            ["/bin/sh", "-c", words],
            env={**os.environ, "KLANTBEELD_SYSTEMS": "brevo,hubspot,moneybird,zendesk"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        child.send_signal(signal.SIGTERM)
        assert child.wait(30) == 0
    assert done.returncode == 0, done.stderr
