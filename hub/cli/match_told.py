"""How a file is read, shown before anybody in it is matched."""

import shlex
import sys
from typing import TYPE_CHECKING

from hub.cli import screen

if TYPE_CHECKING:
    from hub.matching.reading.told import Column, Told


def show(told: "Told", name: str, *, samples: bool | None) -> None:
    """Every column's reading, then what is told of the whole file, then what somebody should look at.

    ``samples``: whether cells are shown; None: on a terminal alone, for what is piped may be kept as a log.
    """
    shown = sys.stdout.isatty() if samples is None else samples
    rows = told.source.table.num_rows
    screen.show(f"{name}: {rows} rows, {len(told.columns)} columns; {told.source.form}")
    head = ("column", "read as", "by", "filled", "read", *(("samples",) if shown else ()), "")
    screen.table("", head, [_row(one, samples=shown) for one in told.columns])
    for note in told.notes:
        screen.show(note)
    screen.show(f"To read it otherwise, change and give: --columns {shlex.quote(told.argument)}")
    warn(told)


def warn(told: "Told") -> None:
    """What somebody should look at, as messages."""
    for warning in told.warnings:
        screen.say(f"warning: {warning}")


def _row(one: "Column", *, samples: bool) -> tuple[object, ...]:
    reading = one.reading
    read = f"{one.read} of {one.looked_at}" if reading.role else ""
    why = "; ".join(filter(None, (reading.why, one.note)))
    seen = (" | ".join(one.samples),) if samples else ()
    return (
        reading.column,
        reading.role or "-",
        _BY.get(reading.how, reading.how),
        one.filled,
        read,
        *seen,
        why,
    )


_BY = {"told": "you", "name": "its name", "values": "its cells", "own": "its cells"}
"""Who decided."""
