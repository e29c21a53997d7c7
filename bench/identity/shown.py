"""The figures of a set as a table of text."""

from collections.abc import Mapping
from typing import Any

HEAD = ("", "P", "R", "F1", "largest", "cpu_s", "wall_s")


def shown(title: str, largest: int, figures: Mapping[str, Mapping[str, Any]]) -> str:
    """One line for each who was measured, by name; why not, where it failed."""
    rows = [HEAD, *(_row(name, largest, one) for name, one in figures.items())]
    told = [row for row in rows if len(row) == len(HEAD)]
    wide = [
        max(len(row[0]) for row in rows),
        *(max(len(row[at]) for row in told) for at in range(1, len(HEAD))),
    ]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, wide, strict=False)) for row in rows]
    return "\n".join([title, *(line.rstrip() for line in lines)])


def _row(name: str, largest: int, one: Mapping[str, Any]) -> tuple[str, ...]:
    if one.get("failed"):
        return name, f"failed: {one['failed']}"
    rates = one["pairwise"]
    return (
        name,
        *(f"{rates[rate]:.4f}" for rate in ("precision", "recall", "f1")),
        f"{one['largest_cluster']}/{largest}",
        *(f"{one[time]:.1f}" for time in ("cpu_s", "wall_s")),
    )


def by_rival_shown(title: str, kinds: Mapping[str, Mapping[str, Any]]) -> str:
    """One line for each kind of rival."""
    names = ("precision", "false", "elsewhere", "true", "missed")
    lines = [f"{kind:22}" + "".join(f"{one[name]!s:>11}" for name in names) for kind, one in kinds.items()]
    return "\n".join([f"{title:22}" + "".join(f"{name:>11}" for name in names), *lines])
