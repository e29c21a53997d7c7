"""Files with people in them are for whoever runs the hub, and nobody else on the machine."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def folder(path: Path) -> None:
    """A folder only its owner may look into, and all it is made in; one that is there stays as it is."""
    for one in (*reversed(path.parents), path):
        if not one.is_dir():
            one.mkdir(mode=0o700, exist_ok=True)


def file(path: Path) -> None:
    """An empty file only its owner may read, before anything is in it; one that is there stays as it is."""
    folder(path.parent)
    if not path.exists():
        path.touch(mode=0o600)


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A draft that takes the file's place when the block ends, and is gone when it raises.

    Only its owner may read it. Raises OSError.
    """
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    draft = Path(name)
    try:
        yield draft
        os.fsync(descriptor)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    finally:
        os.close(descriptor)
