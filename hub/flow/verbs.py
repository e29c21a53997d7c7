"""What a DAG, the command line or the API may ask for; each runs under the run ledger.

The bodies stand in their own modules; here is only what they share: a run begins, ends with its
counts, and an error is written down before it goes on.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from connectors.errors import ConnectorError
from connectors.present import listening
from hub.flow.activate import activated
from hub.flow.errors import BatchStopped, ClockAhead, FlowError, LawsBroken, PublishStopped
from hub.flow.faults import store_faults
from hub.flow.hub import Hub
from hub.flow.present import NOTABLE, Watch, trusted
from hub.flow.publish.agreement import Agreement, agreement
from hub.flow.publish.plan import plan
from hub.flow.publish.push import close_unanswered, push
from hub.flow.pull.admit import admit
from hub.flow.pull.land import land
from hub.flow.pull.redrive import redrive
from hub.flow.pull.sweep import sweep
from hub.flow.recognise.reconcile import reconcile
from hub.flow.steady import SteadyClock
from hub.model.instant import Instant
from hub.store import due, laws, outbox, queue, runs
from hub.store.laws import Broken
from hub.store.runs import Counts


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found of the whole store."""

    agreement: Agreement
    broken: Sequence[Broken]
    """What must hold and does not."""

    def must_hold(self) -> None:
        """Raises LawsBroken where something does not hold that must."""
        if self.broken:
            told = "; ".join(
                f"not so: {one.law} ({one.count}: {', '.join(one.examples)})" for one in self.broken
            )
            raise LawsBroken(
                f"{told}. Looking changed nothing: keep the last backups, and report this as it stands"
            )


Body = Callable[[Hub, str], Counts]
"""What a verb does, given the hub with a clock that never goes back and the run's id."""


def pull(hub: Hub, system: str) -> Counts:
    """Land and admit what changed in one system."""
    return _run(hub, "pull", system, lambda steady, run_id: _pulled(steady, system, run_id))


def _pulled(hub: Hub, system: str, run_id: str) -> Counts:
    close_unanswered(hub, system)  # what a crash left: the ledger knows then what may have been written
    counts = land(hub, system, run_id)
    counts.update(admit(hub, system, run_id))
    return counts


def keep(hub: Hub, system: str) -> Counts:
    """Find what vanished from one system without a word."""
    return _run(hub, "keep", system, lambda steady, run_id: sweep(steady, system, run_id))


@store_faults()
def audit(hub: Hub) -> Audit:
    """Compare every shared customer with every system, and queue those that differ for publishing.

    Also whether everything holds that must hold in a store; nothing of that is mended.
    """
    with hub.store.read() as connection:
        trusted(connection)
    found = agreement(hub)
    with hub.store.read() as connection:
        broken = laws.broken(connection)
    with hub.store.begin() as connection:
        queue.enqueue(connection, sorted(hub.mappings.systems), found.differing, hub.now())
    return Audit(found, broken)


@store_faults()
def waiting(hub: Hub) -> Counts:
    """How much there is to do: records to reconcile, customers to compare, changes to send or decide on."""
    with hub.store.read() as connection:
        open_ones = ("ready", "sending", "held")
        tally = outbox.tally(connection, hub.mappings.systems, open_ones).values()
        return Counts(
            dirty=due.count(connection),
            queued=queue.count_queued(connection),
            ready=sum(one.get("ready", 0) + one.get("sending", 0) for one in tally),
            held=sum(one.get("held", 0) for one in tally),
        )


def recompose(hub: Hub) -> Counts:
    """Bring golden records up to date with everything admitted."""
    return _run(hub, "reconcile", None, reconcile)


def _run(hub: Hub, verb: str, system: str | None, body: Body) -> Counts:
    """Run a verb alone: what reads and what writes the cells of one system take turns."""
    with store_faults(), hub.store.alone(f"system {system}" if system else "reconcile"):
        return _noted(hub, verb, system, body)


def _noted(hub: Hub, verb: str, system: str | None, body: Body) -> Counts:
    asks = verb in runs.ASKING
    with hub.store.begin() as connection:
        if not asks:
            trusted(connection)
        watch = Watch(SteadyClock(hub.now, runs.latest(connection)), system or "")
        hub = replace(hub, now=watch.clock)
        run_id = runs.start(connection, verb, system, hub.now())
    try:
        with listening(watch):
            counts = body(hub, run_id)
    except (FlowError, ConnectorError) as error:
        state = "stopped" if isinstance(error, BatchStopped | PublishStopped) else "failed"
        if isinstance(error, ClockAhead) and watch.there:
            hub = _right(hub, run_id, watch.there)
        counted = runs.UNANSWERED if asks and not watch.answered else {}
        _finish(hub, run_id, state, counted, f"{type(error).__name__}: {error}")
        raise
    if watch.ahead > NOTABLE:
        counts["clock_ahead_s"] = round(watch.ahead.total_seconds())
    _finish(hub, run_id, "done", counts)
    return counts


def _right(hub: Hub, run_id: str, at: Instant) -> Hub:
    """A run that a wrong clock stopped is dated by the one that is right."""
    with hub.store.begin() as connection:
        runs.redate(connection, run_id, at)
    return replace(hub, now=lambda: at)


def _finish(hub: Hub, run_id: str, state: str, counts: Mapping[str, Any], error: str | None = None) -> None:
    with hub.store.begin() as connection:
        runs.finish(connection, run_id, hub.now(), state, counts, error)


def publish(hub: Hub, system: str) -> Counts:
    """Plan what one system must be told, and send what nothing holds."""
    return _run(hub, "publish", system, lambda steady, run_id: _published(steady, system, run_id))


def _published(hub: Hub, system: str, run_id: str) -> Counts:
    close_unanswered(hub, system)  # first, or what a crash left would not be planned anew
    counts = plan(hub, system, run_id)
    counts.update(push(hub, system))
    return counts


def prepare(hub: Hub, system: str) -> Counts:
    """Plan what one system must be told, and send nothing: for reading it first."""
    return _run(hub, "plan", system, lambda steady, run_id: plan(steady, system, run_id))


def activate(hub: Hub, system: str, who: str, why: str) -> Counts:
    """Put a system's file in force (see :func:`hub.flow.activate.proposed`), and reconcile what follows."""
    counts = _run(hub, "activate", system, lambda steady, run_id: activated(steady, system, run_id, who, why))
    counts.update(recompose(hub))
    return counts


def try_again(hub: Hub, system: str) -> Counts:
    """Admit again what one system's quarantine holds."""
    return _run(hub, "redrive", system, lambda steady, run_id: redrive(steady, system, run_id))
