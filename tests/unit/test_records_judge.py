"""The judge of customer documents gives every reason, and never falls over an odd document."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.records import Reason, RecordJudge

SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["id"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string", "maxLength": 20},
        "emails": {"type": "array", "items": {"type": "string", "format": "email"}},
        "birth_date": {"type": "string", "format": "date"},
        "score": {"type": ["number", "null"], "maximum": 5},
        "kind": {"enum": ["person", "organisation"]},
        "country": {"type": "string", "pattern": "^[A-Z]{2}$"},
        "address": {"type": "object", "properties": {"city": {"type": "string"}}},
        "anything": {},
    },
}
JUDGE = RecordJudge(SCHEMA)

ODD = st.sampled_from(
    [float("nan"), float("inf"), "\ud800", 10**400, b"x", {1, 2}, date(2026, 1, 1), UUID(int=1)]
)
TREE: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()) | ODD,
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters()) | st.integers(), inner),
    max_leaves=8,
)


def test_a_document_that_fits_has_no_reasons() -> None:
    assert (
        JUDGE.reasons({"id": "1", "emails": ["a@example.nl"], "birth_date": "1900-01-01", "score": None})
        == ()
    )


def test_all_reasons_are_given_with_place_rule_and_what_is_allowed() -> None:
    document = {
        "emails": ["nobody", "a@example.nl", 3],
        "birth_date": "2026-02-30",
        "score": 6,
        "kind": "robot",
        "country": "NL\n",
        "address": {"city": 5},
        "shoe_size": 43,
    }
    found = {(reason.path, reason.rule): reason for reason in JUDGE.reasons(document)}
    assert set(found) == {
        ("id", "required"),
        ("emails/0", "format"),
        ("emails/2", "type"),
        ("birth_date", "format"),
        ("score", "maximum"),
        ("kind", "enum"),
        ("country", "pattern"),
        ("address/city", "type"),
        ("shoe_size", "additionalProperties"),
    }
    assert found["emails/0", "format"] == Reason("emails/0", "format", "format: email", "'nobody'")
    assert found["kind", "enum"].allowed == "enum: person, organisation"
    assert found["score", "maximum"].allowed == "maximum: 5"
    assert found["id", "required"] == Reason("id", "required", "must be given", "")
    assert found["shoe_size", "additionalProperties"].value == "43"


@pytest.mark.parametrize(
    ("value", "allowed"),
    [
        pytest.param("half \ud800", "text without half characters", id="surrogate"),
        pytest.param(float("nan"), "a finite number", id="nan"),
        pytest.param(float("inf"), "a finite number", id="inf"),
        pytest.param(10**400, "a whole number of 64 bits", id="huge-number"),
        pytest.param(b"x", "text, a number, true, false, null, a list or an object", id="bytes"),
        pytest.param({1: "x"}, "text as name of a field", id="key-is-no-text"),
        pytest.param({"\udfff": "x"}, "text as name of a field", id="key-is-half"),
    ],
)
def test_what_no_json_can_hold_is_a_reason_even_where_the_schema_allows_anything(
    value: Any, allowed: str
) -> None:
    (reason,) = JUDGE.reasons({"id": "1", "anything": [None, value]})
    assert (reason.rule, reason.allowed) == ("json", allowed)
    assert reason.path.startswith("anything/1")


@pytest.mark.parametrize("document", [None, [], "text", 3, True])
def test_a_document_that_is_no_object_is_a_reason(document: object) -> None:
    assert [(reason.path, reason.rule) for reason in JUDGE.reasons(document)] == [("", "type")]


def test_endless_nesting_is_a_reason() -> None:
    loop: list[Any] = []
    loop.extend([loop, loop])
    assert {reason.rule for reason in JUDGE.reasons({"id": "1", "anything": loop})} == {"json"}
    deep: list[Any] = []
    for _ in range(5000):
        deep = [deep]
    assert {reason.rule for reason in JUDGE.reasons({"id": "1", "anything": deep})} == {"json"}


def test_values_are_cut_short_and_objects_are_not_shown() -> None:
    (reason,) = JUDGE.reasons({"id": "x" * 1_000_000})
    assert reason.rule == "maxLength" and len(reason.value) <= 80
    (reason,) = JUDGE.reasons({"id": {"secret": "x"}})
    assert reason.value == "dict of 1"


@given(TREE)
@settings(max_examples=200, deadline=None)
def test_no_document_makes_the_judge_fail(document: Any) -> None:
    for each in (document, {"id": document}, {"anything": document, "id": "1"}):
        for reason in JUDGE.reasons(each):
            assert len(reason.value) <= 80 and reason.value.isascii()
            reason.path.encode()
