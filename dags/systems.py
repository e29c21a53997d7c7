"""The systems there are, read from the mapping files alone: cheap enough for every parse of a DAG file."""

import os
from dataclasses import dataclass
from pathlib import Path

from hub.mapping.strict_yaml import parse

MAPPINGS = Path(__file__).resolve().parents[1] / "mappings"


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
        one for one in folder.glob("*.yml") if one.stem != "customer" and (not used or one.stem in used)
    )
    found = [parse(one.read_text("utf-8"), f"mappings/{one.name}") for one in files]
    return [ScheduledSystem(one["system"], one["title"], one["department"], one["schedule"]) for one in found]
