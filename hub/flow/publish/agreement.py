"""The product's proof: the share of writable cells that equal the projection of their golden value."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from hub.flow.hub import Hub
from hub.flow.publish.compare import facet_of, wishes
from hub.golden.record import SourceRecord
from hub.model.instant import Instant
from hub.store import golden as goldens
from hub.store import raw, records
from hub.store.engine import Connection
from hub.store.golden import Golden


@dataclass(slots=True)
class Agreement:
    """Counts of cells, of customers present in two systems or more."""

    agree: int = 0
    differ: int = 0
    filled: int = 0
    """Cells that show something, whether they agree or not."""
    exempt: Counter[str] = field(default_factory=Counter)
    """Reason → cells that may not be brought to the golden value."""
    differing: set[str] = field(default_factory=set, repr=False)
    """Golden ids with a cell that differs."""

    @property
    def share(self) -> float:
        """Agreeing cells among those that may be written; 1 where there are none."""
        counted = self.agree + self.differ
        return self.agree / counted if counted else 1.0

    @property
    def share_of_all(self) -> float:
        """As :attr:`share`, with what nothing decides counted as if it differed."""
        counted = self.agree + self.differ + self.exempt["disputed"]
        return self.agree / counted if counted else 1.0

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "share": round(self.share, 4),
            "share_of_all": round(self.share_of_all, 4),
            "agree": self.agree,
            "differ": self.differ,
            "exempt": dict(sorted(self.exempt.items())),
            "filled": self.filled,
        }


def agreement(hub: Hub) -> Agreement:
    """Compare every shared customer with what the systems showed last. Reads everything; no hurry."""
    total = Agreement()
    with hub.store.read() as connection:
        settled = {
            (name, obj): hub.settled_in(connection, name, obj)
            for name, mapping in hub.mappings.systems.items()
            for obj in mapping.objects
        }
        shared = (one for one in goldens.everyone(connection) if len(one.systems) > 1)
        while some := list(islice(shared, 500)):
            _add(hub, connection, some, settled, total)
    return total


def _add(
    hub: Hub,
    connection: Connection,
    some: Sequence[Golden],
    settled: Mapping[tuple[str, str], Instant],
    total: Agreement,
) -> None:
    held = records.of_golden(connection, [one.golden_id for one in some])
    shown = _shown(connection, [one for mine in held.values() for one in mine.values()])
    for golden in some:
        for record in held.get(golden.golden_id, {}).values():
            data = shown.get((record.key.system, record.object, record.raw_key))
            if data is not None and not record.deleted:
                _add_record(hub, golden, record, data, settled, total)


def _add_record(
    hub: Hub,
    golden: Golden,
    record: SourceRecord,
    data: Mapping[str, Any],
    settled: Mapping[tuple[str, str], Instant],
    total: Agreement,
) -> None:
    mapping = hub.mappings.systems[record.key.system]
    facet = facet_of(mapping, record, data)
    if facet is None:
        return
    when = settled[record.key.system, record.object]
    for one in wishes(hub, mapping, facet, record, golden, when):
        total.filled += record.shows(one.field)
        if one.wish.agrees:
            total.agree += 1
        elif one.wish.exempt and one.wish.exempt != "in_flight":
            total.exempt[one.wish.exempt] += 1
        else:
            total.differ += 1
            total.differing.add(golden.golden_id)


def _shown(
    connection: Connection, some: Sequence[SourceRecord]
) -> dict[tuple[str, str, str], Mapping[str, Any]]:
    keys: dict[str, set[tuple[str, str]]] = {}
    for one in some:
        keys.setdefault(one.key.system, set()).add((one.object, one.raw_key))
    return {
        (system, *where): data
        for system, wanted in keys.items()
        for where, data in raw.shown(connection, system, wanted).items()
    }
