"""What parts the cells of a line."""

import csv
import re
from contextlib import suppress
from io import StringIO
from itertools import islice

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
"""What may, as it is told."""
LOOK = 65_536
"""Characters that are looked at."""
_ROWS = 20
_TOLD = re.compile(r'"?sep=(.)"?\r?\n?', re.IGNORECASE)


def told(line: str) -> str:
    """The delimiter of a first line ``sep=;``, as Excel writes and reads it; else nothing."""
    found = _TOLD.fullmatch(line)
    return found[1] if found else ""


def delimiter_of(head: str) -> str:
    """The one that cuts most of the first rows in as many cells as the first, and that in most cells."""
    return max(DELIMITERS, key=lambda one: _fits(head, one))


def _fits(head: str, delimiter: str) -> tuple[int, int]:
    widths: list[int] = []
    with suppress(csv.Error):
        rows = csv.reader(StringIO(head, newline=""), delimiter=delimiter)
        widths = [len(row) for row in islice(filter(None, rows), _ROWS)]
    if not widths or widths[0] < 2:
        return 0, 0
    return 2 * sum(one == widths[0] for one in widths) >= len(widths), widths[0]
