"""The embedded Airflow: up, one DAG run through REST, down, nothing left."""

import socket
import stat
from pathlib import Path

import pytest

from supervisor.airflow import EmbeddedAirflow
from supervisor.airflow_rest import AirflowSaysNo
from supervisor.guard import descendants, processes, session_members
from supervisor.processes import Supervisor
from supervisor.waiting import TookTooLong, accepts

TINY = """
from airflow.sdk import dag, task

@dag(schedule=None)
def tiny():
    @task(pool="narrow")
    def root_is_importable() -> str:
        import supervisor
        return supervisor.__name__

    @task
    def fails(name: str) -> None:
        raise ValueError(name)

    fails(root_is_importable())

tiny()
"""


def test_up_run_down(tmp_path: Path) -> None:
    (tmp_path / "dags").mkdir()
    (tmp_path / "dags" / "tiny.py").write_text(TINY)
    (tmp_path / "dags" / "broken.py").write_text("from airflow.sdk import dag\nimport nothing_like_this\n")
    home = tmp_path / "airflow"
    with Supervisor(tmp_path / "logs") as parts:
        airflow = EmbeddedAirflow(
            parts, home, dags=tmp_path / "dags", extra={"AIRFLOW__CORE__PARALLELISM": "2"}
        )
        rest = airflow.start(wait_for=["tiny"])
        with pytest.raises(TookTooLong, match=r"(?s)missing: broken\n.*nothing_like_this"):
            airflow.wait_for_dags(["tiny", "broken"], within=5)
        rest.pools({"narrow": 1})
        rest.pools({"narrow": 2})
        with pytest.raises(AirflowSaysNo, match="POST /api/v2/dags/absent/dagRuns: 404"):
            rest.trigger("absent")
        run_id = rest.trigger("tiny")
        rest.wait_idle(60, parts.wait_until)

        (run,) = rest.runs(["failed"])
        assert run["dag_run_id"] == run_id
        assert {one["task_id"]: one["state"] for one in rest.task_instances(run)} == {
            "root_is_importable": "success",
            "fails": "failed",
        }
        sessions = [part.guard.pid for part in parts.parts]
        everything = set().union(*(descendants(session) for session in sessions))
        assert len(everything) >= 5, "three parts and two workers"
        assert listens_elsewhere(everything) == []

    assert not everything & {pid for pid, _, _ in processes()}
    assert [session_members(session) for session in sessions] == [set(), set(), set()]
    assert not accepts(airflow.settings.port)
    for secret in ("passwords.json", "secrets.json"):
        assert stat.S_IMODE((home / secret).stat().st_mode) == 0o600


def listens_elsewhere(pids: set[int]) -> list[str]:
    """Local addresses other than 127.0.0.1 that these processes listen on, as /proc writes them."""
    sockets = {target for pid in pids for target in open_sockets(pid)}
    loopback = socket.inet_aton("127.0.0.1")[::-1].hex().upper()
    found = []
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if (
                fields[3] == "0A"
                and f"socket:[{fields[9]}]" in sockets
                and not fields[1].startswith(loopback)
            ):
                found.append(fields[1])
    return found


def open_sockets(pid: int) -> list[str]:
    links = []
    for entry in Path(f"/proc/{pid}/fd").glob("*"):
        try:
            links.append(str(entry.readlink()))
        except FileNotFoundError:
            continue
    return links
