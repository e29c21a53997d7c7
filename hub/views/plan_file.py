"""A plan as a CSV file, a row a field: to be read, sorted and counted before somebody decides."""

import csv
from collections.abc import Collection, Iterator
from pathlib import Path

from hub.flow.hub import Hub
from hub.model.sheets import inert
from hub.publish.effect import replaces as goes_over
from hub.store.private import whole
from hub.views.planned import EVERYTHING, ChangeView, Only, every_change
from hub.views.spoken import spoken

HEAD = (
    *("system", "record", "golden_id", "customer", "field", "before", "after"),
    *("replaces", "state", "hold"),
)


def write_plan(hub: Hub, systems: Collection[str], file: Path, only: Only = EVERYTHING) -> int:
    """Write all that waits for these systems; returns how many fields. Raises OSError.

    The file is its owner's alone and whole, or not there; a spreadsheet works nothing out of it.
    """
    count = 0
    with (
        hub.store.read() as connection,
        whole(file) as draft,
        draft.open("w", encoding="utf-8", newline="") as text,
    ):
        writer = csv.writer(text)
        writer.writerow(HEAD)
        for one in every_change(connection, systems, only):
            for row in _rows(one):
                writer.writerow(map(inert, row))
                count += 1
    return count


def _rows(one: ChangeView) -> Iterator[tuple[str, ...]]:
    record = f"{one.system}/{one.object}/{one.raw_key or ''}"
    for field in one.fields:
        yield (
            *(one.system, record, one.golden_id, one.customer),
            *(field.name, spoken(field.before), spoken(field.after)),
            "yes" if goes_over(field.before, field.after) else "no",
            *(one.state, one.hold_id or ""),
        )
