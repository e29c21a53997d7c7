"""What somebody typed in a cell: what of it he typed, when, over what, and what he saw. Pure."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial

from hub.golden.claims import NO_SPANS, NOTHING_TYPED, Claim, Reading, Rules, Spans, TypedOver
from hub.golden.state import FORMER, MEMORY, Cell
from hub.model.instant import Instant, shift
from hub.model.opinion import RESPELT, Opinion, Typed, Unit, joined_units, unit_of
from hub.model.value import Value, canonical, parts_of


def authored(
    cell: Cell, value: Value | None, reading: Reading, rules: Rules, opinion: Opinion | None
) -> Cell:
    """The cell after somebody typed ``value``; only ``placed`` where it is a mixture that nobody typed."""
    at = reading.authored_at()
    # A write still on its way may yet show: forgetting it here would make it an edit when it does.
    flight = tuple(one for one in cell.flight if rules.echo and reading.at < shift(one.at, rules.lag))
    if value is None or opinion is None:
        removed = _seen_by_author(cell) if value is None else ()
        own = cell.claim if cell.claim and cell.claim.value is not None and value is None else None
        claim = Claim(value, at, "edit", removed, own.at if own else None)
    elif told := _typed(cell, value, at, opinion):
        claim = told
    else:  # part of it as it was, part of it as the hub wrote it: nobody typed, and the rest is still to come
        return cell._replace(base=value, placed=True)
    claim = claim._replace(own=_own(cell, value, opinion))
    spans = {**_older(cell.claim, claim), **reading.spans(cell.since)}
    over = _over(cell, value, reading.spans(cell.since).get(at, at), opinion)
    claim = claim._replace(spans=spans or NO_SPANS, over=over)
    return Cell(base=value, claim=claim, flight=flight, former=_former(cell), refused=cell.refused)


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
    if isinstance(said, dict):
        said = {**said, **_meant_beside(cell, value)}
    if was is not None and was.how == "edit":
        removed = tuple({canonical(one): one for one in (*removed, *was.removed)}.values())[:MEMORY]
    now = dict.fromkeys(sorted(_marked(opinion, typed, cell.base, value)), at)
    first = "" if was is None else was.first if was.how == "edit" else was.at
    return Claim(said, at, "edit", removed, typed={**_kept(was, said, typed, opinion), **now}, first=first)


def _meant_beside(cell: Cell, value: Mapping[str, Value]) -> Mapping[str, Value]:
    """The parts that stand as its people had them because the system did not take what the hub wanted → that.

    Only where the rest stands as the hub wanted it then, and some of that was left so: who corrects a door or
    a slip says nothing of the town beside it, and who types all of it anew does.
    """
    last = parts_of(cell.refused[-1].value if cell.refused and cell.placed else None)
    own, base = parts_of(cell.claim.value if cell.claim else None), parts_of(cell.base)
    if any(one not in (last.get(part), own.get(part)) for part, one in base.items()):
        return {}
    taken = [part for part, one in last.items() if base.get(part) == one != own.get(part)]
    if not any(value.get(part) == base.get(part) for part in taken):
        return {}
    return {part: one for part, one in last.items() if value.get(part) == base.get(part) != one}


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
