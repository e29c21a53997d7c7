"""Mapping files that change under a hub, and what must be the same when they are put back."""

import shutil
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

from hub.golden.record import SourceRecord
from hub.mapping.load import HERE, Mappings, load
from sandbox.app import SYSTEMS
from sandbox.core.standin import Rows
from tests.databases import Databases
from tests.integration.household import Customer, rows
from tests.integration.stage import Stage, Staged, keys

_NUMBERS = count(1)
Edit = tuple[str, str, str]
"""System, what its file says, and what it says instead."""
ONE, TWO, THREE = Customer(1), Customer(2), Customer(3)
FONE: Edit = ("zendesk", "{from: [phone], codec", "{from: [fone], codec")
PAID: Edit = ("moneybird", "late]", "never]")
SWAPPED: Edit = (
    "hubspot",
    "                customer: [customer, evangelist]\n                former: [other]",
    "                former: [customer, evangelist]\n                customer: [other]",
)
NO_USERS: Edit = ("zendesk", "when: {is: {role: [end-user]}}", "when: {is: {role: [nobody]}}")


def shipped(folder: Path, *edits: Edit) -> Path:
    """A folder with the shipped files, some lines of them changed."""
    made = folder / f"mappings{next(_NUMBERS)}"
    shutil.copytree(HERE, made)
    for system, old, new in edits:
        file = made / f"{system}.yml"
        text = file.read_text("utf-8")
        assert old in text, (system, old)
        file.write_text(text.replace(old, new), "utf-8")
    return made


def changed(folder: Path, *edits: Edit) -> Mappings:
    """The shipped mappings with some lines changed; without batch rules, which cost time."""
    found = load(shipped(folder, *edits), frozenset(kind.name for kind in SYSTEMS))
    systems = {
        name: replace(system, objects={obj: replace(one, batch={}) for obj, one in system.objects.items()})
        for name, system in found.systems.items()
    }
    return replace(found, systems=systems)


def put(hub: Staged, mappings: Mappings) -> None:
    """These files are in force from now on."""
    hub.mappings = mappings
    hub.hub = replace(hub.hub, mappings=mappings)


@dataclass(frozen=True)
class Picture:
    """All the hub believes."""

    records: list[SourceRecord]
    golden: dict[str, tuple[Any, Any, tuple[str, ...]]]
    clusters: set[frozenset[str]]


def picture(hub: Staged) -> Picture:
    """All the hub believes now."""
    golden = {one.golden_id: (one.document, one.provenance, one.systems) for one in hub.golden()}
    return Picture(hub.records(), golden, hub.clusters())


def said_of(hub: Staged, name: str) -> dict[str, Any]:
    """Golden id → what stands in a field."""
    return {one.golden_id: one.document.get(name) for one in hub.golden() if one.document.get(name)}


def seeds() -> dict[str, Rows]:
    """Customer 2 is known in Zendesk by the telephone number alone, customer 3 has one of its own there."""
    seeds = {
        name: {obj: list(some) for obj, some in one.items()}
        for name, one in rows([ONE, TWO, THREE], [ONE]).items()
    }
    users: Any = seeds["zendesk"]["users"]
    users[1]["email"] = "ander@elders.nl"
    users[2]["phone"] = "+31612999888"
    return seeds  # type: ignore[return-value]


def ready(stage: Stage, databases: Databases) -> Staged:
    """A hub that has settled, somebody having typed since the first load."""
    hub = stage.hub(databases)
    hub.sync(3)
    stage.edit("zendesk", "users", ONE.key("zendesk", "person"), {"phone": "+31687654321"})
    hub.sync(3)
    mark = stage.mark()
    hub.sync()
    assert keys(stage.by_hub(mark)) == []
    return hub
