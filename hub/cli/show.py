"""``klantbeeld show``."""

from typing import Annotated

import typer

from hub.cli import card, listing, screen
from hub.cli.options import Json, Language, Limit, Store
from hub.views.sentences import sentences


def show(
    who: Annotated[
        str,
        typer.Argument(
            metavar="WHO",
            help="A golden id (an old one too), a record in any form that is printed, an e-mail address, a "
            "telephone number, a postal code with a house number, or words of a name, a former one too.",
        ),
    ],
    ledger: Annotated[
        bool, typer.Option("--ledger", help="Also list what the hub wrote about this customer, newest first.")
    ] = False,
    limit: Limit = 20,
    lang: Language = "en",
    json: Json = False,
    store: Store = None,
) -> None:
    """One customer: every field, where it comes from, since when, and what lost to it and why.

    Where several customers fit, they are listed to choose from: who has the very words first, then whoever
    has words that begin so. A name is taken with or without accents, prefix and order.

    Example: klantbeeld show jan@example.nl --ledger

    Example: klantbeeld show 'moneybird/person/123#person'

    Example: klantbeeld show 'Graaf, Bas de' --lang nl

    Example: klantbeeld show '2511 CR 7'
    """
    from hub.cli.opening import opened
    from hub.views.find import find

    with opened(store) as hub:
        found = find(hub, who, ledger=ledger, limit=limit, lang=lang)
    words = sentences(lang)
    if json:
        screen.answer(found)
    elif found.customer:
        if found.redirected_from:
            screen.say(words("card.merged", old=found.redirected_from, golden_id=found.customer.golden_id))
        card.tell(found.customer, words)
    else:
        listing.choose(found, words)
