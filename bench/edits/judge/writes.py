"""What the hub made and emptied, from the systems' own journal."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bench.edits.judge.found import Found
from bench.edits.judge.known import Known
from bench.edits.place import HOME, LISTS, Place, Unit
from hub.codecs import CodecError
from hub.mapping.lens import Lens, Part
from hub.mapping.paths import put
from sandbox.core.journal import Entry


@dataclass(frozen=True, slots=True)
class Emptied:
    """One value the hub took away without putting another there."""

    at: str
    place: Place
    customer: str
    unit: Unit
    text: str


@dataclass(frozen=True, slots=True)
class Made:
    """A record the hub made."""

    at: str
    place: Place
    customer: str
    had: tuple[Place, ...]
    """The records the customer had in that system at the time."""


def created_twice(made: Iterable[Made]) -> Iterator[Found]:
    """Records made for somebody who had one there."""
    for one in made:
        if one.had:
            text = f"made beside {one.had[0].key} at {one.at}"
            yield Found("created_twice", (one.customer, "", ""), one.place, text)


def emptied_by_nobody(known: Known, some: Iterable[Emptied]) -> Iterator[Found]:
    """Values of a customer's own that the hub took away, and no person before it."""
    for one in some:
        cell = (one.customer, *one.unit)
        moved = one.unit == ("address", "second_line") and known.moved(one.customer, one.at)
        if moved or known.raced(one.place, one.unit, one.at):
            continue
        if known.holds(cell, one.text) and not known.emptied(cell, one.at):
            yield Found("emptied_by_nobody", cell, one.place, f"lost {one.text!r} at {one.at}")


def emptied(entry: Entry, place: Place, customer: str, some: Mapping[str, Lens]) -> Iterator[Emptied]:
    """The units an entry of the hub empties; only the places it changed are known of."""
    before, after = (nested(entry.system, one) for one in (entry.before, entry.after))
    for lens in some.values():
        was, now = _parts(lens, before), _parts(lens, after)
        for unit, text in _gone(lens, was, now):
            yield Emptied(entry.at, place, customer, unit, text)


def _gone(lens: Lens, was: dict[str, str], now: dict[str, str]) -> Iterator[tuple[Unit, str]]:
    if lens.field in LISTS:
        left = set(now.values())
        gone = [one for one in was.values() if one not in left] if len(now) < len(was) else []
        yield from (((lens.field, one), one) for one in gone)
        return
    for name, text in was.items():
        if name not in now and name != "house_number_addition" and name != "family_name_prefix":
            yield (lens.field, _unit(name)), text


def _unit(part: str) -> str:
    named = {"given_name": "given", "family_name": "family", "second_line": "second_line"}
    return "home" if part in HOME else named.get(part, "")


def _parts(lens: Lens, raw: Mapping[str, Any]) -> dict[str, str]:
    """Part (of a list: place) → what stands there."""
    found: dict[str, str] = {}
    for at, part in enumerate(lens.parts):
        value = _read(part, raw)
        if isinstance(value, dict):
            found |= {name: str(one) for name, one in value.items()}
        elif value is not None:
            found[str(at) if lens.field in LISTS else part.name] = str(value)
    return found


def _read(part: Part, raw: Mapping[str, Any]) -> Any:
    try:
        return part.read(raw, {})
    except CodecError:
        return None


def nested(system: str, flat: Mapping[str, Any]) -> dict[str, Any]:
    """An entry's fields as the record has them."""
    whole: dict[str, Any] = {}
    for name, value in flat.items():
        put(whole, ("properties", name) if system == "hubspot" else tuple(name.split(".", 1)), value)
    return whole
