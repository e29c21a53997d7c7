"""``klantbeeld review``, ``review same``, ``review apart`` and ``review withdraw``."""

from typing import TYPE_CHECKING, Annotated

import typer

from hub.cli import screen
from hub.cli.asking import told
from hub.cli.options import Json, Language, Limit, Store
from hub.views.sentences import Sentences, sentences

if TYPE_CHECKING:
    from hub.flow.decide.judge import Decided
    from hub.views.review import Queue

ABOUT = """Who may be one customer, and a person's word on it, which no rule overrides.

Example: klantbeeld review --limit 10

Example: klantbeeld review same hubspot/person/123 brevo/person/45 --who anna --why 'asked him'
"""

One = Annotated[
    str,
    typer.Argument(
        metavar="WHO",
        help="A record, such as hubspot/person/123, a golden id, or whatever klantbeeld show takes.",
    ),
]
Other = Annotated[str, typer.Argument(metavar="OTHER", help="The other one.")]
Who = Annotated[str | None, typer.Option("--who", help="Whose decision this is; kept with it.")]
Why = Annotated[str | None, typer.Option("--why", help="Why; kept with the decision.")]


def listed(limit: Limit = 20, lang: Language = "en", json: Json = False, store: Store = None) -> None:
    """List who may be one customer, those first that cost most to leave open.

    An overdue invoice, an open ticket or a no to being contacted that only one of the two shows comes
    first. Nobody is asked again about two that somebody said are two.

    Example: klantbeeld review --limit 50 --json
    """
    from hub.cli.opening import opened
    from hub.views.review import review

    with opened(store) as hub, screen.working("looking for possible matches"):
        found = review(hub, limit)
    if json:
        screen.answer(found)
    else:
        _tell(found, sentences(lang))


def _tell(found: "Queue", words: Sentences) -> None:
    rows = []
    for one in found.questions:
        reasons = "; ".join(words.retold("hangs", why) for why in one.reasons)
        rows.append((f"{one.bits:+.1f}", one.left.name, one.left.record, reasons or "-"))
        against = words("review.against") if one.likely else ""
        rows.append(("", one.right.name, one.right.record, against))
    head = ("bits", "customer", "record", "hangs")
    screen.table("", [words(f"head.{one}") for one in head], rows)
    screen.say(words("review.total", listed=len(found.questions), total=found.total))
    if found.questions:
        screen.say(words("review.why"))
        screen.say(words("review.decide"))


def same(
    one: One, other: Other, who: Who = None, why: Why = None, json: Json = False, store: Store = None
) -> None:
    """Say that two are one customer, with all who are one with either: a merge by hand.

    Example: klantbeeld review same hubspot/person/123 brevo/person/45 --who anna --why 'asked him'
    """
    from hub.cli.opening import opened
    from hub.flow.decide.judge import same as judge

    person, reason = told("--who", who), told("--why", why)
    with opened(store) as hub, screen.working("bringing golden records up to date"):
        done = judge(hub, one, other, person, reason)
    _done(done, json)


def apart(
    one: One, other: Other, who: Who = None, why: Why = None, json: Json = False, store: Store = None
) -> None:
    """Say that two are two customers, and stay so: a split by hand where they are one today.

    Two records of one customer: it splits between them. A record and its golden id: the record leaves.

    Example: klantbeeld review apart hubspot/person/123 brevo/person/45 --who anna --why 'father and son'
    """
    from hub.cli.opening import opened
    from hub.flow.decide.judge import apart as judge

    person, reason = told("--who", who), told("--why", why)
    with opened(store) as hub, screen.working("bringing golden records up to date"):
        done = judge(hub, one, other, person, reason)
    _done(done, json)


def withdraw(one: One, other: Other, json: Json = False, store: Store = None) -> None:
    """Take back what was decided about two; evidence decides again.

    Example: klantbeeld review withdraw hubspot/person/123 brevo/person/45
    """
    from hub.cli.opening import opened
    from hub.flow.decide.judge import withdraw as judge

    with opened(store) as hub, screen.working("bringing golden records up to date"):
        done = judge(hub, one, other)
    _done(done, json)


def _done(done: "Decided", json: bool) -> None:
    if json:
        screen.answer(done)
        return
    screen.show(
        f"{'one customer' if len(done.golden_ids) == 1 else 'customers'}: {', '.join(done.golden_ids)}"
    )
    screen.say("klantbeeld sync tells the systems")
