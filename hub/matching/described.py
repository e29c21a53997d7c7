"""A file's rows as the matching engine compares them: batch by batch, a large file on every core."""

import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context

import pyarrow as pa

from hub.identity.described import described, joined
from hub.identity.features import Features, features
from hub.identity.vocabulary import Vocabulary
from hub.matching.columns import Columns
from hub.matching.reading.cells import bare
from hub.matching.rows import Fields
from hub.model.keys import KINDS, Kind

BATCH = 10_000
"""Rows described at a time; bounds memory."""
MANY = 50_000
"""Rows from which more processes repay their start."""

Batch = tuple[list[Kind], dict[Kind, pa.Table]]
"""The kind of each row, and the described rows of each kind."""


@dataclass(frozen=True, slots=True)
class Describer:
    """Describes a batch of rows, in whatever process."""

    columns: Columns
    words: Mapping[Kind, Vocabulary]
    fields: Mapping[Kind, Fields]

    def __call__(self, rows: pa.RecordBatch) -> Batch:
        kinds: list[Kind] = []
        found: dict[Kind, list[Features]] = {kind: [] for kind in KINDS}
        for row in self._rows(rows):
            kind, said, employer = self.columns.read(row, self.fields)
            marks = frozenset({f"n:{employer}"} if employer else ())
            kinds.append(kind)
            found[kind].append(features(kind, said, self.words[kind], marks))
        return kinds, {kind: described(kind, some, self.words[kind]) for kind, some in found.items()}

    def _rows(self, batch: pa.RecordBatch) -> Iterator[dict[str, str]]:
        """The cells that have a role, those that say nothing empty."""
        names = [one for some in self.columns.roles.values() for one in some]
        values = [bare(batch.column(one)).to_pylist() for one in names]
        for row in zip(*values, strict=True):
            yield dict(zip(names, row, strict=True))


def describe(table: pa.Table, describer: Describer, many: int = MANY) -> Batch:
    """All rows of a file; from ``many`` rows on in several processes."""
    kinds: list[Kind] = []
    parts: dict[Kind, list[pa.Table]] = {kind: [] for kind in KINDS}
    with _worked_off(table, describer, many) as batches:
        for some, tables in batches:
            kinds += some
            for kind, one in tables.items():
                parts[kind].append(one)
    return kinds, {kind: joined(kind, some) for kind, some in parts.items()}


@contextmanager
def _worked_off(table: pa.Table, describer: Describer, many: int) -> Iterator[Iterable[Batch]]:
    batches = table.to_batches(BATCH)
    if table.num_rows < many:
        yield map(describer, batches)
        return
    with ProcessPoolExecutor(len(os.sched_getaffinity(0)), mp_context=get_context("spawn")) as pool:
        yield pool.map(describer, batches)
