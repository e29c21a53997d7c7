"""``klantbeeld backup``."""

from pathlib import Path
from typing import Annotated

import typer

from hub.cli import screen
from hub.cli.options import Json, Store, must_have_folder


def backup(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Where to write; a file that is not there yet.")
    ],
    json: Json = False,
    store: Store = None,
) -> None:
    """Copy the hub's SQLite database to a file, as it is at one moment, while it is used.

    The copy is checked, is there whole or not at all, and is readable by you alone: these are people. A
    PostgreSQL database is backed up by pg_dump.

    Example: klantbeeld backup /backup/klantbeeld-monday.db
    """
    from hub.flow.backup import backup as write

    must_have_folder(file, "FILE")
    if file.exists():
        raise typer.BadParameter(f"{file} is there already; name another", param_hint="FILE")
    with screen.counting(f"copying to {file.name}, per cent:") as tell:
        write(store, file, lambda share: tell(round(share * 100)))
    size = file.stat().st_size
    if json:
        screen.answer({"file": str(file), "bytes": size})
    else:
        screen.show(f"{file}: {size} bytes, whole and checked")
