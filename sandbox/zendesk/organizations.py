"""The organizations of one account."""

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.core.table import Json
from sandbox.core.world import World
from sandbox.zendesk.fields import Fields
from sandbox.zendesk.forms import duplicate, invalid, no_record
from sandbox.zendesk.requests import strings
from sandbox.zendesk.shelf import Shelf

_TEXTS = ("name", "external_id", "notes", "details")
_LISTS = ("domain_names", "tags")


class Organizations:
    """Organizations in Zendesk's own shape; names are unique. Deleted ones have a ``deleted_at``."""

    def __init__(self, world: World) -> None:
        self.shelf = Shelf(world, "organizations", 390_000_000_001)
        self.fields = Fields(world, "organization_field")
        self._taken: dict[tuple[str, str], int] = {}

    def load(self, rows: Any) -> None:
        """Take the organizations of a seed."""
        self.shelf.load({"deleted_at": None, **row} for row in rows)
        for row in self.live():
            self._hold(row)

    def exported(self, row: Mapping[str, Any]) -> Json:
        """An organization as the incremental export has it."""
        return {**row, "organization_fields": self.fields.shown(row["organization_fields"])}

    def shown(self, row: Mapping[str, Any]) -> Json:
        """An organization as all other answers have it."""
        return {name: value for name, value in self.exported(row).items() if name != "deleted_at"}

    def live(self, after: str | None = None) -> Iterator[Json]:
        """Organizations that are not deleted, by id, from just after one."""
        rows = self.shelf.table.items(after)
        return (self.shown(row) for _, row in rows if row["deleted_at"] is None)

    def one(self, key: str) -> Json:
        """An organization that is not deleted, else 404."""
        row = self.shelf.get(key)
        if row is None or row["deleted_at"] is not None:
            raise no_record()
        return row

    def with_value(self, field: str, value: str) -> Json | None:
        """The organization with this ``name`` or ``external_id``, whatever its case."""
        number = self._taken.get((field, value.lower()))
        return None if number is None else self.one(str(number))

    def reference(self, value: Any) -> int | None:
        """An organization id somebody wants to refer to, else 422."""
        if value is None or value == "":
            return None
        row = self.shelf.get(str(value)) if str(value).isdigit() else None
        if row is None or row["deleted_at"] is not None:
            raise invalid("organization_id", "Organization: is not valid")
        return int(row["id"])

    def create(self, asked: Mapping[str, Any], actor: str) -> Json:
        """Store a new organization; 422 without a name or with one that is taken."""
        now = self.shelf.now()
        values = self._checked(asked, None)
        if not values.get("name"):
            raise invalid("name", "Name: cannot be blank", "BlankValue")
        row = _blank(self.shelf.new_id(), now) | values
        self._hold(row)
        return self.shelf.save(row, None, actor, "create")

    def update(self, key: str, asked: Mapping[str, Any], actor: str) -> Json:
        """Change an organization; ``domain_names`` and ``tags`` replace the whole list."""
        before = self.one(key)
        values = self._checked(asked, before)
        if "name" in values and not values["name"]:
            raise invalid("name", "Name: cannot be blank", "BlankValue")
        self._release(before)
        row = {**before, **values}
        self._hold(row)
        return self.shelf.save(row, before, actor, "update")

    def delete(self, key: str, actor: str) -> None:
        """Mark an organization as deleted and free its name and external id."""
        before = self.one(key)
        self._release(before)
        self.shelf.save({**before, "deleted_at": self.shelf.now()}, before, actor, "delete")

    def _checked(self, asked: Mapping[str, Any], before: Json | None) -> Json:
        values: Json = {}
        for name in (name for name in _TEXTS if name in asked):
            if asked[name] is not None and not isinstance(asked[name], str | int):
                raise invalid(name, f"{name.capitalize()}: is not valid")
            values[name] = None if asked[name] in (None, "") else str(asked[name])
        for name in ("name", "external_id"):
            self._refuse_taken(name, values.get(name), before)
        for name in (name for name in _LISTS if name in asked):
            values[name] = strings(name, asked[name])
        if "organization_fields" in asked:
            own = before["organization_fields"] if before else {}
            accepted = self.fields.accepted(asked["organization_fields"])
            values["organization_fields"] = {**own, **accepted}
        return values

    def _refuse_taken(self, name: str, value: str | None, before: Json | None) -> None:
        mine = before["id"] if before else None
        if value and self._taken.get((name, value.lower()), mine) != mine:
            raise duplicate(name, f"{name.capitalize()}: {value} has already been taken")

    def _hold(self, row: Mapping[str, Any]) -> None:
        for name in ("name", "external_id"):
            if row[name]:
                self._taken[name, row[name].lower()] = row["id"]

    def _release(self, row: Mapping[str, Any]) -> None:
        for name in ("name", "external_id"):
            if row[name]:
                self._taken.pop((name, row[name].lower()), None)


def _blank(number: int, now: str) -> Json:
    return {
        "id": number,
        "name": "",
        "domain_names": [],
        "external_id": None,
        "organization_fields": {},
        "shared_tickets": False,
        "shared_comments": False,
        "created_at": now,
        "updated_at": now,
        "tags": [],
        "notes": "",
        "details": "",
        "group_id": None,
        "deleted_at": None,
    }
