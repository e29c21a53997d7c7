"""What a judge found: one promise broken, in one cell."""

from dataclasses import dataclass

from bench.edits.journal import Cell
from bench.edits.place import Place


@dataclass(frozen=True, slots=True)
class Found:
    """One count of a figure, with what is needed to tell its story."""

    figure: str
    cell: Cell
    place: Place
    text: str
