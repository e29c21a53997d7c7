"""The tickets of one account, so that a person can open one and solve it."""

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.core.finding import Index
from sandbox.core.table import Json
from sandbox.core.world import World
from sandbox.zendesk.forms import conflict, invalid, no_record
from sandbox.zendesk.requests import strings
from sandbox.zendesk.shelf import Shelf
from sandbox.zendesk.users import Users

STATUSES = ("new", "open", "pending", "hold", "solved", "closed")
PRIORITIES = (None, "low", "normal", "high", "urgent")


class Tickets:
    """Tickets in Zendesk's own shape; deleted ones stay with ``status: deleted``."""

    def __init__(self, world: World, users: Users) -> None:
        self.shelf = Shelf(world, "tickets", 1_000_001)
        self._users = users
        self._of_requester = self.shelf.table.found_by(Index(lambda row: (row["requester_id"],)))

    def live(self, after: str | None = None) -> Iterator[Json]:
        """Tickets that are not deleted, by id, from just after one."""
        return (dict(row) for _, row in self.shelf.table.items(after) if row["status"] != "deleted")

    def one(self, key: str) -> Json:
        """A ticket that is not deleted, else 404."""
        row = self.shelf.get(key)
        if row is None or row["status"] == "deleted":
            raise no_record()
        return row

    def create(self, asked: Mapping[str, Any], actor: str) -> Json:
        """Open a ticket; 422 without a comment or for a requester who is not there."""
        words = _words(asked)
        if not words:
            raise invalid("base", "Description: cannot be blank", "BlankValue")
        user = self._requester(asked, actor)
        now = self.shelf.now()
        row = {
            "id": self.shelf.new_id(),
            "subject": str(asked.get("subject") or words)[:150],
            "status": "new",
            "priority": None,
            "requester_id": user["id"],
            "organization_id": user["organization_id"],
            "created_at": now,
            "updated_at": now,
            "tags": [],
        }
        return self.shelf.save(row | _checked(asked), None, actor, "create")

    def update(self, key: str, asked: Mapping[str, Any], actor: str) -> Json:
        """Change a ticket; a closed one stays as it is, and in a safe update one that changed since."""
        before = self.one(key)
        if asked.get("safe_update") is True and asked.get("updated_stamp") != before["updated_at"]:
            raise conflict("Safe Update prevented the update due to outdated ticket data")
        if before["status"] == "closed":
            raise invalid("status", "Status: closed prevents ticket update", "InvalidStatus")
        return self.shelf.save(before | _checked(asked), before, actor, "update")

    def delete(self, key: str, actor: str) -> None:
        """Mark a ticket as deleted."""
        before = self.one(key)
        self.shelf.save({**before, "status": "deleted"}, before, actor, "delete")

    def hand_over(self, loser: int, winner: int, actor: str) -> None:
        """Give a merged user's tickets to the surviving user."""
        rows = map(self.shelf.table.look, self._of_requester.keys(loser))
        for row in [dict(row) for row in rows if row["status"] != "deleted"]:
            self.shelf.save({**row, "requester_id": winner}, row, actor, "update")

    def _requester(self, asked: Mapping[str, Any], actor: str) -> Json:
        number, named = asked.get("requester_id"), asked.get("requester")
        if isinstance(named, dict):
            number = self._users.matching(named)
            if number is None and named.get("email"):
                return self._users.made_for(named, actor)
        row = self._users.shelf.get(str(number)) if str(number).isdigit() else None
        if row is None or not row["active"]:
            raise invalid("requester", "Requester: is not a known user", "InvalidRequester")
        return row


def _words(asked: Mapping[str, Any]) -> str:
    """The first comment of a new ticket, given as a comment or as the description."""
    comment = asked.get("comment")
    return str((comment.get("body") if isinstance(comment, dict) else asked.get("description")) or "")


def _checked(asked: Mapping[str, Any]) -> Json:
    values: Json = {name: asked[name] for name in ("subject", "status", "priority") if name in asked}
    if values.get("status", "new") not in STATUSES:
        raise invalid("status", "Status: is not valid")
    if values.get("priority") not in PRIORITIES:
        raise invalid("priority", "Priority: is not valid")
    if "tags" in asked:
        values["tags"] = strings("tags", asked["tags"])
    return values
