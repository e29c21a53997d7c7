"""One field of one system record: its base, what is in flight, and the claim made there. Pure.

``observe`` turns a reading into the next state of the cell; ``sent`` records that the hub is about
to write. Nothing else changes a cell, so the same readings and writes give the same cell.
"""

from dataclasses import dataclass

from hub.golden.authored import authored
from hub.golden.claims import Claim, How, Reading, Refused, Rules, Sent, What
from hub.golden.state import FORMER, MEMORY, Cell
from hub.model.instant import Instant
from hub.model.opinion import Opinion
from hub.model.value import Value, parts_of

__all__ = ["Cell", "Observation", "altered", "looked", "observe", "recalled", "sent"]


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
    if rules.echo and cell.flight:
        ours, last = cell.flight[-1].value, len(cell.flight) - 1
        if _untaken(cell.base, ours, value) and _made_of(cell.base, ours, value):
            return Observation(_partly(cell, value), "waiting")
        if altered(ours, value):
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
    ``ignored``: a look must show so twice in a row, a system may be slow to show what it took. Where a part
    of it still does, or is not there at all, the rest stands there by the hub's doing, and the write goes on
    waiting to be seen: it is planned anew over what stands, and what is ignored again is ignored as a whole.
    """
    if not cell.flight:
        return Observation(cell, "waiting")
    last = len(cell.flight) - 1
    ours = cell.flight[last].value
    if value == cell.base and value != ours:
        return Observation(cell, "ignored" if answer or cell.tries > 1 else "waiting")
    if value == ours:
        return Observation(_seen_back(cell, value, last), "seen_back")
    if _untaken(cell.base, ours, value):
        seen = answer or _made_of(cell.base, ours, value, less=True)
        return Observation(_partly(cell, value) if seen else cell, "waiting")
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
    return back._replace(refused=(*others, Refused(value, refused))[-FORMER:], tries=0)


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


def _untaken(base: Value | None, ours: Value | None, shown: Value | None) -> bool:
    """Whether some part that the hub changed shows what stood there before, or nothing of what was sent."""
    before, after, now = parts_of(base), parts_of(ours), parts_of(shown)
    changed = {part for part in before.keys() | after.keys() if before.get(part) != after.get(part)}
    return any(now.get(part) in (before.get(part), None) for part in changed if part in {*after, *now})


def _made_of(base: Value | None, ours: Value | None, shown: Value | None, *, less: bool = False) -> bool:
    """Whether each part is as it was, or what the hub sent, or less of that; ``less``: or nothing."""
    before, after, now = parts_of(base), parts_of(ours), parts_of(shown)
    return all(
        now.get(part) == before.get(part)
        or _same_or_altered(after.get(part), now.get(part))
        or (less and part not in now)
        for part in before.keys() | after.keys() | now.keys()
    )


def _partly(cell: Cell, shown: Value | None) -> Cell:
    """The cell where only a share of what was sent last has come to stand there."""
    return cell._replace(base=shown, placed=True, since=cell.flight[-1].at)


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
    after = authored(cell, value, reading, rules, opinion)
    if after.placed:  # part of it as it was, part of it as the hub wrote it
        return Observation(after, "waiting")
    return Observation(after, "removal" if value is None else "edit")
