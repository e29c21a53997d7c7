"""How fast records come in: asked for, stored as received, mapped, judged and admitted."""

from bench.report import Measured, Timed, timed
from bench.sync.stage import staged
from hub.flow import verbs
from hub.flow.hub import Hub
from hub.flow.pull.land import land
from hub.store.runs import Counts


def measure(records: int, store: str) -> Measured:
    """Two hubs pull the same systems: one lands only, one lands and admits. The peer reads and keeps nothing.

    Then everything is pulled once more with nothing new there: what that costs, and what it stores.
    """
    with staged(records, store) as hub:
        reading, offered = _read(hub)
        with timed() as landing:
            landed = sum((land(hub, name, "bench") for name in _systems(hub)), Counts())
        with timed() as admitting:
            admitted = sum((verbs.pull(hub, name) for name in _systems(hub)), Counts())
        with timed() as again:
            idle = sum((verbs.pull(hub, name) for name in _systems(hub)), Counts())
    whole = Timed(landing.wall_s + admitting.wall_s, landing.cpu_s + admitting.cpu_s)
    ours = {
        "records": landed["landed"],
        "land_records_a_second": landing.rate(landed["landed"]),
        "land_map_admit_records_a_second": whole.rate(landed["landed"]),
        "admitted": admitted["admitted"],
        "quarantined": admitted["quarantined"],
        "nothing_new": {"wall_s": again.wall_s, "cpu_s": again.cpu_s, "stored": idle["landed"]},
    }
    peers = {"connectors reading, nothing kept": {"records": offered, "wall_s": reading.wall_s}}
    ratio = round(whole.wall_s / reading.wall_s, 2) if reading.wall_s else None
    return Measured(ours, whole, idle["landed"] == 0, peers, ratio)


def _systems(hub: Hub) -> list[str]:
    return sorted(hub.mappings.systems)


def _read(hub: Hub) -> tuple[Timed, int]:
    """Every page of every object, thrown away."""
    offered = 0
    with timed() as took:
        for mapping in hub.mappings.systems.values():
            connector = hub.connect(mapping)
            for obj in mapping.objects:
                offered += sum(page.offered for page in connector.pull(obj, None))
    return took, offered
