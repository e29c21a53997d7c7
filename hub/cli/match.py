"""``klantbeeld match``."""

import csv
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hub.cli import explained, match_told, screen
from hub.cli.options import Json, Language, must_have_folder
from hub.model.keys import Kind
from hub.views.sentences import Sentences, sentences

if TYPE_CHECKING:
    from hub.matching.file_read import FileRead
    from hub.matching.match import Outcome

NAMES = "name, given_name, family_name, birth_date, email, phone, street, house_number, postal_code, city"


def match(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="CSV or Parquet.")
    ],
    columns: Annotated[
        str,
        typer.Option(
            "--columns",
            metavar="COLUMN=ROLE,…",
            help=f"What a column holds, where its name does not say so: {NAMES} and so on, or - for nothing.",
        ),
    ] = "",
    kind: Annotated[
        Kind | None, typer.Option("--kind", help="What the rows are about; default: as the columns say.")
    ] = None,
    truth: Annotated[
        str | None,
        typer.Option("--truth", metavar="COLUMN", help="A column naming whom a row is about: to judge by."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Write the rows with their cluster to this CSV file."),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(
            "--report",
            metavar="FILE.html",
            help="Write a page to look at: how it was read and matched, and where it may be wrong.",
        ),
    ] = None,
    explain: Annotated[
        str,
        typer.Option(
            "--explain", metavar="ROW,ROW", help="Why two rows are one customer, or not; the first is 0."
        ),
    ] = "",
    as_hub: Annotated[
        bool,
        typer.Option(
            "--as-hub", help="Judge as the hub judges what it stores: with more care, learning nothing."
        ),
    ] = False,
    strict: Annotated[
        bool,
        typer.Option(
            "--strict", help="Stop at a row with a cell too many or too few, instead of leaving it out."
        ),
    ] = False,
    samples: Annotated[
        bool | None,
        typer.Option(
            "--samples/--no-samples",
            help="Show some cells of each column as they are read; default: on a terminal alone.",
        ),
    ] = None,
    lang: Language = "en",
    json: Json = False,
) -> None:
    """Find out who is who in a file of people or organisations, without connecting a system.

    Rows of one customer get the same cluster. First it is told how each column is read: by its name, in
    English, Dutch, German or French, else by its cells; what is left out and why; and the --columns to change
    it with. Look at that before you trust the rest: a column that is not read is no evidence.

    Example: klantbeeld match export.csv --out clusters.csv

    Example: klantbeeld match export.csv --report match.html

    Example: klantbeeld match export.csv --explain 3,17

    Example: klantbeeld match test.csv --columns mailadres=email,opmerking=- --truth customer --json
    """
    from hub.matching.file_read import read_file
    from hub.matching.match import match_read
    from hub.views.explained import as_dict

    told, pair = _told(columns), _pair(explain)
    if out is not None:
        must_have_folder(out, "--out")
    if report is not None:
        if report.suffix.lower() not in (".html", ".htm"):
            raise typer.BadParameter(f"{report} is no .html file; name one", param_hint="--report")
        must_have_folder(report, "--report")
    with screen.working(f"reading {file.name}"):
        read = read_file(file, told, kind, truth, strict=strict)
    if json:
        match_told.warn(read.told)
    else:
        match_told.show(read.told, file.name, samples=samples)
    with screen.working(f"matching {file.name}"):
        found = match_read(read, pair, out, as_hub=as_hub, keep=report is not None)
    if report is not None:
        _report(report, file.name, read, found)
    words = sentences(lang)
    if json:
        screen.answer(found.as_dict() | ({"why": as_dict(found.why, words)} if found.why else {}))
    else:
        _show(found, out, words)


def _report(file: Path, name: str, read: "FileRead", found: "Outcome") -> None:
    """What draws it takes seconds to load: nobody waits for that who asks no report."""
    with screen.working(f"drawing {file.name}"):
        from hub.matching.report.page import write

        write(file, name, read, found)
    screen.say(f"Report: {file}; it shows people, so keep it as you keep the file.")


def _told(columns: str) -> dict[str, str]:
    told: dict[str, str] = {}
    for one in filter(None, next(csv.reader([columns], skipinitialspace=True), [])):
        column, equals, role = one.rpartition("=")
        if not equals or not column:
            raise typer.BadParameter(f"'{one}' is not COLUMN=ROLE", param_hint="--columns")
        told[column.strip()] = role.strip()
    return told


def _pair(text: str) -> tuple[int, int] | None:
    if not text:
        return None
    left, _, right = text.partition(",")
    if not (left.strip().isdecimal() and right.strip().isdecimal()):
        raise typer.BadParameter(f"'{text}' is not ROW,ROW, such as 3,17", param_hint="--explain")
    return int(left), int(right)


def _show(found: "Outcome", out: Path | None, words: Sentences) -> None:
    matched = [one for one in found.clusters if one]
    sizes = Counter(Counter(matched).values())
    compared = f"{found.pairs} pairs compared in {found.seconds} s"
    screen.show(f"{len(matched)} rows are {sum(sizes.values())} customers; {compared}")
    screen.table("", ("rows of one customer", "customers"), sorted(sizes.items()))
    if found.accuracy is not None:
        rates = {"pairs": found.accuracy.pairwise, "rows (B-cubed)": found.accuracy.b3}
        shown = [(n, f"{r.precision:.4f}", f"{r.recall:.4f}", f"{r.f1:.4f}") for n, r in rates.items()]
        screen.table("Against the truth", ("", "precision", "recall", "F1"), shown)
    if found.why is not None:
        explained.show(found.why, words)
    screen.show(f"Clusters: {out}" if out else "With --out FILE the rows are written with their clusters.")
