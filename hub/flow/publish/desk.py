"""Whom an exchange is with, and what is sent in it together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from connectors.contract import Connector, RawRecord, Receipt
from hub.flow.hub import Hub
from hub.golden.record import SourceRecord
from hub.mapping.spec import ObjectMapping, SystemMapping
from hub.store.change import Change

Stands = Mapping[str, Mapping[str, Any]]
"""Key → the record as it was last received."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Whom one exchange is with."""

    hub: Hub
    mapping: SystemMapping
    connector: Connector
    obj: ObjectMapping


@dataclass(slots=True)
class Batch:
    """Changes sent together."""

    changes: Sequence[Change]
    records: dict[int, SourceRecord]
    seen: Mapping[str, RawRecord]
    receipts: dict[str, Receipt] = field(default_factory=dict)
    after: dict[str, RawRecord] = field(default_factory=dict)
    """Key → the record right after the write."""
    answers: frozenset[str] = frozenset()
    """The keys of those that the very answer showed, with all that was written."""
