"""``klantbeeld show``."""

from typing import TYPE_CHECKING, Annotated

import typer

from hub.cli import card, screen
from hub.cli.options import Json, Limit, Store
from hub.cli.words import when

if TYPE_CHECKING:
    from hub.views.find import Found


def show(
    who: Annotated[
        str,
        typer.Argument(
            metavar="WHO",
            help="A golden id (an old one too), a record as system/kind/key, an e-mail address, "
            "or words of the name.",
        ),
    ],
    ledger: Annotated[
        bool, typer.Option("--ledger", help="Also list what the hub wrote about this customer, newest first.")
    ] = False,
    limit: Limit = 20,
    json: Json = False,
    store: Store = None,
) -> None:
    """One customer: every field, where it comes from, since when, and what lost to it and why.

    Where several customers fit, they are listed to choose from.

    Example: klantbeeld show jan@example.nl --ledger

    Example: klantbeeld show 'moneybird/person/123#person'
    """
    from hub.cli.opening import opened
    from hub.views.find import find

    with opened(store) as hub:
        found = find(hub, who, ledger=ledger, limit=limit)
    if json:
        screen.answer(found)
    elif found.customer:
        if found.redirected_from:
            screen.say(f"{found.redirected_from} was merged; {found.customer.golden_id} answers for it")
        card.tell(found.customer)
    else:
        _choose(found)


def _choose(found: "Found") -> None:
    rows = [
        (one.name, one.kind, ", ".join(one.systems), when(one.changed_at), one.golden_id)
        for one in found.hits
    ]
    screen.table("", ("name", "kind", "systems", "changed", "golden id"), rows)
    more = " There are more: add a word, or raise --limit." if found.more else ""
    screen.say(f"Several customers fit; show one by its golden id.{more}")
