"""One record's field changes for one system."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hub.model.instant import Instant
from hub.store.form import parse


@dataclass(frozen=True, slots=True)
class Change:
    """One record's field changes for one system, as they wait in the outbox."""

    id: str
    system: str
    object: str
    golden_id: str
    record_id: int | None
    raw_key: str | None
    """The vendor's key; None for a record still to be created."""
    action: str
    fields: Mapping[str, Mapping[str, Any]] = field(repr=False)
    """Shared field → {"before", "after", "data"}: the before-image, what it becomes, and how that is sent."""
    own: Mapping[str, Any] = field(repr=False)
    """What is sent besides, in the vendor's shape: the golden id of a record that is created."""
    state: str = "ready"
    hold_id: str | None = None
    message: str = ""
    made_at: Instant = ""
    answered_at: Instant | None = None

    @property
    def data(self) -> dict[str, Any]:
        """All that is sent, in the vendor's shape."""
        whole: dict[str, Any] = {}
        for part in (self.own, *(both["data"] for both in self.fields.values())):
            _merge(whole, part)
        return whole

    @property
    def lists(self) -> frozenset[str]:
        """The fields whose before and after are slots."""
        return frozenset(name for name, both in self.fields.items() if isinstance(both["after"], list))


def _merge(whole: dict[str, Any], part: Mapping[str, Any]) -> None:
    for name, value in part.items():
        if isinstance(value, Mapping):
            _merge(whole.setdefault(name, {}), value)
        else:
            whole[name] = value


def change_of(row: Any) -> Change:
    """The change in a row of the outbox."""
    return Change(
        row.id,
        row.system,
        row.object,
        row.golden_id,
        row.record_id,
        row.raw_key,
        row.action,
        parse(row.fields),
        parse(row.data),
        row.state,
        row.hold_id,
        row.message,
        row.made_at,
        row.answered_at,
    )
