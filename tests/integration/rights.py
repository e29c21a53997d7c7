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
    """Every user may go to a folder below the system's temporary one, which is left as it is.

    Raises ValueError for one elsewhere, and changes nothing there: what is above it may be anybody's.
    """
    shared = Path(tempfile.gettempdir()).resolve()
    above = [folder.resolve(), *folder.resolve().parents]
    if shared not in above[1:]:
        raise ValueError(f"a test's folder that all may reach must be below {shared}; leave out --basetemp")
    for one in above[: above.index(shared)]:
        one.chmod(0o755)
