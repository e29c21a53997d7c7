"""What each field of a source record should become: the golden value seen through the mapping's lens."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hub.codecs import CodecError
from hub.flow.hub import Hub
from hub.golden.cell import Cell
from hub.golden.claims import Why
from hub.golden.record import SourceRecord
from hub.golden.roll import Roll
from hub.mapping.lens import Lens
from hub.mapping.paths import Path
from hub.mapping.spec import FACTS, Facet, GoldenField, SystemMapping
from hub.model.instant import Instant
from hub.model.opinion import Opinion
from hub.model.value import Slots, Value
from hub.publish.effect import Effect, effect, list_effect
from hub.publish.target import Stand, Target, target
from hub.publish.unrefused import Typed, unrefused, unrefused_elements
from hub.publish.want import AGREED, Policy, Wish, want, want_roll
from hub.store.golden import Golden

NOTHING = Cell()
REFUSED = Wish(agrees=False, exempt="refused")
"""The system, or a person, does not want it there; the wish still tells what would be written."""


@dataclass(frozen=True, slots=True)
class FieldWish:
    """The wish for one field of one record, with what would be written where."""

    field: str
    wish: Wish
    before: Value | list[str | None] | None = None
    after: Value | list[str | None] | None = None
    written: Mapping[Path, object] | None = None
    effect: Effect = "filled"
    """What writing it does to what stands there."""

    @property
    def clears(self) -> bool:
        """Whether this would empty the field."""
        return self.after is None or self.after == [None] * len(
            self.after if isinstance(self.after, list) else []
        )


def wishes(
    hub: Hub,
    mapping: SystemMapping,
    facet: Facet,
    record: SourceRecord,
    golden: Golden,
    settled: Instant,
) -> Iterator[FieldWish]:
    """One wish for each field that may be written in this record.

    ``settled``: see :func:`hub.golden.claims.in_flight`.
    """
    rules = hub.mappings.customer.fields[record.key.kind]
    for lens in facet.writable:
        if reason := _held(lens, record):
            yield FieldWish(lens.field, Wish(agrees=False, exempt=reason))
        elif _says_it(lens, record, golden):  # most do: no need to ask what the system would make of it
            yield FieldWish(lens.field, AGREED)
        else:
            yield _wish(rules[lens.field], lens, record, golden, settled)


def _says_it(lens: Lens, record: SourceRecord, golden: Golden) -> bool:
    """Whether the very golden value stands there, and nothing about it is undecided."""
    value = golden.document.get(lens.field)
    if lens.shape == "list":
        roll = record.rolls.get(lens.field) or Roll()
        elements = frozenset(value if isinstance(value, list) else ())
        return not roll.refused and roll.held == elements and not any(map(str.isdecimal, roll.held))
    if value != (record.cells.get(lens.field) or NOTHING).base:
        return False
    origin = golden.provenance.get(lens.field) or {}
    return "undecided" not in origin.get("standing", {}).values()


def _wish(said: GoldenField, lens: Lens, record: SourceRecord, golden: Golden, settled: Instant) -> FieldWish:
    policy = _policy(lens, said.rule.name == "consent")
    origin = golden.provenance.get(lens.field) or {}
    typed = Typed(origin.get("typed", ""), origin.get("typed_of", {}))
    if lens.shape == "list":
        found = _list_wish(lens, record, golden.document.get(lens.field), policy, settled, typed)
    else:
        stand = _stand(golden, lens.field, said.opinion)
        found = _value_wish(lens, record, stand, policy, settled, typed)
    nobodys = (record.cells.get(lens.field) or NOTHING).nobodys
    stood = replace(found, before=None) if nobodys else found
    return _reachable(lens, record, replace(found, effect=_effect(said, stood, edited=bool(typed.last))))


def _effect(said: GoldenField, found: FieldWish, *, edited: bool) -> Effect:
    """What the wish would do, in the guard's words."""
    if not found.wish.write:
        return found.effect
    if said.name in FACTS:
        return "fact"
    if isinstance(found.before, list) and isinstance(found.after, list):
        return list_effect(_slots(found.before), _slots(found.after), edited=edited)
    return effect(said.opinion, _value(found.before), _value(found.after), edited=edited)


def _slots(some: Sequence[object]) -> list[str | None]:
    return [None if one is None else str(one) for one in some]


def _value(one: Any) -> Value | None:
    found: Value | None = one
    return found


def _held(lens: Lens, record: SourceRecord) -> Why | None:
    """Why a field is not looked at: what stands there waits, or nothing of it is shown."""
    if lens.field in record.held:
        return record.held[lens.field].why
    return "not_shown" if lens.hidden(record.unshown) else None


def _reachable(lens: Lens, record: SourceRecord, found: FieldWish) -> FieldWish:
    """The wish without the places the system does not show; nothing is left of some."""
    if not record.unshown or found.written is None:
        return found
    written = {where: one for where, one in found.written.items() if where not in record.unshown}
    if written:
        return replace(found, written=written)
    return FieldWish(lens.field, Wish(agrees=False, exempt="not_shown"))


def _policy(lens: Lens, consent: bool) -> Policy:
    return Policy(lens.write_rule, lens.clear and not consent, take_back=not consent)


def _stand(golden: Golden, name: str, opinion: Opinion) -> Stand:
    origin = golden.provenance.get(name) or {}
    told = origin.get("candidates", {})
    asked = {unit: [one["value"] for one in some] for unit, some in told.items()}
    typed = frozenset(unit for unit, some in told.items() if all(one.get("typed") for one in some))
    return Stand(golden.document.get(name), origin.get("standing", {}), opinion, asked, typed)


def _value_wish(
    lens: Lens, record: SourceRecord, stand: Stand, policy: Policy, settled: Instant, typed: Typed
) -> FieldWish:
    cell = record.cells.get(lens.field) or NOTHING
    wanted = target(stand, cell, lens.opinion)
    if wanted.value == cell.base:
        return FieldWish(lens.field, _left_alone(wanted))
    try:
        value = lens.project(_fitted(lens, wanted.value))
        taken = unrefused(cell, value, stand.opinion, typed)
        if taken != value and taken == cell.base:
            return FieldWish(lens.field, REFUSED, cell.base, value)
        value = taken
        wish = want(cell, value, policy, settled, typed.last)
        written = lens.changes(cell.base, value) if wish.write else None
    except CodecError:
        return FieldWish(lens.field, Wish(agrees=False, exempt="unwritable"))
    return FieldWish(lens.field, _left_alone(wanted) if wish.agrees else wish, cell.base, value, written)


def _fitted(lens: Lens, value: Value | None) -> Value | None:
    return value if value is None else lens.opinion.fitted(value, lens.holds)


def _left_alone(wanted: Target) -> Wish:
    """A cell that shows what it should; it agrees, unless that is only what its own people say."""
    return Wish(agrees=False, exempt="disputed") if wanted.disputed else AGREED


def _list_wish(
    lens: Lens,
    record: SourceRecord,
    golden: Value | None,
    policy: Policy,
    settled: Instant,
    typed: Typed,
) -> FieldWish:
    roll = record.rolls.get(lens.field)
    elements = _representable(lens, golden, roll.base if roll else ())
    if roll:
        elements = _beside(_own_words(roll), elements)
    taken = unrefused_elements(roll, elements, typed)
    wish, slots = want_roll(roll, taken, lens.places, policy, settled, typed.last)
    if wish.agrees and taken != elements:
        _, asked = want_roll(roll, elements, lens.places, policy, settled, typed.last)
        return FieldWish(lens.field, REFUSED, list(roll.base) if roll else [], list(asked))
    before: Slots = roll.base if roll else (None,) * lens.places
    written = lens.changed_slots(before, slots) if wish.write else None
    return FieldWish(lens.field, wish, list(before), list(slots), written)


def _own_words(roll: Roll | None) -> list[str]:
    """National numbers somebody typed here: they stay, whichever line in the world they are."""
    return [one for one in roll.base if one and one.isdecimal()] if roll else []


def _beside(own: Sequence[str], elements: Sequence[str]) -> list[str]:
    """The elements, each that stands here in somebody's own words in those."""
    others = [one for one in elements if not any(one.endswith(it.lstrip("0")) for it in own)]
    return [*own, *others]


def _representable(lens: Lens, golden: Value | None, base: Slots) -> list[str]:
    """The elements this system has words for, as it would show them; what it shows it need not be asked."""
    found: list[str] = []
    for element in golden if isinstance(golden, list) else ():
        try:
            shown = element if element in base else lens.project_element(str(element))
        except CodecError:
            continue
        if shown is not None and shown not in found:
            found.append(shown)
    return found


def facet_of(mapping: SystemMapping, record: SourceRecord, raw: Mapping[str, Any]) -> Facet | None:
    """The facet a record has today, by what its raw record holds."""
    return mapping.facet(record.object, record.key.key, record.key.kind, raw)
