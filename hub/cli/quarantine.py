"""``klantbeeld quarantine``, ``quarantine redrive`` and ``quarantine accept``."""

from typing import TYPE_CHECKING, Annotated

import typer

from hub.cli import screen
from hub.cli.asking import told
from hub.cli.options import Json, Language, Limit, Store, System
from hub.cli.words import counts, when
from hub.views.sentences import Sentences, sentences

if TYPE_CHECKING:
    from hub.views.quarantine import Quarantine

ABOUT = """Customers that were not admitted and fields that wait, with the reasons, and trying them again.

Example: klantbeeld quarantine moneybird

Example: klantbeeld quarantine redrive moneybird

Example: klantbeeld quarantine accept hubspot birth_date --who anna --why 'no longer kept'
"""

Who = Annotated[str | None, typer.Option("--who", help="Whose decision this is; kept with it.")]
Why = Annotated[str | None, typer.Option("--why", help="Why; kept with the decision.")]


def listed(
    system: System = None, limit: Limit = 100, lang: Language = "en", json: Json = False, store: Store = None
) -> None:
    """List what is held back: whose it is, what is wrong where, and what to do. Longest held first.

    The values are people's: they are shown to you and written to no log.

    Example: klantbeeld quarantine hubspot --json

    Example: klantbeeld quarantine --lang nl
    """
    from hub.cli.opening import chosen, opened
    from hub.views.quarantine import held_back

    with opened(store) as hub:
        found = held_back(hub, chosen(hub, system), limit, lang)
    if json:
        screen.answer(found)
    else:
        _tell(found, sentences(lang))


def _tell(found: "Quarantine", words: Sentences) -> None:
    for one in found.held:
        screen.show(f"{one.name}  {one.record}".strip(), "bold")
        what = (
            words("quarantine.field", field=words.field(one.field))
            if one.field
            else words("quarantine.whole")
        )
        screen.show(f"  {one.title}: {what}, {words('quarantine.since', at=when(one.since))}")
        for why in one.reasons:
            screen.show(f"  {why.sentence}")
        if one.link:
            screen.show(f"  {one.link}")
    screen.show(words("quarantine.total", total=found.total))
    if found.total:
        screen.say(words("quarantine.then"))
    if len(found.held) < found.total:
        screen.say(words("more"))


def accept(
    system: Annotated[str, typer.Argument(help="The system in which the field was emptied.")],
    field: Annotated[str, typer.Argument(help="The shared field, as klantbeeld quarantine names it.")],
    who: Who = None,
    why: Why = None,
    json: Json = False,
    store: Store = None,
) -> None:
    """Believe that a field which many records lost at once is meant to be empty; until then it waits.

    Example: klantbeeld quarantine accept hubspot birth_date --who anna --why 'no longer kept'
    """
    from hub.cli.opening import opened
    from hub.flow.decide import emptied

    with opened(store) as hub:
        number = emptied.accept(hub, system, field, who=told("--who", who), why=told("--why", why))
    if json:
        screen.answer({"system": system, "field": field, "records": number})
    else:
        screen.say(f"{number} records of {system}: {field} is empty. klantbeeld sync reconciles them")


def redrive(system: System = None, json: Json = False, store: Store = None) -> None:
    """Try again what is held back, after the mapping or a rule was put right.

    Asks no system anything: the records are in the store. What still breaks a rule stays held.

    Example: klantbeeld quarantine redrive moneybird
    """
    from hub.cli.opening import chosen, opened
    from hub.flow.verbs import try_again

    with opened(store) as hub:
        done = {}
        for name in chosen(hub, system):
            with screen.working(f"trying {name} again"):
                done[name] = try_again(hub, name)
    if json:
        screen.answer({"systems": done})
        return
    for name, found in done.items():
        before, after = found["held_before"], found["held_after"]
        rest = {each: number for each, number in found.items() if not each.startswith("held_")}
        screen.show(f"{name}: {before} were held, {after} are ({counts(rest)})")
    screen.say("klantbeeld sync reconciles what was admitted")
