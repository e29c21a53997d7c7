"""Install Tryton, make its database once, and start servers on copies of it.

::

    made = prepare(Path("var/tryton"))                # venv and template database; instant the second time
    server = Instance(made, Path("var/demo/tryton"), port)
    server.reset()                                    # a fresh database: one file is copied
    start(server.command)                             # the caller's child, ended by its pid
    server.url, server.user, server.password          # what a client needs

Only Python and a package registry are needed: Tryton 8.2 runs on SQLite, with a chart of accounts too
(Tryton 7.0 wanted PostgreSQL for that). Standard library only.
"""

import fcntl
import hashlib
import json
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
REQUIREMENTS = HERE / "requirements.txt"
FINANCE = HERE / "finance.py"
DATABASE = "tryton"
USER = "admin"

CONFIG = """\
[database]
uri = sqlite://
path = {folder}
list = False
[web]
listen = 127.0.0.1:{port}
[session]
timeout = 86400
max_attempt = 100000
max_attempt_ip_network = 100000
# Background jobs (rendering each posted invoice as a document) wait for a worker that is never started.
[queue]
worker = True
[email]
uri = smtp://127.0.0.1:1
"""
LOGGING = """\
[loggers]
keys = root,requests
[handlers]
keys = stderr
[formatters]
keys = plain
[logger_root]
level = WARNING
handlers = stderr
[logger_requests]
qualname = werkzeug
level = WARNING
handlers =
[handler_stderr]
class = StreamHandler
args = (sys.stderr,)
formatter = plain
[formatter_plain]
format = %(asctime)s %(levelname)s %(name)s %(message)s
"""


class TrytonNotReady(Exception):
    """Installing Tryton or making its database failed: the message holds the end of the output."""


@dataclass(frozen=True, slots=True)
class Made:
    """What is made once and shared: the venv and the template database with its password."""

    venv: Path
    template: Path

    @property
    def password(self) -> str:
        return (self.template / "password").read_text()

    @property
    def finance(self) -> dict[str, int]:
        """Ids an invoice refers to: company, currency, receivable, revenue, journal, payment_term."""
        ids: dict[str, int] = json.loads((self.template / "finance.json").read_text())
        return ids


@dataclass(frozen=True, slots=True)
class Instance:
    """One server: its own folder and database on one port of 127.0.0.1."""

    made: Made
    folder: Path
    port: int

    @property
    def url(self) -> str:
        """Where its JSON-RPC lives, database included."""
        return f"http://127.0.0.1:{self.port}/{DATABASE}"

    @property
    def database(self) -> Path:
        return self.folder / f"{DATABASE}.sqlite"

    @property
    def user(self) -> str:
        return USER

    @property
    def password(self) -> str:
        return self.made.password

    @property
    def command(self) -> list[str]:
        """The command line; writes the configuration it names, and the database when there is none."""
        if not self.database.exists():
            self.reset()
        config = write_config(self.folder, self.port)
        trytond = str(self.made.venv / "bin" / "trytond")
        return [
            trytond,
            "-c",
            str(config),
            "-d",
            DATABASE,
            "--logconf",
            str(config.with_name("logging.conf")),
        ]

    def reset(self) -> None:
        """Put a fresh database in place; the server must not be running."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for left in self.folder.glob(f"{DATABASE}.sqlite*"):
            left.unlink()
        shutil.copyfile(self.made.template / f"{DATABASE}.sqlite", self.database)


def prepare(var: Path) -> Made:
    """Install Tryton and make the template database under ``var``, each only when it is not there yet.

    Safe to call from several processes at once. Raises :class:`TrytonNotReady`.
    """
    var = var.resolve()
    var.mkdir(parents=True, exist_ok=True)
    venv = var / f"venv-{digest(REQUIREMENTS)}"
    template = var / f"template-{digest(REQUIREMENTS, FINANCE)}"
    with alone(var / "lock"):
        if not (venv / "complete").exists():
            install(venv)
            (venv / "complete").touch()
        if not template.exists():
            building = var / "building"
            shutil.rmtree(building, ignore_errors=True)
            make_database(venv, building)
            building.rename(template)
    return Made(venv, template)


def install(venv: Path) -> None:
    """Make the venv with the pinned requirements, as bytecode; with uv where there is one, else with pip."""
    shutil.rmtree(venv, ignore_errors=True)
    python = str(venv / "bin" / "python")
    if uv := find_uv():
        run([uv, "venv", "--quiet", "--python", sys.executable, str(venv)])
        run(
            [
                uv,
                "pip",
                "install",
                "--quiet",
                "--compile-bytecode",
                "--python",
                python,
                "-r",
                str(REQUIREMENTS),
            ]
        )
    else:
        run([sys.executable, "-m", "venv", str(venv)])
        run([python, "-m", "pip", "install", "--quiet", "--compile", "-r", str(REQUIREMENTS)])


def find_uv() -> str | None:
    """The uv beside this Python, or on the path."""
    return shutil.which(
        "uv", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    )


def make_database(venv: Path, folder: Path) -> None:
    """Make the template: modules, administrator, company, accounts."""
    folder.mkdir(mode=0o700)
    config = write_config(folder, 0)
    (folder / f"{DATABASE}.sqlite").touch()
    password = folder / "password"
    password.touch(mode=0o600)
    password.write_text(secrets.token_urlsafe(18))
    admin = [str(venv / "bin" / "trytond-admin"), "-c", str(config), "-d", DATABASE]
    modules = ["--activate-dependencies", "-u", "party", "account_invoice"]
    run([*admin, "--email", "admin@example.com", *modules], {"TRYTONPASSFILE": str(password)})
    ids = run([str(venv / "bin" / "python"), str(FINANCE), str(config)])
    (folder / "finance.json").write_text(ids.splitlines()[-1])
    with closing(sqlite3.connect(folder / f"{DATABASE}.sqlite")) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # so that one file is the whole database


def write_config(folder: Path, port: int) -> Path:
    """Write both configuration files; return trytond's."""
    config = folder / "trytond.conf"
    config.write_text(CONFIG.format(folder=folder.resolve(), port=port))
    (folder / "logging.conf").write_text(LOGGING)
    return config


def run(command: list[str], extra: dict[str, str] | None = None) -> str:
    """Run to its end and return what it printed; raises :class:`TrytonNotReady` with the end of it."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(  # noqa: S603  (our own command)
        command, env={**environment, **(extra or {})}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        output = "\n".join((done.stdout + done.stderr).splitlines()[-20:])
        raise TrytonNotReady(f"{Path(command[0]).name} ended with exit code {done.returncode}:\n{output}")
    return done.stdout


def digest(*files: Path) -> str:
    """A short name for the contents of these files."""
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Wait until no other process holds this lock, then hold it."""
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
