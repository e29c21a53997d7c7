"""Golden records as a file, one row each: streamed, and complete or not there at all."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from io import BytesIO, TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import IO, Any, Literal, get_args

import orjson

from hub.flow.faults import store_faults
from hub.flow.hub import Hub
from hub.mapping.load import Mappings
from hub.mapping.paths import Path as Where
from hub.mapping.paths import get
from hub.mapping.views import ALL, Sight
from hub.model.keys import Kind
from hub.model.sheets import inert
from hub.store import golden as goldens
from hub.store.golden import Golden
from hub.store.private import whole
from hub.views.sight import seen_of

Format = Literal["ndjson", "csv", "parquet"]
FORMATS: tuple[str, ...] = get_args(Format)
BATCH = 1_000
"""Records in memory at a time."""
SEPARATOR = " | "
_OURS = ("golden_id", "kind", "systems", "changed_at")
"""Columns that are the hub's own, and nobody's to mask."""

Batches = Iterator[Sequence[Golden]]
Add = Callable[[Sequence[Golden]], None]
Write = Callable[[IO[bytes], Sequence["Column"]], AbstractContextManager[Add]]
"""A format: given a file and the columns, what adds a batch to it; whole when the block ends."""


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
    wanted = columns(hub.mappings, kind)
    with (
        hub.store.read() as connection,
        whole(file) as draft,
        draft.open("wb") as made,
        _WRITERS[form](made, wanted) as add,
    ):
        for batch in _batches(goldens.everyone(connection, kind, BATCH)):
            add(batch)
            total += len(batch)
            tell(total)
    return total


def streamed(hub: Hub, kind: Kind, form: Format, sight: Sight = ALL) -> Iterator[bytes]:
    """The same piece by piece, as somebody with this sight sees them; a piece is a batch of records.

    Each batch is read by itself, so that who reads slowly holds up nobody: a record that changes meanwhile
    is there once, as it was before or after.
    """
    sink = BytesIO()
    with _WRITERS[form](sink, _seen_columns(columns(hub.mappings, kind), kind, sight)) as add:
        for batch in _pages(hub, kind):
            add([_seen(one, sight) for one in batch if sight.has(one.systems)])
            yield _drained(sink)
    yield _drained(sink)


def _pages(hub: Hub, kind: Kind) -> Batches:
    last = ""
    while True:
        with store_faults(), hub.store.read() as connection:
            some = list(islice(goldens.everyone(connection, kind, BATCH, after=last), BATCH))
        if not some:
            return
        yield some
        last = some[-1].golden_id


def _drained(sink: BytesIO) -> bytes:
    made = sink.getvalue()
    sink.seek(0)
    sink.truncate()
    return made


def _seen(one: Golden, sight: Sight) -> Golden:
    return one if sight == ALL else replace(one, document=seen_of(one.kind, one.document, sight))


def _seen_columns(every: Sequence["Column"], kind: Kind, sight: Sight) -> list["Column"]:
    """Without what is not seen; what is masked is a text, and has no parts."""
    if sight == ALL:
        return list(every)
    found: dict[str, Column] = {}
    for one in every:
        field, _, _ = one.name.partition(".")
        how = "shown" if field in _OURS else sight.of(kind, field)
        if how == "shown":
            found[one.name] = one
        elif how == "masked":
            found[field] = Column(field)
    return list(found.values())


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


@contextmanager
def _ndjson(file: IO[bytes], _: Sequence[Column]) -> Iterator[Add]:
    def add(batch: Sequence[Golden]) -> None:
        file.writelines(orjson.dumps(_document(one), option=orjson.OPT_APPEND_NEWLINE) for one in batch)

    yield add


@contextmanager
def _csv(file: IO[bytes], wanted: Sequence[Column]) -> Iterator[Add]:
    text = TextIOWrapper(file, "utf-8", newline="")
    writer = csv.writer(text)
    writer.writerow([column.name for column in wanted])

    def add(batch: Sequence[Golden]) -> None:
        writer.writerows(map(_inert, _cells(one, wanted)) for one in batch)
        text.flush()

    try:
        yield add
        text.flush()
    finally:
        text.detach()


def _inert(cell: Any) -> Any:
    return inert(cell) if isinstance(cell, str) else cell


@contextmanager
def _parquet(file: IO[bytes], wanted: Sequence[Column]) -> Iterator[Add]:
    # Imported here: the other formats do without its second. It has no types.
    pa: Any = import_module("pyarrow")
    parquet: Any = import_module("pyarrow.parquet")
    schema = pa.schema([(one.name, pa.int64() if one.whole else pa.string()) for one in wanted])
    with closing(parquet.ParquetWriter(_Counting(file), schema)) as writer:

        def add(batch: Sequence[Golden]) -> None:
            if batch:
                rows = [_cells(one, wanted) for one in batch]
                cells = [list(column) for column in zip(*rows, strict=True)]
                writer.write_table(pa.table(cells, schema=schema))

        yield add


class _Counting:
    """A file that knows where it is though what was written is taken away: Parquet ends with places."""

    closed = False

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._written = file, 0

    def write(self, some: bytes) -> int:
        self._written += len(some)
        return self._file.write(some)

    def tell(self) -> int:
        return self._written

    def flush(self) -> None:
        self._file.flush()

    def close(self) -> None:
        """Whoever opened the file closes it."""

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False


_WRITERS: Mapping[str, Write] = {"ndjson": _ndjson, "csv": _csv, "parquet": _parquet}
