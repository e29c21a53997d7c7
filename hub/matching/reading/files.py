"""A file as a table of texts, with what was seen of it on the way."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import compute, parquet

from hub.flow.errors import FlowError
from hub.matching.reading.delimiters import DELIMITERS, LOOK, delimiter_of, told
from hub.matching.reading.encodings import encoding_of
from hub.model.sheets import BEHIND, FORMULA

_WRITTEN = {f"^'({FORMULA})": r"\1", BEHIND.replace(")(", ")'(", 1): r"\1\2"}
"""What takes the apostrophes of a file of ours away."""
_PART = 50_000
"""Rows that are held as Python's texts at a time."""
_ZIP = b"PK\x03\x04"
ADVICE = "give a CSV (UTF-8, UTF-16 or Windows-1252) or a .parquet file"


class UnreadableFile(FlowError):
    """A file is neither CSV nor Parquet, or not whole; says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class OddRow:
    """A row with more or fewer cells than the line of names: what stands where, nobody knows."""

    row: int
    """From 0, as all rows are counted."""
    line: int
    """Of the file, from 1: where it ends."""
    cells: int

    def told(self, wide: int) -> str:
        """Where it is, and what is odd."""
        cells = "1 cell" if self.cells == 1 else f"{self.cells} cells"
        return f"row {self.row} (line {self.line} of the file) has {cells} where the first line has {wide}"


@dataclass(frozen=True, slots=True)
class Source:
    """What a file holds."""

    table: pa.Table
    """Every cell as text, the odd rows too, filled up with empty cells."""
    form: str
    """``Parquet``, or what a CSV is written in: ``UTF-8, parted by commas``."""
    wide: int
    """Cells of the first line."""
    odd: Sequence[OddRow] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    """Column → why it is not called as in the file."""

    @property
    def even(self) -> pa.Table:
        """The rows that can be matched."""
        if not self.odd:
            return self.table
        odd = {one.row for one in self.odd}
        kept = [row for row in range(self.table.num_rows) if row not in odd]
        return self.table.take(pa.array(kept, pa.int64()))


def opened(file: Path) -> Source:
    """Read a CSV or Parquet file. Raises UnreadableFile, in our words: a library's quote the row."""
    try:
        return _parquet(file) if file.suffix == ".parquet" else _csv(file)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        raise UnreadableFile(f"{file}: it is no Parquet file, or not whole; {ADVICE}") from None
    except csv.Error:
        why = "a cell is longer than any text of a customer; is a quote before it left open?"
        raise UnreadableFile(f"{file}: {why} Mend it, or {ADVICE}") from None


def _parquet(file: Path) -> Source:
    found = parquet.read_table(file)
    names, renamed = _unlike(found.column_names)
    return Source(
        pa.table([_text(one) for one in found.columns], names=names), "Parquet", len(names), (), renamed
    )


def _text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column as text; a whole number that a gap made a fraction (``4223.0``) is whole again."""
    if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
        return pa.chunked_array([[_listed(one) for one in column.to_pylist()]], pa.string())
    if pa.types.is_floating(column.type):
        try:
            column = column.cast(pa.int64())
        except pa.ArrowInvalid:
            return column.cast(pa.string())
    return column.cast(pa.string())


def _listed(some: list[Any] | None) -> str | None:
    """A list as a cell of a CSV holds one: its values parted by semicolons."""
    return None if some is None else "; ".join(str(one) for one in some if one is not None)


def _csv(file: Path) -> Source:
    with file.open("rb") as some:
        if some.read(4) == _ZIP:
            raise UnreadableFile(f"{file}: it is a workbook or another zip file; save the sheet as CSV")
    how = encoding_of(file)
    with file.open(encoding=how.name, errors="replace", newline="") as text:
        delimiter, skipped = told(text.readline(LOOK)), 1
        if not delimiter:
            text.seek(0)
            delimiter, skipped = delimiter_of(text.read(LOOK)), 0
            text.seek(0)
        rows = csv.reader(text, delimiter=delimiter)
        head = next(filter(None, rows), None)
        if head is None:
            raise UnreadableFile(f"{file}: it is empty; {ADVICE}")
        while len(head) > 1 and not head[-1].strip():
            head.pop()
        names, renamed = _unlike(head)
        found = _Rows(rows, len(names), skipped)
        parts = [*found.parts()]
    if found.unclosed:
        raise UnreadableFile(
            f"{file}: a quote in row {found.number - 1} is never closed, and all behind it would be one "
            f"cell; close it, or {ADVICE}"
        )
    columns = _columns(parts, len(names))
    form = f"{how.called}, parted by {DELIMITERS.get(delimiter, repr(delimiter))}"
    for cell, column in enumerate(found.beyond(), len(names) + 1):
        names.append(_free(f"column {cell}", names))
        renamed[names[-1]] = "only odd rows have it"
        columns.append(column)
    return Source(pa.table(columns, names=names), form, found.wide, found.odd, renamed)


def _columns(parts: Sequence[Sequence[pa.Array]], wide: int) -> list[pa.ChunkedArray]:
    found = (pa.chunked_array([part[at] for part in parts], pa.string()) for at in range(wide))
    return [_bare(one) for one in found]


def _bare(column: pa.ChunkedArray) -> pa.ChunkedArray:
    for pattern, becomes in _WRITTEN.items():
        column = compute.replace_substring_regex(column, pattern, becomes)
    return column


def _unlike(head: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Names without blanks around them, each another, and why those are not as in the file."""
    names: list[str] = []
    renamed: dict[str, str] = {}
    twice = Counter(one.strip() for one in head)
    for at, one in enumerate(map(str.strip, head), 1):
        name = _free(one or f"column {at}", [*names, *(other for other in twice if other != one)])
        if name != one:
            renamed[name] = "another column has its name" if one else "it has no name in the first line"
        names.append(name)
    return names, renamed


def _free(name: str, taken: Sequence[str]) -> str:
    numbered = (f"{name} ({number})" for number in range(2, len(taken) + 3))
    return next(one for one in chain([name], numbered) if one not in taken)


class _Rows:
    """The rows below the names, part by part; those of another length are remembered."""

    def __init__(self, rows: Any, wide: int, skipped: int) -> None:
        self._rows, self.wide, self._skipped = rows, wide, skipped
        self.number = 0
        self.odd: list[OddRow] = []
        self.unclosed = False
        self._more: dict[int, list[str]] = {}

    def parts(self) -> Iterator[list[pa.Array]]:
        """Arrays of each column, some rows at a time."""
        rows = self._even()
        while part := [*islice(rows, _PART)]:
            yield [pa.array(cells, pa.string()) for cells in zip(*part, strict=True)]

    def beyond(self) -> list[pa.ChunkedArray]:
        """The columns for what stands behind the last name."""
        most = max(map(len, self._more.values()), default=0)
        cells = (
            [(self._more.get(row, [])[at : at + 1] or [""])[0] for row in range(self.number)]
            for at in range(most)
        )
        return [pa.chunked_array([one], pa.string()) for one in cells]

    def _even(self) -> Iterable[list[str]]:
        for row in self._rows:
            if not row:
                continue
            while len(row) > self.wide and not row[-1]:
                row.pop()
            if len(row) != self.wide:
                self._is_odd(row)
                row = (row + [""] * self.wide)[: self.wide]
            else:
                self.unclosed = False
            self.number += 1
            yield row

    def _is_odd(self, row: list[str]) -> None:
        self.odd.append(OddRow(self.number, self._rows.line_num + self._skipped, len(row)))
        if len(row) > self.wide:
            self._more[self.number] = row[self.wide :]
        self.unclosed = "\n" in row[-1]
