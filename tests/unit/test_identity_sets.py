"""Sets of records with their truth: as many as asked for, the same every time, and true to what they say."""

from collections import Counter
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import csv, parquet

from bench.identity import aside, febrl, hard
from bench.identity.sets import SETS, TRUTH, largest, prepared


def rows(parts: list[pa.Table]) -> list[dict[str, str | None]]:
    return [row for part in parts for row in part.to_pylist()]


@pytest.mark.parametrize("records", [1, 999, 20_001])
def test_the_set_kept_aside_has_as_many_records_as_asked_for(records: int) -> None:
    found = rows(list(aside.parts(records, seed=3)))
    assert len(found) == len({row["id"] for row in found}) == records


def test_the_set_kept_aside_is_the_same_every_time_and_grows_at_its_end() -> None:
    some = rows(list(aside.parts(500, seed=3)))
    assert rows(list(aside.parts(2_000, seed=3)))[:500] == some
    assert rows(list(aside.parts(500, seed=4))) != some


def test_people_of_the_set_kept_aside_have_one_to_six_records_and_share_their_homes() -> None:
    found = rows(list(aside.parts(5_000, seed=3)))
    of_a_person = Counter(row[TRUTH] for row in found[:-6])
    assert set(of_a_person.values()) == {1, 2, 3, 4, 5, 6}
    homes = {(row["last_name"], row["street"], row["house_number"], row["town"], row[TRUTH]) for row in found}
    housemates = Counter(home[:4] for home in homes if None not in home)
    assert sum(number > 1 for number in housemates.values()) > 300


def test_the_hard_set_is_cut_off_where_asked_and_tells_who_everybody_is() -> None:
    found = rows(list(hard.parts(400, seed=1)))
    assert len(found) == len({row["id"] for row in found}) == 400
    assert all(row[TRUTH] for row in found)
    assert {row["kind"] for row in found} == {"person", "organisation"}
    assert max(Counter(row[TRUTH] for row in found).values()) > 2


def test_every_role_is_a_column() -> None:
    for name in ("hard", "aside"):
        (first, *_) = SETS[name].parts(50, 1)
        assert set(SETS[name].roles) < set(first.column_names) and TRUTH in first.column_names


def test_febrl_s_files_become_one_set_without_the_column_that_tells(tmp_path: Path) -> None:
    one, other = tmp_path / "a.csv", tmp_path / "b.csv"
    head = "rec_id, given_name, surname, postcode\n"
    one.write_text(head + "rec-12-org, anna, , 0812\n", "utf-8")
    other.write_text(head + "rec-12-dup-0, ana, smith, 0812\nrec-1-org, bo, lee, 2000\n", "utf-8")
    assert febrl.labelled(one, other).to_pylist() == [
        {"id": "0", "given_name": "anna", "surname": None, "postcode": "0812", "customer": "rec-12"},
        {"id": "1", "given_name": "ana", "surname": "smith", "postcode": "0812", "customer": "rec-12"},
        {"id": "2", "given_name": "bo", "surname": "lee", "postcode": "2000", "customer": "rec-1"},
    ]


def test_a_set_is_made_once_in_either_form(tmp_path: Path) -> None:
    file = prepared("aside", 300, 5, folder=tmp_path)
    made = file.stat().st_mtime_ns
    assert prepared("aside", 300, 5, folder=tmp_path).stat().st_mtime_ns == made
    table = parquet.read_table(file)
    text = prepared("aside", 300, 5, "csv", tmp_path)
    types = dict.fromkeys(table.column_names, pa.string())
    again = csv.read_csv(
        text, convert_options=csv.ConvertOptions(column_types=types, strings_can_be_null=True)
    )
    assert again.to_pylist() == table.to_pylist()
    assert largest(file) == max(Counter(table[TRUTH].to_pylist()).values())
    assert sorted(one.name for one in tmp_path.iterdir()) == ["aside-300-5.csv", "aside-300-5.parquet"]
