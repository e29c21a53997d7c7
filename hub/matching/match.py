"""``klantbeeld match``: who is who in a file, by the matching engine, without a system or a store."""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from csv import Error as CsvError
from csv import reader
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import compute, csv, parquet

from hub.flow.errors import FlowError
from hub.flow.hub import weights_of
from hub.identity.accuracy import Accuracy, accuracy
from hub.identity.engine import Matched, match
from hub.identity.explaining import Why, why
from hub.identity.vocabulary import vocabulary
from hub.identity.weights import Weights
from hub.mapping.load import HERE, load
from hub.matching.columns import BadColumns, Columns, called, columns_of
from hub.matching.described import Describer, describe
from hub.model.keys import KINDS, Kind
from hub.model.sheets import BEHIND, FORMULA, inert
from hub.store.private import whole

DELIMITERS = (",", ";", "\t")
_INERT = {f"^({FORMULA})": r"'\1", BEHIND: r"\1'\2"}
"""As :func:`hub.model.sheets.inert` does it, for a whole column."""
_WRITTEN = {f"^'({FORMULA})": r"\1", BEHIND.replace(")(", ")'(", 1): r"\1\2"}
"""What takes the apostrophes of a file of ours away."""
HEAD = 65_536
"""Bytes of a first line that are looked at."""
COMMON, COMMON_SHARE = 20, 0.005
"""Rows, and share of all, from which a mail domain is a provider's."""


class NoSuchPair(FlowError):
    """Two rows that cannot be compared; says which there are."""


class UnreadableFile(FlowError):
    """A file is neither CSV nor Parquet, or not whole; says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who is who in a file."""

    clusters: Sequence[str]
    """Row → its cluster: ``person 17`` is that of the person in row 17, the first of them (from 0)."""
    pairs: int
    """How many pairs were compared."""
    seconds: float
    accuracy: Accuracy | None = None
    """Where the truth was told."""
    why: Why | None = None
    """Where a pair was asked about."""

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        told = {"seconds": self.seconds, **({"why": asdict(self.why)} if self.why else {})}
        if self.accuracy is not None:
            return {**self.accuracy.as_dict(), **told}
        sizes = Counter(self.clusters)
        largest = max(sizes.values(), default=0)
        return {"records": len(self.clusters), "clusters": len(sizes), "largest_cluster": largest, **told}


def match_file(
    file: Path,
    told: Mapping[str, str],
    kind: Kind | None = None,
    truth: str | None = None,
    explain: tuple[int, int] | None = None,
    out: Path | None = None,
    *,
    as_hub: bool = False,
) -> Outcome:
    """Match the rows of a CSV or Parquet file. Raises UnreadableFile, BadColumns and NoSuchPair.

    ``told``: column → what it holds, where its name does not say so. ``kind``: of all rows; else as the
    columns say. ``truth``: a column that names the customer a row is about; it is not looked at but to judge.
    ``explain``: two rows (the first is 0) to explain. ``out``: a CSV file to write the rows with their
    clusters to. ``as_hub``: judge as stored records are judged, instead of learning from the file.
    """
    began = time.monotonic()
    table = read(file)
    if truth is not None and truth not in table.column_names:
        names = table.column_names
        raise BadColumns(f"there is no column '{truth}'; the file has {called(names, names)}")
    columns = columns_of([one for one in table.column_names if one != truth], told, kind)
    kinds, described = describe(table, describer_of(table, columns))
    found = {kind: match(described[kind], shipped(kind), stored=as_hub) for kind in KINDS}
    rows = {kind: [row for row, one in enumerate(kinds) if one == kind] for kind in KINDS}
    clusters = [""] * table.num_rows
    for one, mine in rows.items():
        for row, group in zip(mine, found[one].groups, strict=True):
            clusters[row] = f"{one} {mine[group]}"
    took = round(time.monotonic() - began, 2)
    if out is not None:
        _write(table.append_column("cluster", pa.array(clusters, pa.string())), out)
    judged = accuracy(table[truth].to_pylist(), clusters) if truth is not None else None
    pairs = sum(one.pairs for one in found.values())
    return Outcome(clusters, pairs, took, judged, _why(explain, rows, described, found) if explain else None)


def _why(
    pair: tuple[int, int],
    rows: Mapping[Kind, list[int]],
    described: Mapping[Kind, pa.Table],
    found: Mapping[Kind, Matched],
) -> Why:
    for kind, mine in rows.items():
        if pair[0] != pair[1] and {*pair} <= {*mine}:
            left, right = (mine.index(row) for row in pair)
            return why(described[kind], found[kind].fitted, left, right)
    total = sum(map(len, rows.values()))
    raise NoSuchPair(
        f"rows {pair[0]} and {pair[1]}: give two rows from 0 to {total - 1}, both of people or both of "
        "organisations"
    )


def read(file: Path) -> pa.Table:
    """A file's rows, every value as text. Raises UnreadableFile."""
    try:
        found = parquet.read_table(file) if file.suffix == ".parquet" else _rows(file)
        texts = [_text(column) for column in found.columns]
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        why = _wrong(file, str(error))
        raise UnreadableFile(f"{file}: {why}; give a CSV in UTF-8 or a .parquet file") from None
    names = [name.strip() for name in found.column_names]
    if twice := sorted(name for name, number in Counter(names).items() if number > 1):
        raise UnreadableFile(
            f"{file}: more than one column is called {called(twice, names)}; rename all but one"
        )
    return pa.table(texts, names=names)


def _rows(file: Path) -> pa.Table:
    how = csv.ParseOptions(delimiter=_delimiter(file))
    names = csv.open_csv(file, parse_options=how).schema.names
    as_text = csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False)
    found = csv.read_csv(file, parse_options=how, convert_options=as_text)
    bare = [_replaced(one, _WRITTEN) for one in found.columns]
    return pa.table(bare, names=found.column_names)


def _wrong(file: Path, said: str) -> str:
    """What is wrong with a file, in our words: the library's quote the row it stumbles over."""
    if file.suffix == ".parquet":
        return "it is no Parquet file, or not whole"
    return "a cell is not UTF-8" if "UTF8" in said else _odd_row(file) or "it cannot be read as CSV"


def _odd_row(file: Path) -> str:
    """The first row (from 0, as ours are counted) with more or fewer cells than the line of names."""
    with file.open(encoding="utf-8", errors="replace", newline="") as lines, suppress(CsvError):
        rows = filter(None, reader(lines, delimiter=_delimiter(file)))
        wide = len(next(rows, []))
        for number, row in enumerate(rows):
            if len(row) != wide:
                return f"row {number} has {len(row)} cells where the first line has {wide}"
    return ""


def _delimiter(file: Path) -> str:
    """What stands most often in the first line: exports have semicolons where the comma is a decimal sign."""
    with file.open("rb") as lines:
        head = lines.readline(HEAD).decode("utf-8", "replace")
    return max(DELIMITERS, key=head.count)


def _text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column as text; a whole number that a gap made a fraction (``4223.0``) is whole again."""
    if pa.types.is_floating(column.type):
        try:
            column = column.cast(pa.int64())
        except pa.ArrowInvalid:
            return column.cast(pa.string())
    return column.cast(pa.string())


def _replaced(column: pa.ChunkedArray, told: Mapping[str, str]) -> pa.ChunkedArray:
    for pattern, becomes in told.items():
        column = compute.replace_substring_regex(column, pattern, becomes)
    return column


def _write(table: pa.Table, out: Path) -> None:
    """Only its owner may read it: these are people."""
    cells = [_replaced(one, _INERT) if pa.types.is_string(one.type) else one for one in table.columns]
    with whole(out) as draft:
        csv.write_csv(pa.table(cells, names=[*map(inert, table.column_names)]), draft)


def describer_of(table: pa.Table, columns: Columns) -> Describer:
    """What describes the rows of this file: by the data office's rules, and by what is common in the file."""
    rules, shared = load(HERE).customer, _shared_domains(table, columns)
    words = {kind: vocabulary(spec) for kind, spec in rules.matching.items()}
    words = {kind: replace(one, public_domains=one.public_domains | shared) for kind, one in words.items()}
    return Describer(columns, words, rules.fields)


def _shared_domains(table: pa.Table, columns: Columns) -> frozenset[str]:
    """Mail domains so common in the file that they are no firm's own."""
    counted: Counter[str] = Counter()
    for column in columns.roles.get("email", ()):
        counted.update((text or "").rpartition("@")[2].strip().lower() for text in table[column].to_pylist())
    least = max(COMMON, table.num_rows * COMMON_SHARE)
    return frozenset(domain for domain, rows in counted.items() if rows >= least)


def shipped(kind: Kind) -> Weights:
    """The weights in ``mappings/matching/``. Raises BadWeights and BadFile."""
    return weights_of(load(HERE))[kind]
