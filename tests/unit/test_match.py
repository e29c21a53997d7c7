"""``klantbeeld match``: who is who in a file, whatever its columns are called and however its rows stand."""

import csv
import json
import stat
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from hub.cli.entry import main
from hub.matching.columns import columns_of
from hub.matching.described import describe
from hub.matching.match import describer_of, match_file, read, shipped
from hub.matching.reading.dates import Dates

HEAD = ["voornaam", "tussenvoegsel", "achternaam", "geboortedatum", "e-mailadres", "telefoon", "postcode"]
HEAD += ["huisnummer", "plaats", "klant"]
JAN = ["Jan", "van der", "Berg", "1968-03-12", "jan.vanderberg@example.com", "0612345699", "1234 AB", "5"]
PEOPLE = [
    [*JAN, "Utrecht", "jan"],
    ["J.", "v.d.", "Berg", "12-03-1968", "", "+31 6 12345699", "1234AB", "5", "", "jan"],
    ["Johannes", "van der", "Berg", "", "Jan.vanderBerg@example.com", "", "1234ab", "5", "Utrecht", "jan"],
    ["Piet", "van der", "Berg", "1999-07-30", "", "", "1234 AB", "5", "Utrecht", "piet, his son"],
    ["Piet", "van der", "Berg", "30-07-1999", "piet@example.org", "", "1234AB", "5", "", "piet, his son"],
    ["Anna", "", "Müller", "1980-01-02", "anna.mueller@example.de", "", "", "", "Köln", "anna"],
    ["Anna", "", "Mueller", "1980-02-01", "anna.mueller@example.de", "", "", "", "Koeln", "anna"],
    ["Sanne", "de", "Vries", "", "sanne@example.nl", "0201234567", "1011 AA", "1", "Amsterdam", "sanne"],
    ["Daan", "de", "Vries", "", "", "0201234567", "1011 AA", "1", "Amsterdam", "daan, of her house"],
    ["", "", "", "", "info@example.com", "", "", "", "", "nobody in particular"],
    ["", "", "", "", "info@example.com", "", "", "", "", "nobody else"],
]


def written(folder: Path, rows: list[list[str]], head: list[str] | None = None) -> Path:
    file = folder / "people.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([head or HEAD, *rows])
    return file


def parts(clusters: list[str], rows: list[list[str]]) -> set[frozenset[str]]:
    """Who is one customer, by what the rows say."""
    found: dict[str, set[str]] = {}
    for cluster, row in zip(clusters, rows, strict=True):
        found.setdefault(cluster, set()).add(" ".join(row))
    return {frozenset(one) for one in found.values()}


def test_two_rows_do_not_make_their_names_common(tmp_path: Path) -> None:
    head, rows = ["company", "city"], [["Harrow Widgets Ltd", "Leeds"], ["Harrow Widgets Limited", "Leeds"]]
    assert len({*match_file(written(tmp_path, rows, head), {}).clusters}) == 1


def test_a_family_is_told_apart_and_each_of_it_is_found(tmp_path: Path) -> None:
    found = match_file(written(tmp_path, PEOPLE), {}, truth="klant")
    assert found.accuracy is not None
    assert found.accuracy.pairwise.precision == 1.0, list(found.clusters)
    assert found.accuracy.pairwise.recall == 1.0, list(found.clusters)


@settings(max_examples=25, deadline=None)
@given(st.permutations(PEOPLE), st.integers(0, 3))
def test_neither_the_order_of_rows_nor_a_row_twice_matters(
    tmp_path_factory: pytest.TempPathFactory, turned: list[list[str]], again: int
) -> None:
    folder = tmp_path_factory.mktemp("turned")
    rows = [*turned, *turned[:again]]
    found = match_file(written(folder, rows), {"klant": "-"})
    sorted_rows = sorted(rows)
    plain = match_file(written(folder, sorted_rows), {"klant": "-"})
    assert parts(list(found.clusters), rows) == parts(list(plain.clusters), sorted_rows)


def test_firms_are_told_by_their_columns(tmp_path: Path) -> None:
    head = ["bedrijfsnaam", "btw_nummer", "plaats", "telefoon"]
    rows = [
        ["Bakkerij Jansen B.V.", "NL123456782B90", "Ede", "0318-123456"],
        ["bakkerij jansen", "NL123456782B90", "", ""],
        ["Jansen Holding B.V.", "NL001234567B01", "Ede", "0318-123456"],
    ]
    found = match_file(written(tmp_path, rows, head), {})
    assert list(found.clusters) == ["organisation 0", "organisation 0", "organisation 2"]


def test_nobody_and_one_alone_are_fine(tmp_path: Path) -> None:
    assert match_file(written(tmp_path, []), {}).as_dict()["clusters"] == 0
    assert list(match_file(written(tmp_path, PEOPLE[:1]), {}).clusters) == ["person 0"]


def test_the_rows_come_out_with_their_cluster_for_their_owner_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "clusters.csv"
    file = written(tmp_path, PEOPLE)
    assert main(["match", str(file), "--truth", "klant", "--out", str(out), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    figures = {"records", "clusters", "pairwise", "b3", "largest_cluster", "seconds"}
    assert set(told) == figures | {"file", "columns", "columns_argument", "warnings"}
    assert (told["records"], told["largest_cluster"]) == (len(PEOPLE), 3)
    with out.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["achternaam"] for row in rows] == [row[2] for row in PEOPLE]
    assert rows[0]["cluster"] == rows[1]["cluster"] != rows[3]["cluster"]
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (["--columns", "shoe=name"], "there is no column 'shoe'; the file has voornaam"),
        (["--columns", "klant=shoe"], "column 'klant': unknown role 'shoe'. Choose one of kind, name"),
        (["--columns", "klant"], "'klant' is not COLUMN=ROLE"),
        (["--truth", "shoe"], "there is no column 'shoe'"),
        (["--out", "no/such/folder.csv"], "there is no folder no/such; make it first"),
        (["--explain", "one"], "'one' is not ROW,ROW"),
        (["--explain", "3,99"], "give two rows from 0 to 10, both of people or both of organisations"),
        (["--explain", "3,3"], "rows 3 and 3: give two rows"),
    ],
)
def test_a_wrong_column_is_told_with_what_there_is(
    more: list[str], why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["match", str(written(tmp_path, PEOPLE)), *more]) in (1, 2)
    assert why in " ".join(capsys.readouterr().err.replace("│", " ").split())


def test_a_pair_is_explained_finding_by_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path, PEOPLE)
    assert main(["match", str(file), "--columns", "klant=-", "--explain", "7,8", "--json"]) == 0
    why = json.loads(capsys.readouterr().out)["why"]
    assert why["bits"] < 0 and why["rival"] == "housemates"
    found = {one["comparison"]: one for one in why["findings"]}
    assert (found["given"]["finding"], found["given"]["left"], found["given"]["right"]) == (
        "different",
        "Sanne",
        "Daan",
    )
    assert found["birth"]["finding"] == "" and found["birth"]["bits"] == 0
    assert found["given"]["bits"] < 0 < found["family"]["bits"] + 5
    assert why["bits"] == pytest.approx(why["rarity"] + sum(one["bits"] for one in found.values()), abs=1e-6)
    assert main(["match", str(file), "--columns", "klant=-", "--explain", "0,1"]) == 0
    assert "One customer: the two are enough alike." in capsys.readouterr().out


def test_bits_of_an_explained_pair_are_those_it_was_grouped_by(tmp_path: Path) -> None:
    for low, high in ((0, 1), (3, 4), (5, 6), (0, 3), (7, 8)):
        found = match_file(written(tmp_path, PEOPLE), {"klant": "-"}, explain=(low, high))
        assert found.why is not None
        together = found.clusters[low] == found.clusters[high]
        assert together == (found.why.bits >= shipped("person").accept), (low, high, found.why)


def test_a_parquet_file_may_hold_numbers_days_and_gaps(tmp_path: Path) -> None:
    rows = {
        "surname": ["Jansen", "Jansen", "Bakker"],
        "postcode": [4223.0, 4223.0, None],
        "house_number": [7, 7, 8],
        "birth_date": [date(1951, 7, 15), date(1951, 7, 15), None],
    }
    parquet.write_table(pa.table(rows), tmp_path / "people.parquet")
    found = match_file(tmp_path / "people.parquet", {})
    assert list(found.clusters) == ["person 0", "person 0", "person 2"]
    assert read(tmp_path / "people.parquet")["postcode"].to_pylist() == ["4223", "4223", None]


def test_what_the_data_office_calls_a_placeholder_joins_nobody(tmp_path: Path) -> None:
    rows = [
        ["Jan", "", "unknown", "1900-01-01", "unknown@example.com", "06-12345678", "", "", "", "one"],
        ["Jan", "", "Unknown", "01-01-1900", "Unknown@example.com", "+31612345678", "", "", "", "other"],
    ]
    table = read(written(tmp_path, rows))
    _, found = describe(table, describer_of(table, columns_of(table.column_names, {"klant": "-"}, None)))
    told = found["person"].drop_columns(["id", "given", "roots", "named", "sounds"]).to_pylist()
    assert [[name for name, one in row.items() if one] for row in told] == [[], []]


def test_an_export_with_semicolons_is_read_and_a_name_twice_loses_nothing(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("voornaam;achternaam;e-mail\nJan;Berg;jan@example.nl\n", "utf-8")
    assert read(file).to_pylist() == [{"voornaam": "Jan", "achternaam": "Berg", "e-mail": "jan@example.nl"}]
    file.write_text("mail,mail \na@example.nl,b@example.nl\n", "utf-8")
    assert read(file).to_pylist() == [{"mail": "a@example.nl", "mail (2)": "b@example.nl"}]


def test_several_processes_describe_as_one_does(tmp_path: Path) -> None:
    table = read(written(tmp_path, PEOPLE))
    describer = describer_of(table, columns_of(table.column_names, {"klant": "-"}, None))
    assert describe(table, describer, many=1) == describe(table, describer)


def test_a_file_that_is_none_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken, empty = tmp_path / "broken.parquet", tmp_path / "empty.csv"
    broken.write_bytes(b"PAR1 no parquet at all")
    empty.write_text("")
    for file in (broken, empty):
        assert main(["match", str(file)]) == 1
        told = " ".join(capsys.readouterr().err.split())
        assert "give a CSV (UTF-8, UTF-16 or Windows-1252) or a .parquet file" in told


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("19510715", "1951-07-15"),
        ("1951/07/15", "1951-07-15"),
        ("15-7-1951", "1951-07-15"),
        ("7/15/1951", "1951-07-15"),
        ("1951-07-15T00:00:00Z", "1951-07-15"),
        ("19320239", "1932-02-39"),
        ("long ago", ""),
        ("", ""),
    ],
)
def test_a_birth_date_is_one_however_it_is_written(text: str, day: str) -> None:
    assert Dates().read(text) == day


def test_columns_are_known_by_their_names_in_three_languages() -> None:
    names = ["Vorname", "Surname", "e-mail", "phone_2", "Straat", "PLZ", "Notes"]
    assert columns_of(names, {}, None).roles == {
        "given_name": ["Vorname"],
        "family_name": ["Surname"],
        "email": ["e-mail"],
        "phone": ["phone_2"],
        "street": ["Straat"],
        "postal_code": ["PLZ"],
    }


MARKER = "Zwaluwenberg"
"""Stands in every bad file; no message may hold it."""
BAD_FILES: dict[str, bytes] = {
    "a cell too many": f"voornaam,achternaam\nJan,Berg\n{MARKER},Berg,extra\n".encode(),
    "a cell too few": f"voornaam,achternaam,plaats\nJan,{MARKER}\n".encode(),
    "no names": f"{MARKER},{MARKER},Utrecht\nPiet,Berg,Ede\n".encode(),
    "no names, all different": f"{MARKER},Berg,Utrecht\nPiet,Berg,Ede\n".encode(),
    "no text": f"voornaam,achternaam\n{MARKER},M\xfcller\n".encode("latin-1"),
    "an open quote": f'voornaam,achternaam\n"{MARKER},Berg\nPiet,Berg\n'.encode(),
    "zeroes": f"voornaam,achternaam\n{MARKER}\0,Berg\n".encode(),
    "one long line": f"voornaam\n{MARKER}{'x' * 2_000_000}\n".encode(),
}


@pytest.mark.parametrize("what", BAD_FILES)
def test_no_message_holds_a_row_of_a_file(
    what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(BAD_FILES[what])
    codes = {main(["match", str(file), *more]) for more in ([], ["--columns", "x=name"], ["--truth", "x"])}
    said = capsys.readouterr()
    assert codes <= {0, 1} and 1 in codes
    assert MARKER not in said.out + said.err


def test_a_row_of_the_wrong_length_is_named_by_its_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(BAD_FILES["a cell too many"])
    assert main(["match", str(file), "--strict"]) == 1
    assert "row 1 (line 3 of the file) has 3 cells where the first line has 2" in capsys.readouterr().err


def test_what_a_spreadsheet_would_run_is_only_shown_and_read_back_as_it_was(tmp_path: Path) -> None:
    head = ["voornaam", "achternaam", "telefoon", "=cmd|'/C calc'!A0"]
    rows = [["=1+1", "@sum", "+31612345678", "-2"], ["\tx", "'t Hart", "'+31", "a=b"]]
    file = written(tmp_path, rows, head)
    out = tmp_path / "out.csv"
    match_file(file, {}, out=out)
    with out.open(encoding="utf-8", newline="") as lines:
        cells = list(csv.reader(lines))
    assert [one for line in cells for one in line if one.startswith(tuple("=+-@\t\r"))] == []
    assert cells[1][:4] == ["'=1+1", "'@sum", "'+31612345678", "'-2"] and cells[2][1] == "'t Hart"
    assert read(out)["telefoon"].to_pylist() == ["+31612345678", "+31"]


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_nor_would_one_that_parts_cells_elsewhere(tmp_path: Path, delimiter: str) -> None:
    names = [f"Jan{delimiter}=1+1{delimiter}", f"Jan{delimiter}+31 6", "Jan\n=1+1", f"Jan{delimiter}Piet"]
    file = tmp_path / "people.csv"
    with file.open("w", encoding="utf-8", newline="") as text:
        csv.writer(text).writerows([["voornaam", "achternaam"], *([one, "Berg"] for one in names)])
    out = tmp_path / "out.csv"
    match_file(file, {}, out=out)
    with out.open(encoding="utf-8", newline="") as lines:
        cells = [cell for line in lines for cell in line.rstrip("\n").split(delimiter)]
    assert [one for one in cells if one.startswith(tuple("=+-@"))] == []
    assert read(out)["voornaam"].to_pylist() == names
