"""``klantbeeld audit``."""

from typing import Annotated

import typer

from hub.cli import codes, screen
from hub.cli.options import Json, Store
from hub.cli.words import counts


def audit(
    verify: Annotated[
        bool,
        typer.Option("--verify", help="Look at the trail of who read and decided what, and at nothing else."),
    ] = False,
    head: Annotated[
        str | None,
        typer.Option(
            "--head", help="With --verify: the head that was written down earlier; is it still part?"
        ),
    ] = None,
    json: Json = False,
    store: Store = None,
) -> None:
    """Compare every shared customer with every system, and look whether the store holds what it must.

    Reads everything and asks no system anything. Who differs somewhere is put in the queue of the next
    publish, so that a write that a system swallowed is planned again; nothing else is changed. The DAG keep
    does it every night. Exit code 1 where something does not hold: report it.

    With --verify: whether the trail is as it was written, each row bound to the one before it. Write its head
    down elsewhere: who changes the whole chain cannot change that.

    Example: klantbeeld audit --json

    Example: klantbeeld audit --verify
    """
    if verify:
        _verify(head, json, store)
        return
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


def _verify(head: str | None, json: bool, store: str | None) -> None:
    from hub.cli.opening import opened
    from hub.flow.access.trail import verified

    with opened(store) as hub, screen.working("going through the trail"):
        found = verified(hub, head)
    failed = found.broken_at is not None or found.has_head is False
    if json:
        screen.answer(found)
    elif found.broken_at is not None:
        screen.complain(
            f"the trail is not as it was written from row {found.broken_at} on: compare with a backup"
        )
    elif found.has_head is False:
        screen.complain(
            "the head you gave is not part of this trail: it was written anew, or is another store's"
        )
    else:
        screen.show(f"{found.steps} rows, as they were written; head {found.head}")
    raise typer.Exit(codes.FAILED if failed else codes.DONE)
