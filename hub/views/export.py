"""Golden records as a file, one row each: streamed, and complete or not there at all."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib import import_module
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import IO, Any, Literal, get_args

import orjson

from hub.flow.hub import Hub
from hub.mapping.load import Mappings
from hub.mapping.paths import Path as Where
from hub.mapping.paths import get
from hub.model.keys import Kind
from hub.model.sheets import inert
from hub.store import golden as goldens
from hub.store.golden import Golden
from hub.store.private import whole

Format = Literal["ndjson", "csv", "parquet"]
FORMATS: tuple[str, ...] = get_args(Format)
BATCH = 1_000
"""Records in memory at a time."""
SEPARATOR = " | "

Batches = Iterator[Sequence[Golden]]
Write = Callable[[IO[bytes], Batches, Sequence["Column"]], None]


@dataclass(frozen=True, slots=True)
class Column:
    """One flat column of a table of golden records."""

    name: str
    """``name.given_name``: the parts of a value by dotted names."""
    whole: bool = False
    """A whole number; everything else is text (an amount as decimal text)."""

    @property
    def where(self) -> Where:
        """Its place in the golden document."""
        return tuple(self.name.split("."))


def export(hub: Hub, kind: Kind, file: Path, form: Format, tell: Callable[[int], None]) -> int:
    """Write every golden record of a kind; returns how many.

    ``tell`` hears how many are written so far. Readable by its owner alone, and moved into place when it
    is whole: an earlier file stands until then. Raises OSError.
    """
    total = 0

    def counted(batches: Batches) -> Batches:
        nonlocal total
        for batch in batches:
            yield batch
            total += len(batch)
            tell(total)

    with hub.store.read() as connection, whole(file) as draft, draft.open("wb") as made:
        everyone = counted(_batches(goldens.everyone(connection, kind, BATCH)))
        _WRITERS[form](made, everyone, columns(hub.mappings, kind))
    return total


def _batches(everyone: Iterator[Golden]) -> Batches:
    while batch := list(islice(everyone, BATCH)):
        yield batch


def columns(mappings: Mappings, kind: Kind) -> list[Column]:
    """The flat columns of a kind, in the order of the shared schema."""
    found = [Column("golden_id")]
    for name, spec in mappings.schema["$defs"][kind]["properties"].items():
        shape = _resolved(mappings.schema, spec)
        parts = shape.get("properties", {}) if shape.get("type") == "object" else {}
        found += [Column(f"{name}.{part}") for part in parts]
        found += [] if parts else [Column(name, shape.get("type") == "integer")]
    return [*found, Column("systems"), Column("changed_at")]


def _resolved(schema: Mapping[str, Any], spec: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = schema["$defs"][spec["$ref"].rsplit("/", 1)[1]] if "$ref" in spec else spec
    return found


def _document(one: Golden) -> dict[str, Any]:
    return {
        "golden_id": one.golden_id,
        "kind": one.kind,
        **one.document,
        "systems": one.systems,
        "changed_at": one.changed_at,
    }


def _cells(one: Golden, wanted: Sequence[Column]) -> list[Any]:
    document = _document(one)
    return [_cell(get(document, column.where)) for column in wanted]


def _cell(value: Any) -> Any:
    return SEPARATOR.join(map(str, value)) if isinstance(value, list | tuple) else value


def _ndjson(file: IO[bytes], batches: Batches, _: Sequence[Column]) -> None:
    for batch in batches:
        file.writelines(orjson.dumps(_document(one), option=orjson.OPT_APPEND_NEWLINE) for one in batch)


def _csv(file: IO[bytes], batches: Batches, wanted: Sequence[Column]) -> None:
    text = TextIOWrapper(file, "utf-8", newline="")
    writer = csv.writer(text)
    writer.writerow([column.name for column in wanted])
    for batch in batches:
        writer.writerows(map(_inert, _cells(one, wanted)) for one in batch)
    text.flush()
    text.detach()


def _inert(cell: Any) -> Any:
    return inert(cell) if isinstance(cell, str) else cell


def _parquet(file: IO[bytes], batches: Batches, wanted: Sequence[Column]) -> None:
    # Imported here: the other formats do without its second. It has no types.
    pa: Any = import_module("pyarrow")
    parquet: Any = import_module("pyarrow.parquet")
    schema = pa.schema([(one.name, pa.int64() if one.whole else pa.string()) for one in wanted])
    with closing(parquet.ParquetWriter(file, schema)) as writer:
        for batch in batches:
            rows = [_cells(one, wanted) for one in batch]
            cells = [list(column) for column in zip(*rows, strict=True)]
            writer.write_table(pa.table(cells, schema=schema))


_WRITERS: Mapping[str, Write] = {"ndjson": _ndjson, "csv": _csv, "parquet": _parquet}
