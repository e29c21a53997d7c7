"""``klantbeeld plan``, ``plan approve``, ``plan reject`` and ``plan retry``."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hub.cli import codes, planned_shown, screen
from hub.cli.asking import agreed, told
from hub.cli.options import Field, Json, Language, Store, System, must_have_folder
from hub.views.sentences import sentences

if TYPE_CHECKING:
    from hub.flow.decide.holds import Decided
    from hub.flow.hub import Hub
    from hub.views.planned import Planned

ABOUT = """What would be sent to the systems, field by field, and a person's word on what is held.

Example: klantbeeld plan hubspot

Example: klantbeeld plan approve hubspot --who anna --why 'first load, read on Monday'
"""

Target = Annotated[
    str, typer.Argument(metavar="HOLD|SYSTEM", help="A hold's id, or a system for all that is held for it.")
]
Who = Annotated[str | None, typer.Option("--who", help="Whose decision this is; kept with it.")]
Why = Annotated[str | None, typer.Option("--why", help="Why; kept with the decision.")]
Mark = Annotated[
    str | None,
    typer.Option("--mark", help="All that was held under this mark, listed or not."),
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask once more on a terminal.")]


Replaces = Annotated[
    bool, typer.Option("--replaces", help="Only what would go over something that stands there.")
]
Most = Annotated[int, typer.Option("--limit", min=1, help="List at most this many changes a system.")]
Csv = Annotated[
    Path | None,
    typer.Option(
        "--csv", metavar="FILE", help="Write all of it to a CSV file, a row a field; --limit is ignored."
    ),
]


def listed(
    system: System = None,
    field: Field = None,
    replaces: Replaces = False,
    csv: Csv = None,
    limit: Most = 100,
    lang: Language = "en",
    json: Json = False,
    store: Store = None,
) -> None:
    """List what would be sent, before and after, what is held for which reason, and what was refused.

    Customers that changed since the last plan are planned first, so that the list is what a publish
    would send now. It sends nothing. The file is readable by you alone; it holds people's data.

    Example: klantbeeld plan zendesk --limit 20

    Example: klantbeeld plan zendesk --replaces --csv zendesk.csv
    """
    from hub.cli.opening import chosen, one_field, opened
    from hub.flow.decide.holds import note_read
    from hub.flow.verbs import prepare
    from hub.views.plan_file import write_plan
    from hub.views.planned import Only, planned

    if csv:
        must_have_folder(csv, "--csv")
    with opened(store) as hub:
        systems, only = chosen(hub, system), Only(one_field(hub, field), replaces)
        for name in systems:
            with screen.working(f"planning {name}"):
                prepare(hub, name)
        written = write_plan(hub, systems, csv, only) if csv else 0
        found = planned(hub, systems, 0 if csv else limit, only=only, lang=lang)
        whole = csv and not found.partly
        note_read(hub, {one.id for one in found.holds} if whole else found.listed_whole())
    if json:
        screen.answer(found)
    else:
        planned_shown.tell(found, sentences(lang), listing=not csv)
    if csv:
        screen.say(f"{written} fields written to {csv}")


def approve(
    target: Target,
    who: Who = None,
    why: Why = None,
    mark: Mark = None,
    yes: Yes = False,
    json: Json = False,
    store: Store = None,
) -> None:
    """Release what is held; Airflow, or the next sync, sends it where it is still as it was read.

    Only what klantbeeld plan has listed is released: where it listed some, raise its --limit, write --csv, or
    give the --mark. What was held since is shown, and asked about anew: exit code 3.

    On a terminal it asks for what is missing; elsewhere it asks nothing and needs --who and --why.

    Example: klantbeeld plan approve hubspot --who anna --why 'first load, read on Monday'
    """
    _decide(target, (who, why), mark, yes, json, store, approving=True)


def reject(
    target: Target,
    who: Who = None,
    why: Why = None,
    mark: Mark = None,
    yes: Yes = False,
    json: Json = False,
    store: Store = None,
) -> None:
    """Drop what is held; it is not sent, and not proposed again until somebody types that value.

    Example: klantbeeld plan reject 5e0c0a3e-0000-4000-8000-000000000000 --who anna --why 'wrong mapping'
    """
    _decide(target, (who, why), mark, yes, json, store, approving=False)


def retry(
    system: Annotated[str, typer.Argument(help="The system whose refused values are to be offered again.")],
    json: Json = False,
    store: Store = None,
) -> None:
    """Offer once more what a system refused or a person rejected, after its cause was mended.

    Example: klantbeeld plan retry brevo
    """
    from hub.cli.opening import opened
    from hub.flow.decide.decisions import offer_again

    with opened(store) as hub:
        number = offer_again(hub, system)
    if json:
        screen.answer({"system": system, "released": number})
    else:
        screen.say(f"{number} refused changes of {system} will be planned again by the next sync or publish.")


def _decide(
    target: str,
    said: tuple[str | None, str | None],
    mark: str | None,
    yes: bool,
    json: bool,
    store: str | None,
    *,
    approving: bool,
) -> None:
    from hub.cli.opening import opened
    from hub.flow.decide.holds import decide_on, waiting_for
    from hub.flow.errors import NotRead

    verb = "approve" if approving else "reject"
    with opened(store) as hub:
        holds = waiting_for(hub, target)
        who, why = told("--who", said[0]), told("--why", said[1])
        if not yes and not agreed(f"{verb} {len(holds)} hold(s) for {holds[0].system}?"):
            raise typer.Exit(codes.DONE)
        try:
            done = decide_on(hub, target, approve=approving, who=who, why=why, mark=mark or "")
        except NotRead as error:
            done = []
            screen.complain(str(error))
        unread = len(done) < len(holds)
        news = _shown(hub, holds[0].system) if unread else None
    _tell(done, news, json=json, approving=approving)
    raise typer.Exit(codes.HELD if unread else codes.DONE)


def _shown(hub: "Hub", system: str) -> "Planned":
    """What is held for a system now; by being shown it is read."""
    from hub.flow.decide.holds import note_read
    from hub.views.planned import planned

    found = planned(hub, [system])
    note_read(hub, found.listed_whole())
    return found


def _tell(done: "Sequence[Decided]", news: "Planned | None", *, json: bool, approving: bool) -> None:
    if json:
        screen.answer({"decided": done, "unread": news})
        return
    for one in done:
        screen.show(f"{one.state}: {one.changes} changes for {one.system} (hold {one.hold})")
    if done and approving:
        screen.say(f"klantbeeld sync {done[0].system} sends them; so does Airflow, within half a minute")
    if news:
        planned_shown.tell(news, sentences("en"), listing=True)
        screen.say(
            "Nobody had read all of this: it is not decided on. Say it once more when you have; where it is "
            "too much to list, with --mark"
        )
