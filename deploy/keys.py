"""``python3 -m deploy.keys``: the secrets of ``docker-compose.yml``, made at random, one file each.

Any Python from 3.10 on, and nothing installed. What is there already stays, so that it can be run again
after an upgrade that wants one more. The folder opens for its owner alone; the files in it can be read by
whoever is let in, for the user inside a container is another one than ours.
"""

import argparse
import base64
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "secrets"
SANDBOX = "http://127.0.0.1:8099"
"""Where the profile ``sandbox`` listens: inside the worker's own network, seen by nobody else."""
STAND_INS = ("brevo", "hubspot", "moneybird", "zendesk")


@dataclass(frozen=True)
class Addresses:
    """Where the servers are, as ``host:port``."""

    postgres: str = "postgres:5432"
    redis: str = "redis:6379"


def make(
    folder: Path, where: Addresses, *, given: Mapping[str, str] | None = None, sandbox: bool = False
) -> dict[str, str]:
    """Make what is missing in ``folder``, of ``given`` content where there is one; return all of them.

    ``sandbox``: the systems are the stand-ins, else there is no connection yet.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made: dict[str, str] = {}
    for name, content in _contents(where, sandbox).items():
        file = folder / name
        if not file.exists():
            file.write_text((given or {}).get(name) or content(made), "utf-8")
            file.chmod(0o444)
        made[name] = file.read_text("utf-8")
    return made


def _contents(where: Addresses, sandbox: bool) -> Mapping[str, Callable[[Mapping[str, str]], str]]:
    """File → how it is made; one may need another that stands before it."""

    def database(name: str, password: str) -> Callable[[Mapping[str, str]], str]:
        return lambda made: f"postgresql+psycopg://{name}:{made[password]}@{where.postgres}/{name}"

    return {
        "postgres_password": _password,
        "airflow_database_password": _password,
        "hub_database_password": _password,
        "redis_password": _password,
        "airflow_database": database("airflow", "airflow_database_password"),
        "hub_store": database("hub", "hub_database_password"),
        "celery_broker": lambda made: f"redis://:{made['redis_password']}@{where.redis}/0",
        "airflow_fernet_key": lambda _: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "airflow_jwt_secret": lambda _: secrets.token_urlsafe(64),  # at least 64 bytes: it signs with HS512
        "airflow_session_key": _password,
        "airflow_passwords": lambda _: json.dumps({"admin": secrets.token_urlsafe(18)}),
        "sandbox_token": _password,
        "connections.json": lambda made: _stand_ins(made["sandbox_token"]) if sandbox else "{}",
    }


def _password(_: Mapping[str, str]) -> str:
    return secrets.token_urlsafe(32)


def _stand_ins(token: str) -> str:
    """The connections to the stand-ins, as Airflow's LocalFilesystemBackend reads them."""
    extra = {"administration_id": "123456789012345678"}
    return json.dumps(
        {
            name: {"conn_type": "http", "host": f"{SANDBOX}/{name}", "password": token, "extra": extra}
            for name in STAND_INS
        }
    )


def main() -> None:
    """Make them, and say where they are."""
    parser = argparse.ArgumentParser("python3 -m deploy.keys", description="Make the secrets, one file each.")
    parser.add_argument(
        "--folder", type=Path, default=FOLDER, help="where (default: secrets/ in the checkout)"
    )
    parser.add_argument(
        "--sandbox", action="store_true", help="connect to the stand-ins of the profile sandbox"
    )
    asked = parser.parse_args()
    names = make(asked.folder, Addresses(), sandbox=asked.sandbox)
    print(f"{len(names)} secrets in {asked.folder}; connections of the systems: connections.json there")


if __name__ == "__main__":
    main()
