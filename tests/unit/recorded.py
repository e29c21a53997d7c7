"""Real answers of each system, taken once: of the stand-ins over HTTP, and of a small Tryton written here."""

import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import requests

from connectors.contract import Connection, Connector, RawRecord, Write
from connectors.pace import Timing
from connectors.registry import connector_class
from sandbox.app import SYSTEMS
from sandbox.core.clock import ManualClock
from sandbox.core.serve import running_sandbox
from sandbox.core.tokens import Tokens
from sandbox.core.world import World
from sandbox.moneybird.standin import ADMINISTRATION
from sandbox.people.population import population
from tests.unit import small_tryton
from tests.unit.hostile import bent, written
from tests.unit.scripted import Asked, Reply, Script, serving

START = datetime(2026, 3, 2, 10, tzinfo=UTC)
Taken = dict[tuple[str, ...], Reply]
"""Method, path and whereabouts in a listing → the answer."""


@dataclass(frozen=True)
class Verbs:
    """Everything one object of one system is asked."""

    system: str
    obj: str
    find: str = ""
    data: Mapping[str, Any] | None = None

    def __str__(self) -> str:
        return f"{self.system}-{self.obj}"

    def acts(self, keys: list[str]) -> list[Callable[[Connector], Any]]:
        """Each verb as one act."""
        acts: list[Callable[[Connector], Any]] = [
            lambda one: list(one.pull(self.obj, None)),
            lambda one: list(one.keys(self.obj)),
            lambda one: one.fetch(self.obj, keys),
            lambda one: one.check(),
        ]
        if self.find:
            acts.append(lambda one: one.find(self.obj, self.find, ["jan@firm.example"]))
        if data := self.data:
            new = {**data, **small_tryton.NEW} if self.system == "tryton" else data
            acts.append(lambda one: one.ready(self.obj, len(keys)))
            acts.append(lambda one: one.push(self.obj, [Write("w1", keys[0], dict(data))]))
            acts.append(lambda one: one.push(self.obj, [Write("w2", None, dict(new))]))
        return acts


EVERY = [
    Verbs("brevo", "contacts", "email", {"email": "new@firm.example", "attributes": {"FIRSTNAME": "N"}}),
    Verbs("hubspot", "contacts", "properties.email", {"properties": {"firstname": "N"}}),
    Verbs("hubspot", "companies", "properties.name", {"properties": {"name": "N"}}),
    Verbs("moneybird", "contacts", "customer_id", {"company_name": "N", "custom_fields": {"Golden id": "g"}}),
    Verbs("moneybird", "sales_invoices"),
    Verbs("zendesk", "users", "email", {"name": "N", "email": "new@firm.example"}),
    Verbs("zendesk", "organizations", "name", {"name": "N"}),
    Verbs("zendesk", "tickets"),
    Verbs("tryton", "parties", "email", {"name": "N", "email": "new@firm.example"}),
    Verbs("tryton", "invoices"),
]


@dataclass
class Recording:
    """One object's acts and the answers they were given."""

    verbs: Verbs
    keys: list[str]
    taken: Taken

    def bent(self, number: int) -> Script:
        """The same answers, some of them bent; the same number bends the same."""
        dice = random.Random(number)

        def script(asked: Asked) -> Reply:
            held = self._held(asked)
            return replace(held, raw=written(bent(held.body, dice, dice.choice([0, 1, 1, 2]))))

        return script

    def unbent(self) -> Script:
        """The same answers."""
        return self._held

    def _held(self, asked: Asked) -> Reply:
        """What was answered to such a request the first time."""
        if asked.path == "/rpc/":
            return Reply(200, small_tryton.answer(asked.body))
        return self.taken.get(_place(asked), Reply(200, {}))


def connect(system: str, url: str) -> Connector:
    """A connector that never waits."""
    options = {
        "administration_id": ADMINISTRATION,
        "limit_factor": "100000",
        "fields_contacts": "golden_id",
        "page_size": "5",
    }
    build: Any = connector_class(system)
    given = Connection(url, "hub-token", "hub" if system == "tryton" else "", options)
    made: Connector = build(given, timing=Timing(lambda _: None, lambda: 0.0))
    return made


@dataclass(frozen=True)
class Systems:
    """The four stand-ins and the small Tryton."""

    world: World
    urls: Mapping[str, str]

    def answer(self, system: str, asked: Asked) -> Reply:
        """What the real one says; time passes, so that no allowance runs out."""
        if system == "tryton":
            return Reply(200, small_tryton.answer(asked.body))
        self.world.clock.advance(timedelta(minutes=1))
        return _forwarded(self.urls[system], asked)


@contextmanager
def systems() -> Iterator[Systems]:
    """The stand-ins, with fictitious customers in them."""
    people: Any = population(12, 1, START)
    world = World.of(ManualClock(START), Tokens("hub-token", "human-token", "admin-token"))
    standins = [kind(world) for kind in SYSTEMS]
    for standin in standins:
        standin.seed(people.systems.get(standin.name, {}))
    with running_sandbox(standins, world) as running:
        yield Systems(world, running.systems)


def recorded(verbs: Verbs, real: Systems) -> Recording:
    """Carry out every act once, and keep the answers."""
    taken: Taken = {}

    def script(asked: Asked) -> Reply:
        answer = real.answer(verbs.system, asked)
        taken.setdefault(_place(asked), answer)
        return answer

    with serving(script) as server:
        connector = connect(verbs.system, server.url)
        keys = _keys(list(connector.pull(verbs.obj, None)))
        taken.clear()
        for act in verbs.acts(keys):
            act(connector)
    return Recording(verbs, keys, taken)


def _keys(pages: list[Any]) -> list[str]:
    living: list[RawRecord] = [one for page in pages for one in page.records if not one.deleted]
    return [one.key for one in living[:3]]


def _place(asked: Asked) -> tuple[str, ...]:
    after = (asked.query.get(name, "") for name in ("after", "offset", "cursor", "start_time", "page[after]"))
    return (asked.method, asked.path, *after)


def _forwarded(url: str, asked: Asked) -> Reply:
    wanted = {name: asked.headers[name] for name in ("authorization", "api-key") if name in asked.headers}
    answer = requests.request(
        asked.method, url + asked.path, params=asked.query, json=asked.body, headers=wanted, timeout=10
    )
    return Reply(answer.status_code, answer.json() if answer.content else None)
