"""``klantbeeld match``."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hub.cli import screen
from hub.cli.options import Json, must_have_folder
from hub.model.keys import Kind

if TYPE_CHECKING:
    from hub.identity.explaining import Why
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
    json: Json = False,
) -> None:
    """Find out who is who in a file of people or organisations, without connecting a system.

    Rows of one customer get the same cluster. Columns are known by their names, in English, Dutch or German.

    Example: klantbeeld match export.csv --out clusters.csv

    Example: klantbeeld match export.csv --explain 3,17

    Example: klantbeeld match test.csv --columns mailadres=email,opmerking=- --truth customer --json
    """
    from hub.matching.match import match_file

    told, pair = _told(columns), _pair(explain)
    if out is not None:
        must_have_folder(out, "--out")
    with screen.working(f"matching {file.name}"):
        found = match_file(file, told, kind, truth, pair, out, as_hub=as_hub)
    if json:
        screen.answer(found.as_dict())
    else:
        _show(found, out)


def _told(columns: str) -> dict[str, str]:
    told: dict[str, str] = {}
    for one in filter(None, columns.split(",")):
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


def _show(found: "Outcome", out: Path | None) -> None:
    sizes = Counter(Counter(found.clusters).values())
    compared = f"{found.pairs} pairs compared in {found.seconds} s"
    screen.show(f"{len(found.clusters)} rows are {sum(sizes.values())} customers; {compared}")
    screen.table("", ("rows of one customer", "customers"), sorted(sizes.items()))
    if found.accuracy is not None:
        rates = {"pairs": found.accuracy.pairwise, "rows (B-cubed)": found.accuracy.b3}
        shown = [(n, f"{r.precision:.4f}", f"{r.recall:.4f}", f"{r.f1:.4f}") for n, r in rates.items()]
        screen.table("Against the truth", ("", "precision", "recall", "F1"), shown)
    if found.why is not None:
        _explain(found.why)
    screen.show(f"Clusters: {out}" if out else "With --out FILE the rows are written with their clusters.")


def _explain(why: "Why") -> None:
    """What was compared, and how many bits each finding is worth against the likeliest rival."""
    rows = [
        (one.comparison, one.finding or "not told", one.left, one.right, f"{one.bits:+.1f}")
        for one in why.findings
    ]
    rows.append(("", f"matches among {why.rival}", "", "", f"{why.rarity:+.1f}"))
    title = f"One customer, or two {why.rival}? {why.bits:+.1f} bits for one"
    screen.table(title, ("compared", "found", "left", "right", "bits"), rows)
