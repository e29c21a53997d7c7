"""From admitted records to golden ones: all of them, and then the few that changed."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from bench.report import Measured, timed
from bench.sync.stage import Stage, staged
from connectors.contract import Write
from connectors.registry import connector
from hub.flow import verbs
from hub.store import due
from hub.store import golden as goldens
from hub.store import records as source_records

SHARE = 0.01
"""How many of sales' contacts are edited for a delta."""


def full(records: int, store: str) -> Measured:
    """Reconcile everything there is, into an empty hub."""
    with staged(records, store) as stage:
        _pull(stage)
        with timed() as took:
            counts = verbs.recompose(stage.hub)
    return Measured({**counts, "records_a_second": took.rate(counts["records"])}, took)


def delta(records: int, store: str) -> Measured:
    """Edit a hundredth of sales' contacts, and reconcile again; then everything anew, to compare.

    The promise: what was composed step by step is what all at once gives; the second changes nothing.
    """
    with staged(records, store) as stage:
        _pull(stage)
        with timed() as whole:
            everything = verbs.recompose(stage.hub)
        edited = _edit(stage)
        _pull(stage)
        with timed() as took:
            counts = verbs.recompose(stage.hub)
        with stage.hub.store.begin() as connection:
            due.soil_all(connection)
        anew = verbs.recompose(stage.hub)
    ours: dict[str, Any] = {
        **counts,
        "edited": edited,
        "share_of_full": round(took.wall_s / whole.wall_s, 4) if whole.wall_s else None,
        "full": {"records": everything["records"], "wall_s": whole.wall_s},
        "anew_changes": anew["golden_changed"],
    }
    return Measured(ours, took, kept=anew["golden_changed"] == 0 and counts["golden_changed"] > 0)


def _pull(stage: Stage) -> None:
    for name in sorted(stage.hub.mappings.systems):
        verbs.pull(stage.hub, name)


def _edit(stage: Stage) -> int:
    """People in Sales type other cities."""
    keys = sorted(_contacts(stage))
    chosen = keys[: max(1, round(len(keys) * SHARE))]
    hand = connector("hubspot", stage.hand["hubspot"])
    writes = [Write(f"edit-{key}", key, {"properties": {"city": "Appelscha"}}) for key in chosen]
    size = hand.sheet.objects["contacts"].batch_size
    for start in range(0, len(writes), size):
        hand.push("contacts", writes[start : start + size])
    return len(chosen)


def _contacts(stage: Stage) -> Iterator[str]:
    with stage.hub.store.read() as connection:
        everyone = goldens.everyone(connection, "person")
        while some := list(islice(everyone, 500)):
            held = source_records.of_golden(connection, [one.golden_id for one in some], "hubspot")
            yield from (one.raw_key for mine in held.values() for one in mine.values())
