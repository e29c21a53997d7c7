"""A small client for Airflow's REST API: what a demo or a test needs to drive DAGs from outside."""

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import uuid4

from supervisor.waiting import wait_until

PAGE = 100
BUSY = ("queued", "running")
QUIET_LOOKS = 10
"""Looks in a row, a tenth of a second apart, that must find no run before Airflow counts as idle."""
TWO_WRITERS_MET, ALREADY_THERE = 500, 409
MEETINGS = 20
Json = dict[str, Any]


class AirflowSaysNo(Exception):
    """Airflow answered with an error: the message holds its status and its own words."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class AirflowRest:
    """One user's view of one Airflow."""

    def __init__(self, url: str, user: str, password: str) -> None:
        self.url = url
        self._login = {"username": user, "password": password}
        self._token: str | None = None

    def token(self) -> str:
        """Log in and return a fresh bearer token."""
        answer = self._send("POST", f"{self.url}/auth/token", self._login, {})
        self._token = str(answer["access_token"])
        return self._token

    def health(self) -> dict[str, str | None]:
        """Return part → status (``healthy``, ``unhealthy`` or None); empty while nothing answers."""
        try:
            answer = self._send("GET", f"{self.url}/api/v2/monitor/health", None, {})
        except (OSError, AirflowSaysNo):
            return {}
        return {part: state["status"] for part, state in answer.items()}

    def dags(self) -> dict[str, Json]:
        """Return dag id → the DAG as Airflow parsed it."""
        return {dag["dag_id"]: dag for dag in self._all("/dags", "dags", {})}

    def import_errors(self) -> list[str]:
        """Return ``file: reason`` of every DAG file that cannot be imported."""
        errors = self._all("/importErrors", "import_errors", {})
        return [f"{error['filename']}: {error['stack_trace']}" for error in errors]

    def unpause(self, dag_id: str) -> None:
        """Let the DAG's schedule run."""
        self.call("PATCH", f"/dags/{dag_id}", {"is_paused": False})

    def trigger(self, dag_id: str, conf: Mapping[str, Any] | None = None) -> str:
        """Start one run now and return its run id; asking twice for the same run starts one."""
        run_id = f"asked-{uuid4()}"
        body = {"logical_date": None, "dag_run_id": run_id, "conf": dict(conf or {})}
        try:
            self.call("POST", f"/dags/{dag_id}/dagRuns", body)
        except AirflowSaysNo as error:
            if error.status != ALREADY_THERE:
                raise
        return run_id

    def runs(self, states: Iterable[str] = (), dag_id: str = "~") -> list[Json]:
        """Return the runs in any of these states (all, when none are named), oldest first."""
        query = {"state": list(states), "order_by": "id"}
        return self._all(f"/dags/{dag_id}/dagRuns", "dag_runs", query)

    def run(self, dag_id: str, run_id: str) -> Json:
        """Return one run."""
        return self.call("GET", f"/dags/{dag_id}/dagRuns/{urllib.parse.quote(run_id)}")

    def task_instances(self, run: Json) -> list[Json]:
        """Return the task instances of a run as :meth:`runs` gave it."""
        run_id = urllib.parse.quote(run["dag_run_id"])
        return self._all(f"/dags/{run['dag_id']}/dagRuns/{run_id}/taskInstances", "task_instances", {})

    def pools(self, slots: Mapping[str, int]) -> None:
        """Create these pools, or give those that exist this number of slots."""
        known = {pool["name"] for pool in self._all("/pools", "pools", {})}
        for name, count in slots.items():
            body = {"name": name, "slots": count, "include_deferred": False}
            if name in known:
                self.call("PATCH", f"/pools/{urllib.parse.quote(name)}", body)
            else:
                self.call("POST", "/pools", body)

    def wait_idle(
        self, seconds: float, wait: Callable[[Callable[[], bool], float, str], float] = wait_until
    ) -> float:
        """Wait until no run is queued or running for a while; return the seconds it took.

        A while, because a run that ends may start another through an asset about half a second later.
        ``wait`` may be :meth:`supervisor.processes.Supervisor.wait_until`, to fail when a part ends.
        """
        quiet: list[int] = []

        def idle() -> bool:
            quiet.append(0 if self.runs(BUSY) else 1)
            return quiet[-QUIET_LOOKS:] == [1] * QUIET_LOOKS

        return wait(idle, seconds, "every Airflow run has ended")

    def call(self, method: str, path: str, body: Json | None = None) -> Json:
        """Send one request to ``/api/v2`` + path; logs in when needed. Raises :class:`AirflowSaysNo`.

        On SQLite two writers may meet, which Airflow answers with 500: such a request is sent again.
        """
        headers = {"Authorization": f"Bearer {self._token or self.token()}"}
        for _ in range(MEETINGS):
            try:
                return self._send(method, f"{self.url}/api/v2{path}", body, headers)
            except AirflowSaysNo as error:
                if error.status != TWO_WRITERS_MET:
                    raise
        return self._send(method, f"{self.url}/api/v2{path}", body, headers)

    def _all(self, path: str, name: str, query: Mapping[str, Any]) -> list[Json]:
        found: list[Json] = []
        while True:
            paging = urllib.parse.urlencode({**query, "limit": PAGE, "offset": len(found)}, doseq=True)
            answer = self.call("GET", f"{path}?{paging}")
            found += answer[name]
            if not answer[name] or len(found) >= answer["total_entries"]:
                return found

    @staticmethod
    def _send(method: str, url: str, body: Json | None, headers: Mapping[str, str]) -> Json:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(  # noqa: S310  (our own loopback address)
            url, data, {"Content-Type": "application/json", **headers}, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310
                return dict(json.loads(response.read() or b"{}"))
        except urllib.error.HTTPError as error:
            words = error.read(500).decode(errors="replace")
            raise AirflowSaysNo(
                f"{method} {urllib.parse.urlsplit(url).path}: {error.code} {words}", error.code
            ) from error
