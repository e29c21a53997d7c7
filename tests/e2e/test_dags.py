"""The DAG files: they load, they are documented and owned, and parsing them costs next to nothing."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from airflow.dag_processing.dagbag import DagBag

from dags.systems import systems

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"great_expectations", "pandas", "requests", "hub.flow.verbs", "hub.store", "alembic"}


@pytest.fixture(scope="module")
def bag() -> DagBag:
    """Every DAG of the product."""
    return DagBag(str(ROOT / "dags"))


def test_all_dags_load(bag: DagBag) -> None:
    names = [one.name for one in systems()]
    assert bag.import_errors == {}
    assert set(bag.dags) == {
        *(f"pull_{name}" for name in names),
        *(f"publish_{name}" for name in names),
        "reconcile",
        "keep",
    }


def test_each_dag_is_documented_owned_and_bounded(bag: DagBag) -> None:
    for dag_id, dag in bag.dags.items():
        assert dag.doc_md and len(dag.doc_md) > 200, dag_id
        assert dag.tags, dag_id
        assert dag.dagrun_timeout is not None, dag_id
        assert dag.max_active_runs == 1, dag_id
        for task in dag.tasks:
            assert task.owner not in ("", "airflow"), (dag_id, task.task_id)
            assert task.execution_timeout is not None, (dag_id, task.task_id)
            assert task.on_failure_callback, (dag_id, task.task_id)
            assert task.retry_policy is not None, (dag_id, task.task_id)


def test_what_is_released_starts_the_publish_of_its_system_alone(bag: DagBag) -> None:
    for one in systems():
        condition: Any = bag.dags[f"publish_{one.name}"].timetable.asset_condition
        watched = [asset.uri for asset in condition.objects if asset.watchers]
        assert watched == [f"hub://unsent/{one.name}"]


def test_the_owner_is_the_department(bag: DagBag) -> None:
    for one in systems():
        assert {task.owner for task in bag.dags[f"pull_{one.name}"].tasks} == {one.department}


def test_reconcile_runs_on_any_pull_so_a_dead_system_stops_nobody(bag: DagBag) -> None:
    condition = type(bag.dags["reconcile"].timetable.asset_condition).__name__
    assert "Any" in condition


@pytest.mark.parametrize(
    ("old", "new"),
    [("objects:", "objects: ["), ("*/15 * * * *", "*/15 *"), ("title: HubSpot CRM", "title: [HubSpot")],
)
def test_a_mistake_in_one_file_costs_no_system_its_schedule(tmp_path: Path, old: str, new: str) -> None:
    shutil.copytree(ROOT / "mappings", tmp_path, dirs_exist_ok=True)
    file = tmp_path / "hubspot.yml"
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    there = {one.name: one for one in systems(tmp_path)}
    assert there.keys() == {one.name for one in systems()}
    assert there["hubspot"].department == "sales"
    assert there["hubspot"].schedule == ("@hourly" if "15" in old else "*/15 * * * *")


def test_parsing_reads_local_files_and_imports_nothing_heavy() -> None:
    """What a DAG file imports beside Airflow, in a process of its own."""
    code = (
        "import sys; import airflow.sdk; from airflow.sdk import Asset, dag, task, ExceptionRetryPolicy\n"
        "before = set(sys.modules)\n"
        "import dags.pull, dags.publish, dags.reconcile, dags.keep\n"
        "print('\\n'.join(sorted(set(sys.modules) - before)))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    loaded = set(ended.stdout.split())
    assert "dags.pull" in loaded
    assert not {name for name in loaded if any(name == one or name.startswith(f"{one}.") for one in HEAVY)}
