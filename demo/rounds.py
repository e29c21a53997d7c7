"""Letting the DAGs run: trigger the pulls, and wait until everything that follows from them has ended."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hub.flow import verbs
from hub.flow.hub import Hub
from hub.store import queue, runs
from hub.store.runs import Run
from supervisor.airflow_rest import AirflowRest
from supervisor.processes import Supervisor

PATIENCE = 3600.0
BUSY = ("queued", "running")


class RunFailed(Exception):
    """A DAG run of the demo failed; its log says why."""


@dataclass(slots=True)
class Rounds:
    """Drives the DAGs and knows when all is quiet."""

    parts: Supervisor
    rest: AirflowRest
    hub: Hub
    systems: Sequence[str]
    progress: Callable[[str], None]

    def pull(self, systems: Sequence[str] = ()) -> None:
        """Pull these systems (all, without), and let what follows run to its end."""
        self._go([f"pull_{name}" for name in systems or self.systems])

    def follow(self) -> None:
        """Wait until what a person released has been sent: Airflow notices that by itself."""
        self.parts.wait_until(self._all_sent, PATIENCE, "what was released is sent")
        self._settle()
        self._check_failures()

    def _all_sent(self) -> bool:
        left = verbs.waiting(self.hub)["ready"]
        self.progress(f"{left} released changes to send")
        return not left

    def _go(self, dag_ids: Sequence[str]) -> None:
        started = {dag_id: self.rest.trigger(dag_id) for dag_id in dag_ids}
        self.parts.wait_until(lambda: self._ended(started), PATIENCE, "the triggered DAG runs have ended")
        self._settle()
        self._check_failures()

    def _settle(self) -> None:
        """Wait until all is quiet, and stays so: a run that ends may start another half a second later."""
        settled = False
        while not settled:
            self.parts.wait_until(self._quiet, PATIENCE, "reconcile and publish have followed")
            self.rest.wait_idle(PATIENCE, self.parts.wait_until)
            settled = self._quiet()

    def _ended(self, started: dict[str, str]) -> bool:
        active = {(one["dag_id"], one["dag_run_id"]) for one in self.rest.runs(BUSY)}
        waits = len(active & started.items())
        self.progress(f"{len(started) - waits} of {len(started)} runs ended")
        return not waits

    def _quiet(self) -> bool:
        """No run is active, nothing is dirty, and nobody has waited for a system since the last reconcile."""
        active = self.rest.runs(BUSY)
        todo = verbs.waiting(self.hub)
        self.progress(
            f"{len(active)} DAG runs active, {todo['dirty']} records to reconcile, {todo['ready']} to send"
        )
        return not active and not todo["dirty"] and self._all_published()

    def _all_published(self) -> bool:
        with self.hub.store.read() as connection:
            done = runs.recent(connection, 400)
            waits = [name for name in self.systems if queue.queued(connection, name, "", 1)]
        composed = [one for one in done if one.verb == "reconcile" and one.counts.get("composed")]
        if not composed:
            return True
        since = composed[0].ended or ""
        # A publish may have told a system before anybody asked who is to be told: then none follows.
        return all(self._published_since(done, name, since) for name in waits)

    @staticmethod
    def _published_since(done: Sequence[Run], system: str, since: str) -> bool:
        return any(one.verb == "publish" and one.system == system and one.began >= since for one in done)

    def _check_failures(self) -> None:
        if failed := self.rest.runs(["failed"]):
            names = ", ".join(sorted({one["dag_id"] for one in failed}))
            with self.hub.store.read() as connection:
                errors = [
                    f"{one.verb} {one.system or ''}: {one.error}"
                    for one in runs.recent(connection)
                    if one.error
                ]
            raise RunFailed(f"DAG runs failed: {names}\n" + "\n".join(errors))
