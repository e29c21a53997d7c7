"""A HubSpot stand-in with a few records in it, and how a test speaks to it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import requests

from sandbox.core.journal import Entry
from sandbox.core.world import World

Json = dict[str, Any]


START = datetime(2026, 11, 22, 10, tzinfo=UTC)


THEN = "2026-11-01T09:00:00.000Z"


OBJECTS = "/crm/objects/2026-09"


GOLDEN = {
    "name": "golden_id",
    "label": "Golden id",
    "type": "string",
    "fieldType": "text",
    "groupName": "contactinformation",
    "hasUniqueValue": True,
}


@dataclass
class Account:
    """The stand-in behind HTTP, and the clock and journal behind it."""

    base: str
    world: World

    def call(self, method: str, path: str, body: Any = None, actor: str = "hub", **query: Any) -> Any:
        headers = {"Authorization": f"Bearer {actor}-token"}
        return requests.request(
            method, self.base + path, json=body, params=query, headers=headers, timeout=10
        )

    def ok(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        answer = self.call(method, path, body, **query)
        assert answer.ok, answer.text
        return answer.json() if answer.content else None

    def refused(self, status: int, method: str, path: str, body: Any = None, **query: Any) -> Json:
        answer = self.call(method, path, body, **query)
        assert answer.status_code == status, answer.text
        found: Json = answer.json()
        assert found["status"] == "error"
        assert found["message"] and found["correlationId"] and found["category"]
        return found

    def create(self, kind: str = "contacts", **properties: Any) -> str:
        return str(self.ok("POST", f"{OBJECTS}/{kind}", {"properties": properties})["id"])

    def search(self, **body: Any) -> Json:
        self.wait(seconds=1)  # never in the way of the five searches a second
        found: Json = self.ok("POST", f"{OBJECTS}/contacts/search", body)
        return found

    def wait(self, **span: float) -> None:
        self.world.clock.advance(timedelta(**span))

    def journal(self) -> list[Entry]:
        return list(self.world.journal.since())


def contact(number: int, **properties: Any) -> Json:
    named = {"email": f"c{number}@example.nl", "firstname": f"C{number}", **properties}
    return {"id": str(100 + number), "createdAt": THEN, "updatedAt": THEN, "properties": named}


def equals(name: str, value: str, operator: str = "EQ") -> list[Json]:
    return [{"filters": [{"propertyName": name, "operator": operator, "value": value}]}]


def ids(found: Json) -> list[str]:
    return [row["id"] for row in found["results"]]
