"""The settings of an embedded Airflow: everything in one folder, everything on the loopback address."""

import base64
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from supervisor.processes import write_private

ROOT = Path(__file__).resolve().parents[1]
"""The repository: what every Airflow process finds ``hub``, ``connectors`` and ``mappings`` in."""

USER = "admin"


@dataclass(frozen=True, slots=True)
class AirflowSettings:
    """Where one embedded Airflow lives."""

    home: Path
    """AIRFLOW_HOME: metadata database, task logs, secrets. Made when missing."""
    port: int
    dags: Path = ROOT / "dags"
    parallelism: int = 4

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Path:
        return self.home / "airflow.db"


@dataclass(frozen=True, slots=True)
class AirflowSecrets:
    """Made once for a home and kept there, so that stored connections can be read again."""

    password: str
    fernet_key: str
    jwt_secret: str
    session_key: str


def read_or_make_secrets(home: Path) -> AirflowSecrets:
    """Return the secrets of this home; on first use make them and write the two 0600 files."""
    kept = home / "secrets.json"
    if kept.exists():
        return AirflowSecrets(**json.loads(kept.read_text()))
    home.mkdir(parents=True, exist_ok=True)
    made = {
        "password": secrets.token_urlsafe(18),
        "fernet_key": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "jwt_secret": secrets.token_urlsafe(64),  # at least 64 bytes: it signs with HS512
        "session_key": secrets.token_urlsafe(32),
    }
    write_private(home / "passwords.json", json.dumps({USER: made["password"]}))
    write_private(kept, json.dumps(made))
    return AirflowSecrets(**made)


def airflow_environment(
    settings: AirflowSettings, keys: AirflowSecrets, extra: Mapping[str, str]
) -> dict[str, str]:
    """Return the whole environment for Airflow's processes: ours, without any other Airflow's settings.

    ``extra`` is for the caller's own variables, such as ``AIRFLOW_CONN_*``; it wins.
    """
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("AIRFLOW")}
    paths = [str(ROOT), *filter(None, [inherited.get("PYTHONPATH")])]
    sections = _sections(settings, keys)
    ours = {
        f"AIRFLOW__{section}__{name}".upper(): str(value)
        for section, values in sections.items()
        for name, value in values.items()
    }
    return {
        **inherited,
        "PYTHONPATH": os.pathsep.join(paths),
        "AIRFLOW_HOME": str(settings.home),
        **ours,
        **extra,
    }


def _sections(settings: AirflowSettings, keys: AirflowSecrets) -> dict[str, dict[str, object]]:
    home, url = settings.home, settings.url
    return {
        "core": {
            "dags_folder": settings.dags,
            "plugins_folder": settings.dags / "plugins",
            "executor": "LocalExecutor",
            "parallelism": settings.parallelism,
            "load_examples": False,
            "dags_are_paused_at_creation": False,
            "fernet_key": keys.fernet_key,
            "execution_api_server_url": f"{url}/execution/",
            "min_serialized_dag_update_interval": 2,
            "simple_auth_manager_users": f"{USER}:admin",
            "simple_auth_manager_passwords_file": home / "passwords.json",
        },
        "database": {"sql_alchemy_conn": f"sqlite:///{settings.database}"},
        "logging": {"base_log_folder": home / "logs"},
        "api": {
            "host": "127.0.0.1",
            "port": settings.port,
            "base_url": url,
            "workers": 1,
            "secret_key": keys.session_key,
            "expose_config": False,
        },
        "api_auth": {"jwt_secret": keys.jwt_secret},
        # One hop from task to task costs one idle sleep; the default of 1 s made ten tasks take 10 s.
        # A task whose worker was killed with its scheduler is looked for twice a minute, not every five.
        "scheduler": {
            "scheduler_idle_sleep_time": 0.1,
            "enable_health_check": False,
            "orphaned_tasks_check_interval": 30,
        },
        # How long a worker may sit on a finished task before it takes the next one; the default is 5 s.
        "workers": {"min_heartbeat_interval": 1},
        "dag_processor": {
            "refresh_interval": 5,
            "bundle_refresh_check_interval": 1,
            "min_file_process_interval": 30,
            "print_stats_interval": 0,
        },
        "metrics": {"statsd_on": False, "otel_on": False},
        "traces": {"otel_on": False},
    }
