"""The deviations somebody has looked at and lets stand, each with its reason."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from fidelity.contracts.judge import Deviation

FILE = Path(__file__).with_name("known.yml")
KEYS = {"system", "place", "operations", "reason"}


@dataclass(frozen=True, slots=True)
class Known:
    """What deviates at one place of one operation, and everything below that place."""

    system: str
    operation: str
    place: str
    reason: str

    def covers(self, one: Deviation) -> bool:
        below = one.place.startswith((f"{self.place} ", f"{self.place}.", f"{self.place}["))
        here = (self.system, self.operation) == (one.system, one.operation)
        return here and (below or one.place == self.place)


def known(file: Path = FILE) -> list[Known]:
    """What the file lists. ValueError where an entry is not as it should be."""
    entries: Any = yaml.load(file.read_text("utf-8"), yaml.BaseLoader) or []  # noqa: S506 - all texts
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, dict) or set(entry) != KEYS or not all(entry.values()):
            raise ValueError(f"{file.name}, entry {number}: give {', '.join(sorted(KEYS))}, and nothing else")
    return [
        Known(entry["system"], operation, entry["place"], entry["reason"])
        for entry in entries
        for operation in entry["operations"]
    ]


def unknown(found: Iterable[Deviation], entries: Sequence[Known]) -> list[Deviation]:
    """The deviations that no entry covers."""
    return sorted(one for one in set(found) if not any(entry.covers(one) for entry in entries))


def stale(found: Iterable[Deviation], entries: Sequence[Known], judged: set[str]) -> list[Known]:
    """The entries that nothing deviates by any more, for the systems that were judged."""
    every = list(found)
    mine = [entry for entry in entries if entry.system in judged]
    return [entry for entry in mine if not any(entry.covers(one) for one in every)]
