"""``klantbeeld sync``. What takes a second to import is imported when a command runs, not for its help."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from hub.cli import codes, screen
from hub.cli.options import Json, Store
from hub.cli.words import counts

if TYPE_CHECKING:
    from hub.flow.sync import Round, SystemRound


def sync(
    systems: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SYSTEM", help="Only these systems; default: every one that has a connection."
        ),
    ] = None,
    no_publish: Annotated[
        bool, typer.Option("--no-publish", help="Pull and reconcile only; tell the systems nothing.")
    ] = False,
    json: Json = False,
    store: Store = None,
) -> None:
    """Pull what changed, reconcile it, and tell the systems what they must know.

    A system that fails does not stop the others. It is reported at the end, nothing is written to it,
    and the exit code is 1. Exit code 3: changes wait for a person (see klantbeeld plan).

    Example: klantbeeld sync hubspot zendesk --no-publish
    """
    from hub.cli.opening import connected, named, opened, tell_changed
    from hub.flow import sync as flow

    with opened(store, make=True) as hub:
        tell_changed(hub)
        chosen = named(hub, systems) if systems else connected(hub)
        done = flow.sync(hub, chosen, screen.working, publishing=not no_publish)
    code = code_of(done)
    if json:
        screen.answer({"exit_code": code, "round": done, "new_store": hub.new_store})
    else:
        _tell(done, {name: f"{one.title} ({name})" for name, one in hub.mappings.systems.items()})
    raise typer.Exit(code)


def code_of(done: "Round") -> int:
    states = {one.state for one in done.systems}
    if done.error or "failed" in states:
        return codes.FAILED
    return codes.HELD if states & {"held", "stopped"} else codes.DONE


def _tell(done: "Round", titles: Mapping[str, str]) -> None:
    rows = [
        (titles[one.system], one.state, counts(one.pulled), counts(one.published) if one.published else "-")
        for one in done.systems
    ]
    screen.table("", ("system", "state", "pulled", "published"), rows)
    screen.show(f"reconciled: {counts(done.reconciled)}")
    for one in done.systems:
        _tell_troubles(one)
    if done.error:
        screen.complain(done.error)


def _tell_troubles(one: "SystemRound") -> None:
    if one.error:
        screen.complain(f"{one.system}: {one.error}")
    for hold in one.holds:
        screen.say(
            f"{one.system}: {hold.changes} changes are held: {'; '.join(hold.reasons)}. "
            f"Read them with klantbeeld plan {one.system}, then klantbeeld plan approve {one.system}"
        )
