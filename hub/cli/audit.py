"""``klantbeeld audit``."""

import typer

from hub.cli import codes, screen
from hub.cli.options import Json, Store
from hub.cli.words import counts


def audit(json: Json = False, store: Store = None) -> None:
    """Compare every shared customer with every system, and look whether the store holds what it must.

    Reads everything and asks no system anything. Who differs somewhere is put in the queue of the next
    publish, so that a write that a system swallowed is planned again; nothing else is changed. The DAG keep
    does it every night. Exit code 1 where something does not hold: report it.

    Example: klantbeeld audit --json
    """
    from hub.cli.opening import opened
    from hub.flow import verbs

    with opened(store) as hub, screen.working("comparing everything"):
        found = verbs.audit(hub)
    agreed = found.agreement.as_dict()
    if json:
        screen.answer({"agreement": agreed, "broken": found.broken})
        raise typer.Exit(codes.FAILED if found.broken else codes.DONE)
    cells = agreed["agree"] + agreed["differ"]
    screen.show(f"agreement: {agreed['share']:.1%} of {cells} cells (exempt: {counts(agreed['exempt'])})")
    found.must_hold()
    screen.show("the store holds what it must")
