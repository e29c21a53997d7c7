"""Records of one kind: stamped to the second, findable by when they changed, journalled."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sandbox.core.finding import Order
from sandbox.core.journal import Action
from sandbox.core.stamps import iso_s, parse
from sandbox.core.table import Ids, Json, Table
from sandbox.core.world import World

_OWN = frozenset({"id", "created_at", "updated_at"})


class Shelf:
    """Live and deleted records alike; the endpoints decide which of them they show."""

    def __init__(self, world: World, name: str, first_id: int) -> None:
        self.world, self.name = world, name
        self.table = Table()
        self._ids = Ids(first_id)
        self._changed = self.table.found_by(Order(lambda row: (epoch(row),)))

    def load(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Take the records of a seed."""
        self.table.load((str(row["id"]), row) for row in rows)
        self._ids.seen(key for key, _ in self.table.items())

    def now(self) -> str:
        """The present, as stamps are written."""
        return iso_s(self.world.clock.now())

    def new_id(self) -> int:
        return int(self._ids.new())

    def get(self, key: str) -> Json | None:
        """A copy of a record, deleted or not."""
        return self.table.get(key)

    def save(self, row: Json, before: Json | None, actor: str, action: Action) -> Json:
        """Store and journal a record; its ``updated_at`` moves only where something changed."""
        if row != before:
            row = {**row, "updated_at": self.now()}
            self.table.put(str(row["id"]), row)
        was, became = _flat(before or {}), {} if action == "delete" else _flat(row)
        self.world.journal.record("zendesk", actor, self.name, str(row["id"]), action, was, became)
        return row

    def changed_from(self, moment: int, after_id: int = -1) -> Iterator[Mapping[str, Any]]:
        """Records by (changed, id), from just after that pair. No copies: look, do not touch."""
        return map(self.table.look, self._changed[self._changed.through(moment, after_id) :])


def epoch(row: Mapping[str, Any]) -> int:
    """When a record last changed, in whole seconds since 1970."""
    return int(parse(row["updated_at"]).timestamp())


def _flat(row: Mapping[str, Any]) -> Json:
    """What a person could have edited; custom fields by dotted path."""
    flat: Json = {}
    for name, value in row.items():
        if name in ("user_fields", "organization_fields"):
            flat |= {f"{name}.{key}": inner for key, inner in value.items() if inner is not None}
        elif name not in _OWN:
            flat[name] = value
    return flat
