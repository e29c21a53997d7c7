"""A record that its system made of others: no merge is an edit, and what none of them showed is one."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.codecs.opinions import OPINIONS
from hub.golden.cell import Cell
from hub.golden.claims import Claim, Reading, Rules
from hub.golden.merged import joined, unlike
from hub.golden.record import Shown, SourceRecord, read_again
from hub.golden.roll import Roll
from hub.model.keys import RecordKey
from hub.model.value import Value
from tests.unit.said import at

KEY = RecordKey("hubspot", "person", "9")
OPINION = {"address": OPINIONS["home"]}
MAYBE = st.none() | st.sampled_from(["a", "b", "c"])
PARTS = st.sampled_from(["street", "city", "country"])
HOME: st.SearchStrategy[Value] = st.dictionaries(PARTS, st.sampled_from(["A", "B"]), max_size=3)


def record(placed: bool, minute: int, phones: tuple[str | None, ...], **fields: Value | None) -> SourceRecord:
    """A record whose fields were all first seen at one moment, or put there by the hub."""

    def cell(value: Value | None) -> Cell:
        said = None if value is None or placed else Claim(value, at(minute), "first")
        return Cell(base=value, claim=said, placed=placed and value is not None)

    own = {one for one in phones if one is not None}
    claims = {} if placed else {one: Claim(one, at(minute), "first") for one in own}
    roll = Roll(phones, claims, frozenset(own) if placed else frozenset())
    return SourceRecord(KEY, "contacts", "9", {n: cell(v) for n, v in fields.items()}, {"phones": roll})


def merged(one: SourceRecord, other: SourceRecord) -> Shown:
    """What a system shows of both: the values of ``one``, and ``other``'s where it has none."""
    values: dict[str, Value | None] = {}
    for name, cell in one.cells.items():
        mine, theirs = cell.base, other.cells[name].base
        both: Any = {**theirs, **mine} if isinstance(mine, dict) and isinstance(theirs, dict) else None
        values[name] = both or mine or theirs
    both_lists = zip(one.rolls["phones"].base, other.rolls["phones"].base, strict=True)
    slots = [mine or theirs for mine, theirs in both_lists]
    return Shown(values, {"phones": tuple(slots)})


def after(both: Sequence[SourceRecord], shown: Shown) -> SourceRecord:
    heir, rest = sorted(both, key=lambda it: unlike(it, shown))
    return read_again(joined(heir, [rest], shown, OPINION).record, shown, Reading(at(9), at(8)), Rules())


@given(st.data())
def test_a_merge_is_nobodys_edit(data: st.DataObject) -> None:
    phones = st.tuples(MAYBE, MAYBE).filter(lambda pair: pair[0] is None or pair[0] != pair[1])
    records = [
        record(
            data.draw(st.booleans()),
            minute,
            data.draw(phones),
            title=data.draw(MAYBE),
            address=data.draw(HOME) or None,
        )
        for minute in (1, 2)
    ]
    shown = merged(records[0], records[1])
    now = after(records, shown)
    assert {name: cell.base for name, cell in now.cells.items()} == shown.values
    claims = [cell.claim for cell in now.cells.values()] + list(now.rolls["phones"].claims.values())
    assert all(one is None or (one.how == "first" and one.value is not None) for one in claims)
    placed = {one for it in records for one in it.rolls["phones"].ours}
    said = {one for it in records for one in it.rolls["phones"].claims}
    assert now.rolls["phones"].ours <= placed and now.rolls["phones"].claims.keys() <= said
    if all(it.cells["title"].placed for it in records):
        assert now.cells["title"].claim is None


@pytest.mark.parametrize(
    ("one", "other", "shows", "claim"),
    [
        ("a", "b", "c", Claim("c", at(9), "edit", ())),
        ("a", None, None, Claim(None, at(9), "edit", ("a",), at(1))),
        (None, "a", None, Claim(None, at(9), "edit", ("a",), at(2))),
    ],
)
def test_what_none_of_them_showed_was_typed(
    one: str | None, other: str | None, shows: str | None, claim: Claim
) -> None:
    records = record(False, 1, (), title=one), record(False, 2, (), title=other)
    shown = replace(merged(*records), values={"title": shows}, slots={"phones": ()})
    said = after(records, shown).cells["title"].claim
    assert said is not None
    assert said._replace(spans={}, over=(), own={}) == claim
