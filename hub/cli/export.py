"""``klantbeeld export``."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from hub.cli import screen
from hub.cli.options import Json, Store, must_have_folder
from hub.model.keys import Kind

Form = Literal["ndjson", "csv", "parquet"]


def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write; replaced when it is whole.")],
    kind: Annotated[Kind, typer.Option("--kind", help="Which customers.")] = "person",
    form: Annotated[
        Form | None, typer.Option("--format", help="The file's format; default: by its suffix.")
    ] = None,
    json: Json = False,
    store: Store = None,
) -> None:
    """Write every golden record of a kind to a file, one row each.

    ndjson keeps the shape of the shared schema. csv and parquet are flat: name.given_name,
    address.city, and lists joined by ' | '. The file is readable by you alone: these are people.

    Example: klantbeeld export people.parquet

    Example: klantbeeld export firms.csv --kind organisation
    """
    from hub.cli.opening import opened
    from hub.views import export as views

    chosen = form or _by_suffix(file)
    must_have_folder(file, "FILE")
    with opened(store) as hub, screen.counting(f"writing {file.name}") as tell:
        written = views.export(hub, kind, file, chosen, tell)
    if json:
        screen.answer({"file": str(file), "kind": kind, "format": chosen, "records": written})
    else:
        screen.show(f"{written} records of kind {kind} in {file}")


def _by_suffix(file: Path) -> Form:
    known: dict[str, Form] = {".ndjson": "ndjson", ".jsonl": "ndjson", ".csv": "csv", ".parquet": "parquet"}
    if file.suffix not in known:
        raise typer.BadParameter(
            f"the suffix of {file.name} says no format; add --format ndjson, csv or parquet",
            param_hint="FILE",
        )
    return known[file.suffix]
