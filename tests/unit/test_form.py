"""Cells and lists as stored by earlier versions: nothing that was refused is offered again by an update."""

from typing import Any

import pytest

from hub.golden.cell import Cell
from hub.golden.claims import NO_SPANS, Claim, Refused
from hub.golden.form import cell_form, cell_of, roll_form, roll_of
from hub.golden.roll import Roll
from hub.model.instant import DAWN
from hub.model.value import Value
from hub.publish.want import Policy, want
from tests.unit.said import at


@pytest.mark.parametrize("value", ["Breda", 3, {"city": "Breda"}, "2026-01-01T00:00:00.000000Z"])
def test_one_refused_value_without_its_time_was_refused_long_ago(value: Value) -> None:
    cell = cell_of({"base": "Delft", "refused": value})
    assert cell == Cell(base="Delft", refused=(Refused(value, DAWN),))
    assert want(cell, value, Policy(), at(9)).exempt == "refused"
    assert want(cell, value, Policy(), at(9), typed=at(1)).write
    assert cell_of(cell_form(cell)) == cell


def test_refused_slots_without_their_times_were_refused_long_ago() -> None:
    roll = roll_of({"slots": ["a", None], "refused": [["a", "b"], [None, None], ["a", None]]})
    assert [one.value for one in roll.refused] == [["a", "b"], [None, None], ["a", None]]
    assert {one.at for one in roll.refused} == {DAWN}
    assert roll_of(roll_form(roll)) == roll


def test_refused_slots_of_one_place_are_no_time_either() -> None:
    roll = roll_of({"slots": ["a"], "refused": [["b"], [None]]})
    assert [(one.value, one.at) for one in roll.refused] == [(["b"], DAWN), ([None], DAWN)]


@pytest.mark.parametrize("form", [{}, {"base": "Delft"}])
def test_a_cell_in_which_nothing_was_refused_refuses_nothing(form: dict[str, Any]) -> None:
    assert cell_of(form).refused == () and not cell_of(form).altered and cell_of(form).since is None
    assert roll_of({"slots": []}) == Roll()


def test_a_refused_emptying_is_kept() -> None:
    cell = Cell(base="Delft", refused=(Refused(None, at(3)), Refused("Goes", at(4))))
    assert cell_form(cell)["refused"] == [[None, at(3)], ["Goes", at(4)]]
    assert cell_of(cell_form(cell)) == cell


def test_a_claim_from_before_there_were_intervals_was_made_at_its_moment() -> None:
    cell = cell_of({"base": "x", "claim": {"value": "x", "at": at(5), "how": "edit"}})
    assert cell.claim == Claim("x", at(5), "edit") and cell.claim.spans == NO_SPANS
    assert cell.claim.after() == at(5)


def test_what_was_altered_and_when_it_was_sent_are_kept() -> None:
    cell = Cell(base="Den H", placed=True, intent="Den Haag", since=at(7), altered=True)
    assert cell_of(cell_form(cell)) == cell
    assert "altered" not in cell_form(cell._replace(altered=False))
