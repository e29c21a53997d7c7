"""What each property of a record held, and since when: HubSpot's ``propertiesWithHistory``."""

from collections.abc import Iterable, Mapping
from typing import Any

from sandbox.core.table import Json

AT_MOST = 50
"""Records a page or a batch may hold where their history is asked for."""
_SOURCES = {"hub": "INTEGRATION", "human": "CRM_UI"}
_FROM_THE_START = "IMPORT"


class History:
    """Entries by record and property, the newest first.

    A property that never changed has none here: it holds what it held from the beginning, and one entry is
    made of that when somebody asks. ``stamp`` names the property of the last change, which has no more.
    """

    def __init__(self, stamp: str) -> None:
        self._stamp = stamp
        self._entries: dict[tuple[str, str], list[Json]] = {}

    def note(self, row: Mapping[str, Any], was: Mapping[str, str], actor: str) -> None:
        """A record changed from the properties ``was`` to its present ones, at its ``updatedAt``."""
        now = row["properties"]
        changed = {name for name in {**was, **now} if was.get(name) != now.get(name)} - {self._stamp}
        for name in changed:
            before = self._entries.get((row["id"], name)) or _beginning(row, was.get(name))
            entry = _entry(now.get(name), row["updatedAt"], _SOURCES.get(actor, actor))
            self._entries[row["id"], name] = [entry, *before]

    def join(self, row: Mapping[str, Any], main: Mapping[str, Any], other: Mapping[str, Any]) -> None:
        """``row`` is what two records were merged into: it has the entries of both, of ``main`` first."""
        for name in row["properties"].keys() - {self._stamp, "hs_object_id", "createdate"}:
            of = [self.of(one, [name])[name] for one in (main, other)]
            if entries := [entry for some in of for entry in some]:
                self._entries[row["id"], name] = entries

    def of(self, row: Mapping[str, Any], names: Iterable[str]) -> dict[str, list[Json]]:
        """The entries of these properties; none for one that never had a value."""
        return {
            name: self._entries.get((row["id"], name)) or _beginning(row, row["properties"].get(name))
            for name in names
        }


def _beginning(row: Mapping[str, Any], value: str | None) -> list[Json]:
    return [] if value is None else [_entry(value, row["createdAt"], _FROM_THE_START)]


def _entry(value: str | None, at: str, source: str) -> Json:
    """An emptied property has an entry with an empty value."""
    return {"value": value or "", "timestamp": at, "sourceType": source}
