"""The users of one account: what may be stored, how they are updated, deleted and merged."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from sandbox.core.clock import retry_after
from sandbox.core.limits import RollingWindow
from sandbox.core.table import Json
from sandbox.core.world import World
from sandbox.zendesk.fields import Fields
from sandbox.zendesk.forms import duplicate, forbidden, invalid, no_record, throttled
from sandbox.zendesk.identities import Identities
from sandbox.zendesk.organizations import Organizations
from sandbox.zendesk.requests import strings
from sandbox.zendesk.shelf import Shelf

UPDATES_A_MINUTE = 5
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}")
_TEXTS = ("name", "phone", "locale", "time_zone", "external_id", "notes", "details", "role")
_LOCALE, _ZONE = "nl", "Amsterdam"
"""The account's own: every user has them who was given none."""
_ROLES = ("end-user", "agent", "admin")


class Users:
    """Users in Zendesk's own shape. Deleted ones stay, with ``active: false`` and no address."""

    def __init__(self, world: World, organizations: Organizations) -> None:
        self.shelf = Shelf(world, "users", 380_000_000_001)
        self.fields = Fields(world, "user_field")
        self.identities = Identities()
        self._organizations = organizations
        self._external: dict[str, int] = {}
        self._updates = RollingWindow(world.clock, UPDATES_A_MINUTE, timedelta(minutes=1))

    def load(self, rows: Any) -> None:
        """Take the users of a seed."""
        self.shelf.load(rows)
        self.identities.load(row for _, row in self.shelf.table.items())
        for _, row in self.shelf.table.items():
            self._hold(row)

    def shown(self, row: Mapping[str, Any]) -> Json:
        """A user as answers have it: every custom field is there."""
        return {**row, "user_fields": self.fields.shown(row["user_fields"])}

    def active(self, after: str | None = None) -> Iterator[Json]:
        """Users that are not deleted, by id, from just after one."""
        return (self.shown(row) for _, row in self.shelf.table.items(after) if row["active"])

    def one(self, key: str) -> Json:
        """A user, deleted or not; 404 where there never was one."""
        row = self.shelf.get(key)
        if row is None:
            raise no_record()
        return row

    def matching(self, asked: Mapping[str, Any]) -> str | None:
        """The user a create-or-update means: by external id (whatever its case), else by address."""
        external, email = asked.get("external_id"), asked.get("email")
        if isinstance(external, str) and external.lower() in self._external:
            return str(self._external[external.lower()])
        owner = self.identities.owner(email) if isinstance(email, str) else None
        return None if owner is None else str(owner)

    def with_external_id(self, external_id: str) -> Json | None:
        """The active user with this external id."""
        number = self._external.get(external_id.lower())
        return None if number is None else self.one(str(number))

    def create(self, asked: Mapping[str, Any], actor: str) -> Json:
        """Store a new user; 422 without a name or with an address somebody has."""
        now = self.shelf.now()
        values = self._checked(asked, None)
        if not values.get("name"):
            raise invalid("name", "Name: is too short (minimum one character)", "BlankValue")
        email = self._address(asked, None)
        row = _blank(self.shelf.new_id(), now) | values
        if email:
            self.identities.add(row["id"], email, now, bool(asked.get("verified")))
            row["email"] = email
        self._hold(row)
        return self.shelf.save(row, None, actor, "create")

    def made_for(self, requester: Mapping[str, Any], actor: str) -> Json:
        """The user Zendesk makes of a requester nobody knows, in the account's own language and zone.

        Who gives an address for a name, as a mail without one does, is named by its local part.
        """
        name = requester.get("name")
        text = name.partition("@")[0] if isinstance(name, str) else name
        return self.create({"name": text, "email": requester["email"]}, actor)

    def update(self, key: str, asked: Mapping[str, Any], actor: str) -> Json:
        """Change a user. An ``email`` becomes one more identity: the primary address stays."""
        before = self._editable(key)
        self._throttle(key)
        values = self._checked(asked, before)
        if "name" in values and not values["name"]:
            raise invalid("name", "Name: is too short (minimum one character)", "BlankValue")
        email = self._address(asked, before["id"])
        if email and self.identities.owner(email) is None:
            self.identities.add(before["id"], email, self.shelf.now(), False)
        values["email"] = self.identities.primary(before["id"])
        self._release(before)
        row = {**before, **values}
        self._hold(row)
        return self.shelf.save(row, before, actor, "update")

    def show_primary(self, key: str, actor: str) -> Json:
        """Bring a user's ``email`` in line with their identities."""
        before = self.one(key)
        row = {**before, "email": self.identities.primary(before["id"])}
        return self.shelf.save(row, before, actor, "update")

    def delete(self, key: str, actor: str) -> Json:
        """Mark a user as deleted and free their addresses and external id."""
        before = self._editable(key)
        self.identities.release(before["id"])
        return self._deactivate(before, actor)

    def merge(self, loser: str, winner: str, actor: str) -> Json:
        """Fold one end user into another, who keeps all their own values and gains the addresses."""
        if loser == winner:
            raise invalid("id", "User: cannot be merged with itself")
        from_row, into = self._editable(loser), self._editable(winner)
        if from_row["role"] != "end-user" or into["role"] != "end-user":
            raise forbidden("Only end users can be merged")
        self.identities.move(from_row["id"], into["id"])
        self._deactivate(from_row, actor)
        row = {**into, "email": self.identities.primary(into["id"]), "updated_at": ""}
        return self.shelf.save(row, into, actor, "merge")

    def _deactivate(self, before: Json, actor: str) -> Json:
        self._release(before)
        row = {**before, "active": False, "email": None, "external_id": None}
        return self.shelf.save(row, before, actor, "delete")

    def _editable(self, key: str) -> Json:
        row = self.one(key)
        if not row["active"]:
            raise invalid("base", "User: has been deleted", "UserDeleted")
        return row

    def _throttle(self, key: str) -> None:
        if not self.shelf.world.limited:
            return
        taken = self._updates.take(key)
        if not taken.allowed:
            seconds = retry_after(self.shelf.world.clock, taken.wait)
            raise throttled(seconds, f"A user can be updated {UPDATES_A_MINUTE} times a minute")

    def _checked(self, asked: Mapping[str, Any], before: Json | None) -> Json:
        """The fields that will be stored; what a client may not set is dropped without a word."""
        values: Json = {name: _text(name, asked[name]) for name in _TEXTS if name in asked}
        if values.get("role", "end-user") not in _ROLES:
            raise invalid("role", "Role: is not valid")
        if values.get("external_id"):
            self._refuse_external(values["external_id"], before["id"] if before else None)
        if "organization_id" in asked:
            values["organization_id"] = self._organizations.reference(asked["organization_id"])
        for name in ("suspended", "verified"):
            if name in asked:
                values[name] = bool(asked[name])
        if "tags" in asked:
            values["tags"] = strings("tags", asked["tags"])
        if "user_fields" in asked:
            own = before["user_fields"] if before else {}
            values["user_fields"] = {**own, **self.fields.accepted(asked["user_fields"])}
        return values

    def _address(self, asked: Mapping[str, Any], user: int | None) -> str | None:
        email = asked.get("email")
        if not email:
            return None
        if not isinstance(email, str) or not _EMAIL.fullmatch(email):
            raise invalid("email", f"Email: {email} is not properly formatted")
        self.identities.refuse_taken(email, user)
        return email.lower()

    def _refuse_external(self, external_id: str, user: int | None) -> None:
        if self._external.get(external_id.lower(), user) != user:
            raise duplicate("external_id", "External: is already being used by another user")

    def _hold(self, row: Mapping[str, Any]) -> None:
        if row["external_id"]:
            self._external[row["external_id"].lower()] = row["id"]

    def _release(self, row: Mapping[str, Any]) -> None:
        if row["external_id"]:
            self._external.pop(row["external_id"].lower(), None)


def _text(name: str, value: Any) -> str | None:
    if value is not None and not isinstance(value, str | int):
        raise invalid(name, f"{name.capitalize()}: is not valid")
    return None if value is None or (value == "" and name != "name") else str(value)


def _blank(number: int, now: str) -> Json:
    return {
        "id": number,
        "name": "",
        "email": None,
        "phone": None,
        "locale": _LOCALE,
        "time_zone": _ZONE,
        "role": "end-user",
        "organization_id": None,
        "external_id": None,
        "active": True,
        "suspended": False,
        "shared": False,
        "verified": False,
        "user_fields": {},
        "created_at": now,
        "updated_at": now,
        "tags": [],
        "notes": "",
        "details": "",
    }
