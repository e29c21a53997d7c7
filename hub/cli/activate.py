"""``klantbeeld activate``."""

from typing import Annotated

import typer

from hub.cli import codes, screen
from hub.cli.options import Json, Store


def activate(
    system: Annotated[str, typer.Argument(metavar="SYSTEM", help="The system whose file is to be in force.")],
    who: Annotated[str | None, typer.Option("--who", help="Whose decision this is; kept with it.")] = None,
    why: Annotated[str | None, typer.Option("--why", help="Why; kept with the decision.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask once more on a terminal.")] = False,
    json: Json = False,
    store: Store = None,
) -> None:
    """Put a changed mapping file in force; until then the one before it rules. Read klantbeeld preview first.

    The stored records are read again by it; no system is asked anything. The first plan of every system
    after it is held for a person.

    Example: klantbeeld activate zendesk --who anna --why 'telephone moved'
    """
    from hub.cli.asking import agreed, told
    from hub.cli.opening import opened
    from hub.flow import verbs
    from hub.flow.activate import proposed, to_activate
    from hub.flow.mapping_doubts import doubts

    with opened(store) as hub:
        files = to_activate(hub, system)
        wrong = doubts(hub.store, hub.on_disk or hub.mappings, [system])
        for line in wrong.all:
            screen.complain(line)
        if wrong.renamed:
            raise typer.Exit(codes.FAILED)
        person, reason = told("--who", who), told("--why", why)
        if not yes and not agreed(f"activate mappings/{system}.yml?"):
            raise typer.Exit(0)
        with screen.working(f"reading {system} again"):
            counts = verbs.activate(proposed(hub, files), system, person, reason)
    if json:
        screen.answer({"activated": system, "counts": counts})
        return
    screen.show(f"mappings/{system}.yml is in force")
    screen.say(
        "The first plan of every system after it is held: klantbeeld plan, then klantbeeld plan approve"
    )
