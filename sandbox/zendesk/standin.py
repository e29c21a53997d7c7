"""Zendesk: addresses and limits."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cached_property
from typing import ClassVar

from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.core.clock import retry_after
from sandbox.core.limits import RollingWindow, Taken
from sandbox.core.operation import Answer, Operation, Reply
from sandbox.core.standin import Forms, Rows, StandIn
from sandbox.core.world import World
from sandbox.zendesk.endpoints import OrganizationEndpoints, TicketEndpoints
from sandbox.zendesk.exports import Export
from sandbox.zendesk.forms import ZendeskForms, throttled
from sandbox.zendesk.jobs import Jobs
from sandbox.zendesk.organizations import Organizations
from sandbox.zendesk.search import Search
from sandbox.zendesk.tickets import Tickets
from sandbox.zendesk.user_endpoints import UserEndpoints
from sandbox.zendesk.users import Users

ROOT = "/api/v2"
A_MINUTE, EXPORTS_A_MINUTE = 700, 10
_PAGED = frozenset({"page[size]", "page[after]"})
_CURSOR = frozenset({"start_time", "cursor", "per_page"})
_TIME = frozenset({"start_time", "per_page"})
_IDS = frozenset({"ids", "external_ids"}) | _PAGED
"""At most a hundred, so never more than one page."""


class Zendesk(StandIn):
    """A Zendesk account. Seed objects: ``users``, ``organizations``, ``tickets``."""

    name: ClassVar[str] = "zendesk"
    forms: Forms = ZendeskForms()

    def __init__(self, world: World, bulk_import: bool = False) -> None:
        super().__init__(world)
        self._jobs = Jobs(world)
        self._organizations = Organizations(world)
        self._users = Users(world, self._organizations)
        self._tickets = Tickets(world, self._users)
        self._bulk_import = bulk_import
        self._all = RollingWindow(world.clock, A_MINUTE, timedelta(minutes=1))
        self._exports = RollingWindow(world.clock, EXPORTS_A_MINUTE, timedelta(minutes=1))

    def seed(self, rows: Rows) -> None:
        self._organizations.load(rows.get("organizations", ()))
        self._users.load(rows.get("users", ()))
        self._tickets.shelf.load(rows.get("tickets", ()))

    @cached_property
    def app(self) -> ASGIApp:
        """As any stand-in's, but every path may end in ``.json``, and due jobs are done first."""
        inner = super().app

        async def without_suffix(scope: Scope, receive: Receive, send: Send) -> None:
            self._jobs.settle()
            path: str = scope.get("path", "")
            await inner({**scope, "path": path.removesuffix(".json")}, receive, send)

        return without_suffix

    def operations(self) -> Sequence[Operation]:
        return [
            *self._exported(),
            *self._user_operations(),
            *self._identity_operations(),
            *self._organization_operations(),
            *self._ticket_operations(),
            *self._field_operations(),
            Operation("GET", f"{ROOT}/job_statuses", self._jobs.listed),
            Operation("GET", f"{ROOT}/job_statuses/{{id}}", self._jobs.status),
            Operation("GET", f"{ROOT}/search", self._search().page, frozenset({"query", "page", "per_page"})),
        ]

    def limit(self, operation: Operation, actor: str) -> Mapping[str, str]:
        """700 requests a minute in all, ten of them exports."""
        taken = self._all.take()
        headers = self._headers(taken)
        self._allow(taken, "Number of allowed API requests per minute exceeded", headers)
        if operation.bucket == "export":
            export = self._exports.take()
            wait = retry_after(self.world.clock, export.wait)
            text = f"total={EXPORTS_A_MINUTE}; remaining={export.remaining}; resets={wait}"
            headers = {**headers, "zendesk-ratelimit-incremental-exports": text}
            self._allow(export, "Number of allowed incremental export API requests exceeded", headers)
        return headers

    def _headers(self, taken: Taken) -> dict[str, str]:
        return {
            "X-Rate-Limit": str(A_MINUTE),
            "X-Rate-Limit-Remaining": str(taken.remaining),
            "ratelimit-limit": str(A_MINUTE),
            "ratelimit-remaining": str(taken.remaining),
            "ratelimit-reset": str(retry_after(self.world.clock, taken.wait)),
        }

    def _allow(self, taken: Taken, message: str, headers: Mapping[str, str]) -> None:
        if not taken.allowed:
            reply = throttled(retry_after(self.world.clock, taken.wait), message).reply
            raise Answer(Reply(reply.status, reply.body, {**headers, **reply.headers}))

    def _search(self) -> Search:
        users, organizations, tickets = self._users.active, self._organizations.live, self._tickets.live
        return Search({"user": users, "organization": organizations, "ticket": tickets})

    def _exported(self) -> list[Operation]:
        users = Export(self._users.shelf, self._users.shown)
        organizations = Export(self._organizations.shelf, self._organizations.exported)
        tickets = Export(self._tickets.shelf, dict)
        root = f"{ROOT}/incremental"
        return [
            Operation("GET", f"{root}/users/cursor", users.by_cursor, _CURSOR, bucket="export"),
            Operation("GET", f"{root}/users", users.by_time, _TIME, bucket="export"),
            Operation("GET", f"{root}/tickets/cursor", tickets.by_cursor, _CURSOR, bucket="export"),
            Operation("GET", f"{root}/organizations", organizations.by_time, _TIME, bucket="export"),
        ]

    def _user_operations(self) -> list[Operation]:
        these = UserEndpoints(self._users, self._tickets, self._jobs, self._bulk_import)
        root, one = f"{ROOT}/users", f"{ROOT}/users/{{id}}"
        return [
            Operation("GET", root, these.page, _PAGED | {"role"}),
            Operation("POST", root, these.create, body=True),
            Operation("GET", f"{root}/me", these.me),
            Operation("GET", f"{root}/show_many", these.show_many, _IDS),
            Operation("GET", f"{root}/search", these.search, frozenset({"query", "external_id"})),
            Operation("PUT", f"{root}/update_many", these.update_many, _IDS - _PAGED, body=True),
            Operation("POST", f"{root}/create_many", these.create_many, body=True),
            Operation("POST", f"{root}/create_or_update", these.create_or_update, body=True),
            Operation("POST", f"{root}/create_or_update_many", these.create_or_update_many, body=True),
            Operation("GET", one, these.one),
            Operation("PUT", one, these.update, body=True),
            Operation("DELETE", one, these.delete),
            Operation("PUT", f"{one}/merge", these.merge, body=True),
        ]

    def _identity_operations(self) -> list[Operation]:
        these = UserEndpoints(self._users, self._tickets, self._jobs, self._bulk_import)
        root, one = f"{ROOT}/users/{{id}}/identities", f"{ROOT}/users/{{id}}/identities/{{identity}}"
        return [
            Operation("GET", root, these.identities),
            Operation("POST", root, these.add_identity, body=True),
            Operation("GET", one, these.identity),
            Operation("PUT", f"{one}/make_primary", these.make_primary),
            Operation("DELETE", one, these.delete_identity),
        ]

    def _organization_operations(self) -> list[Operation]:
        these = OrganizationEndpoints(self._organizations, self._jobs)
        root, one = f"{ROOT}/organizations", f"{ROOT}/organizations/{{id}}"
        return [
            Operation("GET", root, these.page, _PAGED),
            Operation("POST", root, these.create, body=True),
            Operation("GET", f"{root}/show_many", these.show_many, _IDS),
            Operation("GET", f"{root}/search", these.search, frozenset({"name", "external_id"})),
            Operation("PUT", f"{root}/update_many", these.update_many, body=True),
            Operation("GET", one, these.one),
            Operation("PUT", one, these.update, body=True),
            Operation("DELETE", one, these.delete),
        ]

    def _ticket_operations(self) -> list[Operation]:
        these = TicketEndpoints(self._tickets)
        root, one = f"{ROOT}/tickets", f"{ROOT}/tickets/{{id}}"
        return [
            Operation("GET", root, these.page, _PAGED),
            Operation("POST", root, these.create, body=True),
            Operation("GET", f"{root}/show_many", these.show_many, _PAGED | {"ids"}),
            Operation("GET", one, these.one),
            Operation("PUT", one, these.update, body=True),
            Operation("DELETE", one, these.delete),
        ]

    def _field_operations(self) -> list[Operation]:
        found = []
        for name, fields in (
            ("user_fields", self._users.fields),
            ("organization_fields", self._organizations.fields),
        ):
            found.append(Operation("GET", f"{ROOT}/{name}", fields.listed, _PAGED))
            found.append(Operation("POST", f"{ROOT}/{name}", fields.create, body=True))
            found.append(Operation("PUT", f"{ROOT}/{name}/{{id}}", fields.update, body=True))
            found.append(Operation("DELETE", f"{ROOT}/{name}/{{id}}", fields.delete))
        return found
