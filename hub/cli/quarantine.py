"""``klantbeeld quarantine`` and ``quarantine redrive``."""

from typing import TYPE_CHECKING

from hub.cli import screen
from hub.cli.options import Json, Limit, Store, System
from hub.cli.words import counts, when

if TYPE_CHECKING:
    from hub.flow.pull.redrive import HeldBack

ABOUT = """Customers that were not admitted, with the reasons, and trying them again.

Example: klantbeeld quarantine moneybird

Example: klantbeeld quarantine redrive moneybird
"""


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
            {"record": str(one.key), "object": one.object, "since": one.first_at, "reasons": one.reasons}
            for one in found.held
        ]
        screen.answer({"total": found.total, "held": held})
    else:
        _tell(found)


def _tell(found: "HeldBack") -> None:
    rows = [
        (one.key, when(one.first_at), why["path"] or "(all)", why["rule"], why["allowed"], why["value"])
        for one in found.held
        for why in one.reasons
    ]
    screen.table("", ("record", "since", "path", "rule", "allowed", "value"), rows)
    screen.show(f"{found.total} held back")
    if found.total:
        screen.say("Correct the records, or the mapping and then klantbeeld quarantine redrive")
    if len(found.held) < found.total:
        screen.say("Not all are listed; raise --limit")


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
