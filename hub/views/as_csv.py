"""A CSV file somebody opens in a spreadsheet: its owner's alone, whole or not there, and without formulas."""

import csv
import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any

_FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d .,()/|+-]*$)")
"""How a cell begins that a spreadsheet would work out; a number, a telephone number too, it may."""


def neutral(cell: Any) -> Any:
    """A cell that is shown and not worked out: a text that begins like a formula has an apostrophe first."""
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def rows_to(file: IO[bytes], head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows below their head."""
    text = TextIOWrapper(file, "utf-8", newline="")
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    text.flush()
    text.detach()


def whole(file: Path, write: Callable[[IO[bytes]], None]) -> None:
    """A file that is moved into place when it is whole: an earlier one stands until then. Raises OSError."""
    with tempfile.NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.", delete=False) as made:
        draft = Path(made.name)
        try:
            write(made)
            made.flush()
            draft.replace(file)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
