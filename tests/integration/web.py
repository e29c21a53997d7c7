"""The API over a store that was read, asked by people of every role."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any

import requests
from fastapi import FastAPI
from fastapi.routing import APIRoute

from hub.flow.access.roles import Right
from hub.flow.access.tokens import make
from hub.flow.hub import Hub
from hub.web.access.doors import Bearer
from hub.web.access.guard import right_of
from hub.web.app import API, PUBLIC, application
from sandbox.core.serve import HOST, Server, bound

DEPARTMENT = "marketing"


@dataclass(frozen=True)
class Front:
    """The application, and a way in for whoever asks."""

    hub: Hub
    app: FastAPI
    address: str

    def token(self, role: str, **more: Any) -> str:
        """A token of somebody of this role."""
        department = more.pop("department", DEPARTMENT if role == "department" else "")
        return make(self.hub, f"a {role}", role, "it", department=department, **more).secret

    def ask(self, token: str, path: str, body: Any = None, method: str = "", **headers: str) -> Any:
        """What is answered: to a GET, or a POST where there is a body, unless told otherwise."""
        told = {"authorization": f"Bearer {token}", **headers}
        method = method or ("GET" if body is None else "POST")
        return requests.request(method, self.address + API + path, json=body, headers=told, timeout=30)

    def rights(self) -> dict[tuple[str, str], Right | None]:
        """(Method, path) → the right it asks for."""
        return {
            (method, one.path): right_of(one.dependant.dependencies)
            for one in self.app.routes
            if isinstance(one, APIRoute) and one.path not in PUBLIC
            for method in one.methods
        }


@contextmanager
def fronted(hub: Hub) -> Iterator[Front]:
    """The API over this hub."""
    app, listening = application(hub, Bearer(hub)), Event()
    with bound(0) as sock:
        server = Server(app, listening.set)
        thread = Thread(target=server.run, args=([sock],), daemon=True)
        thread.start()
        try:
            assert listening.wait(30)
            yield Front(hub, app, f"http://{HOST}:{sock.getsockname()[1]}")
        finally:
            server.should_exit = True
            thread.join(30)
