"""A list field of one record: a claim for each element, wherever it stands."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from hub.golden.claims import Claim, Reading, Refused, Rules, Sent
from hub.golden.form import roll_form, roll_of
from hub.golden.record import Shown, SourceRecord, read_again
from hub.golden.roll import Roll, RollObservation, looked, observe, recalled, sent
from hub.model.keys import RecordKey
from hub.model.value import Slots
from tests.unit.said import HOWS, at, read_at, span, typed_between

PLAIN = Rules()
LAGGING = Rules(timedelta(seconds=60))
ELEMENTS = st.sampled_from(["a", "b", "c", "d"])
SLOTS: st.SearchStrategy[Slots] = st.lists(st.none() | ELEMENTS, min_size=2, max_size=2).map(tuple)


def seen(*slots: str | None) -> Roll:
    """A roll at first sight."""
    return observe(None, slots, read_at(0), PLAIN).roll


def test_each_element_is_claimed_at_first_sight() -> None:
    roll = seen("a", None, "b")
    assert roll.claims == {one: Claim(one, at(0), "first") for one in "ab"}
    assert seen(None, None).claims == {}


def test_moving_an_element_to_another_place_says_nothing_new() -> None:
    before = seen("a", "b")
    after = observe(before, ("b", "a"), read_at(60), PLAIN).roll
    assert after.claims == before.claims and after.base == ("b", "a")


def test_adding_one_is_an_edit_and_leaves_the_others_alone() -> None:
    found = observe(seen("a", None), ("a", "b"), read_at(60, 10), PLAIN)
    assert found.what == "edit"
    assert found.roll.claims == {"a": Claim("a", at(0), "first"), "b": typed_between("b", 10, 60)}


def test_taking_one_out_removes_that_one_alone() -> None:
    found = observe(seen("a", "b"), ("a", None), read_at(60, 10), PLAIN)
    assert found.what == "removal"
    assert found.roll.claims["b"] == typed_between(None, 10, 60, "b")
    assert found.roll.claims["a"].value == "a"


def test_replacing_one_removes_the_old_and_claims_the_new() -> None:
    roll = observe(seen("a", None), ("b", None), read_at(60, 10), PLAIN).roll
    assert roll.claims == {"a": typed_between(None, 10, 60, "a"), "b": typed_between("b", 10, 60)}


def test_what_the_hub_put_there_is_ours_and_nobody_s_claim() -> None:
    flying = sent(seen("a", None), ("a", "b"), at(10))
    found = observe(flying, ("a", "b"), read_at(60), PLAIN)
    assert found.what == "seen_back" and found.roll.ours == {"b"} and "b" not in found.roll.claims


def test_taking_out_what_the_hub_put_there_is_a_removal() -> None:
    placed = observe(sent(seen("a", None), ("a", "b"), at(10)), ("a", "b"), read_at(60), PLAIN).roll
    found = observe(placed, ("a", None), read_at(120, 60), PLAIN)
    assert found.roll.claims["b"] == typed_between(None, 60, 120, "b")
    assert found.roll.ours == frozenset()


def test_a_write_and_an_edit_in_one_reading_are_told_apart() -> None:
    flying = sent(seen("a", None), ("b", "c"), at(10))
    roll = observe(flying, ("b", "d"), read_at(60), PLAIN).roll
    assert set(roll.claims) == {"a", "d"}
    assert roll.claims["a"].value == "a" and roll.claims["d"] == typed_between("d", 0, 60)
    assert roll.ours == {"b"}


def test_an_old_showing_is_waited_for() -> None:
    flying = sent(seen("a", None), ("a", "b"), at(10))
    assert observe(flying, ("a", None), read_at(20), LAGGING).what == "waiting"


def test_a_refused_write_is_remembered_beside_the_others_and_no_longer_in_flight() -> None:
    roll = recalled(sent(seen("a", None), ("a", "b"), at(10)), ("a", "b"), at(11))
    assert roll.flight == () and roll.refused == (Refused(["a", "b"], at(11)),)
    emptied = recalled(sent(roll, (None, None), at(20)), (None, None), at(21))
    assert [(one.value, one.at) for one in emptied.refused] == [(["a", "b"], at(11)), ([None, None], at(21))]
    conflict = recalled(sent(emptied, ("c", None), at(30)), ("c", None))
    assert (conflict.flight, conflict.refused) == ((), emptied.refused)


def test_an_edit_frees_nothing_that_was_refused() -> None:
    roll = recalled(seen("a", None), ("a", "b"), at(11))
    edited = observe(roll, ("c", None), read_at(60, 20), PLAIN).roll
    assert edited.refused == roll.refused


def test_what_shows_right_after_a_write_settles_it_where_it_is_just_what_was_sent() -> None:
    flying = sent(seen("a", None), ("a", "b"), at(10))
    assert looked(flying, ("a", "b"), answer=False) == observe(flying, ("a", "b"), read_at(60), PLAIN)
    for shown in (("a", None), ("a", "c"), (None, None)):
        assert looked(flying, shown, answer=False) == RollObservation(flying, "waiting")
    later = sent(flying, ("a", "c"), at(20))
    assert looked(later, ("a", "b"), answer=False) == RollObservation(later, "waiting")
    assert looked(later, ("a", None), answer=False) == RollObservation(later, "ignored")
    assert looked(flying, ("a", None), answer=True) == RollObservation(flying, "ignored")


def test_who_types_over_what_the_hub_put_there_did_so_after_it_was_sent() -> None:
    placed = looked(sent(seen("a", None), ("a", "b"), at(50)), ("a", "b"), answer=False).roll
    typed = observe(placed, ("a", "c"), read_at(120, 0), PLAIN).roll
    assert typed.claims["c"] == typed_between("c", 50, 120)


@given(SLOTS, st.lists(SLOTS, max_size=8))
def test_the_hub_s_writes_alone_never_change_what_people_said(start: Slots, writes: list[Slots]) -> None:
    roll = seen(*start)
    claims = roll.claims
    for second, slots in enumerate(writes, 1):
        roll = observe(sent(roll, slots, at(second)), slots, read_at(second), PLAIN).roll
        assert roll.claims == claims and roll.base == slots and roll.flight == ()
        assert roll.ours <= roll.held


@given(st.lists(SLOTS, min_size=1, max_size=8))
def test_claims_and_removals_add_up_to_what_is_shown(readings: list[Slots]) -> None:
    """With people alone, the elements claimed and not removed are just those that stand there."""
    roll = None
    for second, slots in enumerate(readings):
        roll = observe(roll, slots, read_at(second), PLAIN).roll
    assert roll is not None
    assert {one for one, claim in roll.claims.items() if claim.value is not None} == roll.held


CLAIMS = st.builds(
    lambda element, second, how, gone: Claim(
        None if gone else element,
        at(second),
        "edit" if gone else how,
        (element,) if gone else (),
        spans=span(second, second - 1),
    ),
    ELEMENTS,
    st.integers(0, 9),
    st.sampled_from(HOWS),
    st.booleans(),
)
ROLLS = st.builds(
    Roll,
    SLOTS,
    st.dictionaries(ELEMENTS, CLAIMS, max_size=3),
    st.frozensets(ELEMENTS, max_size=2),
    st.lists(st.builds(Sent, SLOTS.map(list), st.integers(0, 9).map(at)), max_size=2).map(tuple),
    st.integers(0, 9),
    st.lists(st.builds(Refused, SLOTS.map(list), st.integers(0, 9).map(at)), max_size=3).map(tuple),
    st.none() | st.just(at(3)),
)


@given(ROLLS)
def test_a_roll_is_stored_and_read_back_the_same(roll: Roll) -> None:
    assert roll_of(roll_form(roll)) == roll


@given(ROLLS, SLOTS, st.integers(0, 99))
def test_reading_a_roll_twice_is_reading_it_once(roll: Roll, slots: Slots, second: int) -> None:
    once = observe(roll, slots, read_at(second), PLAIN).roll
    twice = observe(once, slots, read_at(second), PLAIN).roll
    assert (twice.base, twice.claims, twice.ours) == (once.base, once.claims, once.ours)


def test_emptying_one_of_two_places_with_the_same_number_removes_nothing() -> None:
    """A repeated number counts once; the other place still has it when the first is emptied."""
    number, when = "+31612345678", Reading("2026-01-02T00:00:00.000000Z", "2026-01-01T00:00:00.000000Z")
    start = SourceRecord(RecordKey("hubspot", "person", "1"), "contacts", "1")
    both = read_again(start, Shown({}, {"phones": (number, number)}, {"phones": "aa aa"}), when, Rules())
    assert both.rolls["phones"].base == (number, None)
    one = read_again(both, Shown({}, {"phones": (None, number)}, {"phones": "00 aa"}), when, Rules())
    assert one.rolls["phones"].held == {number}
    assert one.rolls["phones"].claims[number].value == number
