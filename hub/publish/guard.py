"""What stops a plan, or a field of it, until a person has looked: the blast radius, in plain words. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hub.model.radius import Guard
from hub.publish.effect import Effect

Told = tuple[str, Effect]
"""A field, and what is done to its values."""


@dataclass(frozen=True, slots=True)
class Size:
    """What a plan would do, consent and facts aside."""

    changes: int
    creates: int
    records: int
    """How many records the system has that the hub knows of."""
    first_load: bool
    """Nothing was ever written to this system."""


def reasons(size: Size, limits: Guard) -> tuple[str, ...]:
    """Why a person must look at the plan as a whole first; empty where nobody need."""
    return tuple(_reasons(size, limits)) if size.changes else ()


def _reasons(size: Size, limits: Guard) -> Iterator[str]:
    if size.first_load:
        yield "nothing was ever written to this system: its first load is a person's decision"
    if size.changes > limits.max_changes:
        yield f"{size.changes} records would change, more than {limits.max_changes}"
    share = size.changes / size.records if size.records else 0.0
    if share > limits.max_share and size.changes > SMALL:
        yield f"{share:.0%} of the system's records would change, more than {limits.max_share:.0%}"
    if size.creates > limits.max_creates:
        yield f"{size.creates} records would be created, more than {limits.max_creates}"


SMALL = 20
"""Below this many changes a share says nothing."""

_WORDS: Mapping[Effect, str] = {
    "emptied": "emptied",
    "poorer": "made poorer",
    "replaced": "replaced by what nobody typed there",
    "edited": "replaced by what was typed elsewhere",
    "fact": "changed",
}


def over(planned: Counter[Told], today: Counter[Told], limits: Guard) -> dict[Told, str]:
    """What would go beyond a limit, and why. ``today``: what was sent within the last day."""
    most: Mapping[Effect, int] = {
        "emptied": limits.max_clears,
        "poorer": limits.max_poorer,
        "replaced": limits.max_replaced,
        "edited": limits.max_edits,
        "fact": limits.max_facts,
    }
    found = {}
    for (name, effect), number in sorted(planned.items()):
        whole = number + today[name, effect]
        if effect in most and number and whole > most[effect]:
            word = f"{name}: {whole} values would be {_WORDS[effect]} within a day"
            found[name, effect] = f"{word}, more than {most[effect]}"
    return found
