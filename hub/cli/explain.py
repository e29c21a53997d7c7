"""``klantbeeld explain`` and ``klantbeeld feed``."""

from typing import TYPE_CHECKING, Annotated

import typer

from hub.cli import explained, screen
from hub.cli.options import Json, Language, Limit, Store
from hub.cli.words import when
from hub.views.sentences import Sentences, sentences

if TYPE_CHECKING:
    from hub.store.identity import Happened
    from hub.views.why import Decision, History, Pair


def explain(
    one: Annotated[
        str,
        typer.Argument(
            metavar="WHO",
            help="A record, such as hubspot/person/123, a golden id (an old one too), or whatever klantbeeld "
            "show takes.",
        ),
    ],
    other: Annotated[
        str | None,
        typer.Argument(metavar="OTHER", help="Another one: why the two are one customer, or two."),
    ] = None,
    lang: Language = "en",
    json: Json = False,
    store: Store = None,
) -> None:
    """Why two records are one customer, or two; with one WHO, the whole history of a golden id.

    First the verdict; then, finding by finding, what was found and how many bits it is worth, each of which
    doubles the odds that the two are one; then what would change the verdict.

    Example: klantbeeld explain hubspot/person/123 brevo/person/45

    Example: klantbeeld explain hubspot/person/123
    """
    from hub.cli.opening import opened
    from hub.views.why import as_dict, history, why

    with opened(store) as hub:
        if other is None:
            told = history(hub, one)
            screen.answer(told) if json else _tell(told)
        else:
            found = why(hub, one, other)
            words = sentences(lang)
            screen.answer(as_dict(found, words)) if json else _compare(found, words)


def _tell(found: "History") -> None:
    screen.show(f"golden id {found.golden_id}", style="bold")
    if found.asked in found.answers_for:
        screen.say(f"{found.asked} was merged into it")
    screen.table(
        "", ("record", "belongs to it since"), [(one.record, when(one.since)) for one in found.members]
    )
    rows = [(when(one.at), _event(one, found.golden_id)) for one in found.events]
    screen.table("What happened", ("when", "what"), rows)
    _decisions(found.decisions)


def _event(one: "Happened", golden_id: str) -> str:
    said = {
        "issued": "was issued",
        "merged": f"was merged into {one.other}",
        "split": f"split off {one.other}",
    }
    who = "this id" if one.golden_id == golden_id else one.golden_id
    return f"{who} {said.get(one.what, one.what)}"


def _decisions(some: tuple["Decision", ...]) -> None:
    rows = [
        (when(one.at), f"{one.left} {'is' if one.same else 'is not'} {one.right}", one.who, one.why)
        for one in some
    ]
    screen.table("What people and systems decided", ("when", "what", "who", "why"), rows)


def _compare(found: "Pair", words: Sentences) -> None:
    screen.say(f"{found.left} / {found.right}")
    explained.show(found.why, words)
    _decisions(found.decisions)


def feed(
    after: Annotated[
        int, typer.Option("--after", min=0, help="Only what happened after the entry of this number.")
    ] = 0,
    limit: Limit = 100,
    json: Json = False,
    store: Store = None,
) -> None:
    """What happened to golden ids, oldest first: issued, merged, split. For whoever keeps ids of ours.

    Read on with --after and the number of the last entry read.

    Example: klantbeeld feed --after 1200 --json
    """
    from hub.cli.opening import opened
    from hub.views.why import feed as read

    with opened(store) as hub:
        found = read(hub, after, limit)
    if json:
        screen.answer({"events": found, "next": found[-1].id if found else after})
        return
    rows = [(one.id, when(one.at), one.what, one.golden_id, one.other or "") for one in found]
    screen.table("", ("number", "when", "what", "golden id", "of, or into"), rows)
