"""A task, and then the supervisor with all of Airflow, killed while a write's answer is on its way.

The systems live in the test's own process, so one can be killed at the very moment its write has landed.
What it comes to is what the same verbs come to when nobody is killed.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from connectors.contract import Connection
from demo.rounds import Rounds
from demo.stage import Settings, common, described
from hub.flow.decide.decisions import decide
from hub.flow.hub import open_hub
from hub.store import plans
from sandbox.core.clock import ManualClock
from sandbox.core.journal import Journal
from supervisor.airflow_rest import AirflowRest
from supervisor.airflow_settings import ROOT, USER, read_or_make_secrets
from supervisor.guard import descendants, processes
from supervisor.processes import Supervisor
from supervisor.waiting import free_port, wait_until
from tests.databases import Databases
from tests.integration.crash_child import SYSTEMS
from tests.integration.crash_story import PUBLISHES, SYNC, Chapter, Outcome, seeds, tell
from tests.integration.dump import dump, unsettled, written
from tests.integration.stage import ROUND, Stage, staged

PATIENCE = 300.0
HOUR = timedelta(hours=1)
QUICK = {
    "AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL": "3",
    "AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_THRESHOLD": "60",
}
"""A scheduler that is gone is missed in seconds, its tasks begin anew; Airflow's own default is minutes."""
UNDISTURBED = (Chapter(SYNC), Chapter([("approve",), *PUBLISHES]), Chapter(SYNC), Chapter(SYNC))


@dataclass
class Serving:
    """An Airflow whose supervisor is a process of its own."""

    home: Path
    port: int
    variables: Mapping[str, str]
    supervisor: Any = None

    def start(self) -> AirflowRest:
        """Start it, again on what it left, and return the client once the DAGs are there."""
        command = [sys.executable, "-m", "tests.e2e.airflow_serving", str(self.home), str(self.port)]
        given = {**os.environ, **self.variables, **QUICK, "PYTHONPATH": str(ROOT)}
        self.supervisor = subprocess.Popen(command, env=given, cwd=ROOT)
        password = read_or_make_secrets(self.home).password
        rest = AirflowRest(f"http://127.0.0.1:{self.port}", USER, password)
        wait_until(lambda: rest.health().get("scheduler") == "healthy", PATIENCE, "Airflow is healthy")
        wanted = {f"{verb}_{name}" for verb in ("pull", "publish") for name in SYSTEMS}
        wait_until(lambda: wanted <= rest.dags().keys(), PATIENCE, "the DAGs are parsed")
        rest.pools({f"system_{name}": 1 for name in SYSTEMS})
        return rest

    def kill(self) -> None:
        """The supervisor dies; what it started goes with it."""
        below = descendants(self.supervisor.pid)
        self.supervisor.kill()
        self.supervisor.wait()
        wait_until(lambda: not below & {pid for pid, _, _ in processes()}, 60, "its processes are gone")

    def kill_task(self, port: int) -> None:
        """The process dies that is talking to a system now."""
        talking = {pid for pid in descendants(self.supervisor.pid) if _talks_to(pid, port)}
        assert len(talking) == 1, talking
        os.kill(talking.pop(), signal.SIGKILL)

    def stop(self) -> None:
        """As a person does."""
        self.supervisor.terminate()
        self.supervisor.wait(60)


def _talks_to(pid: int, port: int) -> bool:
    remote = f":{port:04X}"
    table = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    sockets = {f"socket:[{one[9]}]" for one in table if one[2].endswith(remote) and one[3] == "01"}
    return bool(sockets & set(_open(pid)))


def _open(pid: int) -> Iterator[str]:
    for entry in Path(f"/proc/{pid}/fd").glob("*"):
        try:
            yield str(entry.readlink())
        except OSError:
            continue


@contextmanager
def landed(journal: Journal, system: str, then: Callable[[], None]) -> Iterator[list[str]]:
    """``then`` happens once, after the next write of the hub has landed and before it is answered."""
    real = journal.record
    seen: list[str] = []

    def record(name: str, actor: str, *rest: Any) -> None:
        real(name, actor, *rest)
        if (name, actor) == (system, "hub") and not seen:
            then()
            seen.append(system)

    setattr(journal, "record", record)  # noqa: B010
    try:
        yield seen
    finally:
        setattr(journal, "record", real)  # noqa: B010


@dataclass(frozen=True, slots=True)
class Waiting:
    """Waits for Airflow; at each look a second passes for the systems, whose rate limits stand still else."""

    stage: Stage

    def look(self, _: str = "") -> None:
        """Time passes."""
        self.stage.pass_time(timedelta(seconds=1))

    def until(self, condition: Callable[[], bool], what: str) -> None:
        """Return when it holds."""

        def looked() -> bool:
            self.look()
            return condition()

        wait_until(looked, PATIENCE, what)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Outcome, Outcome]]:
    """The same story, with both kills under Airflow, and undisturbed without it."""
    var = tmp_path_factory.mktemp("killed")
    # Airflow's tasks date things by this machine's clock: the systems' may be ahead of it, and not behind.
    began = datetime.now(UTC) + HOUR
    empty = Databases(tmp_path_factory.mktemp("whole"))
    whole = tell(empty, chapters=UNDISTURBED, clock=ManualClock(began), behind=HOUR)
    with staged(seeds(), clock=ManualClock(began)) as stage:
        ways = {name: stage.connection(name, "hub", {}) for name in SYSTEMS}
        known = {f"AIRFLOW_CONN_{name.upper()}": json.dumps(one) for name, one in described(ways).items()}
        variables = {"KLANTBEELD_STORE": f"sqlite:///{var}/hub.db", **common(Settings(var), ways), **known}
        serving = Serving(var / "airflow", free_port(), variables)
        try:
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("KLANTBEELD_SYSTEMS", ",".join(SYSTEMS))
                yield _killed_twice(stage, serving, ways, var), whole
        finally:
            serving.stop()


def _killed_twice(stage: Stage, serving: Serving, ways: Mapping[str, Connection], var: Path) -> Outcome:
    hub = open_hub(ways, store=serving.variables["KLANTBEELD_STORE"])
    waiting = Waiting(stage)
    rest = serving.start()
    rounds = Rounds(Supervisor(var / "none"), rest, hub, SYSTEMS, waiting.look)
    stage.pass_time(ROUND)
    rounds.pull()
    with hub.store.read() as connection:
        held = plans.holds(connection)
    for one in held:
        decide(hub, one.id, approve=True, who="an", why="looked at")
    stage.pass_time(ROUND)
    with landed(stage.world.journal, "hubspot", lambda: serving.kill_task(stage.running.port)) as seen:
        run = rest.trigger("publish_hubspot")
        waiting.until(lambda: bool(seen), "the task was killed")
    _again(waiting, rest, "publish_hubspot", run)
    with landed(stage.world.journal, "brevo", serving.kill) as seen:
        run = rest.trigger("publish_brevo")
        waiting.until(lambda: bool(seen), "the supervisor was killed")
    rest = serving.start()
    _again(waiting, rest, "publish_brevo", run)
    rounds.rest = rest
    for _ in range(2):
        stage.pass_time(ROUND)
        rounds.pull()
    return Outcome(dump(hub.store), written(stage.by_hub(), hub.store), ())


def _again(waiting: Waiting, rest: AirflowRest, dag_id: str, run_id: str) -> None:
    """IT clears the task once Airflow has seen that its process is gone."""

    def states() -> set[str]:
        return {one["state"] for one in rest.task_instances({"dag_id": dag_id, "dag_run_id": run_id})}

    waiting.until(lambda: states() <= {"up_for_retry", "failed", "success"}, "it is known to be gone")
    if states() != {"success"}:
        body = {"dry_run": False, "dag_run_id": run_id, "only_failed": False, "task_ids": ["publish"]}
        rest.call("POST", f"/dags/{dag_id}/clearTaskInstances", body)
    waiting.until(lambda: rest.run(dag_id, run_id)["state"] == "success", f"{dag_id} ends well")


def test_nothing_is_doubled_or_missing(told: tuple[Outcome, Outcome]) -> None:
    killed, whole = told
    assert unsettled(killed.dump) == []
    assert killed.differences(whole) == []
