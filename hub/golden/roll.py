"""A list field of one system record (its e-mails, its phones): a claim for each element. Pure.

A system holds a list in a fixed number of places, so the base keeps its slots in order: writing one
place must leave the others alone. What a person says is about elements, wherever they stand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from hub.golden.claims import Claim, Reading, Refused, Rules, Sent, What
from hub.golden.state import FORMER, MEMORY
from hub.model.instant import Instant, shift
from hub.model.value import Slots

NOTHING: Mapping[str, Claim] = {}


class Roll(NamedTuple):
    """What the hub knows of one list field of one system record."""

    base: Slots = ()
    claims: Mapping[str, Claim] = NOTHING
    """Element → what a person last said of it here: that it holds, or (value None) that it does not."""
    ours: frozenset[str] = frozenset()
    """Elements of the base that the hub put there."""
    flight: tuple[Sent, ...] = ()
    """Slots sent and not seen back, oldest first (each value a list with None for an empty place)."""
    tries: int = 0
    """How often the hub wrote since anything else happened here."""
    refused: tuple[Refused, ...] = ()
    """Slots this record does not take (each value a list): refused by the system, or by a person."""
    since: Instant | None = None
    """When the last slots the hub put there were sent."""

    @property
    def coming(self) -> Slots:
        """What stands there, or will when what the hub sent last has arrived."""
        return tuple(_slots(self.flight[-1])) if self.flight else self.base

    @property
    def held(self) -> frozenset[str]:
        """The elements shown, wherever they stand."""
        return frozenset(one for one in self.base if one is not None)


@dataclass(frozen=True, slots=True)
class RollObservation:
    """A roll after a reading, and what the reading was."""

    roll: Roll
    what: What


def observe(roll: Roll | None, slots: Slots, reading: Reading, rules: Rules) -> RollObservation:
    """The roll after ``slots`` were read. ``roll`` None means: never read before."""
    if roll is None:
        return _first_sight(slots, reading)
    landed = _landing(roll, slots) if rules.echo else None
    if slots == roll.base and landed is None:
        return RollObservation(roll, "waiting" if roll.flight else "same")
    if landed is not None:
        return RollObservation(_seen_back(roll, slots, landed), "seen_back")
    return _authored(roll, slots, reading, rules)


def sent(roll: Roll | None, slots: Slots, at: Instant) -> Roll:
    """The roll when the hub is about to write ``slots`` to it."""
    before = roll or Roll()
    flight = (*(one for one in before.flight if one.value != list(slots)), Sent(list(slots), at))  # type: ignore[arg-type]
    return before._replace(flight=flight[-MEMORY:], tries=before.tries + 1)


def recalled(roll: Roll, slots: Slots, refused: Instant | None = None) -> Roll:
    """The roll when a write of ``slots`` certainly did not happen; ``refused``: when it was, if it was."""
    back = roll._replace(flight=tuple(one for one in roll.flight if one.value != list(slots)))
    if refused is None:
        return back
    others = tuple(one for one in roll.refused if one.value != list(slots))
    new = Refused(list(slots), refused)
    return back._replace(refused=(*others, new)[-FORMER:], tries=0)


def looked(roll: Roll, slots: Slots, *, answer: bool) -> RollObservation:
    """As :func:`hub.golden.cell.looked`, for the slots of a list."""
    if roll.flight and slots == roll.base and list(slots) != roll.flight[-1].value:
        return RollObservation(roll, "ignored" if answer or roll.tries > 1 else "waiting")
    landed = _landing(roll, slots)
    if landed is None or landed != len(roll.flight) - 1:
        return RollObservation(roll, "waiting")
    return RollObservation(_seen_back(roll, slots, landed), "seen_back")


def _first_sight(slots: Slots, reading: Reading) -> RollObservation:
    at = reading.authored_at()
    claims = {one: Claim(one, at, "first") for one in slots if one is not None}
    return RollObservation(Roll(base=slots, claims=claims), "first" if claims else "same")


def _landing(roll: Roll, slots: Slots) -> int | None:
    matches = [place for place, one in enumerate(roll.flight) if one.value == list(slots)]
    return matches[-1] if matches else None


def _seen_back(roll: Roll, slots: Slots, landed: int) -> Roll:
    shown = frozenset(one for one in slots if one is not None)
    kept = roll.ours & shown
    return roll._replace(
        base=slots,
        ours=kept | (shown - roll.held),
        flight=roll.flight[landed + 1 :],
        tries=0,
        since=roll.flight[landed].at,
    )


def _authored(roll: Roll, slots: Slots, reading: Reading, rules: Rules) -> RollObservation:
    at, spans = reading.authored_at(), reading.spans(roll.since)
    shown = frozenset(one for one in slots if one is not None)
    coming = _coming(roll) if rules.echo else frozenset()
    going = _going(roll) if rules.echo else frozenset()
    added = shown - roll.held - coming
    taken = roll.held - shown - going
    ours = (roll.ours & shown) | (shown & coming - roll.held)
    if not added and not taken and roll.flight:  # some places as they were, some as sent: the rest is to come
        since = roll.flight[-1].at if ours - roll.ours else roll.since
        return RollObservation(roll._replace(base=slots, ours=ours, since=since), "waiting")
    said = dict(roll.claims)
    said |= {one: Claim(one, at, "edit", spans=spans) for one in added}
    said |= {one: Claim(None, at, "edit", (one,), spans=spans) for one in taken}
    flight = tuple(one for one in roll.flight if rules.echo and reading.at < shift(one.at, rules.lag))
    after = Roll(base=slots, claims=said, ours=ours, flight=flight, refused=roll.refused, since=roll.since)
    return RollObservation(after, "removal" if taken and not added else "edit")


def _coming(roll: Roll) -> frozenset[str]:
    """Elements the hub sent that the base did not hold: their showing up is not an edit."""
    return frozenset(_sent_elements(roll)) - roll.held


def _going(roll: Roll) -> frozenset[str]:
    """Elements of the base that something in flight leaves out: their absence is not an edit."""
    if not roll.flight:
        return frozenset()
    kept = [frozenset(one for one in _slots(sent) if one is not None) for sent in roll.flight]
    return roll.held - frozenset.intersection(*kept)


def _sent_elements(roll: Roll) -> set[str]:
    return {one for sent in roll.flight for one in _slots(sent) if one is not None}


def _slots(one: Sent) -> Slots:
    return tuple(one.value) if isinstance(one.value, list) else ()  # type: ignore[arg-type]
