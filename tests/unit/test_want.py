"""What one cell should become: a change, nothing, or the reason why it is left alone."""

from collections.abc import Sequence
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.golden.cell import Cell, looked, observe, recalled, sent
from hub.golden.claims import Claim, Refused, Rules, Why
from hub.golden.roll import Roll
from hub.golden.roll import recalled as recalled_roll
from hub.golden.roll import sent as sent_roll
from hub.model.value import Slots, Value
from hub.publish.want import AGREED, FREEZE, Exempt, Policy, Wish, want, want_roll
from tests.unit.said import at, read_at

OPEN = Policy(clear=True)
STRICT = Policy()
IF_EMPTY = Policy(write="if_empty", clear=True)
CONSENT = Policy(take_back=False)
NOW = at(1000)


def theirs(value: Value | None) -> Cell:
    """A cell as a person left it."""
    return Cell(base=value, claim=Claim(value, at(0), "first"))


def ours(value: Value | None, **more: object) -> Cell:
    """A cell the hub filled."""
    return Cell(base=value, placed=True, intent=value, **more)  # type: ignore[arg-type]


def left(reason: Exempt) -> Wish:
    """Left alone, for a reason."""
    return Wish(agrees=False, exempt=reason)


def test_what_shows_the_golden_value_agrees() -> None:
    assert want(theirs("Delft"), "Delft", STRICT, NOW) == AGREED
    assert want(None, None, STRICT, NOW) == AGREED


def test_what_differs_is_written() -> None:
    assert want(theirs("Delft"), "Breda", STRICT, NOW) == Wish(agrees=False, write=True, value="Breda")
    assert want(None, "Breda", STRICT, NOW).write


def test_the_hub_may_always_take_back_what_it_placed() -> None:
    assert want(ours("Delft"), None, STRICT, NOW) == Wish(agrees=False, write=True, value=None)


def test_it_empties_what_somebody_else_wrote_only_where_the_mapping_allows() -> None:
    assert want(theirs("Delft"), None, STRICT, NOW) == left("no_clearing")
    assert want(theirs("Delft"), None, OPEN, NOW).write


def test_it_never_writes_a_yes() -> None:
    assert want(ours("no"), None, CONSENT, NOW) == left("consent")
    assert want(theirs("no"), None, Policy(clear=True, take_back=False), NOW) == left("consent")
    assert want(None, "no", CONSENT, NOW).write


def test_if_empty_writes_where_it_is_empty_or_the_hub_s_own() -> None:
    assert want(theirs("Delft"), "Breda", IF_EMPTY, NOW) == left("not_overwritten")
    assert want(theirs(None), "Breda", IF_EMPTY, NOW).write
    assert want(ours("Delft"), "Breda", IF_EMPTY, NOW).write
    assert want(Cell(base="jan.jansen"), "Jan Jansen", IF_EMPTY, NOW).write  # the vendor's, for want of any


def test_what_is_in_flight_is_waited_for_until_a_pull_would_have_shown_it() -> None:
    flying = sent(theirs("Delft"), "Breda", at(500))
    assert want(flying, "Breda", STRICT, at(500)) == left("in_flight")
    assert want(flying, "Breda", STRICT, at(501)).write


def refused(*values: Value | None) -> tuple[Refused, ...]:
    """Refused one after the other, from second 500 on."""
    return tuple(Refused(value, at(500 + number)) for number, value in enumerate(values))


def test_a_refused_value_is_not_offered_again_until_golden_changes() -> None:
    cell = Cell(base="Delft", refused=refused("Breda"))
    assert want(cell, "Breda", STRICT, NOW) == left("refused")
    assert want(cell, "Almelo", STRICT, NOW).write


def test_a_refused_emptying_is_refused_as_a_value_is() -> None:
    cell = theirs("Delft")._replace(refused=refused(None))
    assert want(cell, None, OPEN, NOW) == left("refused")
    assert want(cell, "Breda", OPEN, NOW).write
    placed = ours("Delft", refused=refused(None))
    assert want(placed, None, STRICT, NOW) == left("refused")


def test_a_refusal_of_one_value_frees_no_other() -> None:
    cell = Cell(base="Delft", refused=refused("Breda", None, "Goes"))
    for value in ("Breda", None, "Goes"):
        assert want(cell, value, OPEN, NOW) == left("refused")
    cell = recalled(sent(cell, "Almelo", at(600)), "Almelo", at(601))
    for value in ("Breda", None, "Goes", "Almelo"):
        assert want(cell, value, OPEN, NOW) == left("refused")


def test_an_edit_in_the_cell_does_not_free_what_was_refused_there() -> None:
    cell = theirs("Delft")._replace(refused=refused("Breda"))
    edited = observe(cell, "Goes", read_at(700, 600), Rules()).cell
    assert want(edited, "Breda", STRICT, NOW) == left("refused")


@pytest.mark.parametrize("value", ["Breda", None], ids=["value", "emptying"])
def test_what_is_typed_after_it_was_refused_is_free_again(value: Value | None) -> None:
    cell = theirs("Delft")._replace(refused=refused(value))
    for typed in ("", at(499), at(500)):
        assert want(cell, value, OPEN, NOW, typed=typed) == left("refused")
    assert want(cell, value, OPEN, NOW, typed=at(501)).write


@given(
    st.lists(st.tuples(st.sampled_from(["Breda", "Goes", None]), st.integers(0, 9)), max_size=6),
    st.sampled_from(["Breda", "Goes", None]),
    st.integers(0, 9),
)
def test_only_a_later_refusal_of_that_very_value_holds_it(
    some: list[tuple[Value | None, int]], value: Value | None, typed: int
) -> None:
    held = tuple(Refused(one, at(when)) for one, when in some)
    wish = want(theirs("Delft")._replace(refused=held), value, OPEN, NOW, typed=at(typed))
    assert wish.write != any(one == value and when >= typed for one, when in some)


def test_a_field_rewritten_too_often_is_frozen() -> None:
    assert want(Cell(base="Delft", tries=FREEZE), "Breda", STRICT, NOW) == left("frozen")
    assert want(Cell(base="Delft", tries=FREEZE - 1), "Breda", STRICT, NOW).write


def test_a_value_the_system_altered_is_not_written_for_ever() -> None:
    """An undeclared cut: sent once, shown shorter at once, left alone; another value is written again."""
    cell = sent(theirs("Delft"), "Den Haag, Centrum", at(10))
    cell = looked(cell, "Den Haag, Ce", answer=True).cell
    assert want(cell, "Den Haag, Centrum", STRICT, NOW) == AGREED
    assert want(cell, "Breda", STRICT, NOW).write


def test_a_value_that_a_pull_shows_altered_is_left_alone_and_told() -> None:
    """The system's doing, or a person's between the write and the pull: nobody knows."""
    cell = sent(theirs("Delft"), "Den Haag, Centrum", at(10))
    cell = observe(cell, "Den Haag, Ce", read_at(60), Rules()).cell
    assert want(cell, "Den Haag, Centrum", OPEN, NOW) == left("altered")
    assert want(cell, "Breda", STRICT, NOW).write
    assert want(cell, None, STRICT, NOW).write
    typed = observe(cell, "Den Haag", read_at(120, 60), Rules()).cell
    assert want(typed, "Den Haag, Centrum", STRICT, NOW).write


@given(st.text("abc ", min_size=1, max_size=12).map(str.strip), st.integers(1, 6))
def test_a_truncating_projection_settles_after_one_write(golden: str, length: int) -> None:
    projected = golden[:length].rstrip() or None
    cell = theirs("something")
    writes = 0
    for minute in range(1, 6):
        wish = want(cell, projected, OPEN, at(60 * minute - 1))
        if wish.write:
            writes += 1
            cell = sent(cell, wish.value, at(60 * minute))
            cell = observe(cell, projected, read_at(60 * minute + 30), Rules()).cell
    assert writes == 1 and want(cell, projected, OPEN, at(999)).agrees


def test_a_system_that_swallows_writes_is_put_to_a_person() -> None:
    cell, writes = theirs("Delft"), 0
    for minute in range(1, 60):
        wish = want(cell, "Breda", STRICT, at(60 * minute))
        if wish.write:
            writes += 1
            cell = observe(
                sent(cell, "Breda", at(60 * minute)), "Delft", read_at(60 * minute + 30), Rules()
            ).cell
    assert writes == FREEZE and wish == left("frozen")


@pytest.mark.parametrize(
    ("base", "golden", "wanted"),
    [
        (("a", None), ["a", "b"], ("a", "b")),
        ((None, "a"), ["a"], (None, "a")),
        (("b", "a"), ["a", "b"], ("b", "a")),
        (("x", "a"), ["a", "b"], ("b", "a")),
        (("a", "b"), ["c"], ("c", None)),
        ((None, None), ["a", "b", "c"], ("a", "b")),
        (("c", None), ["a", "b", "c"], ("c", "a")),
    ],
)
def test_only_places_that_hold_something_else_change(base: Slots, golden: list[str], wanted: Slots) -> None:
    wish, slots = want_roll(Roll(base), golden, 2, OPEN, NOW)
    assert slots == wanted and wish.write == (base != wanted)


def test_a_stranger_stays_where_clearing_is_not_allowed() -> None:
    wish, slots = want_roll(Roll(("x", None)), [], 2, STRICT, NOW)
    assert (wish, slots) == (left("no_clearing"), ("x", None))
    assert want_roll(Roll(("x", None), ours=frozenset("x")), [], 2, STRICT, NOW)[0].write


def test_if_empty_leaves_strangers_and_fills_what_is_free() -> None:
    assert want_roll(Roll(("x",)), ["a"], 1, IF_EMPTY, NOW)[0] == left("not_overwritten")
    assert want_roll(Roll(("x", None)), ["a"], 2, IF_EMPTY, NOW)[1] == ("x", "a")
    assert want_roll(Roll(("x",), ours=frozenset("x")), ["a"], 1, IF_EMPTY, NOW)[1] == ("a",)


def test_a_list_waits_for_the_same_reasons() -> None:
    base: Slots = ("x", None)
    _, wanted = want_roll(Roll(base), ["a", "b"], 2, OPEN, NOW)
    flying = sent_roll(Roll(base), wanted, at(500))
    assert want_roll(flying, ["a", "b"], 2, OPEN, at(500))[0] == left("in_flight")
    stuck = recalled_roll(flying, wanted, at(501))
    assert want_roll(stuck, ["a", "b"], 2, OPEN, NOW)[0] == left("refused")
    assert want_roll(stuck, ["a", "b"], 2, OPEN, NOW, typed=at(502))[0].write
    assert want_roll(stuck, ["a", "c"], 2, OPEN, NOW)[0].write
    assert want_roll(Roll(base, tries=FREEZE), ["a", "b"], 2, OPEN, NOW)[0] == left("frozen")


ELEMENTS = st.sampled_from("abcde")


@given(
    st.lists(st.none() | ELEMENTS, min_size=2, max_size=2, unique_by=lambda one: one or object()).map(tuple),
    st.lists(ELEMENTS, unique=True, max_size=4),
    st.sampled_from([OPEN, STRICT, IF_EMPTY]),
)
def test_a_list_settles_after_one_write(base: Slots, golden: Sequence[str], policy: Policy) -> None:
    _, slots = want_roll(Roll(base), golden, 2, policy, NOW)
    again, still = want_roll(
        Roll(slots, ours=frozenset(filter(None, slots)) - set(base)), golden, 2, policy, NOW
    )
    assert still == slots and not again.write
    shown = [one for one in slots if one is not None]
    assert len(shown) == len(set(shown))
    if policy is OPEN:
        assert set(shown) <= set(golden) and len(shown) == min(2, len(golden))


def test_every_reason_is_one_of_the_documented() -> None:
    tested = {"no_clearing", "consent", "refused", "in_flight", "frozen", "not_overwritten", "altered"}
    waiting = set(get_args(Why))
    assert set(get_args(Exempt)) == tested | waiting | {"unwritable", "disputed"}
