"""How often two edits that conflict end in a question."""

from collections.abc import Set

from bench.edits.journal import Cell, Journal, Line, conflict
from bench.edits.judge.lost import by_cell
from bench.edits.place import Place

Asked = Set[tuple[Cell, str]]
"""Cell and value: somebody was asked whether it is this one, after any of the syncs."""


def conflicting(journal: Journal, gone: Set[Place]) -> list[Line]:
    """Edits of a cell that another system's people filled otherwise, in the same round or any other."""
    return [
        one
        for lines in by_cell(journal).values()
        for one in lines
        if one.place not in gone and one.after is not None and any(conflict(one, other) for other in lines)
    ]


def undecided_share(journal: Journal, asked: Asked, gone: Set[Place]) -> float:
    """Of all :func:`conflicting` edits the share of which the owner was asked at any time."""
    every = conflicting(journal, gone)
    some = [one for one in every if (one.cell, one.after or "") in asked]
    return round(len(some) / len(every), 4) if every else 0.0
