"""One field of one system record: its base, what is in flight, and the claim made there. Pure.

``observe`` turns a reading into the next state of the cell; ``sent`` records that the hub is about
to write. Nothing else changes a cell, so the same readings and writes give the same cell.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from hub.golden.claims import (
    NO_SPANS,
    NOTHING_TYPED,
    Claim,
    How,
    Reading,
    Refused,
    Rules,
    Sent,
    Spans,
    TypedOver,
    What,
)
from hub.model.instant import Instant, shift
from hub.model.opinion import RESPELT, Opinion, Typed, Unit, joined_units, unit_of
from hub.model.value import Value, canonical

FORMER = 8
"""How many earlier claims a cell remembers."""
MEMORY = 4
"""How many unseen writes a cell remembers; a system that swallows more is frozen long before."""


class Cell(NamedTuple):
    """What the hub knows of one field of one system record."""

    base: Value | None = None
    """The value last read there."""
    claim: Claim | None = None
    """The last value a person authored there."""
    placed: bool = False
    """The base is the hub's own doing."""
    intent: Value | None = None
    """What the hub sent that the system turned into ``base`` (they differ where the system altered it)."""
    flight: tuple[Sent, ...] = ()
    """Sent and not seen back, oldest first."""
    tries: int = 0
    """How often the hub wrote since anything else happened here."""
    refused: tuple[Refused, ...] = ()
    """What this cell does not take, latest last: one more does not free the others."""
    former: tuple[Value, ...] = ()
    """What people claimed here before, latest first: who was once called so is still the same customer."""
    since: Instant | None = None
    """Of a base the hub put there: when it was sent. Whoever types over it did so later."""
    altered: bool = False
    """The base is less than what was sent, and nobody knows whose doing that is."""

    @property
    def coming(self) -> Value | None:
        """What stands there, or will when what the hub sent last has arrived."""
        return self.flight[-1].value if self.flight else self.base

    @property
    def nobodys(self) -> bool:
        """Whether neither a person nor the hub put there what stands there: the vendor did."""
        return self.base is not None and self.claim is None and not self.placed

    @property
    def kept(self) -> tuple[Value, ...]:
        """What was refused in place of what stands there."""
        return tuple(one.value for one in self.refused if isinstance(one.value, str | dict))

    @property
    def overwritten(self) -> bool:
        """Whether the claim made here no longer shows, or soon will not: the hub wrote over it."""
        return self.placed or bool(self.flight)


@dataclass(frozen=True, slots=True)
class Observation:
    """A cell after a reading, and what the reading was."""

    cell: Cell
    what: What


def observe(
    cell: Cell | None, value: Value | None, reading: Reading, rules: Rules, name: str = ""
) -> Observation:
    """The cell of field ``name`` after ``value`` was read in it. ``cell`` None means: never read before."""
    if cell is None:
        return _first_sight(value, reading, rules.first_claim(name, value))
    if _typed_again(cell, value, reading):
        return _authored(cell, value, reading, rules, None)
    if value == cell.base and not (rules.echo and _landing(cell, value) is not None):
        return Observation(cell, "waiting" if cell.flight else "same")
    if rules.echo and (landed := _landing(cell, value)) is not None:
        return Observation(_seen_back(cell, value, landed), "seen_back")
    if rules.echo and cell.flight and altered(cell.flight[-1].value, value):
        last = len(cell.flight) - 1
        return Observation(_seen_back(cell, value, last)._replace(altered=True), "altered")
    return _authored(cell, value, reading, rules, rules.opinions.get(name))


def _typed_again(cell: Cell, value: Value | None, reading: Reading) -> bool:
    """Whether somebody typed what stood there before, over something that no reading showed.

    The system's own history of the field tells: it was touched since the last reading.
    """
    if value is None or isinstance(value, dict) or value != cell.base or cell.overwritten or not cell.claim:
        return False
    typed = reading.typed or ""
    return max(reading.since, cell.claim.at) < typed <= reading.at


def looked(cell: Cell, value: Value | None, *, answer: bool) -> Observation:
    """The cell after a write of ours was answered, and ``value`` was what the record showed right then.

    What the ``answer`` itself shows is the system's doing; a look right after it may also show what a person
    typed meanwhile, and that is for the next pull. Where what stood there still does, the write was
    ``ignored``: a look must show so twice in a row, a system may be slow to show what it took.
    """
    if not cell.flight:
        return Observation(cell, "waiting")
    last = len(cell.flight) - 1
    ours = cell.flight[last].value
    if value == cell.base and value != ours:
        return Observation(cell, "ignored" if answer or cell.tries > 1 else "waiting")
    if value == ours:
        return Observation(_seen_back(cell, value, last), "seen_back")
    if answer or altered(ours, value):
        return Observation(_seen_back(cell, value, last), "drift")
    return Observation(cell, "waiting")


def sent(cell: Cell | None, value: Value | None, at: Instant) -> Cell:
    """The cell when the hub is about to write ``value`` to it; stored before the request leaves."""
    before = cell or Cell()
    flight = (*(one for one in before.flight if one.value != value), Sent(value, at))[-MEMORY:]
    return before._replace(flight=flight, tries=before.tries + 1)


def recalled(cell: Cell, value: Value | None, refused: Instant | None = None) -> Cell:
    """The cell when a write of ``value`` certainly did not happen; ``refused``: when it was, if it was."""
    flight = tuple(one for one in cell.flight if one.value != value)
    back = cell._replace(flight=flight)
    if refused is None:
        return back
    others = tuple(one for one in cell.refused if one.value != value)
    return back._replace(refused=(*others, Refused(value, refused))[-FORMER:])


def altered(ours: Value | None, shown: Value | None) -> bool:
    """Whether ``shown`` is ``ours`` with an undeclared loss: cut short, other case, other spacing."""
    if isinstance(ours, dict) and isinstance(shown, dict):
        return all(_same_or_altered(ours.get(part), shown.get(part)) for part in ours.keys() | shown.keys())
    if not isinstance(ours, str) or not isinstance(shown, str):
        return False
    mine, theirs = "".join(ours.split()).casefold(), "".join(shown.split()).casefold()
    return bool(theirs) and mine.startswith(theirs) and len(theirs) * 2 > len(mine)


def _same_or_altered(ours: Value | None, shown: Value | None) -> bool:
    return ours == shown or altered(ours, shown)


def _first_sight(value: Value | None, reading: Reading, how: How | None) -> Observation:
    if value is None:
        return Observation(Cell(), "same")
    claim = Claim(value, reading.authored_at(), how) if how else None
    return Observation(Cell(base=value, claim=claim), "first")


def _landing(cell: Cell, value: Value | None) -> int | None:
    matches = [place for place, one in enumerate(cell.flight) if one.value == value]
    return matches[-1] if matches else None


def _seen_back(cell: Cell, value: Value | None, landed: int) -> Cell:
    return cell._replace(
        base=value,
        placed=True,
        intent=cell.flight[landed].value,
        flight=cell.flight[landed + 1 :],
        tries=0,
        since=cell.flight[landed].at,
        altered=False,
    )


def _authored(
    cell: Cell, value: Value | None, reading: Reading, rules: Rules, opinion: Opinion | None
) -> Observation:
    at = reading.authored_at()
    # A write still on its way may yet show: forgetting it here would make it an edit when it does.
    flight = tuple(one for one in cell.flight if rules.echo and reading.at < shift(one.at, rules.lag))
    if value is None or opinion is None:
        removed = _seen_by_author(cell) if value is None else ()
        own = cell.claim if cell.claim and cell.claim.value is not None and value is None else None
        claim = Claim(value, at, "edit", removed, own.at if own else None)
    elif told := _typed(cell, value, at, opinion):
        claim = told
    else:  # part of it as it was, part of it as the hub wrote it: nobody typed anything
        return Observation(cell._replace(base=value, placed=True, flight=flight), "waiting")
    claim = claim._replace(own=_own(cell, value, opinion))
    spans = {**_older(cell.claim, claim), **reading.spans(cell.since)}
    over = _over(cell, value, reading.spans(cell.since).get(at, at), opinion)
    claim = claim._replace(spans=spans or NO_SPANS, over=over)
    after = Cell(base=value, claim=claim, flight=flight, former=_former(cell), refused=cell.refused)
    return Observation(after, "removal" if value is None else "edit")


def _typed(cell: Cell, value: Value, at: Instant, opinion: Opinion) -> Claim | None:
    """What a person claims who typed: what of it he typed, beside what was said here before."""
    seen, was = _seen_by_author(cell), cell.claim
    typed = opinion.typed(seen, value)
    if not typed:
        return None
    lost = any(_lost(opinion, unit, seen, value) for unit in opinion.units)
    removed = seen if lost or any(part.startswith("-") for part in typed) else ()
    if not isinstance(value, dict):
        return Claim(value, at, "edit", removed)
    said: Value = value
    if was is not None and was.value is not None and cell.base is not None and (cell.placed or cell.flight):
        said = opinion.claimed(was.value, seen, value)
    if was is not None and was.how == "edit":
        removed = tuple({canonical(one): one for one in (*removed, *was.removed)}.values())[:MEMORY]
    now = dict.fromkeys(sorted(_marked(opinion, typed, cell.base, value)), at)
    first = "" if was is None else was.first if was.how == "edit" else was.at
    return Claim(said, at, "edit", removed, typed={**_kept(was, said, typed, opinion), **now}, first=first)


def _over(cell: Cell, now: Value | None, at: Instant, opinion: Opinion | None) -> tuple[TypedOver, ...]:
    """What people typed over in this cell, latest first; an emptying is of one word.

    Who empties what the hub put over his own people's word does not ask for that again.
    """
    was = cell.claim
    found = list(was.over) if was and was.how == "edit" else []
    if was and cell.placed and cell.since and (gone := _shares(was.value, now, opinion, emptied=True)):
        found.insert(0, TypedOver(gone, cell.since))
    if gone := _shares(cell.base, now, opinion, emptied=False):
        found.insert(0, TypedOver(gone, at))
    return tuple(found[:MEMORY])


def _shares(said: Value | None, now: Value | None, opinion: Opinion | None, *, emptied: bool) -> Value | None:
    """The units of what was said that are empty now; or those in which something else is."""
    if said is None or opinion is None:
        return said if said != now and (now is None) is emptied else None
    before = {unit: unit_of(opinion, unit, said) for unit in opinion.units}
    after = {unit: unit_of(opinion, unit, now) for unit in opinion.units}
    gone = {
        unit: one if one != after[unit] and (after[unit] is None) is emptied else None
        for unit, one in before.items()
    }
    return joined_units(opinion, gone)


def _own(cell: Cell, now: Value | None, opinion: Opinion | None) -> Typed:
    """Of each unit that is empty now when people had typed here what went, if that still stood."""
    was, units = cell.claim, opinion.units if opinion else ("",)
    share = partial(unit_of, opinion) if opinion else _whole
    empty = [unit for unit in units if share(unit, now) is None]
    found = {unit: was.own[unit] for unit in empty if unit in was.own} if was else {}
    if was is None or was.how != "edit" or was.value is None or cell.flight:
        return found or NOTHING_TYPED
    for unit in empty:
        stood, said = share(unit, cell.base), share(unit, was.value)
        if said is not None and stood == said and (at := _typed_at(was, unit, opinion)):
            found[unit] = at
    return found or NOTHING_TYPED


def _whole(_: Unit, value: Value | None) -> Value | None:
    return value


def _typed_at(was: Claim, unit: Unit, opinion: Opinion | None) -> Instant | None:
    if was.typed is None or opinion is None or was.value is None:
        return was.at
    told = {part: at for part, at in was.typed.items() if not part.startswith(RESPELT)}
    return opinion.typed_at(unit, was.value, told, was.removed)


def _older(was: Claim | None, now: Claim) -> Spans:
    """The spans of what was typed before and still stands."""
    kept = {*(now.typed or {}).values(), *now.own.values(), now.since}
    return {at: after for at, after in was.spans.items() if at in kept} if was else NO_SPANS


def _kept(was: Claim | None, said: Value, typed: Collection[str], opinion: Opinion) -> dict[str, Instant]:
    """What was typed here before and still stands."""
    if was is None or was.value is None:
        return {}
    before = was.typed or {}
    if was.how == "edit" and was.typed is None:
        before = dict.fromkeys(opinion.typed((), was.value), was.at)
    return {part: at for part, at in opinion.kept(before, was.value, said).items() if part not in typed}


def _marked(opinion: Opinion, typed: Collection[str], base: Value | None, value: Value) -> set[str]:
    """What was typed; what only respells what stood there is marked as that."""
    alike = [unit for unit in opinion.units if _respelt(opinion, unit, base, value)]
    seen = () if base is None else (base,)
    told = {part for unit in alike for part in typed if opinion.typed_at(unit, value, {part: "now"}, seen)}
    return {f"{RESPELT}{part}" if part in told else part for part in typed}


def _respelt(opinion: Opinion, unit: Unit, base: Value | None, value: Value) -> bool:
    before, now = (unit_of(opinion, unit, one) for one in (base, value))
    return before is not None and now is not None and opinion.same(unit, before, now)


def _lost(opinion: Opinion, unit: Unit, seen: Sequence[Value], value: Value) -> bool:
    """Whether less stands in a unit than whoever typed saw there."""
    now = unit_of(opinion, unit, value)
    befores = [share for one in seen if (share := unit_of(opinion, unit, one)) is not None]
    return any(now is None or opinion.covers(unit, one, now) for one in befores)


def _former(cell: Cell) -> tuple[Value, ...]:
    if cell.claim is None or cell.claim.value is None:
        return cell.former
    older = (one for one in cell.former if cell.claim and one != cell.claim.value)
    return (cell.claim.value, *older)[:FORMER]


def _seen_by_author(cell: Cell) -> tuple[Value, ...]:
    """What stood in the cell when a person emptied it: the base, or a write that had landed since."""
    shown = [cell.base, *(one.value for one in cell.flight)]
    return tuple(value for value in shown if value is not None)
