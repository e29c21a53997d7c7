"""``klantbeeld plan``, ``plan approve``, ``plan reject`` and ``plan retry``."""

from pathlib import Path
from typing import Annotated

import typer

from hub.cli import planned_shown, screen
from hub.cli.asking import agreed, told
from hub.cli.options import Json, Language, Limit, Store, System, must_have_folder
from hub.views.sentences import sentences

ABOUT = """What would be sent to the systems, field by field, and a person's word on what is held.

Example: klantbeeld plan hubspot

Example: klantbeeld plan approve hubspot --who anna --why 'first load, read on Monday'
"""

Target = Annotated[
    str, typer.Argument(metavar="HOLD|SYSTEM", help="A hold's id, or a system for all that is held for it.")
]
Who = Annotated[str | None, typer.Option("--who", help="Whose decision this is; kept with it.")]
Why = Annotated[str | None, typer.Option("--why", help="Why; kept with the decision.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask once more on a terminal.")]


Replaces = Annotated[
    bool, typer.Option("--replaces", help="Only what would go over something that stands there.")
]
Csv = Annotated[
    Path | None,
    typer.Option(
        "--csv", metavar="FILE", help="Write all of it to a CSV file, a row a field; --limit is ignored."
    ),
]


def listed(
    system: System = None,
    replaces: Replaces = False,
    csv: Csv = None,
    limit: Limit = 100,
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
    from hub.cli.opening import chosen, opened
    from hub.flow.decide.holds import note_read
    from hub.flow.verbs import prepare
    from hub.views.plan_file import write_plan
    from hub.views.planned import planned

    if csv:
        must_have_folder(csv, "--csv")
    with opened(store) as hub:
        systems = chosen(hub, system)
        for name in systems:
            with screen.working(f"planning {name}"):
                prepare(hub, name)
        written = write_plan(hub, systems, csv, replaces=replaces) if csv else 0
        found = planned(hub, systems, 0 if csv else limit, replaces=replaces, lang=lang)
        note_read(hub, {one.id for one in found.holds})
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
    yes: Yes = False,
    json: Json = False,
    store: Store = None,
) -> None:
    """Release what is held; the next sync or publish sends it, where it is still as it was read.

    Of a system only what klantbeeld plan has shown is released: what was held since is asked about anew.

    On a terminal it asks for what is missing; elsewhere it asks nothing and needs --who and --why.

    Example: klantbeeld plan approve hubspot --who anna --why 'first load, read on Monday'
    """
    _decide(target, who, why, yes, json, store, approving=True)


def reject(
    target: Target,
    who: Who = None,
    why: Why = None,
    yes: Yes = False,
    json: Json = False,
    store: Store = None,
) -> None:
    """Drop what is held; it is not sent, and not proposed again until somebody types that value.

    Example: klantbeeld plan reject 5e0c0a3e-0000-4000-8000-000000000000 --who anna --why 'wrong mapping'
    """
    _decide(target, who, why, yes, json, store, approving=False)


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
    who: str | None,
    why: str | None,
    yes: bool,
    json: bool,
    store: str | None,
    *,
    approving: bool,
) -> None:
    from hub.cli.opening import opened
    from hub.flow.decide.holds import decide_on, waiting_for

    verb = "approve" if approving else "reject"
    with opened(store) as hub:
        holds = waiting_for(hub, target)
        person, reason = told("--who", who), told("--why", why)
        if not yes and not agreed(f"{verb} {len(holds)} hold(s) for {holds[0].system}?"):
            raise typer.Exit(0)
        done = decide_on(hub, target, approve=approving, who=person, why=reason)
    if json:
        screen.answer({"decided": done})
        return
    for one in done:
        screen.show(f"{one.state}: {one.changes} changes for {one.system} (hold {one.hold})")
    if approving:
        screen.say(f"klantbeeld sync {done[0].system} sends them")
