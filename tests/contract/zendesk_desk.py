"""A Zendesk stand-in with a few records in it, and how a test speaks to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import requests

from sandbox.core.clock import ManualClock
from sandbox.core.journal import Entry
from sandbox.core.serve import running_sandbox
from sandbox.core.tokens import Tokens
from sandbox.core.world import World
from sandbox.zendesk.standin import Zendesk

Json = dict[str, Any]


START = datetime(2026, 11, 22, 10, tzinfo=UTC)


SAME = "2026-11-01T09:00:00Z"


SAME_EPOCH = int(datetime(2026, 11, 1, 9, tzinfo=UTC).timestamp())


@dataclass
class Desk:
    """The stand-in behind HTTP, and the clock and journal behind it."""

    base: str
    world: World

    def call(self, method: str, path: str, body: Any = None, actor: str = "hub", **query: Any) -> Any:
        url = path if path.startswith("http") else f"{self.base}/api/v2/{path}"
        headers = {"Authorization": f"Bearer {actor}-token"}
        return requests.request(method, url, json=body, params=query, headers=headers, timeout=10)

    def ok(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        answer = self.call(method, path, body, **query)
        assert answer.ok, answer.text
        return answer.json() if answer.content else None

    def refused(self, status: int, kind: str, method: str, path: str, body: Any = None, **query: Any) -> Json:
        answer = self.call(method, path, body, **query)
        assert (answer.status_code, answer.json()["error"]) == (status, kind)
        found: Json = answer.json()
        return found

    def user(self, key: int) -> Json:
        found: Json = self.ok("GET", f"users/{key}")["user"]
        return found

    def change(self, key: int, **fields: Any) -> Json:
        found: Json = self.ok("PUT", f"users/{key}", {"user": fields})["user"]
        return found

    def export(self, what: str = "users/cursor", **query: Any) -> Json:
        """One page; a minute passes first, so that the export limit never counts."""
        self.wait(seconds=6)
        found: Json = self.ok("GET", f"incremental/{what}.json", **query)
        return found

    def wait(self, **span: float) -> None:
        self.world.clock.advance(timedelta(**span))

    def job(self, answer: Json) -> list[Json]:
        """The results of a bulk request, once it is done."""
        url = answer["job_status"]["url"]
        assert self.ok("GET", url)["job_status"]["status"] == "queued"
        self.wait(seconds=5)
        done = self.ok("GET", url)["job_status"]
        assert (done["status"], done["progress"]) == ("completed", done["total"])
        found: list[Json] = done["results"]
        return found

    def journal(self) -> list[Entry]:
        return list(self.world.journal.since())


def user(number: int, **fields: Any) -> Json:
    return {
        "id": number,
        "name": f"Naam {number}",
        "email": f"u{number}@mail.example",
        "phone": "06-12345678",
        "locale": "nl",
        "time_zone": "Amsterdam",
        "role": "end-user",
        "organization_id": None,
        "external_id": None,
        "active": True,
        "suspended": False,
        "shared": False,
        "verified": True,
        "user_fields": {},
        "created_at": SAME,
        "updated_at": SAME,
        "tags": [],
        "notes": "",
        "details": "",
        **fields,
    }


def organization(number: int, updated: str = SAME) -> Json:
    return {
        "id": number,
        "name": f"Firma {number}",
        "domain_names": [f"firma{number}.example"],
        "external_id": None,
        "organization_fields": {},
        "shared_tickets": False,
        "shared_comments": False,
        "created_at": SAME,
        "updated_at": updated,
        "tags": [],
        "notes": "",
        "details": "",
        "group_id": None,
    }


def ticket(number: int, requester: int) -> Json:
    stamps = {"created_at": SAME, "updated_at": SAME}
    own = {"id": number, "subject": "Hulp", "status": "open", "priority": None, "tags": []}
    return {**own, "requester_id": requester, "organization_id": None, **stamps}


@contextmanager
def serving(rows: dict[str, list[Json]], bulk_import: bool = False, limited: bool = True) -> Iterator[Desk]:
    tokens = Tokens("hub-token", "human-token", "admin-token")
    world = World.of(ManualClock(START), tokens, limited=limited)
    zendesk = Zendesk(world, bulk_import)
    zendesk.seed(rows)
    with running_sandbox([zendesk], world) as running:
        yield Desk(running.systems["zendesk"], world)


def rows() -> dict[str, list[Json]]:
    return {
        "users": [*(user(number) for number in range(101, 106)), user(109, role="agent")],
        "organizations": [organization(number) for number in range(501, 504)],
        "tickets": [ticket(1, 101), ticket(2, 102)],
    }
