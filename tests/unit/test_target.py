"""What one cell should show of a golden value: in whose words, and what while nothing is decided."""

from collections.abc import Mapping

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hub.codecs.opinions import OPINIONS
from hub.golden.cell import Cell
from hub.golden.claims import Claim
from hub.model.opinion import Standing, unit_of
from hub.model.value import Value
from hub.publish.target import Stand, Target, target
from tests.unit.said import at
from tests.unit.test_opinion_laws import VALUES

TEXT, NAME, HOME, LINE = (OPINIONS[one] for one in ("text", "name", "home", "joined name"))
GIVEN, FAMILY = "given_name", "family_name"
JAN: Value = {GIVEN: "Jan", FAMILY: "Babaca"}


def first(value: Value) -> Cell:
    """A cell as it was first seen."""
    return Cell(base=value, claim=Claim(value, at(0), "first"))


def edited(value: Value) -> Cell:
    """A cell somebody typed into."""
    return Cell(base=value, claim=Claim(value, at(9), "edit"))


def placed(value: Value, over: Value | None = None) -> Cell:
    """A cell in which the hub wrote, over what its own people had said."""
    return Cell(base=value, claim=Claim(over, at(0), "first") if over else None, placed=True)


def filled_in(value: Value) -> Cell:
    """A cell the vendor filled in by itself."""
    return Cell(base=value, claim=Claim(value, at(0), "default"))


def of_text(value: Value | None, standing: Standing | None = None) -> Stand:
    """A golden text."""
    return Stand(value, {"": standing} if standing else {}, TEXT)


def shown(stand: Stand, cell: Cell) -> Value | None:
    """What a cell with the field's own cut should show."""
    return target(stand, cell, stand.opinion).value


NOBODYS = Cell(base="jan.jansen")
"""A cell the vendor filled for want of anything: nobody claims it."""


UNCONTESTED: list[Standing | None] = [None, "unopposed", "fuller", "majority"]
TRAVELLING: list[Standing] = ["edited", "authority"]


@pytest.mark.parametrize("standing", [*UNCONTESTED, *TRAVELLING])
@pytest.mark.parametrize("cell", [Cell(), NOBODYS, placed("Tilburg"), placed("Tilburg", "Delft")])
def test_what_nobody_typed_there_gives_way_to_what_stands(standing: Standing | None, cell: Cell) -> None:
    assert shown(of_text("Breda", standing), cell) == "Breda"


@pytest.mark.parametrize("standing", [*UNCONTESTED, *TRAVELLING])
def test_another_opinion_gives_way_to_what_stands(standing: Standing | None) -> None:
    for cell in (first("Tilburg"), edited("Tilburg")):
        assert target(of_text("Breda", standing), cell, TEXT) == Target("Breda")


@pytest.mark.parametrize("standing", [*UNCONTESTED, "authority"])
def test_a_first_sight_in_another_spelling_is_left_alone(standing: Standing | None) -> None:
    assert shown(of_text("Köln", standing), first("KOELN")) == "KOELN"


def test_an_edits_spelling_travels_and_is_never_written_over_another_persons_edit() -> None:
    assert shown(of_text("Köln", "edited"), first("KOELN")) == "Köln"
    assert shown(of_text("Köln", "edited"), edited("KOELN")) == "KOELN"


def test_an_emptied_value_is_empty_everywhere() -> None:
    for cell in (first("Breda"), edited("Breda"), Cell()):
        assert shown(of_text(None, "edited"), cell) is None
    assert shown(of_text(None), placed("Breda")) is None


@pytest.mark.parametrize("standing", ["edited", "authority", "majority"])
def test_what_a_vendor_filled_in_gives_way_to_what_somebody_decided(standing: Standing) -> None:
    assert shown(of_text("nl", standing), filled_in("de")) == "nl"


@pytest.mark.parametrize("standing", ["unopposed", "fuller"])
def test_what_a_vendor_filled_in_may_be_right_where_nobody_decided(standing: Standing) -> None:
    assert shown(of_text("nl", standing), filled_in("de")) == "de"


UNDECIDED: Mapping[str, Standing] = {"": "undecided"}


def test_while_undecided_every_cell_shows_what_its_own_people_last_said() -> None:
    stand = Stand(None, UNDECIDED, TEXT, {"": ["Breda", "Delft"]})
    assert target(stand, first("Breda"), TEXT) == Target("Breda", disputed=True)
    assert target(stand, edited("Breda"), TEXT) == Target("Breda", disputed=True)
    assert target(stand, placed("Tilburg", "Breda"), TEXT) == Target("Breda", disputed=True)


def test_while_two_edits_are_undecided_nobody_is_written_whose_word_is_not_asked_about() -> None:
    stand = Stand(None, UNDECIDED, TEXT, {"": ["Breda", "Delft"]}, frozenset({""}))
    assert target(stand, placed("Tilburg", "Utrecht"), TEXT) == Target("Tilburg", disputed=True)
    assert target(stand, placed("Tilburg", "Breda"), TEXT) == Target("Breda", disputed=True)
    assert target(stand, placed("Tilburg"), TEXT) == Target("Tilburg", disputed=True)


def test_while_undecided_nothing_stands_where_nobody_said_anything() -> None:
    stand = Stand(None, UNDECIDED, TEXT)
    assert target(stand, Cell(), TEXT) == Target(None)


def test_what_nobody_typed_gives_way_to_a_value_and_not_to_nothing() -> None:
    for stand in (of_text(None), Stand(None, UNDECIDED, TEXT)):
        assert target(stand, NOBODYS, TEXT) == Target("jan.jansen")


def test_while_undecided_who_emptied_it_said_so() -> None:
    emptied = Cell(base=None, claim=Claim(None, at(9), "edit", ("Breda",)))
    shared: Value = {"city": "Delft", "postal_code": "1001 AB"}
    assert shown(Stand(shared, UNDECIDED, HOME), emptied) is None


def test_while_undecided_an_empty_cell_gets_only_what_all_candidates_share() -> None:
    shared: Value = {"city": "Delft", "postal_code": "1001 AB"}
    stand = Stand(shared, UNDECIDED, HOME)
    assert target(stand, Cell(), HOME) == Target(shared, disputed=True)
    own: Value = {"street": "Plein", "house_number": "2", "city": "Delft", "postal_code": "1001 AB"}
    assert target(stand, first(own), HOME) == Target(own, disputed=True)
    assert target(stand, placed(own), HOME) == Target(shared, disputed=True)


def test_an_undecided_part_keeps_its_own_words_and_the_other_travels() -> None:
    stand = Stand(
        {GIVEN: "Jan"},
        {GIVEN: "edited", FAMILY: "undecided"},
        NAME,
        {FAMILY: [{FAMILY: "Babaca"}, {FAMILY: "Zonneveld"}]},
    )
    own: Value = {GIVEN: "Joost", FAMILY: "Zonneveld"}
    assert target(stand, first(own), NAME) == Target({GIVEN: "Jan", FAMILY: "Zonneveld"}, disputed=True)
    assert target(stand, Cell(), NAME) == Target({GIVEN: "Jan"}, disputed=True)
    over = placed({GIVEN: "Joost", FAMILY: "Babaca"}, own)
    assert target(stand, over, NAME) == Target({GIVEN: "Jan", FAMILY: "Zonneveld"}, disputed=True)


def test_a_poorer_part_is_filled_and_the_other_kept_as_it_is_spelt() -> None:
    stand = Stand(JAN, {GIVEN: "fuller"}, NAME)
    assert shown(stand, first({GIVEN: "J.", FAMILY: "BABACA"})) == {GIVEN: "Jan", FAMILY: "BABACA"}


def test_the_same_words_cut_otherwise_are_left_as_they_are_cut() -> None:
    stand = Stand({GIVEN: "Anna", FAMILY: "Jansen de Vries"}, {}, NAME)
    read: Value = {GIVEN: "Anna Jansen", "family_name_prefix": "de", FAMILY: "Vries"}
    assert target(stand, first(read), LINE).value == read
    assert target(stand, first(read), NAME).value == read


def test_one_line_gets_the_words_of_an_edit_and_keeps_its_other_ones() -> None:
    stand = Stand({GIVEN: "Anne", FAMILY: "Jansen de Vries"}, {GIVEN: "edited"}, NAME)
    read: Value = {GIVEN: "Anna Jansen", "family_name_prefix": "de", FAMILY: "Vries"}
    found = target(stand, first(read), LINE).value
    assert isinstance(found, dict)
    words = [str(found[one]) for one in (GIVEN, "family_name_prefix", FAMILY) if one in found]
    assert " ".join(words) == "Anne Jansen de Vries"


STANDINGS: st.SearchStrategy[Standing] = st.sampled_from(
    ["edited", "authority", "majority", "fuller", "undecided", "unopposed"]
)
each_kind = pytest.mark.parametrize("kind", ["text", "date", "home", "name"])


@st.composite
def cells(draw: st.DrawFn, kind: str) -> Cell:
    """A cell nobody typed into, one first seen, edited, emptied, or written by the hub."""
    value, other = draw(VALUES[kind]), draw(VALUES[kind])
    made = st.sampled_from([first(value), edited(value), placed(value), placed(value, other), Cell()])
    return draw(made)


@pytest.mark.parametrize("kind", ["text", "date", "home"])
@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_what_a_cell_should_show_it_shows_for_good(kind: str, data: st.DataObject) -> None:
    """Written and seen back, nothing more is wanted there."""
    opinion = OPINIONS[kind]
    standing = {unit: data.draw(STANDINGS) for unit in opinion.units}
    stand = Stand(data.draw(VALUES[kind]), standing, opinion)
    cell = data.draw(cells(kind))
    wanted = target(stand, cell, opinion)
    if wanted.value != cell.base:
        after = cell._replace(base=wanted.value, placed=True)
        assert target(stand, after, opinion).value == wanted.value


@each_kind
@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_while_all_is_undecided_nothing_a_person_typed_is_touched(kind: str, data: st.DataObject) -> None:
    opinion = OPINIONS[kind]
    value = data.draw(VALUES[kind])
    asked = {unit: [one] for unit in opinion.units if (one := unit_of(opinion, unit, value)) is not None}
    stand = Stand(None, dict.fromkeys(opinion.units, "undecided"), opinion, asked)
    other = data.draw(VALUES[kind])
    assume(other == value or opinion.aligned(other, value) != value)  # cut otherwise it is left as it is cut
    for cell in (first(value), edited(value), placed(other, value)):
        assert target(stand, cell, opinion) == Target(value, disputed=True)


@each_kind
@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_what_stands_by_no_edit_and_says_the_same_changes_nothing(kind: str, data: st.DataObject) -> None:
    opinion, value = OPINIONS[kind], data.draw(VALUES[kind])
    golden = data.draw(VALUES[kind])
    alike = all(
        (one := unit_of(opinion, unit, value)) is not None
        and (other := unit_of(opinion, unit, golden)) is not None
        and opinion.same(unit, one, other)
        for unit in opinion.units
    )
    if alike:
        assert shown(Stand(golden, {}, opinion), first(value)) == value


def test_what_the_hub_placed_is_spelt_as_it_now_stands() -> None:
    assert shown(of_text("Köln"), placed("KOELN", "Delft")) == "Köln"
