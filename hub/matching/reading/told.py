"""What is told of a file before anybody in it is matched: how each column is read, and what is not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hub.matching.reading.files import Source
from hub.matching.reading.homes import Home
from hub.matching.reading.roles import LEFT_OUT, Reading

SHOWN = 3
"""Samples of a column."""
ODD_SHOWN = 10
"""Odd rows told by number; the others are counted."""


@dataclass(frozen=True, slots=True)
class Column:
    """How one column is read, and how well."""

    reading: Reading
    filled: int
    """Cells that say something."""
    looked_at: int
    """Different ones of those that were tried."""
    read: int
    """Of those, how many could be read."""
    samples: tuple[str, ...]
    """As read: for the eyes of whoever has the file, in no log."""
    note: str = ""
    """How its dates are written, why it has another name than in the file."""
    placeholders: int = 0
    """Of those that could not be read, how many are known to be nobody's."""

    def as_dict(self) -> dict[str, Any]:
        """For JSON, without a cell of it."""
        one = self.reading
        told = {"column": one.column, "role": one.role or None, "by": one.how or None, "filled": self.filled}
        if one.role:
            told |= {"looked_at": self.looked_at, "read": self.read}
        more = {"ignored": one.why, "looks_like": one.like, "note": self.note}
        return told | {name: text for name, text in more.items() if text}


@dataclass(frozen=True, slots=True)
class Told:
    """How a file is read."""

    source: Source
    columns: Sequence[Column]
    home: Home | None
    """Of its national telephone numbers; None without a column of telephones."""
    kinds: str
    """What its rows are about."""
    doubt: str = ""
    """Why that may be wrong."""

    @property
    def argument(self) -> str:
        """What ``--columns`` would be given to read the file so: ready to be changed."""
        pairs = (f"{one.reading.column}={one.reading.role or LEFT_OUT}" for one in self.columns)
        return ",".join(f'"{one}"' if "," in one or '"' in one else one for one in pairs)

    @property
    def notes(self) -> list[str]:
        """Sentences about the whole file."""
        found = [self.kinds]
        if self.home is not None:
            found.append(f"National telephone numbers are read as of {self.home.country}: {self.home.why}.")
        return found

    @property
    def warnings(self) -> list[str]:
        """What somebody should look at: columns that look like evidence and are not read, odd rows."""
        doubts = [self.doubt] if self.doubt else []
        return [*doubts, *self._not_understood(), *self._unreadable(), *self._odd()]

    def as_dict(self) -> dict[str, Any]:
        """For JSON: a file's names of columns, and nothing of its rows."""
        odd = [{"row": one.row, "line": one.line, "cells": one.cells} for one in self.source.odd]
        return {
            "file": {
                "form": self.source.form,
                "rows": self.source.table.num_rows,
                "left_out": odd,
                "kinds": self.kinds,
                "home": self.home.country if self.home else None,
            },
            "columns": [one.as_dict() for one in self.columns],
            "columns_argument": self.argument,
            "warnings": self.warnings,
        }

    def _not_understood(self) -> Iterator[str]:
        for one in self.columns:
            if like := one.reading.like:
                argument = f"--columns '{one.reading.column}={like}'"
                yield f"column '{one.reading.column}' looks like {like} and is not read; if it is: {argument}"

    def _unreadable(self) -> Iterator[str]:
        for one in self.columns:
            if one.reading.role and 2 * (one.read + one.placeholders) < one.looked_at:
                yield (
                    f"column '{one.reading.column}' is read as {one.reading.role}, and of {one.looked_at} "
                    f"different cells looked at only {one.read} can be"
                )

    def _odd(self) -> Iterator[str]:
        odd = self.source.odd
        yield from (f"{one.told(self.source.wide)}; it is left out" for one in odd[:ODD_SHOWN])
        if len(odd) > ODD_SHOWN:
            yield f"{len(odd)} rows are left out so; with --strict nothing is matched then"
