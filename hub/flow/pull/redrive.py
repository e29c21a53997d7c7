"""Trying again what was held back, once the mapping or the rules have been put right."""

from hub.flow.hub import Hub
from hub.flow.pull.admit import admit
from hub.store import quarantine, raw, reads
from hub.store.runs import Counts


def redrive(hub: Hub, system: str, run_id: str) -> Counts:
    """Admit again every record with a customer held back; counts by outcome, and what is held still.

    Awakening commits first and the quarantine is only left in the transaction that admits: killed in
    between, the records are still held and the next pull or redrive looks at them.
    """
    hub.mapping(system)
    with hub.store.begin() as connection:
        before = quarantine.count(connection, system)
        for obj, keys in reads.quarantined_raw(connection, system).items():
            raw.retry(connection, system, obj, keys)
    counts = admit(hub, system, run_id)
    with hub.store.read() as connection:
        counts.update(held_before=before, held_after=quarantine.count(connection, system))
    return counts
