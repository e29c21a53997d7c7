"""``klantbeeld show``."""

from typing import TYPE_CHECKING, Annotated

import typer

from hub.cli import card, screen
from hub.cli.options import Json, Language, Limit, Store
from hub.cli.words import when
from hub.views.sentences import Sentences, sentences

if TYPE_CHECKING:
    from hub.views.find import Found


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
        _choose(found, words)


def _choose(found: "Found", words: Sentences) -> None:
    rows = [
        (
            *(one.name, words("show.otherwise") if one.otherwise else "", one.town, one.email),
            *(words(f"kind.{one.kind}"), ", ".join(one.systems), when(one.changed_at), one.golden_id),
        )
        for one in found.hits
    ]
    head = ("name", "", "town", "email", "kind", "systems", "changed", "golden")
    screen.table("", [words(f"head.{one}") if one else "" for one in head], rows)
    screen.say(" ".join([words("show.several"), *([words("show.more")] if found.more else [])]))
