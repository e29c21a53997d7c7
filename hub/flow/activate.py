"""A changed mapping file becomes the active one: it is read, and what follows is there to be planned."""

from collections.abc import Sequence
from dataclasses import replace

from hub.flow.errors import NotFound
from hub.flow.hub import Hub
from hub.flow.mappings import Waiting, ruling, waiting
from hub.flow.pull.admit import admit
from hub.flow.pull.remap import keep_up
from hub.mapping.strict_yaml import BadFile
from hub.store import mapping_files
from hub.store.runs import Counts


def changed_files(hub: Hub) -> list[Waiting]:
    """The files that are not in force as they stand."""
    if hub.on_disk is None:
        return []
    with hub.store.read() as connection:
        return waiting(mapping_files.in_force(connection), hub.on_disk)


def proposed(hub: Hub, files: Sequence[Waiting]) -> Hub:
    """The hub as it would be with these files in force."""
    if hub.on_disk is None:
        return hub
    with hub.store.read() as connection:
        known = mapping_files.in_force(connection)
    return replace(hub, mappings=ruling(known, hub.on_disk, [one.system for one in files]))


def to_activate(hub: Hub, system: str | None) -> list[Waiting]:
    """The changed file of a system, or every one. Raises NotFound where nothing waits, and BadFile."""
    found = [one for one in changed_files(hub) if system in (None, one.system)]
    if wrong := [line for one in found for line in one.broken]:
        raise BadFile("\n".join(wrong))
    if not found:
        if system is not None and (hub.on_disk is None or system not in hub.on_disk.systems):
            hub.mapping(system)
        what = (
            f"mappings/{system}.yml is in force as it stands" if system else "all mapping files are in force"
        )
        raise NotFound(f"{what}; there is nothing to activate")
    return found


def activated(hub: Hub, system: str, run_id: str, who: str, why: str) -> Counts:
    """The file of a hub that has it as :func:`proposed` is in force; counts of what was read again.

    Raises BatchStopped where a batch rule stops what it reads; it is in force for all that.
    """
    keep_up(hub, system, who, why)
    return admit(hub, system, run_id)
