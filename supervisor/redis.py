"""A Redis of our own: one private server on the loopback address, run as a part of a Supervisor.

It keeps nothing on disk: what it holds is a queue, and its data goes with it.
"""

import secrets
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from supervisor.processes import Supervisor, write_private
from supervisor.waiting import free_port

_SETTINGS = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir {home}
save ""
appendonly no
daemonize no
"""


class NoRedis(SystemExit):
    """No redis-server was found: install Debian's (apt-get install redis-server)."""

    def __init__(self) -> None:
        super().__init__(self.__class__.__doc__)


@dataclass(frozen=True, slots=True)
class Redis:
    """A running server."""

    port: int
    password: str = field(repr=False)

    def answers(self) -> bool:
        """Whether it lets us in with the password and answers a ping."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=2) as line:
                line.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                with line.makefile("rb") as said:
                    return [said.readline(), said.readline()] == [b"+OK\r\n", b"+PONG\r\n"]
        except OSError:
            return False


@contextmanager
def private_redis(parts: Supervisor, port: int = 0) -> Iterator[Redis]:
    """A server for as long as the block runs. Raises NoRedis where the machine has none."""
    binary = shutil.which("redis-server")
    if binary is None:
        raise NoRedis
    server = Redis(port or free_port(), secrets.token_urlsafe(18))
    # In a file, for everybody on the machine can read a command line.
    settings = parts.logs / "redis.conf"
    text = _SETTINGS.format(port=server.port, password=server.password, home=parts.logs.resolve())
    write_private(settings, text)
    parts.start("redis", [binary, str(settings)], healthy=server.answers)
    try:
        yield server
    finally:
        parts.stop_part("redis")
        settings.unlink()
