"""The judge of files people write says where, what, what is allowed, and what was probably meant."""

from typing import Any

import pytest

from quality.drift import paths, unmapped
from quality.files import check_file

CODECS = ["email", "lowercase", "phone", "text"]
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["system", "fields"],
    "properties": {
        "system": {"type": "string"},
        "schedule": {"type": "string", "minLength": 3},
        "fields": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": False,
                "required": ["from"],
                "properties": {
                    "from": {"type": "string"},
                    "write": {"enum": ["always", "if_empty", "never"]},
                    "codec": {
                        "oneOf": [
                            {"enum": CODECS},
                            {"type": "object", "maxProperties": 1, "propertyNames": {"enum": CODECS}},
                        ]
                    },
                },
            },
        },
    },
}
GOOD: dict[str, Any] = {"system": "zendesk", "fields": {"email": {"from": "email", "codec": "lowercase"}}}


def told(**changes: Any) -> list[str]:
    """The messages for the good file with one field's lines changed."""
    return check_file(
        {**GOOD, "fields": {"email": {"from": "email", **changes}}}, SCHEMA, "mappings/zendesk.yml"
    )


def test_a_good_file_has_no_mistakes() -> None:
    assert check_file(GOOD, SCHEMA, "mappings/zendesk.yml") == []


def test_a_wrong_word_names_place_value_choices_and_the_nearest() -> None:
    assert told(write="allways") == [
        "mappings/zendesk.yml, fields.email.write: 'allways' is not allowed. "
        "Allowed: always, if_empty, never. Did you mean 'always'?"
    ]


@pytest.mark.parametrize("codec", ["lowcase", {"lowcase": {}}])
def test_a_choice_of_shapes_is_told_by_the_nearest_shape(codec: object) -> None:
    (line,) = told(codec=codec)
    assert line.startswith(
        "mappings/zendesk.yml, fields.email.codec: 'lowcase' is not allowed. Allowed: email,"
    )
    assert line.endswith("Did you mean 'lowercase'?")


def test_a_value_of_no_allowed_shape_is_told() -> None:
    (line,) = told(codec=5)
    assert line.startswith("mappings/zendesk.yml, fields.email.codec: 5 is not allowed. Allowed: oneOf")


def test_an_unknown_name_is_compared_with_the_known_ones() -> None:
    assert told(form="x") == [
        "mappings/zendesk.yml, fields.email.form: unknown name. "
        "Allowed: from, write, codec. Did you mean 'from'?"
    ]


def test_every_mistake_is_told_once() -> None:
    lines = check_file({"sytem": "x", "schedule": "a", "fields": {"email": {}}}, SCHEMA, "m.yml")
    assert sorted(lines) == [
        "m.yml, fields.email: 'from' is missing; add it.",
        "m.yml, schedule: 'a' is not allowed. Allowed: minLength 3.",
        "m.yml, sytem: unknown name. Allowed: system, schedule, fields. Did you mean 'system'?",
        "m.yml: 'system' is missing; add it.",
    ]


def test_a_wrong_kind_of_file_is_told() -> None:
    assert check_file(["x"], SCHEMA, "m.yml") == ["m.yml: ['x'] is not allowed. Allowed: object."]


def test_paths_are_those_of_the_leaves() -> None:
    document = {
        "a": {"b": 1, "c": None},
        "tags": ["x"],
        "people": [{"email": "e"}, {"phone": 1}],
        "empty": [],
        "o": {},
    }
    assert paths(document) == {"a.b", "a.c", "tags[]", "people[].email", "people[].phone", "empty", "o"}


@pytest.mark.parametrize(
    ("path", "known", "covered"),
    [
        ("email", {"email"}, True),
        ("email", {"emails"}, False),
        ("custom.x", {"custom"}, True),
        ("custom[].x", {"custom"}, True),
        ("emails[].value", {"emails[0].value"}, True),
        ("emails[].type", {"emails[0].value"}, False),
        ("address", {"address.city"}, True),
        ("tags", {"tags[]"}, True),
    ],
)
def test_what_covers_a_path(path: str, known: set[str], covered: bool) -> None:
    assert unmapped({path}, known, set()) == unmapped({path}, set(), known) == (set() if covered else {path})
