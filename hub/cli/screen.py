"""What is shown where: answers on stdout, progress and messages on stderr, colour only on a terminal."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import orjson
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from hub.cli.words import safe

WIDE = 200
"""Columns where nobody looks: a file or a pipe has no edge."""


def stdout() -> Console:
    """For answers."""
    return Console(width=None if sys.stdout.isatty() else WIDE, highlight=False)


def stderr() -> Console:
    """For progress, messages and errors."""
    return Console(stderr=True, width=None if sys.stderr.isatty() else WIDE, highlight=False)


def answer(document: Any) -> None:
    """The one JSON document of a command."""
    text = orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS, default=str)
    sys.stdout.write(text.decode() + "\n")


def say(message: str) -> None:
    """A message for the person at the keyboard."""
    stderr().print(Text(safe(message)), soft_wrap=True)


def complain(message: str) -> None:
    """What went wrong, and the remedy it ends in."""
    stderr().print(
        Text("error: ", style="bold red").append(safe(message), style="not bold default"), soft_wrap=True
    )


def show(line: str = "", style: str = "") -> None:
    """A line of the answer."""
    stdout().print(Text(safe(line), style=style), soft_wrap=True)


def table(title: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table of the answer; nothing at all without rows."""
    shown = Table(title=title or None, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for name in head:
        shown.add_column(name, header_style="dim", overflow="fold")
    for row in rows:
        shown.add_row(*(Text(safe(str(cell))) for cell in row))
    if shown.row_count:
        stdout().print(shown)


@contextmanager
def working(text: str) -> Iterator[None]:
    """Shows that something goes on: a spinner with the time on a terminal, a line elsewhere."""
    console = stderr()
    if not console.is_terminal:
        say(f"{text} …")
        yield
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        progress.add_task(text, total=None)
        yield


@contextmanager
def counting(text: str) -> Iterator[Callable[[int], None]]:
    """Like :func:`working`, with a number that goes up; without a terminal it is not shown."""
    console = stderr()
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description} {task.completed}", markup=False),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(text, total=None)
        yield lambda number: progress.update(task, completed=number)
