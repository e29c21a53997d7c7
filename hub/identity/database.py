"""A database in memory for one match, with the described records in it."""

import atexit
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from itertools import count

import duckdb
import pyarrow as pa

from hub.identity.described import COLUMNS
from hub.model.keys import Kind
from hub.model.scratch import scratch

MEMORY = "2GB"
_numbers = count(1)


@contextmanager
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    """In memory, and gone afterwards. Any number of them may be open at a time; :data:`MEMORY` is for all."""
    name = f"match{next(_numbers)}"
    with _engine(os.getpid()).cursor() as connection:
        # Else it draws one where it takes a program that is no file for a person's session.
        connection.execute("set enable_progress_bar = false")
        connection.execute(f"attach ':memory:' as {name}")
        connection.execute(f"use {name}")
        try:
            yield connection
        finally:
            connection.execute("use memory")
            connection.execute(f"detach {name}")


@cache
def _engine(process: int) -> duckdb.DuckDBPyConnection:
    """The engine of a process: starting one costs ten times what a small match does.

    A forked child has no threads of its parent's engine, so it starts its own.
    """
    folder = ExitStack()
    aside = folder.enter_context(scratch("klantbeeld-match-"))
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY,
        "temp_directory": str(aside),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    started = duckdb.connect(config=config)

    def end() -> None:
        if os.getpid() == process:
            started.close()
            folder.close()

    atexit.register(end)
    return started


def number_by_content(connection: duckdb.DuckDBPyConnection, described: pa.Table, kind: Kind) -> int:
    """Fill the table ``described`` with what records say, each thing once; returns how many those are.

    ``id`` goes by what a record says. ``copy(place, id)``: the row of each record, and its ``id``. An exact
    copy tells nothing new: 301 equal rows are no more evidence than one.
    """
    connection.register("given", described)
    said = ", ".join(COLUMNS[kind])
    connection.execute(
        f"create table copy as select id as place, dense_rank() over (order by {said}) - 1 as id from given"
    )
    connection.execute(
        "create table described as select one.id, given.* exclude (id) from given "
        "join (select id, min(place) as place from copy group by id) one on given.id = one.place"
    )
    ((found,),) = connection.execute("select count(*) from described").fetchall()
    return int(found)
