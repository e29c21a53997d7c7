"""What a write does to what stands there, in the words a guard counts by."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.codecs.opinions import EXACT, OPINIONS
from hub.model.opinion import unit_of
from hub.model.value import Value
from hub.publish.effect import EFFECTS, Effect, effect, list_effect
from tests.unit.test_opinion_laws import VALUES

JAN: Value = {"given_name": "Jan Willem", "family_name_prefix": "de", "family_name": "Vries"}
PLEIN: Value = {"street": "Plein", "house_number": "2", "postal_code": "1001 AB", "city": "Delft"}


def changed(value: Value, **parts: str | None) -> Value:
    """A value with some parts otherwise, or (None) without them."""
    assert isinstance(value, dict)
    return {name: one for name, one in {**value, **parts}.items() if one is not None}


@pytest.mark.parametrize(
    ("kind", "before", "after", "found"),
    [
        ("text", None, "Delft", "filled"),
        ("text", "Delft", None, "emptied"),
        ("text", "Delft", "Breda", "replaced"),
        ("text", "DELFT", "Delft", "filled"),
        ("name", JAN, changed(JAN, given_name=None), "emptied"),
        ("name", JAN, changed(JAN, given_name="J.W."), "poorer"),
        ("name", JAN, changed(JAN, given_name="Piet"), "replaced"),
        ("name", JAN, changed(JAN, given_name="JAN WILLEM"), "filled"),
        ("name", changed(JAN, given_name="J.W."), JAN, "filled"),
        ("name", JAN, changed(JAN, given_name=None, family_name="Boer"), "emptied"),
        ("name", JAN, changed(JAN, given_name="J.W.", family_name="Boer"), "poorer"),
        ("name", JAN, None, "emptied"),
        ("home", PLEIN, changed(PLEIN, postal_code=None), "emptied"),
        ("home", PLEIN, changed(PLEIN, house_number_addition="A"), "replaced"),
        ("home", changed(PLEIN, house_number_addition="A"), PLEIN, "emptied"),
        ("home", PLEIN, changed(PLEIN, street="Kerkweg", city="Breda", postal_code="4811 CX"), "replaced"),
    ],
)
def test_what_a_write_does(kind: str, before: Value | None, after: Value | None, found: Effect) -> None:
    assert effect(OPINIONS[kind], before, after, edited=False) == found
    travels = "edited" if found == "replaced" else found
    assert effect(OPINIONS[kind], before, after, edited=True) == travels


def test_who_typed_it_elsewhere_excuses_no_loss() -> None:
    """An edit may replace; that a value goes, or says less, is counted whoever typed it."""
    assert effect(EXACT, "Delft", None, edited=True) == "emptied"
    assert effect(OPINIONS["name"], JAN, changed(JAN, given_name="J."), edited=True) == "poorer"


KINDS = ["name", "home", "date", "text", "firm"]
each_kind = pytest.mark.parametrize("kind", KINDS)


@each_kind
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_the_worst_of_the_units_counts(kind: str, data: st.DataObject) -> None:
    opinion = OPINIONS[kind]
    before, after = data.draw(VALUES[kind]), data.draw(VALUES[kind])
    found = effect(opinion, before, after, edited=False)
    lost = any(
        unit_of(opinion, unit, before) is not None and unit_of(opinion, unit, after) is None
        for unit in opinion.units
    )
    assert not lost or found == "emptied"
    if found == "filled":  # nothing that stood there is gone
        for unit in opinion.units:
            was, now = unit_of(opinion, unit, before), unit_of(opinion, unit, after)
            assert was is None or now is not None
            if was is not None and now is not None and was != now:
                assert opinion.same(unit, was, now) or opinion.covers(unit, now, was)


@each_kind
@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_filling_and_emptying_are_what_they_are_of_every_value(kind: str, data: st.DataObject) -> None:
    value, edited = data.draw(VALUES[kind]), data.draw(st.booleans())
    assert effect(OPINIONS[kind], None, value, edited=edited) == "filled"
    assert effect(OPINIONS[kind], value, value, edited=edited) == "filled"
    assert effect(OPINIONS[kind], value, None, edited=edited) == "emptied"


@each_kind
@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_only_a_replacing_differs_by_who_typed_it(kind: str, data: st.DataObject) -> None:
    before, after = data.draw(VALUES[kind]), data.draw(VALUES[kind])
    nobody = effect(OPINIONS[kind], before, after, edited=False)
    somebody = effect(OPINIONS[kind], before, after, edited=True)
    assert (nobody, somebody) == (somebody, nobody) or (nobody, somebody) == ("replaced", "edited")
    assert nobody in EFFECTS and "fact" not in (nobody, somebody)


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ([None, None], ["a", None], "filled"),
        (["a", None], ["b", "a"], "filled"),
        (["a", "b"], ["b", "a"], "filled"),
        (["a", None], ["b", None], "replaced"),
        (["a", "b"], ["c", "d"], "replaced"),
        (["a", "b"], ["a", None], "emptied"),
        (["a", "b"], ["c", None], "emptied"),
        (["a", None], [None, None], "emptied"),
        ([None, None], [None, None], "filled"),
    ],
)
def test_what_a_write_does_to_a_list(
    before: list[str | None], after: list[str | None], found: Effect
) -> None:
    assert list_effect(before, after, edited=False) == found
    assert list_effect(before, after, edited=True) == ("edited" if found == "replaced" else found)


PLACES = st.lists(st.none() | st.sampled_from("abcd"), min_size=3, max_size=3)


@given(PLACES, PLACES, st.booleans())
def test_a_list_is_filled_just_where_nothing_goes(
    before: list[str | None], after: list[str | None], edited: bool
) -> None:
    held, kept = set(filter(None, before)), set(filter(None, after))
    found = list_effect(before, after, edited=edited)
    assert (found == "filled") == (held <= kept)
    assert len(kept) >= len(held) or found == "emptied"


@given(PLACES, st.permutations(range(3)))
def test_where_the_elements_of_a_list_stand_says_nothing(before: list[str | None], order: list[int]) -> None:
    assert list_effect(before, [before[at] for at in order], edited=False) == "filled"
