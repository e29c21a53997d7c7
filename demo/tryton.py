"""The demo's finance system, a real Tryton: started, filled with the stand-in's customers, and asked."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from connectors.contract import Connection, RawRecord
from connectors.registry import connector
from connectors.tryton.records import CHILD_MODELS
from demo.books import move, retold
from sandbox.tryton.rpc import TrytonRpc
from sandbox.tryton.seed import seed
from sandbox.tryton.server import Instance, Made, prepare
from supervisor.processes import Supervisor
from supervisor.waiting import accepts, free_port

Json = dict[str, Any]
SHARED = Path(__file__).resolve().parents[1] / "var" / "tryton"
"""Where Tryton is installed once, for demos and tests."""
ROBOT = "klantbeeld"
"""The hub's own user in Tryton: what it writes carries its name."""
GROUP = "Accounting"
"""Lets the robot read invoices; parties are anybody's."""


@dataclass(frozen=True, slots=True)
class Tryton:
    """A Tryton that runs and holds the customers; a witness of what the hub does to it."""

    server: Instance
    people: TrytonRpc
    """A department's session."""
    robot: int
    """The id of the hub's user."""
    secret: str = field(repr=False)
    rows: tuple[Json, ...] = ()

    def connection(self, actor: str = "hub") -> Connection:
        """How the hub, or a person of the department, gets in."""
        if actor == "hub":
            return Connection(self.server.url, self.secret, ROBOT)
        return Connection(self.server.url, self.server.password, self.server.user)

    def truth(self) -> tuple[Json, ...]:
        """Who the parties are, in the rows of the sandbox's truth."""
        return self.rows

    def hub_writes(self, since: datetime) -> int:
        """Parties, mailboxes, addresses and numbers that the hub's user made or wrote last since then.

        From Tryton's own stamps: a record that a person edits after the hub counts for the person.
        """
        return sum(self._written(model, since) for model in ("party.party", *CHILD_MODELS.values()))

    def _written(self, model: str, since: datetime) -> int:
        moment = since.astimezone(UTC).replace(tzinfo=None)
        mine = [
            [[f"{what}_uid", "=", self.robot], [f"{what}_date", ">=", moment]] for what in ("create", "write")
        ]
        return len(self.people.search_read(model, ["OR", *mine], ["id"]))


def start_tryton(
    parts: Supervisor,
    folder: Path,
    port: int,
    moneybird: Connection,
    truth: list[Json],
    say: Callable[[str], None],
) -> Tryton:
    """Start a Tryton in ``folder`` and move Moneybird's customers into it.

    ``truth``: the sandbox's rows. Raises TrytonNotReady where it cannot be installed.
    """
    say("Starting Tryton (the first time it is installed from the package registry)")
    made = prepare(SHARED)
    server = Instance(made, folder, port or free_port())
    parts.start("tryton", server.command, healthy=lambda: accepts(server.port))
    people = TrytonRpc(server.url, server.user, server.password)
    moved = move(_all(moneybird, "contacts"), _all(moneybird, "sales_invoices"))
    bills = sum(len(one.customer["invoices"]) for one in moved)
    say(f"Moving finance's {len(moved)} customers to Tryton, and posting {bills} overdue invoices")
    seeded = seed(people, [one.customer for one in moved], made.finance)
    say("  Tryton's own company is neither: a party without category waits in quarantine, as it should")
    secret = secrets.token_urlsafe(18)
    rows = tuple(retold(truth, moved, seeded.ids))
    return Tryton(server, people, make_robot(people, made, secret), secret, rows)


def _all(connection: Connection, obj: str) -> list[Json]:
    records: list[RawRecord] = [
        one for page in connector("moneybird", connection).pull(obj, None) for one in page.records
    ]
    return [one.data for one in records]


def make_robot(people: TrytonRpc, made: Made, secret: str) -> int:
    """Create the hub's user; return its id."""
    company = made.finance["company"]
    groups = [one["id"] for one in people.search_read("res.group", [["name", "=", GROUP]], ["name"])]
    user = {
        "name": "Klantbeeld",
        "login": ROBOT,
        "password": secret,
        "groups": [["add", groups]],
        "companies": [["add", [company]]],
        "company": company,
    }
    return int(people.call("res.user", "create", [user])[0])


def instead_of_moneybird(systems: Mapping[str, Connection], tryton: Connection) -> dict[str, Connection]:
    """The same departments, finance being Tryton."""
    others = {name: one for name, one in systems.items() if name != "moneybird"}
    return {**others, "tryton": tryton}
