"""Brevo: addresses and limits."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import ClassVar

from sandbox.brevo.attributes import Attributes
from sandbox.brevo.contacts import Contacts
from sandbox.brevo.endpoints import Endpoints
from sandbox.brevo.forms import BrevoForms, error
from sandbox.core.clock import retry_after
from sandbox.core.limits import RollingWindow
from sandbox.core.operation import Answer, Call, Operation, Reply
from sandbox.core.standin import Forms, Rows, StandIn
from sandbox.core.world import World

A_SECOND, AN_HOUR = 10, 36_000
"""Requests the contacts endpoints take."""
ELSEWHERE_AN_HOUR = 100
_IDENTIFIED = frozenset({"identifierType"})
_WANTED = frozenset({"listIds", "segmentId", "filter"})
_LISTED = frozenset({"limit", "offset", "modifiedSince", "createdSince", "sort"}) | _WANTED


class Brevo(StandIn):
    """A Brevo account. Seed object: ``contacts``."""

    name: ClassVar[str] = "brevo"
    forms: Forms = BrevoForms()

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._contacts = Contacts(world, Attributes())
        self._second = RollingWindow(world.clock, A_SECOND, timedelta(seconds=1))
        self._hour = RollingWindow(world.clock, AN_HOUR, timedelta(hours=1))
        self._elsewhere = RollingWindow(world.clock, ELSEWHERE_AN_HOUR, timedelta(hours=1))

    def seed(self, rows: Rows) -> None:
        self._contacts.load(rows.get("contacts", ()))

    def credential(self, headers: Mapping[str, str]) -> str:
        return headers.get("api-key", "")

    def operations(self) -> Sequence[Operation]:
        these, many, one = Endpoints(self._contacts), "/v3/contacts", "/v3/contacts/{identifier}"
        attribute = f"{many}/attributes/{{category}}/{{name}}"
        return [
            Operation("GET", many, these.page, _LISTED, bucket="contacts"),
            Operation("POST", many, these.create, body=True, bucket="contacts"),
            Operation("POST", f"{many}/batch", these.batch, body=True, bucket="contacts"),
            Operation("GET", f"{many}/attributes", these.attributes, bucket="contacts"),
            Operation("POST", attribute, these.create_attribute, body=True, bucket="contacts"),
            Operation("DELETE", attribute, these.delete_attribute, bucket="contacts"),
            Operation("GET", one, these.one, _IDENTIFIED, bucket="contacts"),
            Operation("PUT", one, these.update, _IDENTIFIED, body=True, bucket="contacts"),
            Operation("DELETE", one, these.delete, _IDENTIFIED, bucket="contacts"),
            Operation("GET", "/v3/account", _account),
        ]

    def limit(self, operation: Operation, actor: str) -> Mapping[str, str]:
        """Ten a second and 36,000 an hour; 100 an hour outside contacts. Never a Retry-After."""
        windows = (self._second, self._hour) if operation.bucket == "contacts" else (self._elsewhere,)
        headers: Mapping[str, str] = {}
        for window in reversed(windows):
            taken = window.take()
            headers = {
                "x-sib-ratelimit-limit": str(window.count),
                "x-sib-ratelimit-remaining": str(taken.remaining),
                "x-sib-ratelimit-reset": str(retry_after(self.world.clock, taken.wait)),
            }
            if not taken.allowed:
                message = "Too many requests have been sent."
                raise Answer(Reply(429, error(429, "too_many_requests", message).body, headers))
        return headers


def _account(call: Call) -> Reply:
    address = {
        "street": "Stationsplein 1",
        "zipCode": "1012 AB",
        "city": "Amsterdam",
        "country": "Netherlands",
    }
    owner = {"email": "marketing@klant.example", "firstName": "Marketing", "lastName": "Team"}
    firm = {"organization_id": "6703f3a5c1d2e4b8a9000001", "user_id": 1, "enterprise": False}
    plan = [{"type": "subscription", "credits": 40000, "creditsType": "sendLimit"}]
    server = {"userName": owner["email"], "relay": "smtp-relay.klant.example", "port": 587}
    relay = {"enabled": False, "data": server}
    body = {**owner, **firm, "companyName": "Klant", "address": address, "plan": plan, "relay": relay}
    return Reply(200, body)
