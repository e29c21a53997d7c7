"""The endpoints for users and their identities."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import Any

from sandbox.core.operation import Call, Reply
from sandbox.core.table import Json
from sandbox.zendesk.forms import bad_request, forbidden, invalid, no_record
from sandbox.zendesk.jobs import Jobs
from sandbox.zendesk.requests import external_ids, given, given_many, ids, listed, paged
from sandbox.zendesk.tickets import Tickets
from sandbox.zendesk.users import Users

Fits = Callable[[Mapping[str, Any]], bool]


class UserEndpoints:
    """One method an operation. ``bulk_import`` is a switch Zendesk Support sets on the account."""

    def __init__(self, users: Users, tickets: Tickets, jobs: Jobs, bulk_import: bool) -> None:
        self._users, self._tickets, self._jobs = users, tickets, jobs
        self._bulk_import = bulk_import

    def page(self, call: Call) -> Reply:
        role = call.one("role")

        def rows(after: str | None) -> Iterator[Json]:
            return (row for row in self._users.active(after) if role is None or row["role"] == role)

        return Reply(200, paged(call, "users", rows))

    def one(self, call: Call) -> Reply:
        return self._reply(self._users.one(call.path["id"]))

    def me(self, call: Call) -> Reply:
        user = {"id": 1, "name": "API", "email": "api@support.example", "role": "admin", "active": True}
        return Reply(200, {"user": user})

    def show_many(self, call: Call) -> Reply:
        if outside := external_ids(call):
            named = [self._users.with_external_id(one) for one in outside]
            return Reply(200, listed("users", [self._users.shown(row) for row in named if row]))
        rows = [row for row in map(self._users.shelf.get, ids(call)) if row]
        return Reply(200, listed("users", [self._users.shown(row) for row in rows]))

    def search(self, call: Call) -> Reply:
        """By ``external_id``, or by ``query``: an address, a telephone number, or part of a name."""
        external, query = call.one("external_id"), call.one("query")
        if external is None and query is None:
            raise bad_request("query or external_id is required", "ParameterMissing")
        if external is not None:
            row = self._users.with_external_id(external)
            found: list[Mapping[str, Any]] = [row] if row else []
        else:
            found = list(islice(self._queried(query or ""), 100))
        return Reply(200, listed("users", [self._users.shown(row) for row in found]))

    def create(self, call: Call) -> Reply:
        return self._reply(self._users.create(given(call.body, "user"), call.actor), 201)

    def update(self, call: Call) -> Reply:
        return self._reply(self._users.update(call.path["id"], given(call.body, "user"), call.actor))

    def create_or_update(self, call: Call) -> Reply:
        row, created = self._upsert(given(call.body, "user"), call.actor)
        return self._reply(row, 201 if created else 200)

    def update_many(self, call: Call) -> Reply:
        """Each user its own change; or the same for all whom ``?ids=`` or ``?external_ids=`` name."""
        users: list[Mapping[str, Any]]
        if outside := external_ids(call):
            users = [{**given(call.body, "user"), "external_id": one} for one in outside]
        elif call.one("ids") is not None:
            users = [{**given(call.body, "user"), "id": int(one)} for one in ids(call)]
        else:
            users = given_many(call.body, "users")
        return self._jobs.queue(call, "Bulk Update User", users, partial(self._updated, call.actor))

    def create_many(self, call: Call) -> Reply:
        return self._imported(call, self._made)

    def create_or_update_many(self, call: Call) -> Reply:
        return self._imported(call, self._upserted)

    def delete(self, call: Call) -> Reply:
        return self._reply(self._users.delete(call.path["id"], call.actor))

    def merge(self, call: Call) -> Reply:
        loser, winner = call.path["id"], str(given(call.body, "user").get("id"))
        row = self._users.merge(loser, winner, call.actor)
        self._tickets.hand_over(int(loser), row["id"], call.actor)
        return self._reply(row)

    def identities(self, call: Call) -> Reply:
        return Reply(200, listed("identities", self._users.identities.of(self._user(call))))

    def identity(self, call: Call) -> Reply:
        one = self._users.identities.find(self._user(call), call.path["identity"])
        return Reply(200, {"identity": one})

    def add_identity(self, call: Call) -> Reply:
        """Give a user one more address; ``primary: true`` makes it the one they are shown with."""
        user, asked = self._user(call), given(call.body, "identity")
        if asked.get("type") != "email" or not isinstance(asked.get("value"), str):
            raise invalid("type", "Type: only email identities are known here")
        self._users.identities.refuse_taken(asked["value"], None)
        now = self._users.shelf.now()
        one = self._users.identities.add(user, asked["value"], now, bool(asked.get("verified")))
        if asked.get("primary") is True:
            self._users.identities.make_primary(user, str(one["id"]), now)
        self._users.show_primary(call.path["id"], call.actor)
        return Reply(201, {"identity": one})

    def make_primary(self, call: Call) -> Reply:
        user, identity = self._user(call), call.path["identity"]
        self._users.identities.make_primary(user, identity, self._users.shelf.now())
        self._users.show_primary(call.path["id"], call.actor)
        return self.identities(call)

    def delete_identity(self, call: Call) -> Reply:
        user, identity = self._user(call), call.path["identity"]
        self._users.identities.remove(user, identity)
        self._users.show_primary(call.path["id"], call.actor)
        return Reply(204, None)

    def _reply(self, row: Json, status: int = 200) -> Reply:
        return Reply(status, {"user": self._users.shown(row)})

    def _user(self, call: Call) -> int:
        row = self._users.one(call.path["id"])
        if not row["active"]:
            raise no_record()
        return int(row["id"])

    def _queried(self, query: str) -> Iterator[Mapping[str, Any]]:
        field, _, value = query.rpartition(":")
        value = value.strip().strip('"').lower()
        if field == "email" or "@" in value:
            owner = self._users.identities.owner(value)
            return iter([self._users.one(str(owner))] if owner is not None else [])
        fits = _named(value) if field in ("", "name") else _same(field, value)
        return (row for _, row in self._users.shelf.table.items() if row["active"] and fits(row))

    def _imported(self, call: Call, step: Callable[[str, Mapping[str, Any]], Json]) -> Reply:
        if not self._bulk_import:
            raise forbidden("Bulk user import is not enabled for this account")
        users = given_many(call.body, "users")
        return self._jobs.queue(call, "Bulk Create User", users, partial(step, call.actor))

    def _upsert(self, asked: Mapping[str, Any], actor: str) -> tuple[Json, bool]:
        key = self._users.matching(asked)
        if key is None:
            return self._users.create(asked, actor), True
        return self._users.update(key, asked, actor), False

    def _updated(self, actor: str, item: Mapping[str, Any]) -> Json:
        key = str(item.get("id")) if item.get("id") else self._users.matching(item)
        row = self._users.update(key or "", item, actor)
        return {"id": row["id"], "action": "update", "status": "Updated", "success": True}

    def _made(self, actor: str, item: Mapping[str, Any]) -> Json:
        row = self._users.create(item, actor)
        return {"id": row["id"], "action": "create", "status": "Created", "success": True}

    def _upserted(self, actor: str, item: Mapping[str, Any]) -> Json:
        row, created = self._upsert(item, actor)
        action, status = ("create", "Created") if created else ("update", "Updated")
        return {"id": row["id"], "action": action, "status": status, "success": True}


def _named(part: str) -> Fits:
    digits = "".join(c for c in part if c.isdigit())
    return lambda row: part in row["name"].lower() or (len(digits) > 5 and digits in _digits(row))


def _same(field: str, value: str) -> Fits:
    return lambda row: str(row.get(field) or "").lower() == value


def _digits(row: Mapping[str, Any]) -> str:
    return "".join(c for c in row["phone"] or "" if c.isdigit())
