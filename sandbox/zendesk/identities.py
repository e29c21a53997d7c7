"""The e-mail addresses of users: one is primary, each belongs to one user."""

from collections.abc import Iterable, Mapping
from typing import Any

from sandbox.core.table import Ids, Json
from sandbox.zendesk.forms import duplicate, no_record


class Identities:
    """E-mail identities by user; addresses are compared and kept in lower case."""

    def __init__(self) -> None:
        self._ids = Ids(8_000_000_001)
        self._of: dict[int, list[Json]] = {}
        self._owner: dict[str, int] = {}

    def load(self, users: Iterable[Mapping[str, Any]]) -> None:
        """One primary identity for every active user of a seed that has an address."""
        for user in users:
            if user["email"] and user["active"]:
                self.add(user["id"], user["email"], user["updated_at"])

    def owner(self, email: str) -> int | None:
        """The user an address belongs to, whether primary or not."""
        return self._owner.get(email.lower())

    def refuse_taken(self, email: str, user: int | None) -> None:
        """422 where the address is somebody else's."""
        if self._owner.get(email.lower(), user) != user:
            raise duplicate("email", f"Email: {email} is already being used by another user")

    def of(self, user: int) -> list[Json]:
        """A user's identities, the primary one first."""
        return sorted(self._of.get(user, []), key=lambda one: not one["primary"])

    def primary(self, user: int) -> str | None:
        """The address a user is shown with."""
        return next((one["value"] for one in self._of.get(user, []) if one["primary"]), None)

    def add(self, user: int, email: str, now: str, verified: bool = True) -> Json:
        """Give a user one more address; the first becomes the primary one."""
        mine = self._of.setdefault(user, [])
        one = {
            "id": int(self._ids.new()),
            "user_id": user,
            "type": "email",
            "value": email.lower(),
            "verified": verified,
            "primary": not mine,
            "created_at": now,
            "updated_at": now,
        }
        mine.append(one)
        self._owner[email.lower()] = user
        return one

    def find(self, user: int, identity: str) -> Json:
        """One of a user's identities; 404 where it is not."""
        for one in self._of.get(user, []):
            if str(one["id"]) == identity:
                return one
        raise no_record()

    def make_primary(self, user: int, identity: str, now: str) -> None:
        """Show the user with this address from now on."""
        chosen = self.find(user, identity)
        for one in self._of[user]:
            if one["primary"] != (one is chosen):
                one |= {"primary": one is chosen, "updated_at": now}

    def remove(self, user: int, identity: str) -> None:
        """Take an address away; where it was the primary one, the next takes its place."""
        one = self.find(user, identity)
        self._of[user].remove(one)
        del self._owner[one["value"]]
        if one["primary"] and self._of[user]:
            self._of[user][0]["primary"] = True

    def release(self, user: int) -> None:
        """Free all of a deleted user's addresses."""
        for one in self._of.pop(user, []):
            del self._owner[one["value"]]

    def move(self, loser: int, winner: int) -> None:
        """Give all addresses of a merged user to the surviving one."""
        mine = self._of.setdefault(winner, [])
        for one in self._of.pop(loser, []):
            one |= {"user_id": winner, "primary": not mine}
            mine.append(one)
            self._owner[one["value"]] = winner
