"""What a record says at a path, what it does not, and how it stands with what it said before."""

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hub.mapping.paths import filled_in, get, put, shows


@pytest.mark.parametrize("nothing", [None, "", [], 0, False, {}])
def test_an_empty_value_is_shown_and_an_absent_key_is_not(nothing: Any) -> None:
    assert shows({"a": {"b": nothing}}, ("a", "b"))
    assert not shows({"a": {}}, ("a", "b"))
    assert not shows({}, ("a", "b"))
    assert not shows({"a": nothing}, ("a", "b"))


def test_what_is_not_shown_stands_as_it_was() -> None:
    before = {"a": {"b": "old", "c": "old"}, "d": "old", "e": ""}
    now = {"a": {"c": "new"}, "d": None}
    found = filled_in(now, before, [("a", "b"), ("a", "c"), ("d",), ("e",), ("f",)])
    assert found == {"a": {"b": "old", "c": "new"}, "d": None, "e": ""}
    assert now == {"a": {"c": "new"}, "d": None}


def test_a_whole_object_that_is_gone_is_filled_in_path_by_path() -> None:
    before = {"a": {"b": "old", "c": "old"}}
    assert filled_in({}, before, [("a", "b")]) == {"a": {"b": "old"}}
    assert filled_in({"a": None}, before, [("a", "b")]) == {"a": {"b": "old"}}


STEPS = st.sampled_from("abc")
PATHS = st.lists(STEPS, min_size=1, max_size=3).map(tuple)
LEAVES = st.none() | st.sampled_from(["", "x", "y"])
NESTED = st.recursive(LEAVES, lambda one: st.dictionaries(STEPS, one, max_size=3), max_leaves=6)
DOCUMENTS = NESTED.filter(lambda one: isinstance(one, dict))


@given(DOCUMENTS, DOCUMENTS, st.lists(PATHS, max_size=4))
def test_filling_in_shows_what_either_shows_and_changes_nothing_that_is_shown(
    now: dict[str, Any], before: dict[str, Any], paths: list[tuple[str, ...]]
) -> None:
    some = [one for one in paths if not any(one != it and it == one[: len(it)] for it in paths)]
    copies = repr(now), repr(before)
    found = filled_in(now, before, some)
    assert (repr(now), repr(before)) == copies
    for where in some:
        assert shows(found, where) == (shows(now, where) or shows(before, where))
        assert get(found, where) == get(now if shows(now, where) else before, where) or _above(now, where)
    assert filled_in(found, before, some) == found


def _above(document: dict[str, Any], where: tuple[str, ...]) -> bool:
    """Whether a path leads through something that is no object."""
    on_the_way = [where[:at] for at in range(1, len(where))]
    return any(shows(document, one) and not isinstance(get(document, one), dict) for one in on_the_way)


@given(DOCUMENTS, PATHS, LEAVES)
def test_what_is_put_is_shown(document: dict[str, Any], where: tuple[str, ...], value: object) -> None:
    assume(not _above(document, where))
    put(document, where, value)
    assert shows(document, where) and get(document, where) == value
