"""One field of one record: what is a person's claim, what is only the hub's own echo."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from hub.golden.cell import MEMORY, Cell, altered, observe, recalled, sent
from hub.golden.claims import Claim, Reading, Rules, Sent, What, in_flight
from hub.golden.form import cell_form, cell_of
from hub.model.value import Value
from tests.unit.said import HOWS, at, read_at

PLAIN = Rules()
LAGGING = Rules(timedelta(seconds=60))
VALUES: st.SearchStrategy[Value] = st.sampled_from(["a", "b", "long enough", "LONG ENOUGH"])
MAYBE = st.none() | VALUES


def seen(*values: Value | None) -> Cell:
    """A cell after readings a minute apart."""
    cell = None
    for minute, value in enumerate(values):
        cell = observe(cell, value, read_at(60 * minute, max(0, 60 * minute - 60)), PLAIN).cell
    assert cell is not None
    return cell


def test_what_stands_there_at_first_sight_is_a_claim() -> None:
    cell, what = _observed(None, "Utrecht", read_at(0))
    assert what == "first" and cell.claim == Claim("Utrecht", at(0), "first")
    assert not cell.placed


def test_what_is_empty_at_first_sight_claims_nothing() -> None:
    cell, what = _observed(None, None, read_at(0))
    assert what == "same" and cell == Cell()


def test_the_same_again_is_nothing() -> None:
    before = seen("Utrecht")
    assert _observed(before, "Utrecht", read_at(60)) == (before, "same")
    assert _observed(Cell(), None, read_at(60)) == (Cell(), "same")


def test_another_value_is_an_edit() -> None:
    cell, what = _observed(seen("Utrecht"), "Delft", read_at(120, 60))
    assert what == "edit" and cell.claim == Claim("Delft", at(120), "edit")


def test_what_the_hub_sent_and_sees_back_is_placed_and_no_claim() -> None:
    flying = sent(seen("Utrecht"), "Delft", at(10))
    cell, what = _observed(flying, "Delft", read_at(60))
    assert what == "seen_back" and (cell.base, cell.placed, cell.flight, cell.tries) == ("Delft", True, (), 0)
    assert cell.claim == Claim("Utrecht", at(0), "first")
    assert cell.overwritten


def test_typing_an_old_value_of_the_hub_back_later_is_an_edit() -> None:
    placed = _observed(sent(seen("Utrecht"), "Delft", at(10)), "Delft", read_at(60))[0]
    theirs = _observed(placed, "Breda", read_at(120))[0]
    cell, what = _observed(theirs, "Delft", read_at(180, 120))
    assert what == "edit" and cell.claim == Claim("Delft", at(180), "edit") and not cell.placed


def test_an_old_value_that_still_shows_is_not_yet_seen_back() -> None:
    flying = sent(seen("Utrecht"), "Delft", at(10))
    assert _observed(flying, "Utrecht", read_at(20)) == (flying, "waiting")


def test_an_undeclared_loss_is_drift_and_no_claim() -> None:
    flying = sent(seen("Utrecht"), "Den Haag, Centrum", at(10))
    for shown in ("Den Haag, Cen", "DEN HAAG, CENTRUM", "DenHaag, Centrum"):
        cell, what = _observed(flying, shown, read_at(60))
        assert what == "drift" and cell.claim == flying.claim
        assert (cell.base, cell.intent, cell.placed) == (shown, "Den Haag, Centrum", True)


def test_losing_more_than_half_is_somebody_else_s_doing() -> None:
    assert not altered("Den Haag, Centrum", "Den")
    assert not altered("Den Haag", "Den Bosch")
    assert not altered("Den Haag", None)
    assert altered({"city": "Den Haag", "street": "Plein"}, {"city": "DEN HAAG", "street": "Plein"})
    assert not altered({"city": "Den Haag", "street": "Plein"}, {"city": "Delft", "street": "Plein"})


def test_emptying_a_full_cell_is_a_removal_of_what_stood_there() -> None:
    cell, what = _observed(seen("Utrecht"), None, read_at(120, 60))
    assert what == "removal" and cell.claim == Claim(None, at(120), "edit", ("Utrecht",), since=at(0))
    flying = sent(seen("Utrecht"), "Delft", at(10))
    both = Claim(None, at(60), "edit", ("Utrecht", "Delft"), since=at(0))
    assert _observed(flying, None, read_at(60))[0].claim == both


def test_emptying_what_the_hub_placed_takes_back_nothing_of_one_s_own() -> None:
    placed = _observed(sent(Cell(), "Delft", at(10)), "Delft", read_at(60))[0]
    assert _observed(placed, None, read_at(120, 60))[0].claim == Claim(None, at(120), "edit", ("Delft",))


def test_a_write_still_on_its_way_is_no_edit_when_it_lands_over_an_edit() -> None:
    flying = sent(seen("Utrecht"), "Delft", at(100))
    edited = observe(flying, "Breda", read_at(130, 60), LAGGING)
    assert edited.what == "edit" and edited.cell.flight == (Sent("Delft", at(100)),)
    landed = observe(edited.cell, "Delft", read_at(190, 130), LAGGING)
    assert landed.what == "seen_back"
    assert landed.cell.claim == Claim("Breda", at(130), "edit")


def test_a_write_the_lag_is_over_for_has_been_replaced() -> None:
    flying = sent(seen("Utrecht"), "Delft", at(100))
    assert observe(flying, "Breda", read_at(200, 60), LAGGING).cell.flight == ()


def test_an_edit_resets_what_the_cell_refused_and_how_often_it_was_tried() -> None:
    stuck = seen("Utrecht")._replace(refused="Delft", tries=5)
    cell, _ = _observed(stuck, "Breda", read_at(60))
    assert (cell.refused, cell.tries) == (None, 0)


def test_a_refused_write_is_no_longer_in_flight_and_remembered() -> None:
    cell = recalled(sent(seen("Utrecht"), "Delft", at(10)), "Delft", refused=True)
    assert (cell.flight, cell.refused) == ((), "Delft")
    conflict = recalled(sent(seen("Utrecht"), "Delft", at(10)), "Delft")
    assert (conflict.flight, conflict.refused) == ((), None)


def test_a_pull_proves_that_nothing_is_in_flight_and_time_alone_does_not() -> None:
    flight = (Sent("a", at(10)),)
    assert in_flight(flight, at(9)) and in_flight(flight, at(10))
    assert not in_flight(flight, at(11)) and not in_flight((), at(0))


@given(when=st.integers(0, 99), since=st.integers(0, 99), stamp=st.none() | st.integers(0, 200))
def test_an_edit_happened_between_two_pulls_whatever_the_system_s_clock_says(
    when: int, since: int, stamp: int | None
) -> None:
    low, high = sorted((when, since))
    made = read_at(high, low, stamp).authored_at()
    assert at(low) <= made <= at(high)
    if stamp is not None and low <= stamp <= high:
        assert made == at(stamp)


@given(st.lists(st.tuples(st.booleans(), MAYBE), max_size=12))
def test_the_hub_s_writes_alone_never_make_a_claim(steps: list[tuple[bool, Value | None]]) -> None:
    """Whatever is sent, and whichever of it shows: a reading of ours or of the old value says nothing."""
    cell = seen("Utrecht")
    claim = cell.claim
    for second, (write, value) in enumerate(steps, 1):
        if write:
            cell = sent(cell, value, at(second))
        else:
            shown = value if value in {one.value for one in cell.flight} else cell.base
            cell = observe(cell, shown, read_at(second), PLAIN).cell
        assert cell.claim == claim


@given(st.lists(MAYBE, min_size=1, max_size=8))
def test_a_claim_survives_being_overwritten(values: list[Value | None]) -> None:
    cell = sent(seen("Utrecht"), "Delft", at(1))
    for second, value in enumerate(values, 2):
        cell = sent(observe(cell, cell.flight[-1].value, read_at(second), PLAIN).cell, value, at(second))
        assert cell.claim == Claim("Utrecht", at(0), "first") and cell.overwritten


@given(st.lists(MAYBE, max_size=12))
def test_flight_is_bounded_and_holds_no_value_twice(values: list[Value | None]) -> None:
    cell = Cell()
    for second, value in enumerate(values):
        cell = sent(cell, value, at(second))
    flown = [one.value for one in cell.flight]
    assert len(flown) <= MEMORY and len(flown) == len(set(flown)) and cell.tries == len(values)
    assert not values or flown[-1] == values[-1]


CLAIMS = st.builds(
    Claim,
    MAYBE,
    st.integers(0, 9).map(at),
    st.sampled_from(HOWS),
    st.lists(VALUES, max_size=2).map(tuple),
    st.none() | st.just(at(3)),
)
CELLS = st.builds(
    Cell,
    MAYBE | st.just({"city": "Delft"}),
    st.none() | CLAIMS,
    st.booleans(),
    MAYBE,
    st.lists(st.builds(Sent, MAYBE, st.integers(0, 9).map(at)), max_size=3).map(tuple),
    st.integers(0, 9),
    MAYBE,
    st.lists(VALUES, max_size=2, unique=True).map(tuple),
)


@given(CELLS)
def test_a_cell_is_stored_and_read_back_the_same(cell: Cell) -> None:
    assert cell_of(cell_form(cell)) == cell


@given(CELLS, MAYBE, st.integers(0, 99))
def test_reading_a_cell_twice_is_reading_it_once(cell: Cell, value: Value | None, second: int) -> None:
    once = observe(cell, value, read_at(second), PLAIN).cell
    assert observe(once, value, read_at(second), PLAIN).cell._replace(tries=0) == once._replace(tries=0)
    assert once.base == value


def _observed(cell: Cell | None, value: Value | None, reading: Reading) -> tuple[Cell, What]:
    found = observe(cell, value, reading, PLAIN)
    return found.cell, found.what
