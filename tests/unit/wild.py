"""A server that may do anything to a connection: it reads one request and leaves the rest to a function."""

import gzip
import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Event, Thread

Act = Callable[[socket.socket], None]

MEGABYTE = b" " * 2**20


@contextmanager
def wild(act: Act) -> Iterator[str]:
    """Serve ``act`` on a free local port, a connection each."""

    class Handler(BaseRequestHandler):
        def handle(self) -> None:
            _read(self.request)
            try:
                act(self.request)
            except OSError:
                """The other side has had enough."""

    class Server(ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()


def _read(connection: socket.socket) -> None:
    got = b""
    while b"\r\n\r\n" not in got:
        got += connection.recv(65536) or b"\r\n\r\n"
    head, _, body = got.partition(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    missing = int(lengths[0].split(b":")[1]) - len(body) if lengths else 0
    while missing > 0:
        missing -= len(connection.recv(65536)) or missing


def said(body: bytes, *headers: str, status: str = "200 OK", length: int | None = None) -> Act:
    """One answer; ``length`` other than the body's lies."""
    lines = [f"HTTP/1.1 {status}", "Connection: close", *headers]
    lines.append(f"Content-Length: {len(body) if length is None else length}")
    whole = "\r\n".join(lines).encode() + b"\r\n\r\n" + body
    return lambda connection: connection.sendall(whole)


def reset(connection: socket.socket) -> None:
    """Half an answer, and then the connection is torn down."""
    said(b'{"contacts": [', length=5000)(connection)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def endless(connection: socket.socket) -> None:
    """Blanks for ever."""
    _pour(connection, b"HTTP/1.1 200 OK\r\n\r\n")


def endless_redirect(connection: socket.socket) -> None:
    """The same, on the way to somewhere else."""
    _pour(connection, b"HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n")


def _pour(connection: socket.socket, head: bytes) -> None:
    connection.sendall(head)
    while True:
        connection.sendall(MEGABYTE)


def bomb(connection: socket.socket) -> None:
    """A few kilobytes that become a gigabyte."""
    said(gzip.compress(MEGABYTE * 64), "Content-Encoding: gzip")(connection)


def dripping(until: Event) -> Act:
    """One byte, and then nothing that ends."""

    def drip(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n[")
        until.wait(60)

    return drip


def babble(connection: socket.socket) -> None:
    """What is no HTTP."""
    connection.sendall(b"\x16\x03\x01\x02\x00 this is no web server \xff\xff\r\n\r\n")


def headers_without_end(connection: socket.socket) -> None:
    """More headers than anybody sends."""
    connection.sendall(b"HTTP/1.1 200 OK\r\n" + b"X-More: 1\r\n" * 5000 + b"\r\n{}")
