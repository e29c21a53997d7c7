"""How things stand: each system, the golden records, what waits, and what went wrong last."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hub.flow.activate import changed_files
from hub.flow.decide.holds import HoldView, open_holds
from hub.flow.hub import Hub
from hub.flow.publish.agreement import agreement
from hub.mapping.spec import SystemMapping
from hub.model.instant import DAWN, Instant, moment
from hub.store import drift, due, outbox, quarantine, raw, reads, runs, watermarks
from hub.store import golden as goldens
from hub.store.drift import Drift
from hub.store.engine import Connection
from hub.store.runs import Run


@dataclass(frozen=True, slots=True)
class SystemStatus:
    """One system, as far as the hub has read and told it."""

    system: str
    title: str
    department: str
    last_pull: Run | None
    complete_at: Instant | None
    """Everything the system held then is stored; None before the first whole pull."""
    behind_s: float | None
    """Seconds since."""
    pending: int
    """Records landed and not yet admitted."""
    quarantined: int
    queued: int
    """Customers to be compared with what the system shows."""
    outbox: Mapping[str, int] = field(default_factory=dict)
    """State → changes."""


@dataclass(frozen=True, slots=True)
class Status:
    """The whole hub."""

    systems: tuple[SystemStatus, ...]
    golden: Mapping[str, int]
    to_reconcile: int
    holds: tuple[HoldView, ...]
    runs: tuple[Run, ...]
    """The latest, newest first."""
    failures: tuple[Run, ...]
    """The latest that ended in an error, newest first."""
    agreement: Mapping[str, Any] | None = None
    """None when it was not asked for: it reads everything."""
    drift: tuple[Drift, ...] = ()
    """Places that systems showed and show no longer: nothing is concluded from it, nothing written there."""
    changed_files: tuple[str, ...] = ()
    """Systems whose mapping file changed and is not active."""


def status(hub: Hub, *, latest: int = 5, with_agreement: bool = False) -> Status:
    """How things stand, with the ``latest`` runs and failures."""
    agreed = agreement(hub).as_dict() if with_agreement else None
    with hub.store.read() as connection:
        queued, told = reads.queue_sizes(connection), outbox.tally(connection, hub.mappings.systems)
        return Status(
            tuple(
                _system(hub, connection, mapping, queued.get(name, 0), told.get(name, {}))
                for name, mapping in sorted(hub.mappings.systems.items())
            ),
            goldens.counts(connection),
            due.count(connection),
            open_holds(hub, connection),
            tuple(runs.recent(connection, latest)),
            tuple(runs.failed(connection, latest)),
            agreed,
            tuple(drift.listed(connection, hub.mappings.systems)),
            tuple(one.system for one in changed_files(hub)),
        )


def _system(
    hub: Hub, connection: Connection, mapping: SystemMapping, queued: int, outbox: Mapping[str, int]
) -> SystemStatus:
    name = mapping.system
    complete = min(watermarks.read(connection, name, obj).complete_at for obj in mapping.objects)
    known = complete != DAWN
    return SystemStatus(
        name,
        mapping.title,
        mapping.department,
        next(iter(runs.recent(connection, 1, "pull", name)), None),
        complete if known else None,
        (moment(hub.now()) - moment(complete)).total_seconds() if known else None,
        raw.count_pending(connection, name),
        quarantine.count(connection, name),
        queued,
        outbox,
    )
