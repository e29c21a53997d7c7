"""What a user without rights may do."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65534


@contextmanager
def nobody() -> Iterator[None]:
    """As a user who may not write; a superuser may everything."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if before == 0:
            os.seteuid(before)


def may_be_reached(folder: Path) -> None:
    """Every user may go to the folder; the system's own temporary folder is left as it is."""
    shared = Path(tempfile.gettempdir()).resolve()
    for one in (folder, *folder.parents):
        if one.resolve() == shared:
            return
        one.chmod(0o755)
