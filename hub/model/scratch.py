"""A folder for what is needed for a while: its owner's alone, and gone when its process is.

Processes end without a word (killed, or forked by who leaves by ``os._exit``), so the next one to need such a
folder removes those that nobody holds any more.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir, mkdtemp


@contextmanager
def scratch(prefix: str, within: Path | None = None) -> Iterator[Path]:
    """A new folder, for as long as the block runs.

    ``within``: the folder it is made in, else the one for temporary files. ``prefix``: of its name; folders
    of that name are nobody else's.
    """
    parent = within or Path(gettempdir())
    for one in parent.glob(f"{escape(prefix)}*"):
        _remove_if_left(one)
    folder, held = _held(prefix, parent)
    owner = os.getpid()
    try:
        yield folder
    finally:
        if os.getpid() == owner:  # a forked child that ends leaves it to who made it
            rmtree(folder, ignore_errors=True)
        os.close(held)


def _held(prefix: str, parent: Path) -> tuple[Path, int]:
    while True:
        folder = Path(mkdtemp(prefix=prefix, dir=parent))
        held = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        fcntl.flock(held, fcntl.LOCK_EX)
        if _is(folder, held):
            return folder, held
        os.close(held)  # somebody removed it before it was held


def _remove_if_left(folder: Path) -> None:
    try:
        found = os.open(folder, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_DIRECTORY)
    except OSError:  # somebody else's, or gone by now
        return
    try:
        if os.fstat(found).st_uid == os.getuid():
            fcntl.flock(found, fcntl.LOCK_EX | fcntl.LOCK_NB)
            rmtree(folder, ignore_errors=True)
    except OSError:  # in use
        return
    finally:
        os.close(found)


def _is(folder: Path, held: int) -> bool:
    try:
        return folder.stat().st_ino == os.fstat(held).st_ino
    except FileNotFoundError:
        return False
