"""Commands: all golden records in a file."""

import csv
import json
import os
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from hub.views.export import export
from tests.integration.desk import Desk


def test_the_three_formats_hold_the_same_customers(reader: Desk) -> None:
    files = {form: reader.folder / f"people.{form}" for form in ("ndjson", "csv", "parquet")}
    for file in files.values():
        assert reader.type("export", str(file)).code == 0
        assert file.stat().st_mode & 0o077 == 0
    whole = [json.loads(line) for line in files["ndjson"].read_text("utf-8").splitlines()]
    with files["csv"].open(encoding="utf-8", newline="") as text:
        flat = list(csv.DictReader(text))
    cells = [cell for row in flat for cell in row.values()]
    assert [one for one in cells if one.startswith(tuple("=+-@\t\r"))] == []
    assert any(one.startswith("'+31") for one in cells)  # a spreadsheet shows it as it stands, plus and all
    flat = [{name: re.sub("^'(?=[=+@-])", "", cell) for name, cell in row.items()} for row in flat]
    table = parquet_rows(files["parquet"])
    assert len(whole) > 20
    assert [{name: "" if one is None else str(one) for name, one in row.items()} for row in table] == flat
    for nested, row in zip(whole, flat, strict=True):
        assert row["golden_id"] == nested["golden_id"]
        assert row["systems"] == " | ".join(nested["systems"])
        assert row["emails"] == " | ".join(nested.get("emails", []))
        assert row["name.family_name"] == nested["name"].get("family_name", "")


def test_all_that_was_written_is_its_owner_s(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    var = desk.folder / "var"
    monkeypatch.setenv("KLANTBEELD_STORE", f"sqlite:///{var}/hub/hub.db")
    monkeypatch.setenv("KLANTBEELD_REPORTS", str(var / "reports"))
    (desk.folder / "in.csv").write_text("voornaam,achternaam\nJan,Berg\n", "utf-8")
    (desk.folder / "out").mkdir(mode=0o755)
    before, out = os.umask(0), str(desk.folder / "out")
    try:
        for words in (
            *(["sync", "--no-publish"], ["train", "--out", str(var / "matching")], ["backup", f"{out}/b.db"]),
            *(["export", f"{out}/e.{form}"] for form in ("csv", "ndjson", "parquet")),
            ["match", str(desk.folder / "in.csv"), "--out", f"{out}/m.csv"],
        ):
            assert desk.type(*words).code == 0
        with desk.hub().store.begin():  # while its log stands beside it
            written = [var, *var.rglob("*"), *Path(out).iterdir()]
            modes = {str(one): oct(one.stat().st_mode & 0o777) for one in written}
    finally:
        os.umask(before)
    assert len(modes) > 12 and any(one.endswith("-wal") for one in modes)
    assert {one: mode for one, mode in modes.items() if mode not in ("0o600", "0o700")} == {}


def parquet_rows(file: Path) -> list[dict[str, Any]]:
    parquet: Any = import_module("pyarrow.parquet")
    rows: list[dict[str, Any]] = parquet.read_table(file).to_pylist()
    return rows


def test_an_export_that_breaks_off_leaves_the_earlier_file_alone(reader: Desk) -> None:
    folder = reader.folder / "broken"
    folder.mkdir()
    file = folder / "people.csv"
    file.write_text("earlier", "utf-8")

    def full(_: int) -> None:
        raise OSError("no space left on device")

    with pytest.raises(OSError, match="no space"):
        export(reader.hub(), "person", file, "csv", full)
    assert [one.name for one in folder.iterdir()] == ["people.csv"]
    assert file.read_text("utf-8") == "earlier"


@pytest.mark.parametrize("name", ["people.xls", "people", "nowhere/people.csv"])
def test_a_file_that_cannot_be_is_wrong_usage(reader: Desk, name: str) -> None:
    assert reader.type("export", str(reader.folder / name)).code == 2
