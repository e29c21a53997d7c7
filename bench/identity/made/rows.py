"""Records of a set, numbered and cut into parts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from random import Random

import pyarrow as pa

Row = Mapping[str, str | None]
PART = 20_000


def cut(columns: Sequence[str], rows: Iterable[Row], records: int) -> Iterator[pa.Table]:
    """The first ``records`` rows as text under ``id`` and the columns, in parts."""
    schema = pa.schema([(name, pa.string()) for name in ("id", *columns)])
    numbered = ({**row, "id": str(number)} for number, row in enumerate(islice(rows, records)))
    while part := list(islice(numbered, PART)):
        yield pa.Table.from_pylist(part, schema)


def shuffled(dice: Random, rows: list[Row]) -> list[Row]:
    """In an order that says nothing."""
    dice.shuffle(rows)
    return rows
