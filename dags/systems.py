"""The systems there are, read from the mapping files alone: cheap enough for every parse of a DAG file."""

import os
from dataclasses import dataclass
from pathlib import Path

from hub.mapping.cron import is_cron
from hub.mapping.strict_yaml import BadFile, parse

MAPPINGS = Path(__file__).resolve().parents[1] / "mappings"

_SHARED = ("customer", "views")
"""The files that are no system's."""


@dataclass(frozen=True, slots=True)
class ScheduledSystem:
    """What a DAG needs to know of a system."""

    name: str
    title: str
    department: str
    schedule: str


def systems(folder: Path = MAPPINGS) -> list[ScheduledSystem]:
    """Every mapped system that this installation uses (``KLANTBEELD_SYSTEMS``), by name."""
    used = {one.strip() for one in os.environ.get("KLANTBEELD_SYSTEMS", "").split(",") if one.strip()}
    files = sorted(
        one for one in folder.glob("*.yml") if one.stem not in _SHARED and (not used or one.stem in used)
    )
    return [_scheduled(one) for one in files]


def _scheduled(file: Path) -> ScheduledSystem:
    """What a file says; of one with a mistake what its top still says, for the stored one goes on ruling."""
    text = file.read_text("utf-8-sig", "replace")
    try:
        found = parse(text, f"mappings/{file.name}")
        told = {name: one for name, one in found.items() if isinstance(one, str)}
    except BadFile:
        lines = (line.partition(":") for line in text.splitlines())
        told = {name: value.split(" #")[0].strip(" \"'") for name, _, value in lines}
    title, department = told.get("title") or file.stem, told.get("department") or "nobody"
    schedule = told.get("schedule", "")
    return ScheduledSystem(file.stem, title, department, schedule if is_cron(schedule) else "@hourly")
