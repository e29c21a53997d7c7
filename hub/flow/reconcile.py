"""From admitted records to golden ones: who is who, which claims survive, who must be told."""

from hub.flow.compose import compose
from hub.flow.hub import Hub
from hub.flow.identify import identify
from hub.flow.land import Counts
from hub.store import golden as goldens
from hub.store import publishing, records, watermarks


def reconcile(hub: Hub, run_id: str) -> Counts:
    """Compose the golden records of everything that changed, in one transaction.

    Where ``customer.yml`` changed that is everything: the same history gives what the new rules say.

    Queues every customer touched for comparison with every system.
    """
    counts: Counts = Counts(records=0, golden_changed=0)
    with hub.store.begin() as connection:
        if watermarks.renewed(connection, "*", hub.mappings.prints["customer"]):
            records.soil_all(connection)
        dirty = records.dirty(connection)
        if not dirty:
            return counts
        identified = identify(connection, hub, dirty)
        ids = sorted(identified.golden_ids)
        held = records.of_golden(connection, ids)
        pins = goldens.pins(connection, ids, hub.now())
        composed = [
            compose(hub.mappings, golden_id, sorted(some.values(), key=lambda one: one.key), pins)
            for golden_id, some in sorted(held.items())
        ]
        changed = goldens.save(connection, composed, hub.now(), run_id)
        publishing.enqueue(connection, sorted(hub.mappings.systems), ids, hub.now())
        records.clean(connection, sorted(dirty))
    counts.update(records=len(dirty), composed=len(composed), golden_changed=changed, **identified.counts)
    return counts
