"""Some cells of each column, to decide by: never the whole of a large file."""

import pyarrow as pa
from pyarrow import compute

from hub.matching.reading.cells import bare
from hub.matching.reading.roles import Sample

TRIED = 200
"""Different cells of a column that are looked at."""
_ROWS = 5_000
"""Rows they are taken from, as far apart as the file allows."""


def sample(column: pa.ChunkedArray) -> Sample:
    """Of a column of texts."""
    apart = max(len(column) // _ROWS, 1)
    some = column.take(pa.array(range(0, len(column), apart))) if apart > 1 else column
    texts = different(some)
    return Sample(_filled(column), texts[:TRIED], len(texts) / max(_filled(some), 1))


def _filled(column: pa.ChunkedArray) -> int:
    return int(compute.sum(compute.not_equal(bare(column), "")).as_py() or 0)


def different(column: pa.ChunkedArray) -> list[str]:
    """All different cells of a column, those that say nothing left out."""
    return [one for one in compute.unique(bare(column)).to_pylist() if one]
