"""How the driver gives the hub another mapping file: the one place that knows.

The worst that can happen to it: nobody previews the file, and the hub that runs next has it in force.
"""

import shutil
from dataclasses import replace
from pathlib import Path

from bench.edits.stage import NAMES, unjudged
from hub.flow.hub import Hub
from hub.mapping.load import HERE, load


def change_mapping(hub: Hub, system: str, document: str, room: Path) -> Hub:
    """The hub, having ``document`` (YAML text) as the mapping file of one system; the others as shipped.

    ``room``: a folder for the files; each call makes one of its own in it, for files are read once.
    """
    folder = room / f"mappings{len(list(room.glob('mappings*')))}"
    shutil.copytree(HERE, folder, ignore=shutil.ignore_patterns("*.md", "__pycache__"))
    (folder / f"{system}.yml").write_text(document, "utf-8")
    return replace(hub, mappings=unjudged(load(folder, NAMES)))


def shipped_text(system: str) -> str:
    """The mapping file as it is shipped."""
    return (HERE / f"{system}.yml").read_text("utf-8")
