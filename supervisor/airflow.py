"""An Airflow of our own: scheduler, dag-processor and api-server as parts of a :class:`Supervisor`.

Not ``airflow standalone``, which leaves its children running on SIGTERM.
"""

import sys
from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType

from supervisor.airflow_rest import AirflowRest
from supervisor.airflow_settings import (
    ROOT,
    USER,
    AirflowSettings,
    airflow_environment,
    read_or_make_secrets,
)
from supervisor.processes import Supervisor
from supervisor.waiting import TookTooLong, answers, free_port

# --skip-serve-logs: the log servers would listen on every interface, and here all logs are local files.
PARTS = {
    "scheduler": ["scheduler", "--skip-serve-logs"],
    "dag-processor": ["dag-processor"],
    "api-server": ["api-server"],
}
TRIGGERER = {"triggerer": ["triggerer", "--skip-serve-logs"]}
"""Needed only by tasks that defer, asynchronous deadline callbacks and watched assets: a DAG with one of
these would wait for ever without it. Ours have none (tests/e2e/test_dags.py)."""
NOTHING: Mapping[str, Sequence[str]] = MappingProxyType({})
HEALTHY_PARTS = {"metadatabase", "scheduler", "dag_processor"}


class Airflow(ABC):
    """One Airflow whose processes are parts of a Supervisor."""

    def __init__(self, parts: Supervisor, url: str, password: str) -> None:
        """``url`` is where its api-server listens; ``password`` is that of :data:`USER`."""
        self.parts = parts
        self.url = url
        self.password = password
        self.rest = AirflowRest(url, USER, password)

    def start(self, wait_for: Collection[str] = (), within: float = 180.0) -> AirflowRest:
        """Start all parts and return the client once they are healthy and these DAGs are parsed."""
        self.migrate()
        self.launch()
        self.parts.wait_until(self.healthy, within, "Airflow is healthy")
        self.parts.wait_until(self.takes_tasks, within, "Airflow's execution API answers")
        self.wait_for_dags(wait_for, within)
        return self.rest

    @property
    @abstractmethod
    def has_triggerer(self) -> bool:
        """Whether tasks may defer."""

    @abstractmethod
    def migrate(self) -> None:
        """Bring the metadata database to this Airflow's version."""

    @abstractmethod
    def launch(self) -> None:
        """Start every part."""

    def healthy(self) -> bool:
        """Whether the database, the scheduler and the dag-processor are there, says the api-server."""
        states = self.rest.health()
        return all(states.get(part) == "healthy" for part in HEALTHY_PARTS)

    def takes_tasks(self) -> bool:
        """Whether the API that tasks talk to is ready; asking makes it so (2.5 s, else of the first task)."""
        return answers(f"{self.url}/execution/health")

    def wait_for_dags(self, names: Collection[str], within: float = 60.0) -> None:
        """Wait until every DAG named is parsed; the error names those missing and any import error."""
        wanted = set(names)
        try:
            self.parts.wait_until(lambda: wanted <= self.rest.dags().keys(), within, "the DAGs are parsed")
        except TookTooLong as error:
            missing = sorted(wanted - self.rest.dags().keys())
            reasons = "\n".join(self.rest.import_errors())
            raise TookTooLong(f"{error}; missing: {', '.join(missing)}\n{reasons}") from error


class EmbeddedAirflow(Airflow):
    """One Airflow in one folder.

    ::

        with Supervisor(var / "logs") as parts:
            airflow = EmbeddedAirflow(parts, var / "airflow")
            rest = airflow.start(wait_for=["pull_hubspot", "reconcile"])
    """

    def __init__(
        self,
        parts: Supervisor,
        home: Path,
        *,
        port: int = 0,
        dags: Path = ROOT / "dags",
        extra: Mapping[str, str] | None = None,
        triggerer: bool = False,
        preload: Mapping[str, Sequence[str]] = NOTHING,
    ) -> None:
        """Prepare ``home``; ``port`` 0 means any free one; ``extra`` goes into the environment.

        ``preload``: part → modules it loads once. The scheduler forks for every task and the dag-processor
        for every look at a file: what they have loaded, nobody loads again.
        """
        self.settings = AirflowSettings(home.resolve(), port or free_port(), dags.resolve())
        keys = read_or_make_secrets(self.settings.home)
        self.environment = airflow_environment(self.settings, keys, extra or {})
        self.commands = PARTS | (TRIGGERER if triggerer else {})
        self.preload = preload
        super().__init__(parts, self.settings.url, keys.password)

    @property
    def has_triggerer(self) -> bool:
        return bool(TRIGGERER.keys() & self.commands.keys())

    def migrate(self) -> None:
        """Bring the metadata database to this Airflow's version; costs nothing when it is there already."""
        marker = self.settings.home / "migrated-to"
        wanted = version("apache-airflow")
        if self.settings.database.exists() and marker.exists() and marker.read_text() == wanted:
            return
        command = airflow_command("db", "migrate")
        self.parts.run("migrate", command, env=self.environment, cwd=self.settings.home)
        marker.write_text(wanted)

    def launch(self) -> None:
        """Start every part."""
        for name, arguments in self.commands.items():
            command = airflow_command(*arguments, preload=self.preload.get(name, ()))
            self.parts.start(name, command, env=self.environment, cwd=self.settings.home)


def airflow_command(*arguments: str, preload: Sequence[str] = ()) -> list[str]:
    """Return the command line of an Airflow subcommand in this very interpreter."""
    run = ["supervisor.preloaded", *preload, "--"] if preload else ["airflow"]
    return [sys.executable, "-m", *run, *arguments]
