"""What a DAG, the command line or the API may ask for; each runs under the run ledger.

The bodies stand in their own modules, and what every run has in :mod:`hub.flow.running`.
"""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

from hub.flow.activate import activated
from hub.flow.errors import LawsBroken
from hub.flow.faults import store_faults
from hub.flow.hub import Hub
from hub.flow.present import trusted
from hub.flow.publish.agreement import Agreement, agreement
from hub.flow.publish.plan import plan
from hub.flow.publish.push import close_unanswered, push
from hub.flow.pull.admit import admit
from hub.flow.pull.land import land
from hub.flow.pull.redrive import redrive
from hub.flow.pull.sweep import sweep
from hub.flow.recognise.reconcile import reconcile
from hub.flow.running import alone
from hub.model.instant import Instant
from hub.store import due, laws, outbox, plans, queue
from hub.store.engine import open_store
from hub.store.laws import Broken
from hub.store.migrate import must_be_newest
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


def pull(hub: Hub, system: str) -> Counts:
    """Land and admit what changed in one system."""
    return alone(hub, "pull", system, lambda steady, run_id: _pulled(steady, system, run_id))


def _pulled(hub: Hub, system: str, run_id: str) -> Counts:
    close_unanswered(hub, system)  # what a crash left: the ledger knows then what may have been written
    counts = land(hub, system, run_id)
    counts.update(admit(hub, system, run_id))
    return counts


def keep(hub: Hub, system: str) -> Counts:
    """Find what vanished from one system without a word."""
    return alone(hub, "keep", system, lambda steady, run_id: sweep(steady, system, run_id))


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
def waiting(hub: Hub, system: str | None = None) -> Counts:
    """How much there is to do: records to reconcile, customers to compare, changes to send or decide on.

    But for the records, of one system where it is named.
    """
    with hub.store.read() as connection:
        open_ones = ("ready", "sending", "held")
        tally = outbox.tally(connection, [system] if system else hub.mappings.systems, open_ones).values()
        return Counts(
            dirty=due.count(connection),
            queued=queue.count_queued(connection, system),
            ready=sum(one.get("ready", 0) + one.get("sending", 0) for one in tally),
            held=sum(one.get("held", 0) for one in tally),
        )


@store_faults()
def released(system: str) -> Instant:
    """When something held for a system was last let go; empty where nothing was.

    Nothing is made or changed: raises StoreUnusable where no store is, or none of this version yet.
    """
    with closing(open_store(make=False)) as store:
        must_be_newest(store)
        with store.read() as connection:
            return plans.latest_release(connection, system)


def recompose(hub: Hub) -> Counts:
    """Bring golden records up to date with everything admitted."""
    return alone(hub, "reconcile", None, reconcile)


def publish(hub: Hub, system: str) -> Counts:
    """Plan what one system must be told, and send what nothing holds."""
    return alone(hub, "publish", system, lambda steady, run_id: _published(steady, system, run_id))


def _published(hub: Hub, system: str, run_id: str) -> Counts:
    close_unanswered(hub, system)  # first, or what a crash left would not be planned anew
    counts = plan(hub, system, run_id)
    counts.update(push(hub, system))
    return counts


def prepare(hub: Hub, system: str) -> Counts:
    """Plan what one system must be told, and send nothing: for reading it first."""
    return alone(hub, "plan", system, lambda steady, run_id: plan(steady, system, run_id))


def activate(hub: Hub, system: str, who: str, why: str) -> Counts:
    """Put a system's file in force (see :func:`hub.flow.activate.proposed`), and reconcile what follows."""
    counts = alone(
        hub, "activate", system, lambda steady, run_id: activated(steady, system, run_id, who, why)
    )
    counts.update(recompose(hub))
    return counts


def try_again(hub: Hub, system: str) -> Counts:
    """Admit again what one system's quarantine holds."""
    return alone(hub, "redrive", system, lambda steady, run_id: redrive(steady, system, run_id))
