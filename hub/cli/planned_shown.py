"""A plan, for a terminal."""

from typing import TYPE_CHECKING

from hub.cli import refused, screen
from hub.cli.words import counts, value, when
from hub.views.sentences import Sentences

if TYPE_CHECKING:
    from hub.views.planned import ChangeView, Planned


def tell(found: "Planned", words: Sentences, *, listing: bool) -> None:
    """Print it; ``listing``: with the changes one by one."""
    rows = [row for one in found.changes for row in _rows(one, words)]
    head = ("state", "record", "customer", "field", "before", "after")
    screen.table("", [words(f"head.{one}") for one in head], rows)
    totals = [
        (
            _titled(found, one.system),
            words.field(one.field),
            *(one.held or "-", one.ready or "-"),
            ", ".join(f"{number} {words.name('effect', what)}" for what, number in one.effects.items()),
        )
        for one in found.fields
    ]
    by = ("system", "field", "held", "ready", "effects")
    screen.table(words("plan.totals"), [words(f"head.{one}") for one in by], totals)
    for name, states in found.totals.items():
        told = counts({words(f"state.{state}"): number for state, number in states.items()}, words)
        screen.show(f"{_titled(found, name)}: {told}")
    for hold in found.holds:
        screen.show()
        whole = {"hold": hold.id, "mark": hold.mark, "changes": hold.changes, "since": when(hold.made_at)}
        screen.show(words("plan.hold", **whole, system=_titled(found, hold.system)))
        for reason in hold.reasons:
            screen.show(f"  {reason}")
    if found.refused.total:
        screen.show()
        screen.show(words("plan.refused", total=found.refused.total), "bold")
        refused.tell(found.refused.refused, words)
        screen.say(words("plan.refused_all"))
    if found.holds:
        screen.say(words("plan.decide"))
    if found.more and listing:
        screen.say(words("more"))


def _titled(found: "Planned", system: str) -> str:
    """A system by what its people call it, and the word that commands take."""
    return f"{found.titles.get(system, system)} ({system})"


def _rows(one: "ChangeView", words: Sentences) -> list[tuple[str, ...]]:
    record = f"{one.system}/{one.object}/{one.raw_key or words('new')}"
    head = [(words(f"state.{one.state}"), record, one.customer or words("nobody")), ("", "", "")]
    return [
        (
            *head[min(number, 1)],
            words.field(field.name),
            value(field.before, words),
            value(field.after, words),
        )
        for number, field in enumerate(one.fields)
    ]
