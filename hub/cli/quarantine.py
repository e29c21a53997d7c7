"""``klantbeeld quarantine``, ``quarantine redrive`` and ``quarantine accept``."""

from typing import TYPE_CHECKING, Annotated

import typer

from hub.cli import screen
from hub.cli.asking import told
from hub.cli.options import Json, Limit, Store, System
from hub.cli.words import counts, when

if TYPE_CHECKING:
    from hub.flow.pull.redrive import HeldBack

ABOUT = """Customers that were not admitted and fields that wait, with the reasons, and trying them again.

Example: klantbeeld quarantine moneybird

Example: klantbeeld quarantine redrive moneybird

Example: klantbeeld quarantine accept hubspot birth_date --who anna --why 'no longer kept'
"""

Who = Annotated[str | None, typer.Option("--who", help="Whose decision this is; kept with it.")]
Why = Annotated[str | None, typer.Option("--why", help="Why; kept with the decision.")]


def listed(system: System = None, limit: Limit = 100, json: Json = False, store: Store = None) -> None:
    """List what is held back: the place, the rule, what is allowed and what is there. Longest held first.

    The values are people's: they are shown to you and written to no log.

    Example: klantbeeld quarantine hubspot --json
    """
    from hub.cli.opening import chosen, opened
    from hub.flow.pull.redrive import held_back

    with opened(store) as hub:
        found = held_back(hub, chosen(hub, system), limit)
    if json:
        held = [
            {
                "record": str(one.key),
                "object": one.object,
                "field": one.field or None,
                "since": one.first_at,
                "reasons": one.reasons,
            }
            for one in found.held
        ]
        screen.answer({"total": found.total, "held": held})
    else:
        _tell(found)


def _tell(found: "HeldBack") -> None:
    rows = [
        (
            one.key,
            one.field or "(all)",
            when(one.first_at),
            why["path"] or "(all)",
            why["rule"],
            why["allowed"],
            why["value"],
        )
        for one in found.held
        for why in one.reasons
    ]
    screen.table("", ("record", "field", "since", "path", "rule", "allowed", "value"), rows)
    screen.show(f"{found.total} held back")
    if found.total:
        screen.say("Correct the records, or the mapping and then klantbeeld quarantine redrive")
    if emptied := sorted({(one.key.system, one.field) for one in found.held if one.is_emptied}):
        for name, field in emptied:
            screen.say(f"If {field} is meant to be empty there: klantbeeld quarantine accept {name} {field}")
    if len(found.held) < found.total:
        screen.say("Not all are listed; raise --limit")


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
