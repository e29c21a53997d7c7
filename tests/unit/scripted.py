"""A local HTTP server that answers from a script and remembers what it was asked."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


@dataclass(frozen=True)
class Asked:
    """One request as it arrived."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Any


@dataclass(frozen=True)
class Reply:
    """One answer; ``cut`` closes the connection after that many bytes of body (0: before any answer)."""

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    cut: int | None = None


Script = Callable[[Asked], Reply]


@dataclass
class Scripted:
    """What a test sees of the server."""

    url: str
    asked: list[Asked] = field(default_factory=list)


def replies(*given: Reply) -> Script:
    """Answer with each reply in turn, and with the last one from then on."""
    left = list(given)
    return lambda asked: left.pop(0) if len(left) > 1 else left[0]


@contextmanager
def serving(script: Script) -> Iterator[Scripted]:
    """Serve ``script`` on a free local port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(script, seen := Scripted("")))
    server.daemon_threads = True
    seen.url = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield seen
    finally:
        server.shutdown()
        server.server_close()


def _handler(script: Script, seen: Scripted) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

        def answer(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            parts = urlsplit(self.path)
            query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = json.loads(raw) if raw else None
            asked = Asked(self.command, unquote(parts.path), query, headers, body)
            seen.asked.append(asked)
            self.give(script(asked))

        def give(self, reply: Reply) -> None:
            if reply.cut == 0:
                self.close_connection = True
                return
            body = reply.raw if reply.raw is not None else self.encoded(reply.body)
            self.send_response_only(reply.status)
            for name, value in {"Date": self.date_time_string(), **reply.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: reply.cut])
            self.close_connection = self.close_connection or reply.cut is not None

        def encoded(self, body: Any) -> bytes:
            return b"" if body is None else json.dumps(body).encode()

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer

    return Handler
