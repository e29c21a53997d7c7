"""HubSpot: addresses and limits."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from math import ceil
from typing import ClassVar

from sandbox.core.limits import FixedWindow, RollingWindow, Taken
from sandbox.core.operation import Answer, Call, Operation, Reply
from sandbox.core.standin import Forms, Rows, StandIn
from sandbox.core.world import World
from sandbox.hubspot.associations import Associations
from sandbox.hubspot.batch import Batches
from sandbox.hubspot.crm import Crm
from sandbox.hubspot.definitions import Definitions
from sandbox.hubspot.forms import HubSpotForms, error
from sandbox.hubspot.groups import Groups
from sandbox.hubspot.links import Links
from sandbox.hubspot.objects import Objects

SHOWN = frozenset({"properties", "propertiesWithHistory", "archived", "associations"})
LISTED = SHOWN | {"limit", "after"}
BURST, BURST_SPAN = 190, timedelta(seconds=10)
SEARCHES, SEARCH_SPAN = 5, timedelta(seconds=1)
DAILY = 650_000


class HubSpot(StandIn):
    """A HubSpot account. Seed objects: ``contacts`` and ``companies``, each with all its properties."""

    name: ClassVar[str] = "hubspot"
    forms: Forms = HubSpotForms()

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._crm = Crm(world)
        self._burst = RollingWindow(world.clock, BURST, BURST_SPAN)
        self._searches = RollingWindow(world.clock, SEARCHES, SEARCH_SPAN)
        self._daily = FixedWindow(world.clock, DAILY, timedelta(days=1))

    def seed(self, rows: Rows) -> None:
        self._crm.load(rows)

    def operations(self) -> Sequence[Operation]:
        found = [Operation("GET", "/account-info/2026-09/details", _account)]
        found.append(Operation("GET", "/account-info/v3/details", _account))
        for root in ("/crm/objects/2026-09", "/crm/v3/objects"):
            found += self._objects(f"{root}/{{type}}")
        for root in ("/crm/properties/2026-09", "/crm/v3/properties"):
            found += self._properties(f"{root}/{{type}}")
        for root in ("/crm/associations/2026-09", "/crm/v4/associations"):
            found += self._associations(f"{root}/{{from}}/{{to}}/batch")
        for root in ("/crm/objects/2026-09", "/crm/v4/objects"):
            found += self._links(f"{root}/{{from}}/{{id}}/associations")
        return found

    def _objects(self, root: str) -> list[Operation]:
        one = Objects(self._crm)
        many = Batches(self._crm, one, self.world)
        by_id = frozenset({"idProperty"})
        return [
            Operation("POST", f"{root}/search", one.search, body=True, bucket="search"),
            Operation("POST", f"{root}/merge", one.merge, body=True),
            Operation("POST", f"{root}/batch/read", many.read, frozenset({"archived"}), body=True),
            Operation("POST", f"{root}/batch/create", many.create, body=True),
            Operation("POST", f"{root}/batch/update", many.update, body=True),
            Operation("POST", f"{root}/batch/upsert", many.upsert, body=True),
            Operation("POST", f"{root}/batch/archive", many.archive, body=True),
            Operation("GET", root, one.page, LISTED),
            Operation("POST", root, one.create, body=True),
            Operation("GET", f"{root}/{{id}}", one.one, SHOWN | by_id),
            Operation("PATCH", f"{root}/{{id}}", one.update, by_id, body=True),
            Operation("DELETE", f"{root}/{{id}}", one.archive),
        ]

    def _properties(self, root: str) -> list[Operation]:
        these, groups = Definitions(self._crm), Groups(self._crm)
        return [
            Operation("GET", f"{root}/groups", groups.every),
            Operation("POST", f"{root}/groups", groups.create, body=True),
            Operation("GET", f"{root}/groups/{{group}}", groups.one),
            Operation("DELETE", f"{root}/groups/{{group}}", groups.archive),
            Operation("GET", root, these.every, frozenset({"archived"})),
            Operation("POST", root, these.create, body=True),
            Operation("GET", f"{root}/{{name}}", these.one, frozenset({"archived"})),
            Operation("PATCH", f"{root}/{{name}}", these.update, body=True),
            Operation("DELETE", f"{root}/{{name}}", these.archive),
        ]

    def _associations(self, root: str) -> list[Operation]:
        these, links = Associations(self._crm, self.world), Links(self._crm, self.world)
        return [
            Operation("POST", f"{root}/associate/default", links.create_defaults, body=True),
            Operation("POST", f"{root}/read", these.read, body=True),
            Operation("POST", f"{root}/create", these.create, body=True),
            Operation("POST", f"{root}/archive", these.archive, body=True),
        ]

    def _links(self, root: str) -> list[Operation]:
        these, paged = Links(self._crm, self.world), frozenset({"limit", "after"})
        return [
            Operation("PUT", f"{root}/default/{{to}}/{{other}}", these.create_default),
            Operation("GET", f"{root}/{{to}}", these.page, paged),
            Operation("PUT", f"{root}/{{to}}/{{other}}", these.create, body=True),
            Operation("DELETE", f"{root}/{{to}}/{{other}}", these.archive),
        ]

    def limit(self, operation: Operation, actor: str) -> Mapping[str, str]:
        """190 in any 10 s and 650 000 a day; searches 5 a second, without headers."""
        if operation.bucket == "search":
            _allow(self._searches.take(), "SECONDLY", {})
            return {}
        burst, day = self._burst.take(), self._daily.take()
        span = ceil(BURST_SPAN.total_seconds() * 1000 / self.world.clock.speed)
        headers = {
            "X-HubSpot-RateLimit-Max": str(BURST),
            "X-HubSpot-RateLimit-Remaining": str(burst.remaining),
            # What a client is to wait by, so in the client's own milliseconds.
            "X-HubSpot-RateLimit-Interval-Milliseconds": str(span),
            "X-HubSpot-RateLimit-Daily": str(DAILY),
            "X-HubSpot-RateLimit-Daily-Remaining": str(day.remaining),
        }
        _allow(burst, "TEN_SECONDLY_ROLLING", headers)
        _allow(day, "DAILY", headers)
        return headers


def _allow(taken: Taken, policy: str, headers: Mapping[str, str]) -> None:
    if not taken.allowed:
        message = f"You have reached your {policy.lower()} limit."
        body = error(429, "RATE_LIMITS", message, errorType="RATE_LIMIT", policyName=policy).body
        raise Answer(Reply(429, body, headers))


def _account(call: Call) -> Reply:
    return Reply(
        200,
        {
            "portalId": 146_000_000,
            "accountType": "STANDARD",
            "timeZone": "Europe/Amsterdam",
            "companyCurrency": "EUR",
            "additionalCurrencies": [],
            "utcOffset": "+01:00",
            "utcOffsetMilliseconds": 3_600_000,
            "uiDomain": "app-eu1.hubspot.com",
            "dataHostingLocation": "eu1",
        },
    )
