"""A file made ready to be matched, and what is told of that first: nothing is matched as was not said."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import compute

from hub.flow.hub import weights_of
from hub.identity.letters import plain
from hub.mapping.load import HERE, load
from hub.matching.columns import TELLING, BadColumns, Columns, called, check, check_head, gathered
from hub.matching.reading.cells import bare, several
from hub.matching.reading.dates import dates_of
from hub.matching.reading.files import Source, UnreadableFile, opened
from hub.matching.reading.homes import Home, home_of
from hub.matching.reading.roles import Reading, Sample, firms_in, roles_of
from hub.matching.reading.samples import different, sample
from hub.matching.reading.told import SHOWN, Column, Told
from hub.matching.reading.values import share
from hub.matching.rows import reads
from hub.model.keys import Kind

FEW_NAMES, NAMED = 20, 0.05
"""Names from which it is looked at, and the share with a given name from which they are people's."""
MOSTLY_FIRMS = 0.2
"""Share of names with a legal form from which a file that names nobody's parts is one of organisations."""


@dataclass(frozen=True, slots=True)
class FileRead:
    """What is matched."""

    source: Source
    table: pa.Table
    """The rows of ``source`` that can be."""
    columns: Columns
    told: Told
    truth: str | None
    seconds: float
    """What reading took."""


def read_file(
    file: Path,
    told: Mapping[str, str],
    kind: Kind | None = None,
    truth: str | None = None,
    *,
    strict: bool = False,
) -> FileRead:
    """Read a file and decide how. Raises UnreadableFile and BadColumns.

    ``told``: column → what it holds; ``kind``: of all rows; ``truth``: a column that is not looked at.
    ``strict``: a row of the wrong length is an error instead of left out.
    """
    began = time.monotonic()
    source = opened(file)
    if strict and source.odd:
        raise UnreadableFile(f"{file}: {_odd(source)}; mend it, or match without --strict to leave it out")
    table = source.even
    if truth is not None and truth not in table.column_names:
        raise BadColumns(
            f"there is no column '{truth}'; the file has {called(table.column_names, table.column_names)}"
        )
    names = [one for one in table.column_names if one != truth]
    check(names, told)
    if not told:
        check_head(names)
    samples = {one: sample(table[one]) for one in names}
    readings = roles_of(names, told, samples, _given_names())
    columns = _with_file(gathered(readings, kind, firms=_firms(readings, samples)), table, samples)
    found = replace(_told(source, readings, samples, *columns, table), doubt=_doubt(columns[0], samples))
    return FileRead(source, table, columns[0], found, truth, time.monotonic() - began)


def _odd(source: Source) -> str:
    more = f", and {len(source.odd) - 1} rows more are so" if len(source.odd) > 1 else ""
    return source.odd[0].told(source.wide) + more


def _firms(readings: Sequence[Reading], samples: Mapping[str, Sample]) -> bool:
    """Whether names carry legal forms; where a file has no names, those of its ``Company``."""
    known = {one.role for one in readings}
    role = "name" if "name" in known else "employer"
    return firms_in(readings, samples, role) >= MOSTLY_FIRMS


def _with_file(
    columns: Columns, table: pa.Table, samples: Mapping[str, Sample]
) -> tuple[Columns, Home | None]:
    """With what the whole file decides: whose telephone numbers, and how its dates are written."""
    phones = [text for one in columns.roles.get("phone", ()) for text in samples[one].texts]
    home = home_of(_countries(columns, table), [one for text in phones for one in several("phone", text)])
    days = [text for one in columns.roles.get("birth_date", ()) for text in different(table[one])]
    found = replace(columns, home=home.country, dates=dates_of(days, home.country))
    return found, home if "phone" in columns.roles else None


def _countries(columns: Columns, table: pa.Table) -> list[str]:
    """Of the rows that tell one, as they are read."""
    found: list[str] = []
    for column in columns.roles.get("country", ()):
        for one in compute.value_counts(bare(table[column])).to_pylist():
            found += [_country(one["values"])] * one["counts"]
    return found


def _country(text: str) -> str:
    return reads("country", text, {})


@cache
def _given_names() -> frozenset[str]:
    return frozenset(weights_of(load(HERE))["person"].names["given"].shares)


def _doubt(columns: Columns, samples: Mapping[str, Sample]) -> str:
    """Names of people begin with a given name; where hardly one does, they may be those of firms."""
    if columns.kind or columns.roles.keys() & {"kind", "given_name", "family_name", "birth_date"}:
        return ""
    texts = [text for one in columns.roles.get("name", ()) for text in samples[one].texts]
    if len(texts) < FEW_NAMES or share(texts, lambda one: _first_word(one) in _given_names()) >= NAMED:
        return ""
    return "hardly a name begins with a given name; if these are organisations, give --kind organisation"


def _first_word(text: str) -> str:
    return plain(text.rpartition(",")[2]).partition(" ")[0]


def _told(
    source: Source,
    readings: Sequence[Reading],
    samples: Mapping[str, Sample],
    columns: Columns,
    home: Home | None,
    table: pa.Table,
) -> Told:
    fields = load(HERE).customer.fields[columns.kind or "person"]
    shown = [
        _column(one, samples[one.column], columns, fields, source.renamed.get(one.column, ""))
        for one in readings
    ]
    return Told(source, shown, home, _kinds(columns, table))


def _column(reading: Reading, some: Sample, columns: Columns, fields: Any, note: str) -> Column:
    if not reading.role:
        return Column(reading, some.filled, 0, 0, tuple(some.texts[:SHOWN]), note)
    read = [reads(reading.role, one, fields, columns.home, columns.dates) for one in some.texts]
    able = [one for one in read if one]
    no_one = sum(
        not one and _but_for_rules(reading.role, text, columns)
        for one, text in zip(read, some.texts, strict=True)
    )
    notes = (
        note,
        f"read with {columns.dates.told}" if reading.role == "birth_date" else "",
        f"{no_one} placeholders, as listed in customer.yml, say nothing" if no_one else "",
    )
    return Column(
        reading,
        some.filled,
        len(read),
        len(able),
        tuple(able[:SHOWN]),
        "; ".join(filter(None, notes)),
        no_one,
    )


def _but_for_rules(role: str, text: str, columns: Columns) -> bool:
    """Whether a cell could be read were it no placeholder."""
    return bool(reads(role, text, {}, columns.home, columns.dates))


def _kinds(columns: Columns, table: pa.Table) -> str:
    if columns.kind:
        return f"Every row is about {'a person' if columns.kind == 'person' else 'an organisation'}."
    names = sorted({one for role in TELLING for one in columns.roles.get(role, ())})
    rows = zip(*(bare(table[one]).to_pylist() for one in names), strict=True)
    counted = {"person": 0, "organisation": 0, "": 0}
    for row in rows:
        counted[columns.kind_of(dict(zip(names, row, strict=True))) or ""] += 1
    text = f"Rows about people: {counted['person']}; about organisations: {counted['organisation']}"
    none = f"; that say neither, and are taken for people: {counted['']}" if counted[""] else ""
    return f"{text}{none}."
