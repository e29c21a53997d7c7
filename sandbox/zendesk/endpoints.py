"""The endpoints for organizations and tickets."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import uuid4

from sandbox.core.operation import Call, Reply
from sandbox.core.table import Json
from sandbox.zendesk.forms import bad_request
from sandbox.zendesk.jobs import Jobs
from sandbox.zendesk.organizations import Organizations
from sandbox.zendesk.requests import external_ids, given, given_many, ids, listed, paged
from sandbox.zendesk.tickets import Tickets


class OrganizationEndpoints:
    """One method an operation."""

    def __init__(self, organizations: Organizations, jobs: Jobs) -> None:
        self._all, self._jobs = organizations, jobs

    def page(self, call: Call) -> Reply:
        return Reply(200, paged(call, "organizations", self._all.live))

    def one(self, call: Call) -> Reply:
        return self._reply(self._all.one(call.path["id"]))

    def show_many(self, call: Call) -> Reply:
        if outside := external_ids(call):
            named = [self._all.with_value("external_id", one) for one in outside]
            return Reply(200, listed("organizations", [self._all.shown(row) for row in named if row]))
        rows = [row for row in map(self._all.shelf.get, ids(call)) if row and row["deleted_at"] is None]
        return Reply(200, listed("organizations", [self._all.shown(row) for row in rows]))

    def search(self, call: Call) -> Reply:
        """By ``external_id`` or by the whole ``name``."""
        fields = [name for name in ("external_id", "name") if call.one(name)]
        if len(fields) != 1:
            raise bad_request("give either name or external_id", "ParameterMissing")
        row = self._all.with_value(fields[0], call.one(fields[0]) or "")
        return Reply(200, listed("organizations", [self._all.shown(row)] if row else []))

    def create(self, call: Call) -> Reply:
        return self._reply(self._all.create(given(call.body, "organization"), call.actor), 201)

    def update(self, call: Call) -> Reply:
        return self._reply(self._all.update(call.path["id"], given(call.body, "organization"), call.actor))

    def update_many(self, call: Call) -> Reply:
        items = given_many(call.body, "organizations")
        return self._jobs.queue(call, "Bulk Update Organization", items, partial(self._updated, call.actor))

    def delete(self, call: Call) -> Reply:
        self._all.delete(call.path["id"], call.actor)
        return Reply(204, None)

    def _reply(self, row: Json, status: int = 200) -> Reply:
        return Reply(status, {"organization": self._all.shown(row)})

    def _updated(self, actor: str, item: Mapping[str, Any]) -> Json:
        row = self._all.update(str(item.get("id")), item, actor)
        return {"id": row["id"], "action": "update", "status": "Updated", "success": True}


class TicketEndpoints:
    """One method an operation."""

    def __init__(self, tickets: Tickets) -> None:
        self._tickets = tickets

    def page(self, call: Call) -> Reply:
        return Reply(200, paged(call, "tickets", self._tickets.live))

    def one(self, call: Call) -> Reply:
        return Reply(200, {"ticket": self._tickets.one(call.path["id"])})

    def show_many(self, call: Call) -> Reply:
        rows = map(self._tickets.shelf.get, sorted({*ids(call)}, key=int))
        live = [row for row in rows if row and row["status"] != "deleted"]
        return Reply(200, listed("tickets", live))

    def create(self, call: Call) -> Reply:
        return _audited(self._tickets.create(given(call.body, "ticket"), call.actor), 201)

    def update(self, call: Call) -> Reply:
        return _audited(self._tickets.update(call.path["id"], given(call.body, "ticket"), call.actor), 200)

    def delete(self, call: Call) -> Reply:
        self._tickets.delete(call.path["id"], call.actor)
        return Reply(204, None)


def _audited(row: Json, status: int) -> Reply:
    """A written ticket with the audit Zendesk keeps of the write; audits are not stored here."""
    own = {"id": int(uuid4()) >> 76, "ticket_id": row["id"], "created_at": row["updated_at"]}
    return Reply(status, {"ticket": row, "audit": {**own, "author_id": 1, "events": [], "metadata": {}}})
