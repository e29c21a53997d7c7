"""A database in memory for one match, with the described records in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa

from hub.identity.described import COLUMNS
from hub.model.keys import Kind

MEMORY = "2GB"


@contextmanager
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    """In memory; what does not fit goes to a folder that only this user reads and that is gone afterwards."""
    with TemporaryDirectory(prefix="klantbeeld-match-") as aside:
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": MEMORY,
            "temp_directory": aside,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        with duckdb.connect(config=config) as connection:
            # Else it draws one where it takes a program that is no file for a person's session.
            connection.execute("set enable_progress_bar = false")
            yield connection


def number_by_content(connection: duckdb.DuckDBPyConnection, described: pa.Table, kind: Kind) -> None:
    """Fill the table ``described``; ``id`` goes by what a record says, ``place`` is its row."""
    connection.register("given", described)
    connection.execute(
        "create table described as select id as place, * exclude (id), "
        f"row_number() over (order by {', '.join(COLUMNS[kind])}) - 1 as id from given"
    )
