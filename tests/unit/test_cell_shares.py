"""A value in parts of which a system took a share: what is the hub's doing there, and what a person's."""

from collections.abc import Mapping

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hub.codecs.opinions import OPINIONS
from hub.golden.cell import Cell, Observation, looked, observe, recalled, sent
from hub.golden.claims import Rules
from hub.golden.roll import Roll
from hub.golden.roll import recalled as roll_recalled
from hub.golden.roll import sent as roll_sent
from hub.model.value import Value
from tests.unit.said import at, read_at, seen

HOME: Value = {"street": "Plein", "house_number": "2", "city": "Utrecht"}
NEW_HOME: Value = {"street": "Gracht", "house_number": "5", "city": "Breda"}
IN_PART: Value = {"street": "Gracht", "house_number": "5", "city": "Utrecht"}


def test_a_part_that_the_answer_shows_as_it_was_keeps_the_write_waiting_and_the_rest_is_ours() -> None:
    flying = sent(seen(HOME), NEW_HOME, at(10))
    found = looked(flying, IN_PART, answer=True)
    assert found.what == "waiting"
    assert found.cell == flying._replace(base=IN_PART, placed=True, since=at(10))
    again = looked(sent(found.cell, NEW_HOME, at(80)), IN_PART, answer=True)
    assert again.what == "ignored" and recalled(again.cell, NEW_HOME, at(80)).flight == ()
    assert looked(flying, IN_PART, answer=False) == found
    typed: Value = {"street": "Gracht", "house_number": "7", "city": "Utrecht"}
    assert looked(flying, typed, answer=False) == Observation(flying, "waiting")


@pytest.mark.parametrize("answer", [True, False], ids=["answer", "look"])
def test_a_part_that_is_not_there_at_all_right_after_the_write_was_not_taken_and_nobody_emptied_it(
    answer: bool,
) -> None:
    flying = sent(seen(HOME), NEW_HOME, at(10))
    townless: Value = {"street": "Gracht", "house_number": "5"}
    found = looked(flying, townless, answer=answer)
    assert found == Observation(flying._replace(base=townless, placed=True, since=at(10)), "waiting")
    assert _pulled(found.cell, townless) == Observation(found.cell, "waiting")
    again = looked(sent(found.cell, NEW_HOME, at(80)), townless, answer=answer)
    assert again.what == "ignored" and again.cell.claim == flying.claim


def test_what_the_system_made_of_all_parts_is_its_doing_and_what_it_left_of_one_is_not() -> None:
    flying = sent(seen(HOME), NEW_HOME, at(10))
    shouted: Value = {"street": "GRACHT", "house_number": "5", "city": "BREDA"}
    assert looked(flying, shouted, answer=True).what == "drift"
    both: Value = {"street": "GRACHT", "house_number": "5", "city": "Utrecht"}
    kept = looked(flying, both, answer=True)
    assert kept.what == "waiting" and _pulled(kept.cell, both) == Observation(kept.cell, "waiting")


@pytest.mark.parametrize("kept", ["Breda", "Den Haag"])
def test_a_part_left_as_it_was_is_ignored_however_like_what_was_sent(kept: str) -> None:
    home: Value = {"street": "Plein", "city": kept}
    ours: Value = {"street": "Gracht", "city": f"{kept} Zuid"}
    left: Value = {"street": "GRACHT", "city": kept}
    flying = sent(seen(home), ours, at(10))
    found = _pulled(flying, left)
    assert looked(flying, left, answer=False).cell == found.cell
    assert found.what == "waiting" and found.cell.flight and found.cell.base == left


def test_of_an_emptying_too_a_part_that_stays_was_ignored() -> None:
    flying = sent(seen(HOME), None, at(10))
    town: Value = {"city": "Utrecht"}
    found = _pulled(flying, town)
    assert found == Observation(flying._replace(base=town, placed=True, since=at(10)), "waiting")
    assert looked(flying, town, answer=True).cell == found.cell


def test_a_pull_that_shows_a_share_of_what_was_sent_leaves_the_write_waiting_however_long_ago() -> None:
    rules = Rules(opinions={"address": OPINIONS["home"]})
    flying = sent(seen(HOME), NEW_HOME, at(10))
    found = observe(flying, IN_PART, read_at(500), rules, "address")
    assert found.what == "waiting" and found.cell.flight == flying.flight
    made = sent(None, NEW_HOME, at(10))
    less: Value = {"street": "Gracht", "house_number": "5"}
    created = observe(made, less, read_at(60), rules, "address")
    assert created == Observation(made._replace(base=less, placed=True, since=at(10)), "waiting")


def _value(parts: Mapping[str, str | None]) -> Value | None:
    told: dict[str, Value] = {name: one for name, one in parts.items() if one}
    return told or None


@given(st.lists(st.sampled_from(["street", "house_number", "city", "country"]), unique=True), st.data())
def test_whatever_share_is_ignored_nobody_typed_it_and_the_second_time_it_is_told(
    lost: list[str], data: st.DataObject
) -> None:
    part = st.sampled_from(["a", "b", None])
    home = st.fixed_dictionaries(dict.fromkeys(["street", "house_number", "city", "country"], part))
    said = home.map(lambda one: {name: it for name, it in one.items() if it})
    stood, sends = data.draw(said), data.draw(said.filter(bool))
    assume(stood != sends)
    shown = {**sends, **{name: stood.get(name) for name in lost}}
    before, ours, shows = (_value(one) for one in (stood, sends, shown))
    flying = sent(seen(before), ours, at(10))
    first = looked(flying, shows, answer=True)
    second = looked(sent(first.cell, ours, at(80)), shows, answer=True)
    assert first.cell.claim == second.cell.claim == flying.claim
    if shows == ours:
        assert first.what == "seen_back"
    else:
        assert first.what in {"waiting", "ignored"} and second.what == "ignored"
        assert _pulled(first.cell, shows) == Observation(first.cell, "waiting")


def test_a_refusal_lets_the_next_value_be_tried_as_often_as_the_first() -> None:
    tried = sent(sent(seen("Utrecht"), "Delft", at(10)), "Delft", at(80))
    assert (tried.tries, recalled(tried, "Delft", at(90)).tries) == (2, 0)
    listed = roll_sent(roll_sent(Roll(base=(None,)), ("a",), at(10)), ("a",), at(80))
    assert (listed.tries, roll_recalled(listed, ("a",), at(90)).tries) == (2, 0)


def _pulled(cell: Cell, value: Value | None) -> Observation:
    return observe(cell, value, read_at(60), Rules(), "address")
