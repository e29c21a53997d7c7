"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from hub.views.sentences import Lang

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout, and nothing else.")]
Store = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="URL",
        help="The hub's database, such as sqlite:///var/hub/klantbeeld.db or "
        "postgresql+psycopg://host/klantbeeld. Default: KLANTBEELD_STORE, else that SQLite file.",
    ),
]
System = Annotated[
    str | None, typer.Argument(metavar="SYSTEM", help="Only this system, such as hubspot; default: all.")
]
Language = Annotated[
    Lang,
    typer.Option("--lang", envvar="KLANTBEELD_LANG", help="The language of what is shown: en or nl."),
]
Field = Annotated[str | None, typer.Option("--field", help="Only this shared field, such as birth_date.")]
Limit = Annotated[int, typer.Option("--limit", min=1, help="List at most this many.")]


def must_have_folder(file: Path, hint: str) -> None:
    """Raises BadParameter where a file's folder is not there, or it is one: before the work, not after it."""
    if file.is_dir():
        raise typer.BadParameter(f"{file} is a folder; name a file in it", param_hint=hint)
    if not file.absolute().parent.is_dir():
        raise typer.BadParameter(f"there is no folder {file.parent}; make it first", param_hint=hint)
