"""Files with people in them are for whoever runs the hub, and nobody else on the machine."""

from pathlib import Path


def folder(path: Path) -> None:
    """A folder only its owner may look into; one that is there stays as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.mkdir(mode=0o700, exist_ok=True)


def file(path: Path) -> None:
    """An empty file only its owner may read, before anything is in it; one that is there stays as it is."""
    folder(path.parent)
    if not path.exists():
        path.touch(mode=0o600)
