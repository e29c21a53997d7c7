"""Edits that are nowhere any more, and edits beaten by older ones."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set

from bench.edits.journal import Cell, Journal, Line, conflict
from bench.edits.judge.found import Found
from bench.edits.judge.known import without
from bench.edits.place import CONSENTS, LISTS, Place, Texts, says

Shown = Callable[[Line], bool]
"""Whether the hub shows what a line says: in the golden record, its losers, or what is in question."""
Golden = Callable[[Place], Texts]
"""What the golden record of a place's customer says."""
AUTHORITY = frozenset({"legal_name", "vat_number", "coc_number", "journey_stage", *CONSENTS})
"""Fields in which one system's word is above another's, whenever it was said."""


FIRST = ("duplicate", "restore")
"""Who makes a record types over nothing: what it shows is seen for the first time."""


def by_cell(journal: Journal) -> dict[Cell, list[Line]]:
    """Deliberate edits by cell."""
    found: dict[Cell, list[Line]] = defaultdict(list)
    for one in journal.lines:
        if one.deliberate:
            found[one.cell].append(one)
    return found


def counts(journal: Journal, gone: Set[Place], one: Line) -> bool:
    """Whether an edit is judged: what was overwritten in the gap is counted elsewhere.

    Of a record deleted since nobody asks; what was typed there still makes older edits older. Nor of what
    somebody typed over in the same record before any pull could show it.
    """
    return one.place not in gone and not journal.was_raced(one) and not journal.unseen(one)


def last(journal: Journal, lines: Sequence[Line]) -> list[Line]:
    """The lines of a cell that nobody typed over later, as far as that can be told."""
    return [one for one in lines if not any(journal.precedes(one, other) for other in lines)]


def lost(
    journal: Journal, standing: Mapping[Place, Texts], shown: Shown, gone: Set[Place]
) -> Iterator[Found]:
    """Of each cell the last edits that stand neither where they were typed nor anywhere in the hub."""
    cells = by_cell(journal)
    for lines in cells.values():
        final = last(journal, lines)
        for one in final:
            stands = _stands(standing.get(one.place, {}), one)
            if (
                stands
                or not counts(journal, gone, one)
                or _gainsaid(one, final)
                or _moved(journal, one, cells)
            ):
                continue
            if not shown(one):
                yield Found("edits_lost", one.cell, one.place, _said(one, standing))


def _stands(told: Texts, one: Line) -> bool:
    """Whether what was typed stands, be it with its second line in a place of its own."""
    now = told.get(one.unit)
    second = told.get(("address", "second_line"))
    beside = one.unit == ("address", "home") and second and one.after and without(one.after, second)
    return says(now, one.after) or bool(beside and now == beside)


def _gainsaid(one: Line, final: Sequence[Line]) -> bool:
    """Whether an emptying meets what somebody typed at the same time; of a list, the other way round too."""
    met = any((other.after is None) != (one.after is None) for other in final)
    return met and (one.after is None or one.unit[0] in LISTS)


def _moved(journal: Journal, one: Line, cells: Mapping[Cell, Sequence[Line]]) -> bool:
    """Whether the address a second line belongs to was typed over since, or may have been."""
    if one.unit != ("address", "second_line"):
        return False
    homes = cells.get((one.customer, "address", "home"), ())
    return any(it.act != one.act and not journal.precedes(it, one) for it in homes)


def _said(one: Line, standing: Mapping[Place, Texts]) -> str:
    now = standing.get(one.place, {}).get(one.unit)
    return f"typed {one.after!r} over {one.before!r} at {one.at}, stands {now!r}"


def older_over_newer(journal: Journal, golden: Golden, shown: Shown, gone: Set[Place]) -> Iterator[Found]:
    """Cells whose golden value is an edit that another system's people typed over in a later round.

    None at all is no older emptying where it is in question which value stands.
    """
    cells = by_cell(journal)
    for cell, lines in cells.items():
        if cell[1] in AUTHORITY:
            continue
        for new in (
            one for one in last(journal, lines) if counts(journal, gone, one) and one.kind not in FIRST
        ):
            stands = golden(new.place).get(new.unit)
            if (stands is None and shown(new)) or _moved(journal, new, cells):
                continue
            beaten = [one for one in lines if conflict(one, new) and journal.precedes(one, new)]
            if any(one.after == stands for one in beaten) and not _again(journal, lines, new, stands):
                text = f"{stands!r} stands, {new.after!r} was typed later, at {new.at}"
                yield Found("older_over_newer", cell, new.place, text)
                break


def _again(journal: Journal, lines: Sequence[Line], new: Line, stands: str | None) -> bool:
    """Whether what stands was typed once more, and not clearly before the newer one."""
    return any(one.after == stands and not journal.precedes(one, new) for one in lines)
