"""``klantbeeld keep``."""

from typing import Annotated

import typer

from hub.cli import screen
from hub.cli.options import Json, Store
from hub.cli.sync import code_of
from hub.cli.words import counts


def keep(
    systems: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SYSTEM", help="Only these systems; default: every one that has a connection."
        ),
    ] = None,
    json: Json = False,
    store: Store = None,
) -> None:
    """Find what vanished from the systems without a word, and what is there and was never listed.

    Asks each system for all its keys; what nobody knew is fetched, what is gone is marked so, and both are
    reconciled. The DAG keep does it every night. Where much of a system seems gone nothing is believed (exit
    code 3): look at the system first.

    Example: klantbeeld keep moneybird
    """
    from hub.cli.opening import connected, named, opened
    from hub.flow.sync import sweep

    with opened(store) as hub:
        chosen = named(hub, systems) if systems else connected(hub)
        done = sweep(hub, chosen, screen.working)
    code = code_of(done)
    if json:
        screen.answer({"exit_code": code, "round": done})
    else:
        screen.table(
            "", ("system", "state", "found"), [(it.system, it.state, counts(it.swept)) for it in done.systems]
        )
        screen.show(f"reconciled: {counts(done.reconciled)}")
        for error in filter(
            None, (*(it.error and f"{it.system}: {it.error}" for it in done.systems), done.error)
        ):
            screen.complain(error)
    raise typer.Exit(code)
