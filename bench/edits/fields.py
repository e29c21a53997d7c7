"""What people may type in one field: another value, nothing, or what stood there once."""

from collections.abc import Mapping
from typing import Any

from bench.edits.invented import Words
from bench.edits.place import CONSENTS, Place
from hub.mapping.lens import Lens
from hub.mapping.paths import Path
from hub.mapping.read import CustomerReading
from hub.model.keys import Kind
from hub.model.value import Slots, Value

Data = Mapping[Path, Any]
"""Path in the record → what is typed there; None empties it."""
KEPT = frozenset({"legal_name", "journey_stage", "name", *CONSENTS})
"""Fields nobody empties as a whole: a record would be nobody's, or a no would be lifted by the by."""
NOT_EMPTIED = frozenset({("brevo", "emails"), ("zendesk", "emails"), ("zendesk", "language")})
"""Where the system will not have it."""


def another(words: Words, lens: Lens, found: CustomerReading, kind: Kind) -> Data:
    """A new value."""
    name = lens.field
    if name in CONSENTS:
        return lens.write("no")
    if lens.shape == "list":
        made = words.email() if name == "emails" else words.phone(kind)
        return _placed(words, lens, found.slots[name], made)
    now = found.values.get(name)
    if name == "name":
        return lens.changes(now, {**_dict(now), **_named(words)})
    if name == "address":
        return lens.changes(now, _housed(words, lens, _dict(now)))
    return lens.write(words.scalar(name))


def emptied(words: Words, place: Place, lens: Lens, found: CustomerReading) -> Data:
    """Nothing where something stood; no data where nobody would, or nothing stands."""
    name = lens.field
    if (place.system, name) in NOT_EMPTIED or (name in KEPT and name != "name"):
        return {}
    if lens.shape == "list":
        slots = found.slots[name]
        filled = [at for at, one in enumerate(slots) if one is not None]
        return _slot(lens, slots, words.dice.choice(filled), None) if filled else {}
    now = found.values.get(name)
    if now is None:
        return {}
    left = {part: one for part, one in _dict(now).items() if part != _dropped(words, name, now)}
    whole = name not in ("name", "address") or (name == "address" and len(left) == len(_dict(now)))
    return lens.changes(now, None if whole else left)


def retyped(words: Words, lens: Lens, found: CustomerReading, stood: list[Value]) -> Data:
    """One of the values that stood there once; no data where there was no other."""
    name = lens.field
    if lens.shape == "list":
        old = [str(one) for one in stood if one not in found.slots[name]]
        return _placed(words, lens, found.slots[name], words.dice.choice(old)) if old else {}
    now = found.values.get(name)
    others = [one for one in stood if one != now]
    if name in CONSENTS or not others:
        return {}
    value = words.dice.choice(others)
    return lens.changes(now, value) if isinstance(now, dict) else lens.write(value)


def put_in(lens: Lens, found: CustomerReading, element: str | None) -> Data:
    """The first place of a list field holds this from now on."""
    return _slot(lens, found.slots[lens.field], 0, element)


def _dict(value: Value | None) -> dict[str, Value]:
    return dict(value) if isinstance(value, dict) else {}


def _named(words: Words) -> dict[str, Value]:
    given, family = words.dice.choice(((True, False), (False, True), (False, True), (True, True)))
    gone: dict[str, Value] = {"family_name_prefix": ""} if family else {}
    return {**(words.given() if given else {}), **gone, **(words.family() if family else {})}


def _housed(words: Words, lens: Lens, now: dict[str, Value]) -> dict[str, Value]:
    """A move, a street put right, a number put right, or a second line where there is room for one."""
    home, what = words.home(), words.dice.random()
    second = lens.holds is not None and "second_line" in lens.holds
    if now and second and what < 0.2:
        return {**now, "second_line": f"bus {words.next() % 10_000}"}
    if now and what < 0.3:
        return {**now, "house_number": str(200 + words.next() % 9_000)}
    if now and what < 0.4:
        return {**now, "street": home["street"], "house_number": home["house_number"]}
    return home


def _dropped(words: Words, name: str, now: Value) -> str:
    """The part that is emptied: a given name; a second line, where there is one and the dice say so."""
    if name == "name":
        return "given_name"
    return "second_line" if "second_line" in _dict(now) and words.dice.chance(0.5) else ""


def _placed(words: Words, lens: Lens, slots: Slots, element: str) -> Data:
    """In a free place, or instead of an element."""
    free = [at for at, one in enumerate(slots) if one is None]
    at = free[0] if free and words.dice.chance(0.3) else 0
    return _slot(lens, slots, at, element)


def _slot(lens: Lens, slots: Slots, at: int, element: str | None) -> Data:
    return lens.changed_slots(slots, (*slots[:at], element, *slots[at + 1 :]))
