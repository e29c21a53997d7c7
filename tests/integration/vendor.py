"""A system of which a test writes the records itself, as bytes if it likes, in front of a whole hub."""

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from connectors.contract import Connection, Connector
from connectors.pace import Timing
from connectors.registry import connector_class
from hub.flow import verbs
from hub.flow.hub import Hub
from hub.golden.record import SourceRecord
from hub.mapping.spec import SystemMapping
from hub.model.instant import instant
from hub.store import golden as goldens
from hub.store import quarantine, records
from hub.store.engine import open_store
from hub.store.migrate import migrate
from hub.store.runs import Counts
from tests.databases import Databases
from tests.integration.stage import START, UNJUDGED
from tests.unit.scripted import Asked, Reply, Scripted, serving

Item = dict[str, Any] | bytes
"""One record; as bytes, exactly what is sent."""


@dataclass
class Vendor:
    """What the system holds now; ``other`` answers requests that are not for the records."""

    system: str
    items: list[Item] = field(default_factory=list)
    reply: Reply | None = None
    """Instead of everything else."""
    tickets: list[Item] = field(default_factory=list)
    invoices: list[Item] = field(default_factory=list)
    edits: int = 0
    """How often the records were changed; systems that count versions show it."""

    def __call__(self, asked: Asked) -> Reply:
        if self.reply is not None:
            return self.reply
        found = _PAGES[self.system](self, asked)
        return Reply(404) if found is None else Reply(200, raw=found)

    def hold(self, *items: Item) -> None:
        """From now on the system has these records."""
        self.items, self.edits = list(items), self.edits + 1


def _joined(items: Sequence[Item]) -> bytes:
    return b"[" + b",".join(_bytes(one) for one in items) + b"]"


def _bytes(one: Item) -> bytes:
    return one if isinstance(one, bytes) else json.dumps(one).encode()


def _brevo(one: Vendor, asked: Asked) -> bytes | None:
    if key := asked.path.partition("/contacts/")[2]:
        return next((_bytes(item) for item in one.items if key == str(json.loads(_bytes(item))["id"])), None)
    return b'{"count": 9, "contacts": ' + _joined(one.items) + b"}"


def _hubspot(one: Vendor, asked: Asked) -> bytes:
    first = asked.path.endswith("/contacts") and asked.query.get("archived") == "false"
    later = asked.path.endswith("/contacts/search") and asked.body["filterGroups"]
    return b'{"results": ' + _joined(one.items if first or later else []) + b"}"


def _zendesk(one: Vendor, asked: Asked) -> bytes:
    held = {"users": one.items, "tickets": one.tickets, "organizations": []}
    obj = next(name for name in held if name in asked.path)
    meta = b'"meta": {"has_more": false}, "end_of_stream": true, "after_cursor": "c"'
    return b"{" + meta + f', "{obj}": '.encode() + _joined(held[obj]) + b"}"


def _moneybird(one: Vendor, asked: Asked) -> bytes:
    held = one.items if "/contacts/" in asked.path else one.invoices
    if asked.method == "POST":
        return _joined(held)
    versions = [{"id": str(n), "version": 100 * one.edits + n} for n, _ in enumerate(held, 1)]
    return json.dumps(versions).encode()


_PAGES = {"brevo": _brevo, "hubspot": _hubspot, "zendesk": _zendesk, "moneybird": _moneybird}


def person(system: str, number: int, **changes: Any) -> dict[str, Any]:
    """A sound person in the system's own shape; ``changes`` are laid over it."""
    name = {"firstname": f"Jan{number}", "lastname": f"Bakker{number}"}
    stamp = "2026-03-01T10:00:00Z"
    shapes: dict[str, dict[str, Any]] = {
        "brevo": {
            "id": number,
            "email": f"p{number}@firm.example",
            "modifiedAt": stamp,
            "emailBlacklisted": False,
            "smsBlacklisted": False,
            "attributes": {"FIRSTNAME": name["firstname"], "LASTNAME": name["lastname"]},
        },
        "hubspot": {"id": str(number), "updatedAt": stamp, "properties": {**name, "hs_email_optout": None}},
        "zendesk": {"id": number, "role": "end-user", "name": " ".join(name.values()), "updated_at": stamp},
        "moneybird": {"id": str(number), "updated_at": stamp, "version": 100 + number, **name},
    }
    return {**shapes[system], **changes}


@dataclass
class Desk:
    """One hub, and the systems a test plays."""

    vendors: dict[str, Vendor]
    servers: dict[str, Scripted]
    passed: timedelta = timedelta(0)
    hub: Hub = field(init=False)

    def connect(self, mapping: SystemMapping) -> Connector:
        """A connector that never waits."""
        options = {"administration_id": "1", "limit_factor": "100000"}
        build: Any = connector_class(mapping.connector)
        url = self.servers[mapping.system].url
        made: Connector = build(
            Connection(url, "token", options=options), timing=Timing(lambda _: None, lambda: 0.0)
        )
        return made

    def now(self) -> str:
        return instant(START + self.passed)

    def pull(self, system: str) -> Counts:
        """One pull, ten minutes after the one before; nothing is lost on the way."""
        self.passed += timedelta(minutes=10)
        counts = verbs.pull(self.hub, system)
        verbs.recompose(self.hub)
        assert counts["offered"] == counts["landed"] + counts["unchanged"]
        return counts

    def held(self) -> dict[str, list[dict[str, Any]]]:
        """Key → reasons of everything in quarantine."""
        with self.hub.store.read() as connection:
            return {one.key.key: [dict(why) for why in one.reasons] for one in quarantine.listed(connection)}

    def records(self) -> dict[str, SourceRecord]:
        """Key → every admitted record that is not deleted; for one system, whose keys are its own."""
        return {one.key.key: one for one in self.every()}

    def every(self) -> list[SourceRecord]:
        """Every admitted record that is not deleted."""
        with self.hub.store.read() as connection:
            ids = [one.golden_id for one in goldens.everyone(connection)]
            found = records.of_golden(connection, ids)
        return [one for some in found.values() for one in some.values() if not one.deleted]


@contextmanager
def desk(databases: Databases, *systems: str) -> Iterator[Desk]:
    """A hub over these systems, all of them empty."""
    vendors = {system: Vendor(system) for system in systems}
    with serving_all(vendors) as servers:
        made = Desk(vendors, servers)
        store = open_store(databases.new())
        migrate(store)
        chosen = {name: UNJUDGED.systems[name] for name in systems}
        mappings = replace(UNJUDGED, systems=chosen)
        made.hub = Hub(store, mappings, made.connect, made.now, databases.folder / "reports")
        yield made
        store.close()


@contextmanager
def serving_all(vendors: dict[str, Vendor]) -> Iterator[dict[str, Scripted]]:
    """Each vendor on a port of its own."""
    with ExitStack() as stack:
        yield {name: stack.enter_context(serving(vendor)) for name, vendor in vendors.items()}
