"""Sets of records with the truth about them, made on demand and kept under ``var/bench/identity/``."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv, parquet

from bench.identity import aside, febrl, hard
from bench.identity.made import historical, mixed, rivals, slips, tables, thin, unseen
from bench.identity.peers import ROOT

FOLDER = ROOT / "var" / "bench" / "identity"
TRUTH = "customer"
"""The column that says who is who, in every set."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a set comes from."""

    parts: Callable[[int, int], Iterator[pa.Table]]
    """(records, seed) → the records, part by part, so that a million need not be in memory."""
    roles: Mapping[str, str]
    """Column → what it holds, in the shared schema's words (``kind`` and ``national_id`` besides)."""
    records: int = 20_000
    """How many, where nobody says."""
    told: Mapping[str, str] = field(default_factory=dict)
    """What ``klantbeeld match`` is told of the columns, as one tells it of names that say too little."""


SETS: Mapping[str, Source] = {
    "febrl1": Source(febrl.febrl1, febrl.ROLES, 1_000),
    "febrl2": Source(febrl.febrl2, febrl.ROLES, 5_000),
    "febrl3": Source(febrl.febrl3, febrl.ROLES, 5_000),
    "febrl4": Source(febrl.febrl4, febrl.ROLES, 10_000),
    "hard": Source(hard.parts, hard.ROLES),
    "aside": Source(aside.parts, aside.ROLES),
    "thin": Source(thin.parts, thin.ROLES, 1_000),
    "historical": Source(historical.parts, historical.ROLES, 50_000),
    "slips": Source(slips.parts, slips.ROLES, 10_000),
    "slips_heavy": Source(slips.heavy, slips.ROLES, 10_000),
    "tables": Source(tables.parts, tables.ROLES, 900, tables.TOLD),
    "tables_phone": Source(tables.with_phone, tables.ROLES_WITH_PHONE, 900, tables.TOLD),
    "rivals": Source(rivals.parts, rivals.ROLES, 65_000),
    "mixed": Source(mixed.parts, mixed.ROLES, 1_000, mixed.TOLD),
    "unseen": Source(unseen.parts, unseen.ROLES, 10_000),
}


def prepared(name: str, records: int, seed: int = 7, form: str = "parquet", folder: Path = FOLDER) -> Path:
    """The set as a file (``parquet`` or ``csv``), made where it is not there yet.

    It is kept by name, size and seed: after a change of what makes it, ``make clean`` first.
    """
    file = folder / f"{name}-{records}-{seed}.{form}"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        half = file.with_suffix(f".{os.getpid()}.part")  # another process may make the same
        _write(half, SETS[name].parts(records, seed), form)
        half.rename(file)
    return file


def _write(file: Path, parts: Iterator[pa.Table], form: str) -> None:
    first = next(parts)
    made = csv.CSVWriter if form == "csv" else parquet.ParquetWriter
    with made(file, first.schema) as writer:
        writer.write_table(first)
        for part in parts:
            writer.write_table(part)


def largest(file: Path) -> int:
    """The records of the largest customer of the truth, of a set in Parquet."""
    counts = parquet.read_table(file, columns=[TRUTH])[TRUTH].value_counts()
    return int(pc.max(pc.struct_field(counts, "counts")).as_py())
