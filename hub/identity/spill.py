"""A folder for what does not fit in memory: its owner's alone, and gone when its process is.

Processes end without a word (killed, or forked by who leaves by ``os._exit``), so the next one to need such a
folder removes those that nobody holds any more.
"""

import fcntl
import os
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir, mkdtemp

PREFIX = "klantbeeld-match-"


def spill() -> Path:
    """A new folder, held until this process ends."""
    for one in Path(gettempdir()).glob(f"{PREFIX}*"):
        _remove_if_left(one)
    while True:
        folder = Path(mkdtemp(prefix=PREFIX))
        held = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)  # never closed: it is what holds the folder
        fcntl.flock(held, fcntl.LOCK_EX)
        if _is(folder, held):
            return folder
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
