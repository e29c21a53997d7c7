"""The DAGs do their work in a real Airflow, task by task, whichever database the hub's store is in."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from airflow.dag_processing.dagbag import DagBag
from airflow.utils.db import initdb

from hub.flow import verbs
from hub.flow.publish.agreement import agreement
from sandbox.core.clock import WallClock
from tests.databases import Databases
from tests.integration.household import Customer, rows
from tests.integration.stage import ROUND, Stage, Staged, keys, staged

SPEED = 1000.0
"""Of the systems' clock: tasks wait in real time for what takes seconds there."""
FOLDER = Path(__file__).resolve().parents[2] / "dags"


@pytest.fixture(scope="module")
def metadata() -> None:
    """Airflow's own database, on SQLite."""
    initdb()


@dataclass
class Scene:
    """DAGs, the systems they speak to, and the hub whose store they use."""

    stage: Stage
    hub: Staged
    dags: dict[str, Any]

    def run(self, *names: str) -> None:
        """Run DAGs, one after the other, as Airflow would: each must succeed."""
        self.stage.pass_time(ROUND)
        for name in names:
            ended = self.dags[name].test()
            assert str(ended.state) == "success", name

    def round(self) -> None:
        """Everything that follows from a tick of the schedule."""
        self.run(*(f"pull_{one}" for one in self.hub.systems), "reconcile")
        self.run(*(f"publish_{one}" for one in self.hub.systems))


@pytest.fixture
def scene(databases: Databases, monkeypatch: pytest.MonkeyPatch, metadata: None) -> Iterator[Scene]:
    """Two people in four systems."""
    url = databases.new()
    with staged(rows([Customer(1), Customer(2)], []), clock=WallClock(SPEED)) as stage:
        hub = stage.hub(databases, store=url)
        monkeypatch.setenv("KLANTBEELD_STORE", url)
        monkeypatch.setenv("KLANTBEELD_REPORTS", str(databases.folder / "reports-of-dags"))
        monkeypatch.setenv("KLANTBEELD_SYSTEMS", ",".join(hub.systems))
        for system in hub.systems:
            given = stage.connection(system, "hub", {})
            scheme, address = given.base_url.split("://")  # the demo's connections are JSON
            way_in = f"{quote(given.login, '')}:{quote(given.secret, '')}"
            uri = f"{scheme}://{way_in}@{address}?{urlencode(given.options)}"
            monkeypatch.setenv(f"AIRFLOW_CONN_{system.upper()}", uri)
        bag = DagBag(str(FOLDER))
        assert bag.import_errors == {}
        for task in (task for dag in bag.dags.values() for task in dag.tasks):
            task.retries, task.retry_policy = 0, None  # a failure is news at once
        yield Scene(stage, hub, dict(bag.dags))


def test_the_loop_comes_round_and_rests(scene: Scene, capfd: pytest.CaptureFixture[str]) -> None:
    contact = Customer(1).key("hubspot", "person")
    scene.round()
    said = "".join(capfd.readouterr())
    assert "first load is a person's decision" in said and "klantbeeld plan approve hubspot" in said
    assert "klant1.nl" not in said
    scene.hub.approve()
    scene.round()
    scene.stage.edit("hubspot", "contacts", contact, {"properties": {"city": "Appelscha"}})
    scene.round()
    scene.round()
    golden = scene.hub.golden_of(Customer(1).record("zendesk", "person"))
    assert golden.document["address"]["city"] == "Appelscha"  # type: ignore[index,call-overload]
    assert agreement(scene.hub.hub).share == 1.0
    mark = scene.stage.mark()
    scene.round()
    assert keys(scene.stage.by_hub(mark)) == []


def test_keep_notices_what_vanished(scene: Scene) -> None:
    scene.round()
    gone = Customer(2).key("hubspot", "person")
    scene.stage.ask("hubspot", "DELETE", f"/crm/v3/objects/contacts/{gone}")
    scene.run("keep")
    assert verbs.waiting(scene.hub.hub)["dirty"] == 1


def test_a_failed_task_s_log_ends_in_the_sentence_that_helps(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_BREVO", "https://:s3cret-token@/path")
    assert str(scene.dags["pull_brevo"].test().state) == "failed"
    log = capfd.readouterr().out
    assert "s3cret-token" not in log
    said = [line for line in log.splitlines() if "task_failed" in line]
    assert "error=BadConnection" in said[0] and "write {'host': 'https://…'" in said[0]
    assert "Traceback" not in log[log.index("task_failed") :]
