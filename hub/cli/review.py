"""``klantbeeld review``, ``review same``, ``review apart`` and ``review withdraw``."""

from typing import TYPE_CHECKING, Annotated

import typer

from hub.cli import screen
from hub.cli.asking import told
from hub.cli.options import Json, Limit, Store

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


def listed(limit: Limit = 20, json: Json = False, store: Store = None) -> None:
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
        _tell(found)


def _tell(found: "Queue") -> None:
    rows = []
    for one in found.questions:
        against = "the records alone would do; the rest speaks against it" if one.likely else ""
        rows.append((f"{one.bits:+.1f}", one.left.name, one.left.record, "; ".join(one.reasons) or "-"))
        rows.append(("", one.right.name, one.right.record, against))
    screen.table("", ("bits", "customer", "record", "what hangs on it"), rows)
    screen.say(f"{len(found.questions)} of {found.total} possible matches.")
    if found.questions:
        screen.say("Why: klantbeeld explain RECORD RECORD")
        screen.say("Decide: klantbeeld review same RECORD RECORD, or klantbeeld review apart RECORD RECORD")


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
