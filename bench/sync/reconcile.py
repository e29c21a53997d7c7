"""From admitted records to golden ones: all of them, and then the few that changed."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import select

from bench.memory import watched
from bench.report import Measured, timed
from bench.sync.filled import Filled, filled
from hub.flow import verbs
from hub.golden import cell as cells
from hub.golden.claims import Reading, Rules
from hub.golden.record import SourceRecord
from hub.model.instant import now
from hub.store import due
from hub.store import records as source_records
from hub.store.tables import source_record

SHARE = 0.01
"""How many of the records are edited for a delta."""
PART = 10_000


def full(records: int, store: str) -> Measured:
    """Reconcile everything there is, into a hub that knows nobody; then Splink alone on the same records.

    ``ratio``: our seconds to golden records with their provenance, stored, to Splink's for matching and
    clustering. ``ours.peak_mib`` is that of all our processes together, the database's among them.
    """
    with filled(records, store) as stage:
        with timed() as took, watched() as held:
            counts = verbs.recompose(stage.hub)
        ours: dict[str, Any] = {
            **counts,
            "records_a_second": took.rate(counts["records"]),
            "peak_mib": held.peak_mib,
            "pairwise": asdict(stage.accuracy()),
        }
        peer = stage.splink()
    ratio = None if peer.failed else round(took.wall_s / peer.said["match_cluster_s"], 2)
    told = ("failed", "pairwise", "match_cluster_s", "seconds", "peak_mib")
    splink = {name: peer.said[name] for name in told if name in peer.said}
    return Measured(ours, took, peers={"splink alone": splink}, ratio=ratio)


def delta(records: int, store: str) -> Measured:
    """Edit a hundredth of the records, and reconcile again; then everything anew, to compare.

    The promise: what was composed step by step is what all at once gives; the second changes nothing.
    """
    with filled(records, store) as stage:
        with timed() as whole:
            everything = verbs.recompose(stage.hub)
        _edit(stage, 1)
        with timed() as one:
            verbs.recompose(stage.hub)
        edited = _edit(stage, max(1, round(records * SHARE)))
        with timed() as took:
            counts = verbs.recompose(stage.hub)
        with stage.hub.store.begin() as connection:
            due.soil_all(connection)
        anew = verbs.recompose(stage.hub)
    ours: dict[str, Any] = {
        **counts,
        "edited": edited,
        "share_of_full": round(took.wall_s / whole.wall_s, 4) if whole.wall_s else None,
        "one_record_s": one.wall_s,
        "full": {"records": everything["records"], "wall_s": whole.wall_s},
        "anew_changes": anew["golden_changed"],
    }
    return Measured(ours, took, kept=anew["golden_changed"] == 0 and counts["golden_changed"] > 0)


def _edit(stage: Filled, number: int) -> int:
    """People type another city: in so many records that tell one, all over the store."""
    edited = 0
    with stage.hub.store.begin() as connection:
        rows = connection.scalars(select(source_record.c.id).order_by(source_record.c.id)).all()
        step = max(1, len(rows) // (3 * number))
        chosen = [row for start in range(step) for row in rows[start::step]]
        for start in range(0, len(chosen), PART):
            held = source_records.by_ids(connection, chosen[start : start + PART])
            moved = [_moved(one) for one in held.values() if _tells(one.cells)][: number - edited]
            source_records.save(connection, moved)
            edited += len(moved)
            if edited == number:
                break
    return edited


def _tells(told: Mapping[str, cells.Cell]) -> bool:
    address = told.get("address")
    return address is not None and isinstance(address.base, dict)


def _moved(record: SourceRecord) -> SourceRecord:
    cell = record.cells["address"]
    base = cell.base if isinstance(cell.base, dict) else {}
    reading = Reading(now(), cell.claim.at if cell.claim else now())
    seen = cells.observe(cell, {**base, "city": "Appelscha"}, reading, Rules())
    return replace(record, cells={**record.cells, "address": seen.cell})
