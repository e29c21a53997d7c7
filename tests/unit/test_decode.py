"""From bytes to JSON that can be stored: what cannot be is marked, and everything else is as it was sent."""

import json
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.decode import BROKEN, decoded
from connectors.keys import LONGEST, as_key, key_of, nameless
from tests.unit.hostile import deep

LETTERS = '{}[]",:\\ud8019eNa-. '
NO_KEYS: list[Any] = [None, "", " a", "a\n", "a#b", "?a", ".", "..", "k" * 201, True, 1.0, [], {}, BROKEN]

plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None, derandomize=True, database=None)
@given(plain)
def test_what_can_be_stored_is_as_it_was_sent(value: Any) -> None:
    assert decoded(json.dumps(value).encode()) == value


@settings(deadline=None, derandomize=True, database=None)
@given(plain, st.characters(categories=["Cs"]))
def test_one_broken_text_costs_nothing_else(value: Any, half: str) -> None:
    found = decoded(json.dumps({"whole": value, "broken": f"a{half}b", f"k{half}": 1}).encode())
    assert found["whole"] == value
    assert found["broken"] == f"a{BROKEN}b" and f"k{BROKEN}" in found
    assert orjson.dumps(found)


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(
    st.binary(max_size=40) | st.text(st.sampled_from('{}[]",:\\ud8019eNa-. '), max_size=40).map(str.encode)
)
def test_bytes_are_json_that_can_be_stored_or_a_value_error(raw: bytes) -> None:
    try:
        found = decoded(raw)
    except ValueError:
        return
    assert orjson.dumps([found])


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"[NaN, 1]", [f"{BROKEN} NaN", 1]),
        (b"[-Infinity, 1.5]", [f"{BROKEN} -Infinity", 1.5]),
        (b"[1e999, -7]", [f"{BROKEN} 1e999", -7]),
        (b'["\\ud83d\\ude00", "\\ud83d"]', ["\U0001f600", BROKEN]),
        (b'["J\xffn"]', [f"J{BROKEN}n"]),
        (b"\xef\xbb\xbf{}", {}),
        (b'{"a": 1, "a": 2}', {"a": 2}),
        (b"[" + b"9" * 30 + b"]", [1e30]),
    ],
)
def test_what_is_made_of_what_cannot_be_stored(raw: bytes, found: Any) -> None:
    assert decoded(raw) == found


def test_endless_nesting_is_cut_and_its_neighbours_stay() -> None:
    assert decoded(json.dumps({"deep": deep(300), "other": "Jan"}).encode())["other"] == "Jan"


@pytest.mark.parametrize("value", [1, 0, "1", "a/b", "é", "k" * LONGEST, "a b"])
def test_a_key_is_text_or_a_whole_number(value: Any) -> None:
    assert as_key(value) == str(value) == key_of({"id": value})


@pytest.mark.parametrize(
    "value", [None, "", " a", "a\n", "a#b", "?a", ".", "..", "k" * 201, True, 1.0, [], {}, BROKEN]
)
def test_anything_else_is_none(value: Any) -> None:
    assert as_key(value) is None and nameless(key_of({"id": value}))


@pytest.mark.parametrize("value", ["a", "-1", -1, "²", "1" * 19])
def test_where_keys_are_numbers_a_text_is_none(value: Any) -> None:
    assert as_key(value, whole=True) is None
