"""One field of one record: what is a person's claim, what is only the hub's own echo."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.codecs import codec
from hub.codecs.opinions import OPINIONS
from hub.golden.cell import Cell, Observation, altered, looked, observe, recalled, sent
from hub.golden.claims import Claim, Reading, Refused, Rules, Sent, TypedOver, What, in_flight
from hub.golden.form import cell_form, cell_of
from hub.golden.state import FORMER, MEMORY
from hub.model.value import Value
from tests.unit.said import HOWS, at, read_at, seen, typed_between
from tests.unit.test_opinion_laws import VALUES as OF_KIND

PLAIN = Rules()
LAGGING = Rules(timedelta(seconds=60))
VALUES: st.SearchStrategy[Value] = st.sampled_from(["a", "b", "long enough", "LONG ENOUGH"])
MAYBE = st.none() | VALUES
SPANS = st.dictionaries(st.integers(0, 9).map(at), st.integers(0, 9).map(at), max_size=2)
CLAIMS = st.builds(
    Claim,
    MAYBE,
    st.integers(0, 9).map(at),
    st.sampled_from(HOWS),
    st.lists(VALUES, max_size=2).map(tuple),
    st.none() | st.just(at(3)),
    st.none() | st.just({"city": at(4)}),
    SPANS,
    st.lists(st.builds(TypedOver, VALUES, st.integers(0, 9).map(at)), max_size=2).map(tuple),
    st.sampled_from(["", at(2)]),
)
CELLS = st.builds(
    Cell,
    MAYBE | st.just({"city": "Delft"}),
    st.none() | CLAIMS,
    st.booleans(),
    MAYBE,
    st.lists(st.builds(Sent, MAYBE, st.integers(0, 9).map(at)), max_size=3).map(tuple),
    st.integers(0, 9),
    st.lists(st.builds(Refused, MAYBE, st.integers(0, 9).map(at)), max_size=3).map(tuple),
    st.lists(VALUES, max_size=2, unique=True).map(tuple),
    st.none() | st.just(at(3)),
    st.booleans(),
)


def _now(cell: Cell) -> Claim | None:
    """What is claimed, whatever was typed over for it."""
    return cell.claim and cell.claim._replace(over=())


def test_what_stands_there_at_first_sight_is_a_claim() -> None:
    cell, what = _observed(None, "Utrecht", read_at(0))
    assert what == "first" and cell.claim == Claim("Utrecht", at(0), "first")
    assert not cell.placed


def test_what_a_vendor_put_there_for_want_of_anything_is_no_claim_until_somebody_types() -> None:
    rules = Rules(nobodys=frozenset({"name"}))
    cell = observe(None, "jan.jansen", read_at(1), rules, "name").cell
    assert cell == Cell(base="jan.jansen")
    typed = observe(cell, "Jan Jansen", read_at(2), rules, "name")
    assert (typed.what, typed.cell.claim and typed.cell.claim.how, typed.cell.former) == ("edit", "edit", ())


def test_what_is_empty_at_first_sight_claims_nothing() -> None:
    cell, what = _observed(None, None, read_at(0))
    assert what == "same" and cell == Cell()


def test_the_same_typed_again_is_an_edit_where_the_system_tells_so() -> None:
    """HubSpot's history of the field: something else stood there in between."""
    before = seen("Utrecht")
    typed = Reading(at(60), at(0), typed=at(40))
    cell, what = _observed(before, "Utrecht", typed)
    assert what == "edit" and cell.claim == Claim("Utrecht", at(40), "edit")
    assert _observed(cell, "Utrecht", Reading(at(120), at(60), typed=at(40))) == (cell, "same")
    ours = sent(before, "Ede", at(10))
    placed, _ = _observed(ours, "Ede", read_at(30))
    assert _observed(placed, "Ede", Reading(at(60), at(0), typed=at(40))) == (placed, "same")


def test_the_same_again_is_nothing() -> None:
    before = seen("Utrecht")
    assert _observed(before, "Utrecht", read_at(60)) == (before, "same")
    assert _observed(Cell(), None, read_at(60)) == (Cell(), "same")


def test_what_is_typed_over_is_remembered_while_one_s_words_follow_each_other() -> None:
    cell = seen("Utrecht", "Delft", "Breda", None)
    assert cell.claim and cell.claim.over == (TypedOver("Delft", at(60)), TypedOver("Utrecht", at(0)))
    assert seen(None, "Delft", None).claim == Claim(
        None, at(120), "edit", ("Delft",), at(60), spans={at(120): at(60), at(60): at(0)}, own={"": at(60)}
    )


def test_another_value_is_an_edit() -> None:
    cell, what = _observed(seen("Utrecht"), "Delft", read_at(120, 60))
    assert what == "edit" and _now(cell) == typed_between("Delft", 60, 120)


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
    assert what == "edit" and _now(cell) == typed_between("Delft", 120, 180) and not cell.placed


def test_an_old_value_that_still_shows_is_not_yet_seen_back() -> None:
    flying = sent(seen("Utrecht"), "Delft", at(10))
    assert _observed(flying, "Utrecht", read_at(20)) == (flying, "waiting")


LOST = pytest.mark.parametrize("shown", ["Den Haag, Cen", "DEN HAAG, CENTRUM", "DenHaag, Centrum"])


@LOST
def test_a_loss_that_a_pull_shows_is_nobody_s_claim_and_nobody_s_certain_doing(shown: str) -> None:
    flying = sent(seen("Utrecht"), "Den Haag, Centrum", at(10))
    cell, what = _observed(flying, shown, read_at(60))
    assert what == "altered" and cell.altered and cell.claim == flying.claim
    assert (cell.base, cell.intent, cell.placed, cell.flight) == (shown, "Den Haag, Centrum", True, ())
    assert _observed(cell, shown, read_at(120, 60)) == (cell, "same")


@LOST
@pytest.mark.parametrize("answer", [True, False], ids=["answer", "look"])
def test_a_loss_that_shows_right_after_the_write_is_the_system_s_doing(shown: str, answer: bool) -> None:
    flying = sent(seen("Utrecht"), "Den Haag, Centrum", at(10))
    found = looked(flying, shown, answer=answer)
    assert found.what == "drift" and found.cell.claim == flying.claim and not found.cell.altered
    assert (found.cell.base, found.cell.intent, found.cell.placed) == (shown, "Den Haag, Centrum", True)
    shorter, what = _observed(found.cell, "Den Haag", read_at(60, 30))
    assert what == "edit" and _now(shorter) == typed_between("Den Haag", 30, 60)


def test_the_answer_itself_may_show_anything_and_a_look_only_what_was_sent_or_less_of_it() -> None:
    flying = sent(seen("Utrecht"), "Den Haag", at(10))
    changed = looked(flying, "'s-Gravenhage", answer=True)
    assert changed.what == "drift" and changed.cell.claim == flying.claim
    assert (changed.cell.base, changed.cell.intent) == ("'s-Gravenhage", "Den Haag")
    assert looked(flying, "'s-Gravenhage", answer=False) == _as_it_was(flying)
    typed = _observed(flying, "'s-Gravenhage", read_at(60, 5))
    assert typed[1] == "edit"


def test_a_look_that_shows_what_was_sent_settles_it_and_one_that_shows_the_old_value_waits() -> None:
    flying = sent(seen("Utrecht"), "Delft", at(10))
    landed = looked(flying, "Delft", answer=False)
    assert landed.what == "seen_back" and landed.cell == _observed(flying, "Delft", read_at(60))[0]
    assert looked(flying, "Utrecht", answer=False) == _as_it_was(flying)
    for answer in (True, False):
        assert looked(seen("Utrecht"), "Delft", answer=answer) == _as_it_was(seen("Utrecht"))


def test_what_the_very_answer_shows_as_it_was_or_a_second_look_was_ignored() -> None:
    flying = sent(seen("Utrecht"), "Delft", at(10))
    assert looked(flying, "Utrecht", answer=True) == Observation(flying, "ignored")
    again = sent(flying, "Delft", at(80))
    assert looked(again, "Utrecht", answer=False) == Observation(again, "ignored")
    assert looked(again, "Delft", answer=False).what == "seen_back"


def test_the_system_s_own_emptying_right_after_a_write_is_no_removal() -> None:
    flying = sent(seen("Utrecht"), "Delft", at(10))
    emptied = looked(flying, None, answer=True)
    assert emptied.what == "drift" and (emptied.cell.base, emptied.cell.claim) == (None, flying.claim)
    assert looked(flying, None, answer=False) == _as_it_was(flying)


def _as_it_was(cell: Cell) -> Observation:
    return Observation(cell, "waiting")


@given(CELLS, MAYBE, st.booleans())
def test_a_look_never_makes_a_claim(cell: Cell, value: Value | None, answer: bool) -> None:
    found = looked(cell, value, answer=answer)
    assert found.cell.claim == cell.claim and found.cell.former == cell.former
    assert found.what in {"waiting", "seen_back", "drift", "ignored"}
    assert (found.what in {"waiting", "ignored"}) == (found.cell == cell)


def test_losing_more_than_half_is_somebody_else_s_doing() -> None:
    assert not altered("Den Haag, Centrum", "Den")
    assert not altered("Den Haag", "Den Bosch")
    assert not altered("Den Haag", None)
    assert altered({"city": "Den Haag", "street": "Plein"}, {"city": "DEN HAAG", "street": "Plein"})
    assert not altered({"city": "Den Haag", "street": "Plein"}, {"city": "Delft", "street": "Plein"})


def test_emptying_a_full_cell_is_a_removal_of_what_stood_there() -> None:
    cell, what = _observed(seen("Utrecht"), None, read_at(120, 60))
    gone = typed_between(None, 60, 120, "Utrecht")
    assert what == "removal" and cell.claim == gone._replace(since=at(0))
    flying = sent(seen("Utrecht"), "Delft", at(10))
    both = typed_between(None, 0, 60, "Utrecht", "Delft")
    assert _observed(flying, None, read_at(60))[0].claim == both._replace(since=at(0))


def test_emptying_what_the_hub_placed_takes_back_nothing_of_one_s_own() -> None:
    placed = _observed(sent(Cell(), "Delft", at(10)), "Delft", read_at(60))[0]
    assert _observed(placed, None, read_at(120, 60))[0].claim == typed_between(None, 60, 120, "Delft")


def test_a_write_still_on_its_way_is_no_edit_when_it_lands_over_an_edit() -> None:
    flying = sent(seen("Utrecht"), "Delft", at(100))
    edited = observe(flying, "Breda", read_at(130, 60), LAGGING)
    assert edited.what == "edit" and edited.cell.flight == (Sent("Delft", at(100)),)
    landed = observe(edited.cell, "Delft", read_at(190, 130), LAGGING)
    assert landed.what == "seen_back"
    assert _now(landed.cell) == typed_between("Breda", 60, 130)


def test_a_write_the_lag_is_over_for_has_been_replaced() -> None:
    flying = sent(seen("Utrecht"), "Delft", at(100))
    assert observe(flying, "Breda", read_at(200, 60), LAGGING).cell.flight == ()


def test_an_edit_resets_how_often_it_was_tried_and_frees_nothing_that_was_refused() -> None:
    stuck = seen("Utrecht")._replace(refused=(Refused("Delft", at(9)),), tries=5)
    cell, _ = _observed(stuck, "Breda", read_at(60))
    assert (cell.refused, cell.tries) == ((Refused("Delft", at(9)),), 0)


def test_a_refused_write_is_no_longer_in_flight_and_remembered() -> None:
    cell = recalled(sent(seen("Utrecht"), "Delft", at(10)), "Delft", at(11))
    assert (cell.flight, cell.refused) == ((), (Refused("Delft", at(11)),))
    conflict = recalled(sent(seen("Utrecht"), "Delft", at(10)), "Delft")
    assert (conflict.flight, conflict.refused) == ((), ())


def test_a_refused_emptying_is_remembered_beside_what_else_was_refused() -> None:
    cell = recalled(seen("Utrecht"), "Delft", at(11))
    cell = recalled(sent(cell, None, at(20)), None, at(21))
    assert cell.refused == (Refused("Delft", at(11)), Refused(None, at(21)))
    again = recalled(cell, "Delft", at(31))
    assert again.refused == (Refused(None, at(21)), Refused("Delft", at(31)))


@given(st.lists(st.tuples(MAYBE | st.integers(0, 20).map(str), st.booleans()), max_size=20))
def test_what_was_refused_is_remembered_once_each_the_latest_last(
    some: list[tuple[Value | None, bool]],
) -> None:
    cell, expected = seen("Utrecht"), dict[Value | None, int]()
    for second, (value, refused) in enumerate(some):
        cell = recalled(cell, value, at(second) if refused else None)
        if refused:
            expected.pop(value, None)
            expected[value] = second
    latest = [Refused(value, at(second)) for value, second in expected.items()][-FORMER:]
    assert cell.refused == tuple(latest)


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


@given(CELLS)
def test_a_cell_is_stored_and_read_back_the_same(cell: Cell) -> None:
    assert cell_of(cell_form(cell)) == cell


@given(CELLS, MAYBE, st.integers(0, 99))
def test_reading_a_cell_twice_is_reading_it_once(cell: Cell, value: Value | None, second: int) -> None:
    once = observe(cell, value, read_at(second), PLAIN).cell
    assert observe(once, value, read_at(second), PLAIN).cell._replace(tries=0) == once._replace(tries=0)
    assert once.base == value


NAMES, HOMES, LINES = (Rules(opinions={"": OPINIONS[one]}) for one in ("name", "home", "joined name"))
JAN: Value = {"given_name": "Jan", "family_name": "Jansen"}
PLEIN: Value = {"street": "Plein", "house_number": "2", "postal_code": "1001 AB", "city": "Delft"}
MOVED: Value = {"street": "Kerkweg", "house_number": "9", "postal_code": "4811 CX", "city": "Breda"}


def with_parts(value: Value, **other: Value) -> Value:
    """A value with some of its parts said otherwise."""
    assert isinstance(value, dict)
    return {**value, **other}


def without(value: Value, *parts: str) -> Value:
    """A value without some of its parts."""
    assert isinstance(value, dict)
    return {name: one for name, one in value.items() if name not in parts}


def first_seen(value: Value, rules: Rules) -> Cell:
    """A cell of a value with parts, read once."""
    return observe(None, value, read_at(0), rules).cell


def claimed(cell: Cell) -> Claim:
    """The claim made in a cell."""
    assert cell.claim is not None
    return cell.claim


def written(cell: Cell, value: Value, second: int, rules: Rules) -> Cell:
    """A cell in which the hub wrote and saw its writing back."""
    return observe(sent(cell, value, at(second)), value, read_at(second + 60, second), rules).cell


def test_who_types_one_part_typed_that_part_alone() -> None:
    cell = first_seen(JAN, NAMES)
    cell = observe(cell, with_parts(JAN, given_name="Joost"), read_at(120, 60), NAMES).cell
    claim = claimed(cell)
    assert (claim.how, claim.typed) == ("edit", {"given_name": at(120)})
    assert claim.value == {"given_name": "Joost", "family_name": "Jansen"}
    assert cell.former == (JAN,) and not claim.removed


def test_what_was_typed_before_keeps_its_own_time() -> None:
    cell = first_seen(JAN, NAMES)
    cell = observe(cell, with_parts(JAN, given_name="Joost"), read_at(120, 60), NAMES).cell
    both: Value = {"given_name": "Joost", "family_name": "Bakker"}
    cell = observe(cell, both, read_at(240, 180), NAMES).cell
    assert claimed(cell).typed == {"given_name": at(120), "family_name": at(240)}
    cell = observe(cell, with_parts(both, given_name="Piet"), read_at(360, 300), NAMES).cell
    assert claimed(cell).typed == {"given_name": at(360), "family_name": at(240)}


def test_typing_the_given_name_over_a_placed_family_name_keeps_the_family_name_said_before() -> None:
    cell = first_seen(JAN, NAMES)
    cell = written(cell, {"given_name": "Jan", "family_name": "Bakker"}, 60, NAMES)
    cell = observe(cell, {"given_name": "Joost", "family_name": "Bakker"}, read_at(240, 180), NAMES).cell
    claim = claimed(cell)
    assert claim.value == {"given_name": "Joost", "family_name": "Jansen"}
    assert claim.typed == {"given_name": at(240)}
    assert cell.base == {"given_name": "Joost", "family_name": "Bakker"} and not cell.placed


def test_on_one_line_typing_a_word_over_a_placed_one_keeps_the_words_said_before() -> None:
    cell = first_seen(JAN, LINES)
    cell = written(cell, {"given_name": "Jan", "family_name": "Bakker"}, 60, LINES)
    cell = observe(cell, {"given_name": "Joost", "family_name": "Bakker"}, read_at(240, 180), LINES).cell
    assert claimed(cell).value == {"given_name": "Joost", "family_name": "Jansen"}
    assert claimed(cell).typed == {"Joost": at(240), "-Jan": at(240)}


def test_what_equals_a_write_on_its_way_was_not_typed() -> None:
    flying = sent(first_seen(JAN, NAMES), {"given_name": "Jan", "family_name": "Bakker"}, at(60))
    cell = observe(flying, {"given_name": "Joost", "family_name": "Bakker"}, read_at(120, 60), NAMES).cell
    assert claimed(cell).typed == {"given_name": at(120)}


def test_a_mixture_of_what_stood_there_and_a_write_on_its_way_is_nobodys_edit() -> None:
    """The system took one of two parts, or was read between the two."""
    sends: Value = {"given_name": "Joost", "family_name": "Bakker"}
    flying = sent(first_seen(JAN, NAMES), sends, at(60))
    for mixture in (with_parts(JAN, given_name="Joost"), with_parts(JAN, family_name="Bakker")):
        found = observe(flying, mixture, read_at(120, 60), NAMES)
        assert found.what == "waiting" and found.cell.placed and found.cell.base == mixture
        assert found.cell.claim == Claim(JAN, at(0), "first")


def test_a_move_stamps_all_parts_and_an_addition_only_itself() -> None:
    cell = observe(first_seen(PLEIN, HOMES), MOVED, read_at(120, 60), HOMES).cell
    parts = {*codec("street_line").parts, "second_line", "postal_code", "city", "country"}
    assert claimed(cell).typed == dict.fromkeys(parts, at(120))
    cell = observe(cell, with_parts(MOVED, house_number_addition="A"), read_at(240, 180), HOMES).cell
    moved = dict.fromkeys(parts - {"house_number_addition"}, at(120))
    assert claimed(cell).typed == {**moved, "house_number_addition": at(240)}


@pytest.mark.parametrize("part", ["street", "postal_code", "city"])
def test_any_other_place_is_a_move(part: str) -> None:
    cell = observe(
        first_seen(PLEIN, HOMES), with_parts(PLEIN, **{part: "Elders"}), read_at(120, 60), HOMES
    ).cell
    assert OPINIONS["home"].moved_at(claimed(cell).typed or {}) == at(120)


def test_a_move_typed_where_the_hub_had_written_says_nothing_of_the_old_home() -> None:
    cell = written(first_seen(PLEIN, HOMES), with_parts(PLEIN, house_number_addition="A"), 60, HOMES)
    cell = observe(cell, MOVED, read_at(240, 180), HOMES).cell
    assert claimed(cell).value == MOVED


def test_an_emptied_part_is_remembered() -> None:
    cell = observe(first_seen(JAN, NAMES), without(JAN, "given_name"), read_at(120, 60), NAMES).cell
    claim = claimed(cell)
    assert (claim.value, claim.removed) == ({"family_name": "Jansen"}, (JAN,))
    assert claim.typed == {"given_name": at(120)}


def test_a_part_that_says_less_than_stood_there_is_remembered_too() -> None:
    cell = observe(first_seen(JAN, NAMES), with_parts(JAN, given_name="J."), read_at(120, 60), NAMES).cell
    assert claimed(cell).removed == (JAN,)


def test_an_emptied_part_stays_remembered_when_another_is_typed() -> None:
    cell = observe(first_seen(JAN, NAMES), without(JAN, "given_name"), read_at(120, 60), NAMES).cell
    cell = observe(cell, {"family_name": "Bakker"}, read_at(240, 180), NAMES).cell
    assert JAN in claimed(cell).removed
    assert claimed(cell).typed == {"given_name": at(120), "family_name": at(240)}


def test_a_word_taken_from_a_line_is_remembered() -> None:
    before: Value = {"given_name": "Jan Willem", "family_name": "Jansen"}
    cell = observe(first_seen(before, LINES), JAN, read_at(120, 60), LINES).cell
    assert claimed(cell).removed == (before,) and claimed(cell).typed == {"-Willem": at(120)}


def test_a_line_cut_otherwise_was_not_typed() -> None:
    before: Value = {"given_name": "Anna Jansen", "family_name_prefix": "de", "family_name": "Vries"}
    found = observe(
        first_seen(before, LINES),
        {"given_name": "Anna", "family_name": "Jansen de Vries"},
        read_at(120),
        LINES,
    )
    assert claimed(found.cell).how == "first" and found.what == "waiting"


PARTED = {kind: Rules(opinions={"": OPINIONS[kind]}) for kind in ("name", "home", "date", "text")}


@pytest.mark.parametrize("kind", PARTED)
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_the_hub_s_writes_of_values_with_parts_never_make_a_claim(kind: str, data: st.DataObject) -> None:
    cell, rules = first_seen(data.draw(OF_KIND[kind]), PARTED[kind]), PARTED[kind]
    for number, value in enumerate(data.draw(st.lists(OF_KIND[kind], max_size=4))):
        cell = written(cell, value, 60 + 200 * number, rules)
        assert claimed(cell).how == "first" and cell.base == value


@pytest.mark.parametrize("kind", PARTED)
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_who_types_over_what_nobody_else_wrote_claims_just_that(kind: str, data: st.DataObject) -> None:
    rules, now = PARTED[kind], at(0)
    before = data.draw(OF_KIND[kind])
    cell = first_seen(before, rules)
    for number, value in enumerate(data.draw(st.lists(OF_KIND[kind], max_size=4))):
        now = at(120 + 100 * number)
        cell = observe(cell, value, read_at(120 + 100 * number, 60 + 100 * number), rules).cell
        assert claimed(cell).value == cell.base == value
        assert max((claimed(cell).typed or {"": now}).values()) <= now


def _observed(cell: Cell | None, value: Value | None, reading: Reading) -> tuple[Cell, What]:
    found = observe(cell, value, reading, PLAIN)
    return found.cell, found.what
