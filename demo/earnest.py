"""The demo on what production stands on, without a container engine.

PostgreSQL and Redis of the machine, in private; the databases as ``deploy/databases.sql`` makes them; Airflow
with the CeleryExecutor as ``docker-compose.yml`` says.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from demo.stage import ROOT, Connections, Ground, Settings, common, dag_ids, described
from deploy.keys import Addresses, make
from supervisor.airflow import Airflow
from supervisor.compose import SECRETS
from supervisor.composed import ComposedAirflow
from supervisor.postgres import USER, Cluster, private_postgres
from supervisor.processes import Supervisor, write_private
from supervisor.redis import Redis, private_redis
from supervisor.waiting import free_port


class NotInstalled(SystemExit):
    """Celery or psql is missing: `make test-celery` brings the one, Debian's postgresql the other."""

    def __init__(self) -> None:
        super().__init__(self.__class__.__doc__)


@contextmanager
def in_earnest(settings: Settings) -> Iterator[Ground]:
    """PostgreSQL for both stores, Redis, and the services of ``docker-compose.yml``."""
    if find_spec("celery") is None or shutil.which("psql") is None:
        raise NotInstalled
    with (
        Supervisor(settings.var / "logs") as parts,
        private_redis(parts) as redis,
        private_postgres(parts) as cluster,
    ):
        keys = settings.var / "secrets"
        made = _databases(parts, keys, cluster, redis)

        def start(parts: Supervisor, connections: Connections) -> Airflow:
            write_private(keys / "connections.json", json.dumps(described(connections)))
            airflow = ComposedAirflow(
                parts,
                settings.var / "airflow",
                keys,
                settings.airflow_port or free_port(),
                common(settings, connections),
            )
            airflow.start(wait_for=dag_ids(connections))
            return airflow

        yield Ground(made["hub_store"], start)


def _databases(parts: Supervisor, keys: Path, cluster: Cluster, redis: Redis) -> dict[str, str]:
    """The secrets of this run, and the databases they open."""
    where = Addresses(f"127.0.0.1:{cluster.port}", f"127.0.0.1:{redis.port}")
    made = make(keys, where, given={"redis_password": redis.password})
    script = keys / "databases.sql"
    text = (ROOT / "deploy" / "databases.sql").read_text("utf-8")
    write_private(script, text.replace(SECRETS, str(keys)))
    address = f"postgresql://{USER}@127.0.0.1:{cluster.port}/postgres"
    environment = {**os.environ, "PGPASSWORD": cluster.password}
    command = ["psql", "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", f"--file={script}", address]
    parts.run("databases", command, env=environment)
    return made
