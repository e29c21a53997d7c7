"""``klantbeeld match``: who is who in a file, by the matching engine, without a system or a store."""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import compute, csv

from hub.flow.errors import FlowError
from hub.flow.hub import weights_of
from hub.identity.accuracy import Accuracy, accuracy
from hub.identity.engine import Matched, match
from hub.identity.explaining import Why
from hub.identity.vocabulary import vocabulary
from hub.identity.weights import Weights
from hub.mapping.load import HERE, load
from hub.matching.columns import Columns
from hub.matching.described import Describer, describe
from hub.matching.explained import explained
from hub.matching.file_read import FileRead, read_file
from hub.matching.reading.files import Source, opened
from hub.matching.reading.told import Told
from hub.model.keys import KINDS, Kind
from hub.model.sheets import BEHIND, FORMULA, inert
from hub.store.private import whole

_INERT = {f"^({FORMULA})": r"'\1", BEHIND: r"\1'\2"}
"""As :func:`hub.model.sheets.inert` does it, for a whole column."""
COMMON, COMMON_SHARE = 20, 0.005
"""Rows, and share of all, from which a mail domain is a provider's."""


class NoSuchPair(FlowError):
    """Two rows that cannot be compared; says which there are."""


@dataclass(frozen=True, slots=True)
class Part:
    """How the rows of one kind were matched."""

    rows: Sequence[int]
    """Described row → its number in the file."""
    described: pa.Table
    matched: Matched
    """With the pairs that were weighed."""
    stored: bool
    """Whether they were judged as stored records are."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who is who in a file."""

    clusters: Sequence[str]
    """Row → its cluster: ``person 17`` is that of the person in row 17, the first of them (from 0).

    Empty for a row that was left out.
    """
    pairs: int
    """How many pairs were compared."""
    seconds: float
    accuracy: Accuracy | None = None
    """Where the truth was told."""
    why: Why | None = None
    """Where a pair was asked about."""
    told: Told | None = None
    """How the file was read."""
    parts: Mapping[Kind, Part] = field(default_factory=dict)
    """Where asked for, of each kind that has rows."""

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        told = {"seconds": self.seconds, **({"why": asdict(self.why)} if self.why else {})}
        told |= self.told.as_dict() if self.told else {}
        if self.accuracy is not None:
            return {**self.accuracy.as_dict(), **told}
        sizes = Counter(filter(None, self.clusters))
        largest = max(sizes.values(), default=0)
        return {"records": sizes.total(), "clusters": len(sizes), "largest_cluster": largest, **told}


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
    See :func:`match_read` for the others.
    """
    return match_read(read_file(file, told, kind, truth), explain, out, as_hub=as_hub)


def match_read(
    read: FileRead,
    explain: tuple[int, int] | None = None,
    out: Path | None = None,
    *,
    as_hub: bool = False,
    keep: bool = False,
) -> Outcome:
    """Match the rows of a file that was read. Raises NoSuchPair.

    ``explain``: two rows (the first is 0) to explain. ``out``: a CSV file to write the rows with their
    clusters to. ``as_hub``: judge as stored records are judged, instead of learning from the file.
    ``keep``: how it was found comes with the answer.
    """
    began = time.monotonic()
    kinds, described = describe(read.table, describer_of(read.table, read.columns))
    asked = keep or explain is not None
    found = {kind: match(described[kind], shipped(kind), stored=as_hub, keep=asked) for kind in KINDS}
    rows = _rows(read.source, kinds)
    clusters = [""] * read.source.table.num_rows
    for one, mine in rows.items():
        for row, group in zip(mine, found[one].groups, strict=True):
            clusters[row] = f"{one} {mine[group]}"
    took = round(read.seconds + time.monotonic() - began, 2)
    if out is not None:
        _write(read, clusters, out)
    pairs = sum(one.pairs for one in found.values())
    told = _why(read, explain, rows, described, found, as_hub=as_hub) if explain else None
    parts = {kind: Part(mine, described[kind], found[kind], as_hub) for kind, mine in rows.items() if mine}
    judged = _judged(read, clusters)
    return Outcome(clusters, pairs, took, judged, told, read.told, parts if keep else {})


def _rows(source: Source, kinds: Sequence[Kind]) -> dict[Kind, list[int]]:
    """The rows of each kind, as they are counted in the file."""
    odd = {one.row for one in source.odd}
    numbers = (row for row in range(source.table.num_rows) if row not in odd)
    found: dict[Kind, list[int]] = {kind: [] for kind in KINDS}
    for row, kind in zip(numbers, kinds, strict=True):
        found[kind].append(row)
    return found


def _judged(read: FileRead, clusters: Sequence[str]) -> Accuracy | None:
    """Against the truth, the rows left out left out of it too."""
    if read.truth is None:
        return None
    return accuracy(read.table[read.truth].to_pylist(), [one for one in clusters if one])


def _why(
    read: FileRead,
    pair: tuple[int, int],
    rows: Mapping[Kind, list[int]],
    described: Mapping[Kind, pa.Table],
    found: Mapping[Kind, Matched],
    *,
    as_hub: bool,
) -> Why:
    for kind, mine in rows.items():
        if pair[0] != pair[1] and {*pair} <= {*mine}:
            return explained(read, mine, described[kind], found[kind], pair, as_hub=as_hub)
    left_out = sorted({*pair} & {one.row for one in read.source.odd})
    if left_out:
        raise NoSuchPair(
            f"row {left_out[0]} is left out: it has not as many cells as the first line; mend it"
        )
    last = read.source.table.num_rows - 1
    raise NoSuchPair(
        f"rows {pair[0]} and {pair[1]}: give two rows from 0 to {last}, "
        "both of people or both of organisations"
    )


def read(file: Path) -> pa.Table:
    """A file's rows, every value as text. Raises UnreadableFile."""
    return opened(file).table


def _replaced(column: pa.ChunkedArray, told: Mapping[str, str]) -> pa.ChunkedArray:
    for pattern, becomes in told.items():
        column = compute.replace_substring_regex(column, pattern, becomes)
    return column


def _write(read: FileRead, clusters: Sequence[str], out: Path) -> None:
    """Only its owner may read it: these are people. Clusters of an earlier match make way."""
    earlier = [one.reading.column for one in read.told.columns if one.reading.how == "own"]
    table = read.source.table.drop_columns(earlier).append_column("cluster", pa.array(clusters, pa.string()))
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
