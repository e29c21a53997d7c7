"""``klantbeeld status``."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hub.cli import screen
from hub.cli.options import Json, Store
from hub.cli.words import ago, counts, when

if TYPE_CHECKING:
    from hub.store.drift import Drift
    from hub.store.runs import Run
    from hub.views.status import Status, SystemStatus


def status(
    agreement: Annotated[
        bool,
        typer.Option("--agreement", help="Also compare every shared customer with every system (reads all)."),
    ] = False,
    runs: Annotated[int, typer.Option("--runs", min=1, help="How many of the latest runs to list.")] = 5,
    json: Json = False,
    store: Store = None,
) -> None:
    """How things stand: systems, golden records, what waits, and what went wrong last.

    Example: klantbeeld status --agreement --runs 20
    """
    from hub.cli.opening import opened, tell_changed
    from hub.views import status as views

    with opened(store) as hub, screen.working("looking"):
        found = views.status(hub, latest=runs, with_agreement=agreement)
        tell_changed(hub)
    if json:
        screen.answer(found)
    else:
        _tell(found)


def _tell(found: "Status") -> None:
    head = (
        "system",
        "last whole pull",
        "offered",
        "landed",
        "admitted",
        "quarantined",
        "pending",
        "held",
        "queued",
        "outbox",
    )
    screen.table("Systems", head, map(_system, found.systems))
    screen.show()
    screen.show(f"golden records: {counts(found.golden)}; records to reconcile: {found.to_reconcile}")
    if found.agreement:
        screen.show(_agreed(found.agreement))
    for hold in found.holds:
        screen.show(
            f"held for {hold.system}: {hold.changes} changes, {'; '.join(hold.reasons)} (hold {hold.id})"
        )
    if any(one.outbox.get("refused") for one in found.systems):
        screen.say("What systems do not take, and what to do: klantbeeld refused")
    _drift(found.drift)
    screen.show()
    screen.table("Latest runs", ("began", "verb", "system", "state", "counts"), _runs(found.runs))
    if found.failures:
        screen.show()
    screen.table("Latest failures", ("began", "verb", "system", "state", "error"), _failures(found.failures))


def _drift(found: Sequence["Drift"]) -> None:
    """What is not shown any more, and what to do about it."""
    if not found:
        return
    screen.show()
    rows = [(one.system, one.object, one.path, when(one.since)) for one in found]
    screen.table("Not shown any more", ("system", "object", "field", "since"), rows)
    screen.say(
        "Nothing was concluded from it. If the field was abolished, take it out of the mapping; if not, let "
        "the hub's user see it again"
    )


def _system(one: "SystemStatus") -> tuple[object, ...]:
    said: Mapping[str, Any] = one.last_pull.counts if one.last_pull else {}
    behind = f"{ago(one.behind_s)} ago" if one.behind_s is not None else "never"
    unread = 0 if one.last_pull else "-"
    numbers = [said.get(name, unread) for name in ("offered", "landed", "admitted", "quarantined")]
    return (
        f"{one.title} ({one.system})",
        behind,
        *numbers,
        one.pending,
        one.quarantined,
        one.queued,
        counts(one.outbox),
    )


def _agreed(found: Mapping[str, Any]) -> str:
    exempt = counts(found["exempt"])
    return f"agreement: {found['share']:.1%} of {found['agree'] + found['differ']} cells (exempt: {exempt})"


def _runs(some: Sequence["Run"]) -> list[tuple[object, ...]]:
    return [(when(one.began), one.verb, one.system or "all", one.state, counts(one.counts)) for one in some]


def _failures(some: Sequence["Run"]) -> list[tuple[object, ...]]:
    return [
        (when(one.began), one.verb, one.system or "all", one.state, f"{one.error}{_before(one)}")
        for one in some
    ]


def _before(one: "Run") -> str:
    return f" ({counts(one.counts)})" if one.counts else ""
