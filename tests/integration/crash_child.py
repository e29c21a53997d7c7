"""The hub in a process of its own, and every point at which killing it could matter.

Nothing of the product knows of this. Two things alone can matter to a crash: a commit of the store and a
request to a system. So both are watched from outside, before and after, and each point is named after the
function of the flow that came there: ``exchange._note_sending: committed``. A new transaction is a new point.
"""

import logging
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from types import FrameType
from typing import Any

import requests
import structlog
from sqlalchemy import Engine

from connectors.errors import ConnectorError
from connectors.http import Http
from hub.flow import verbs
from hub.flow.errors import FlowError
from hub.flow.hub import Hub
from hub.store.engine import open_store
from sandbox.core.serve import Running
from sandbox.core.world import World
from tests.integration.household import Customer
from tests.integration.stage import UNJUDGED, Stage, Staged

SYSTEMS = ("brevo", "hubspot", "moneybird")

MAPPINGS = replace(UNJUDGED, systems={name: UNJUDGED.systems[name] for name in SYSTEMS})
PAGE = "5"
"""Records a page: a listing has several, and so has what may be killed between them."""
Verb = tuple[str, ...]
"""A verb of the hub and, where it has one, its system: ``("pull", "brevo")``."""


@dataclass(frozen=True, slots=True)
class Point:
    """The ``nth`` time (from 1) that a child comes to a place."""

    name: str
    nth: int = 1


def warm() -> None:
    """Let every codec read its tables once, in the process that children are copied from."""
    for mapping in MAPPINGS.systems.values():
        for obj in mapping.objects.values():
            for facet in obj.facets:
                said = Customer(1).said(facet.kind)
                for name, lens in facet.lenses.items():
                    if lens.shape != "list":
                        lens.project(said.get(name))


def nothing() -> None:
    """Go on."""


def die() -> None:
    """As a machine that loses its power."""
    os.kill(os.getpid(), signal.SIGKILL)


@dataclass(frozen=True, slots=True)
class Orders:
    """What a child has to do."""

    store: str
    running: Running
    """The stand-ins, which live in another process."""
    now: datetime
    verbs: Sequence[Verb]
    at: Point | None = None
    do: Callable[[], Any] = die
    """What happens when it comes to ``at``."""
    prepare: Callable[[], Any] = nothing
    """Called in the child before it begins."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a child that lived to the end says."""

    points: tuple[str, ...]
    error: str = ""
    """The class and the message of the error that ended a verb."""


@dataclass
class Watch:
    """Counts the points passed."""

    orders: Orders
    passed: list[str] = field(default_factory=list)
    times: Counter[str] = field(default_factory=Counter)

    def come(self, what: str) -> None:
        """The child is at a point now."""
        name = f"{place()}: {what}"
        self.passed.append(name)
        self.times[name] += 1
        if Point(name, self.times[name]) == self.orders.at:
            self.orders.do()

    def store(self, engine: Engine) -> None:
        """Watch every commit."""
        real = engine.dialect.do_commit

        def commit(connection: Any) -> None:
            self.come("before commit")
            real(connection)
            self.come("committed")

        setattr(engine.dialect, "do_commit", commit)  # noqa: B010  (not known to be assignable)

    def http(self) -> None:
        """Watch every request, whatever the connector."""
        real = Http.request

        def request(http: Http, method: str, path: str, **how: Any) -> Any:
            self.come(f"before {http.system} {method} {path}")
            answer = real(http, method, path, **how)
            self.come(f"answered {http.system} {method} {path}")
            return answer

        setattr(Http, "request", request)  # noqa: B010


def place() -> str:
    """The function of the flow that is at work."""
    frame: FrameType | None = sys._getframe()
    while frame is not None:
        module = str(frame.f_globals.get("__name__"))
        if module.startswith("hub.flow."):
            return f"{module.rpartition('.')[2]}.{frame.f_code.co_name}"
        frame = frame.f_back
    return "outside"


@dataclass
class Hours:
    """The stage's clock as it stood when the child began; waiting moves both."""

    admin: str
    present: datetime
    speed: float = 1.0

    def now(self) -> datetime:
        return self.present

    def deadline(self, wait: timedelta) -> datetime:
        return self.present + wait

    def advance(self, by: timedelta) -> None:
        self.present += by
        told = {"authorization": "Bearer admin-token"}
        body = {"advance_seconds": by.total_seconds()}
        requests.post(f"{self.admin}/clock", json=body, headers=told, timeout=10).raise_for_status()


def child(orders: Orders, tell: Pipe) -> None:
    """Carry out the orders and say what was passed."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    watch = Watch(orders)
    hub = remote(orders)
    watch.store(hub.hub.store.engine)
    watch.http()
    orders.prepare()
    error = ""
    try:
        for verb, *system in orders.verbs:
            VERBS[verb](hub, *system)
    except (FlowError, ConnectorError) as failed:
        error = f"{type(failed).__name__}: {failed}"
    tell.send(Told(tuple(watch.passed), error))


def remote(orders: Orders) -> Staged:
    """A hub over a store that is there already, on a stage in another process."""
    clock = Hours(orders.running.admin, orders.now)
    stage = Stage(World.of(clock, orders.running.tokens), orders.running)
    # Within the limits: how often a system turns us away hangs on dice, and so would the points there are.
    made = Staged(stage, MAPPINGS, {"page_size": PAGE, "limit_factor": "1"})
    made.hub = Hub(open_store(orders.store), MAPPINGS, made.connect, made.now, Path("var/reports"))
    return made


VERBS: Mapping[str, Callable[..., Any]] = {
    "pull": lambda hub, system: verbs.pull(hub.hub, system),
    "keep": lambda hub, system: verbs.keep(hub.hub, system),
    "recompose": lambda hub: verbs.recompose(hub.hub),
    "audit": lambda hub: verbs.audit(hub.hub),
    "publish": lambda hub, system: verbs.publish(hub.hub, system),
    "redrive": lambda hub, system: verbs.try_again(hub.hub, system),
    "approve": lambda hub: hub.approve(),
}
