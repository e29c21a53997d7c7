"""``klantbeeld train``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hub.cli import screen
from hub.cli.options import Json, Store

if TYPE_CHECKING:
    from hub.matching.train import Lesson

SHOWN = 12
"""Changes shown of each kind."""


def train(
    out: Annotated[
        Path,
        typer.Option("--out", metavar="FOLDER", help="Where the learnt files go; never into use by itself."),
    ] = Path("var/matching"),
    json: Json = False,
    store: Store = None,
) -> None:
    """Learn the weights of matching from this store, and from what people decided in klantbeeld review.

    How frequent names are here, how careless records are, and how decisions differ from the weights. Writes
    person.yml and organisation.yml to be read; put them in mappings/matching/ to use them. The next sync
    then compares everybody anew; golden ids stay where customers stay the same.

    Example: klantbeeld train --out var/matching
    """
    from hub.cli.opening import opened
    from hub.matching.train import train as learn

    with opened(store) as hub, screen.working("learning"):
        found = learn(hub, out)
    if json:
        screen.answer({"lessons": found})
    else:
        for one in found:
            _tell(one)
        screen.say(f"Read {out}, then put the files in mappings/matching/.")


def _tell(one: "Lesson") -> None:
    rows = [(each.where, f"{each.before:g}", f"{each.after:g}") for each in one.changes[:SHOWN]]
    learnt = f"{one.records} records, {one.pairs} pairs, {one.decisions} decisions"
    screen.show(f"{one.kind}: {learnt}", style="bold")
    screen.table("", ("what", "before", "now"), rows)
    shared = [(each.value, each.column, each.records) for each in one.frequent]
    screen.table("Shared by many: generic, in customer.yml?", ("value", "as", "records"), shared)
