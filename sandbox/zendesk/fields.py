"""Custom fields of users and organizations: definitions, and what a given value becomes."""

from collections.abc import Mapping
from math import isfinite
from typing import Any

from sandbox.core.operation import Call, Reply
from sandbox.core.stamps import iso_s
from sandbox.core.table import Ids, Json
from sandbox.core.world import World
from sandbox.zendesk.forms import duplicate, invalid, no_record
from sandbox.zendesk.requests import given

TYPES = ("text", "integer", "decimal")


class Fields:
    """The definitions of one kind; ``noun`` is ``user_field`` or ``organization_field``."""

    def __init__(self, world: World, noun: str) -> None:
        self._world, self._noun = world, noun
        self._ids = Ids(5_000_000_001 if noun == "user_field" else 6_000_000_001)
        self.known: dict[str, Json] = {}

    def listed(self, call: Call) -> Reply:
        fields = list(self.known.values())
        page = {"next_page": None, "previous_page": None, "count": len(fields)}
        return Reply(200, {f"{self._noun}s": fields, **page})

    def create(self, call: Call) -> Reply:
        asked = given(call.body, self._noun)
        key, kind, title = (asked.get(name) for name in ("key", "type", "title"))
        if not isinstance(key, str) or not key.isidentifier():
            raise invalid("key", "Key: must contain letters, digits and underscores only")
        if key in self.known:
            raise duplicate("key", f"Key: {key} has already been taken")
        if kind not in TYPES:
            raise invalid("type", f"Type: must be one of {', '.join(TYPES)}")
        if not isinstance(title, str) or not title:
            raise invalid("title", "Title: cannot be blank", "BlankValue")
        now = iso_s(self._world.clock.now())
        field = {"id": int(self._ids.new()), "key": key, "type": kind, "title": title, "active": True}
        self.known[key] = {**field, "created_at": now, "updated_at": now}
        return Reply(201, {self._noun: self.known[key]})

    def update(self, call: Call) -> Reply:
        """Change a field's title, or whether it is active; 404 where there is none."""
        field, asked = self._named(call), given(call.body, self._noun)
        changed = {name: asked[name] for name in ("title", "active") if name in asked}
        self.known[field["key"]] = {**field, **changed, "updated_at": iso_s(self._world.clock.now())}
        return Reply(200, {self._noun: self.known[field["key"]]})

    def delete(self, call: Call) -> Reply:
        """Take a field away: no record shows it any more."""
        del self.known[self._named(call)["key"]]
        return Reply(204, None)

    def _named(self, call: Call) -> Json:
        """The field a path means, by id or key."""
        asked = call.path["id"]
        found = next((one for one in self.known.values() if asked in (str(one["id"]), one["key"])), None)
        if found is None:
            raise no_record()
        return found

    def accepted(self, values: Any) -> Json:
        """What of ``values`` is stored: unknown keys are dropped without a word, None clears."""
        if not isinstance(values, Mapping):
            raise invalid(f"{self._noun}s", "must be an object")
        return {key: self._value(key, value) for key, value in values.items() if key in self.known}

    def shown(self, values: Mapping[str, Any]) -> Json:
        """Every defined field that is active, null where the record has no value."""
        return {key: values.get(key) for key, field in self.known.items() if field["active"]}

    def _value(self, key: str, value: Any) -> Any:
        if value is None or value == "":
            return None
        kind = self.known[key]["type"]
        if kind == "text":
            return str(value)
        try:
            number = int(value) if kind == "integer" else float(value)
            usable = isfinite(number)
        except (TypeError, ValueError, OverflowError):
            usable = False
        if not usable:
            raise invalid(key, f"{self.known[key]['title']}: must be a number")
        return number
