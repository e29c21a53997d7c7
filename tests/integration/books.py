"""A real Tryton beside the stand-ins: one stage, with a hub for Sales and Finance alone."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from connectors.contract import Connector, Json, RawRecord, Receipt, Write
from connectors.present import listening
from connectors.tryton.connector import Tryton
from demo import tryton
from hub.mapping.load import load
from hub.mapping.spec import SystemMapping
from hub.store import outbox
from hub.store.change import Change
from hub.store.golden import Golden
from sandbox.core.clock import ManualClock
from sandbox.core.serve import Running, running_sandbox
from sandbox.core.tokens import Tokens
from sandbox.core.world import World
from sandbox.hubspot.standin import HubSpot
from sandbox.tryton.rpc import TrytonRpc
from tests.databases import Databases
from tests.integration.boundary import Around
from tests.integration.stage import Stage, Staged
from tests.tryton_server import running_tryton

SYSTEMS = frozenset({"hubspot", "tryton"})
SECRET = "the-robot's-own"


class BookStage(Stage):
    """The stage's clock moves in jumps and Tryton's with the wall; both begin at the wall's present."""

    def __init__(self, world: World, running: Running, finance: tryton.Tryton) -> None:
        super().__init__(world, running)
        self.finance = finance

    def connector(self, mapping: SystemMapping, actor: str = "hub", **options: str) -> Connector:
        if mapping.system == "tryton":
            return self._unheard(Tryton(self.finance.connection(actor)))
        return super().connector(mapping, actor, **options)

    def _unheard(self, made: Tryton) -> Tryton:
        """The stage's clock jumps ahead of its server's: what that says of the time is not listened to."""
        for http in (made.rpc._door, made.rpc._http):
            http.request = listening(lambda: lambda _: None)(http.request)  # type: ignore[method-assign]
        return made

    def provision(self) -> None:
        mapping = load(only=SYSTEMS).systems["hubspot"]
        for obj in mapping.objects:
            findings = self.connector(mapping).provision(obj, mapping.provisions(obj))
            assert all(one.ok for one in findings)


@dataclass
class Desk:
    """Sales, Finance and the hub between them, with what their people do."""

    stage: BookStage
    staged: Staged

    def call(self, model: str, method: str, *args: Any) -> Any:
        """Somebody in Finance works in Tryton."""
        return self.stage.finance.people.call(model, method, *args)

    def party(self, name: str, category: str, *mechanisms: tuple[str, str], **values: Any) -> str:
        """Finance enters a customer; returns its key."""
        found = self.stage.finance.people.search_read("party.category", [["name", "=", category]], [])
        ids = [one["id"] for one in found] or self.call("party.category", "create", [{"name": category}])
        entries = [["create", [{"type": kind, "value": value} for kind, value in mechanisms]]]
        party = {"name": name, "categories": [["add", ids]], "contact_mechanisms": entries, **values}
        return str(self.call("party.party", "create", [party])[0])

    def party_write(self, key: str, values: Json) -> None:
        """Finance corrects a customer in Tryton's own client, which writes the party."""
        self.call("party.party", "write", [int(key)], values)

    def in_the_database(self, assignments: str, key: str) -> None:
        """Past Tryton: set columns of a party, ``:past`` being an hour before they were."""
        past = "strftime('%Y-%m-%d %H:%M:%f', create_date, '-1 hour')"
        update = f"UPDATE party_party SET {assignments.replace(':past', past)} WHERE id = ?"  # noqa: S608
        with closing(sqlite3.connect(self.stage.finance.server.database)) as database, database:
            database.execute(update, [key])

    def mechanism(self, key: str, kind: str) -> int:
        """The id of a party's first active e-mail address or telephone number."""
        entries = self.tryton(key)["contact_mechanisms"]
        return next(int(one["id"]) for one in entries if one["type"] == kind and one["active"])

    def contact(self, key: str | None = None, obj: str = "contacts", **properties: str) -> str:
        """Sales enters or corrects somebody in HubSpot; returns the key."""
        return self.stage.edit("hubspot", obj, key, {"properties": properties})

    def hubspot(self, key: str, obj: str = "contacts") -> Json:
        """What HubSpot shows now."""
        found: Json = self._fetch("hubspot", obj, key).data["properties"]
        return found

    def tryton(self, key: str) -> Json:
        """What Tryton shows now."""
        return self._fetch("tryton", "parties", key).data

    def keys(self) -> set[str]:
        """The parties that are active in Tryton."""
        mapping = self.staged.mappings.systems["tryton"]
        return {key for some in self.stage.connector(mapping).keys("parties") for key in some}

    def _fetch(self, system: str, obj: str, key: str) -> RawRecord:
        mapping = self.staged.mappings.systems[system]
        return self.stage.connector(mapping, "human").fetch(obj, [key])[key]

    def golden(self, key: str) -> Golden:
        """The golden record of a party who is a person."""
        return self.staged.golden_of(f"tryton/person/{key}")

    def refused(self) -> list[Change]:
        """Changes for Tryton that it did not take."""
        with self.staged.hub.store.read() as connection:
            return outbox.changes(connection, "tryton", ["refused"])

    def writes_of_a_sync(self) -> tuple[int, int, int]:
        """One more round: sent by the hub's count, noted by HubSpot's journal, and stamped by Tryton."""
        mark, moment = self.stage.mark(), datetime.now(UTC)
        sent = self.staged.sync()["sent"]
        return sent, len(self.stage.by_hub(mark)), self.stage.finance.hub_writes(moment)


class Meddled(Around):
    """Somebody edits the party after the hub has read it again and before its write arrives. Once."""

    def __init__(self, real: Connector, desk: Desk, key: str, edit: Json) -> None:
        super().__init__(real)
        self.desk, self.key, self.edit = desk, key, edit
        self.answers: list[Receipt] = []

    def push(self, obj: str, writes: Sequence[Write]) -> list[Receipt]:
        if not self.answers:
            self.desk.party_write(self.key, self.edit)
        receipts = self.real.push(obj, writes)
        self.answers += receipts
        return receipts


@contextmanager
def books(folder: Path, databases: Databases) -> Iterator[Desk]:
    """Tryton, HubSpot's stand-in, and a hub that has seen what stands in them (nothing)."""
    world = World.of(ManualClock(datetime.now(UTC)), Tokens("hub-token", "human-token", "admin-token"))
    standin = HubSpot(world)
    standin.seed({})
    with running_tryton(folder) as server, running_sandbox([standin], world) as running:
        people = TrytonRpc(server.url, server.user, server.password)
        robot = tryton.make_robot(people, server.made, SECRET)
        stage = BookStage(world, running, tryton.Tryton(server, people, robot, SECRET))
        stage.provision()
        yield Desk(stage, stage.hub(databases, load(only=SYSTEMS)))
