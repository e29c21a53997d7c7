"""A plan as a CSV file, a row a field: to be read, sorted and counted before somebody decides."""

from collections.abc import Collection, Iterator
from pathlib import Path

from hub.flow.hub import Hub
from hub.publish.effect import replaces as goes_over
from hub.views.as_csv import rows_to, whole
from hub.views.planned import ChangeView, every_change
from hub.views.spoken import spoken

HEAD = (
    *("system", "record", "golden_id", "customer", "field", "before", "after"),
    *("replaces", "state", "hold"),
)


def write_plan(hub: Hub, systems: Collection[str], file: Path, *, replaces: bool = False) -> int:
    """Write all that waits for these systems; returns how many fields. Raises OSError."""
    count = 0

    def counted(rows: Iterator[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
        nonlocal count
        for row in rows:
            count += 1
            yield row

    with hub.store.read() as connection:
        every = every_change(connection, systems, replaces=replaces)
        rows = counted(row for one in every for row in _rows(one))
        whole(file, lambda made: rows_to(made, HEAD, rows))
    return count


def _rows(one: ChangeView) -> Iterator[tuple[str, ...]]:
    record = f"{one.object}/{one.raw_key or ''}"
    for field in one.fields:
        yield (
            *(one.system, record, one.golden_id, one.customer),
            *(field.name, spoken(field.before), spoken(field.after)),
            "yes" if goes_over(field.before, field.after) else "no",
            *(one.state, one.hold_id or ""),
        )
