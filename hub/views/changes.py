"""One field before and after, and a golden record's name beside it: what several views show."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hub.store.change import Change


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, before and after, as the shared schema has it."""

    name: str
    before: Any
    after: Any


def field_changes(change: Change) -> Iterator[FieldChange]:
    """The fields of a change."""
    fields: Mapping[str, Mapping[str, Any]] = change.fields
    for name, both in fields.items():
        yield FieldChange(name, both["before"], both["after"])
