"""How an exchange is held against a vendor's document: the same small one, in both dialects."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import orjson
import pytest

from fidelity.contracts.documents import Operation, meant, operations
from fidelity.contracts.judge import Deviation, judge
from fidelity.contracts.known import Known, known, stale, unknown
from fidelity.contracts.tape import Exchange

Json = Mapping[str, Any]
CONTACT = {
    "type": "object",
    "required": ["id", "email"],
    "properties": {
        "id": {"type": "integer", "readOnly": True},
        "email": {"type": "string", "format": "email"},
        "phone": {"type": "string", "nullable": True, "x-nullable": True},
        "since": {"type": "string", "format": "date-time"},
        "kind": {"type": "string", "enum": ["lead", "customer"]},
        "share": {"type": "number", "minimum": 0, "exclusiveMinimum": True},
        "more": {"type": "object"},
    },
}
SCHEME = {"key": {"type": "apiKey", "name": "api-key", "in": "header"}}
LIMIT, ASCENDING = {"type": "integer", "maximum": 10}, {"type": "string", "enum": ["asc", "desc"]}


def swagger() -> Json:
    """As Brevo writes: Swagger 2.0."""
    ref = {"$ref": "#/definitions/contact"}
    limit = {"name": "limit", "in": "query", "required": True, **LIMIT}
    sort = {"name": "sort", "in": "query", **ASCENDING}
    body = {"name": "contact", "in": "body", "required": True, "schema": ref}
    key = {"name": "id", "in": "path", "required": True, "type": "integer"}
    done = {"responses": {"204": {"description": "done"}}}
    listed = {"200": {"schema": {"type": "array", "items": {"type": "object", "allOf": [ref]}}}}
    contacts = {
        "get": {"parameters": [limit, sort], "responses": listed},
        "post": {"parameters": [body], "responses": {201: {"schema": ref}, "204": {}}},
    }
    return {
        "swagger": "2.0",
        "basePath": "/v3",
        "securityDefinitions": SCHEME,
        "security": [{"key": []}],
        "definitions": {"contact": CONTACT},
        "paths": {
            "/contacts": contacts,
            "/contacts/{id}": {"parameters": [key], "post": done},
            "/contacts/batch": {"post": done},
        },
    }


def openapi() -> Json:
    """As most write: OpenAPI 3."""
    ref = {"$ref": "#/components/schemas/contact"}
    limit = {"name": "limit", "in": "query", "required": True, "schema": LIMIT}
    sort = {"name": "sort", "in": "query", "schema": ASCENDING}
    key = {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}
    done = {"responses": {"204": {"description": "done"}}}
    listed = {"200": {"content": _json({"type": "array", "items": {"oneOf": [ref, ref]}})}}
    posted = {"201": {"content": _json(ref)}, "204": {"description": "known"}}
    contacts = {
        "get": {"parameters": [{"$ref": "#/components/parameters/limit"}, sort], "responses": listed},
        "post": {"requestBody": {"required": True, "content": _json(ref)}, "responses": posted},
    }
    return {
        "openapi": "3.0.3",
        "servers": [{"url": "https://{account}.vendor.example/v3"}],
        "security": [{"key": []}],
        "components": {
            "schemas": {"contact": CONTACT},
            "parameters": {"limit": limit},
            "securitySchemes": SCHEME,
        },
        "paths": {
            "/contacts": contacts,
            "/contacts/{id}": {"parameters": [key], "post": done},
            "/contacts/batch": {"post": done},
        },
    }


def _json(schema: Json) -> Json:
    return {"application/json": {"schema": schema}}


@pytest.fixture(params=[swagger, openapi], ids=lambda make: str(make.__name__))
def described(request: pytest.FixtureRequest, tmp_path: Path) -> list[Operation]:
    # OPT_NON_STR_KEYS: YAML documents have their statuses as numbers as often as not.
    (tmp_path / "vendor.json").write_bytes(orjson.dumps(request.param(), option=orjson.OPT_NON_STR_KEYS))
    return operations(tmp_path)


GOOD = {"id": 1, "email": "an@mail.example"}


def exchange(
    method: str = "POST",
    path: str = "/v3/contacts",
    query: tuple[tuple[str, str], ...] = (),
    sent: Any = None,
    status: int = 204,
    received: Any = None,
    headers: Mapping[str, str] | None = None,
) -> Exchange:
    bodies = [b"" if body is None else orjson.dumps(body) for body in (sent, received)]
    given = {"api-key": "secret"} if headers is None else headers
    return Exchange("vendor", method, path, query, given, bodies[0], status, bodies[1])


def told(described: list[Operation], one: Exchange) -> list[tuple[str, str, str]]:
    return sorted((found.place, found.given, found.allowed) for found in judge(one, described))


@pytest.mark.parametrize(
    "one",
    [
        exchange(sent={"email": "an@mail.example"}),
        exchange(sent=GOOD, status=201, received=GOOD),
        exchange(sent=GOOD, status=201, received={**GOOD, "phone": None, "more": {"any": 1}}),
        exchange("GET", query=(("limit", "10"), ("sort", "asc")), status=200, received=[GOOD, GOOD]),
        exchange(path="/v3/contacts/12"),
        exchange(path="/v3/contacts/batch"),
    ],
)
def test_what_is_documented_does_not_deviate(described: list[Operation], one: Exchange) -> None:
    assert told(described, one) == []


@pytest.mark.parametrize(
    ("one", "place", "given"),
    [
        (exchange(sent={**GOOD, "colour": 1}), "request colour", "a field"),
        (exchange(sent={"email": None}), "request email", "null"),
        (exchange(), "request body", "nothing"),
        (exchange(path="/v3/contacts/batch", sent={}), "request body", "object"),
        (exchange(path="/v3/contacts/an%40mail.example"), "request path id", "string"),
        (exchange(sent=GOOD, status=202), "answer 202", "this status"),
        (exchange(sent=GOOD, status=201), "answer 201 body", "nothing"),
        (exchange(sent=GOOD, received={}), "answer 204 body", "object"),
        (exchange(sent=GOOD, status=201, received={"email": "a@b"}), "answer 201 id", "nothing"),
        (exchange(sent=GOOD, status=201, received={**GOOD, "kind": "friend"}), "answer 201 kind", "string"),
        (exchange(sent=GOOD, status=201, received={**GOOD, "since": "then"}), "answer 201 since", "string"),
        (exchange(sent=GOOD, status=201, received={**GOOD, "share": 0}), "answer 201 share", "integer"),
        (exchange(sent=GOOD, headers={}), "request credential", "nothing"),
    ],
)
def test_what_is_not_documented_is_told(
    described: list[Operation], one: Exchange, place: str, given: str
) -> None:
    assert [(where, what) for where, what, _ in told(described, one)] == [(place, given)]


def test_a_query_is_held_against_its_parameters(described: list[Operation]) -> None:
    asked = exchange("GET", query=(("sort", "up"), ("page", "2")), status=200, received=[])
    places = [place for place, _, _ in told(described, asked)]
    assert places == ["request query limit", "request query page", "request query sort"]
    wide = exchange("GET", query=(("limit", "11"),), status=200, received=[])
    assert told(described, wide) == [("request query limit", "integer", "maximum 10")]


def test_a_list_is_told_without_its_numbers(described: list[Operation]) -> None:
    wrong = [GOOD, {**GOOD, "email": 1}, {**GOOD, "email": 2}]
    found = exchange("GET", query=(("limit", "3"),), status=200, received=wrong)
    assert set(told(described, found)) == {("answer 200 [].email", "integer", "type string")}


def test_a_path_nobody_describes_is_told_without_a_value(described: list[Operation]) -> None:
    (found,) = judge(exchange(path="/v3/people/an%40mail.example"), described)
    assert (found.operation, found.place) == ("POST /v3/people/{}", "request")


def test_no_value_is_ever_told(described: list[Operation]) -> None:
    secret = "Margaretha"
    body = {"id": secret, "email": secret, "since": secret, "kind": secret, "phone": [secret]}
    asked = (("limit", secret), ("sort", secret))
    told_of = [
        *judge(exchange(sent=body, status=201, received=body), described),
        *judge(exchange("GET", query=asked, status=200, received=[body]), described),
        *judge(exchange(path=f"/v3/contacts/{secret}"), described),
    ]
    assert told_of and secret not in repr(told_of)


def test_the_most_literal_path_is_meant(described: list[Operation]) -> None:
    found = meant(described, "POST", "/v3/contacts/batch")
    assert found is not None and found.path == "/v3/contacts/batch"


def test_a_suffix_that_is_a_parameter_is_parted_from_the_id_by_its_dot(tmp_path: Path) -> None:
    """As Moneybird writes its paths."""
    suffix = {"name": "format", "in": "path", "required": True, "schema": {"enum": [".json"]}}
    key = {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}
    done = {"204": {"description": "done"}}
    paths = {
        "/{books}/contacts/{id}{format}": {"parameters": [key, suffix], "get": {"responses": done}},
        "/{books}/contacts/new{format}": {"parameters": [suffix], "get": {"responses": done}},
    }
    (tmp_path / "vendor.json").write_bytes(orjson.dumps({"openapi": "3.0.0", "paths": paths}))
    described = operations(tmp_path)
    assert told(described, exchange("GET", "/1/contacts/12.json")) == []
    assert told(described, exchange("GET", "/1/contacts/new.json")) == []
    wrong = told(described, exchange("GET", "/1/contacts/an.xml"))
    assert [place for place, _, _ in wrong] == ["request path format", "request path id"]


def test_default_describes_errors_where_successes_are_listed(tmp_path: Path) -> None:
    body = _json({"type": "object", "required": ["message"], "properties": {"message": {"type": "string"}}})
    answers = {"200": {"description": "done"}, "default": {"content": body}}
    document = {"openapi": "3.0.0", "paths": {"/contacts": {"get": {"responses": answers}}}}
    (tmp_path / "vendor.json").write_bytes(orjson.dumps(document))
    described = operations(tmp_path)
    assert told(described, exchange("GET", "/contacts", status=404, received={"message": "gone"})) == []
    (partly,) = told(described, exchange("GET", "/contacts", status=207, received={"results": []}))
    assert partly == ("answer 207", "this status", "one of 200, default")


ORDER: Any = {
    "type": "object",
    "required": ["customer"],
    "properties": {
        "customer": {"type": "string"},
        "count": {"type": "integer"},
        "paid": {"type": "boolean"},
        "lines": {"type": "array", "items": {"type": "object", "properties": {"price": {"type": "number"}}}},
        "tags": {"type": "array", "items": {"type": "string", "enum": ["new", "old"]}},
        "metadata": {"type": "object", "additionalProperties": {"type": "integer"}},
    },
}
FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=xx"


def _forms() -> Json:
    kinds = {FORM: {"schema": ORDER}, "multipart/form-data": {"schema": ORDER}}
    return {"openapi": "3.0.0", "paths": {"/orders": {"post": {"requestBody": {"content": kinds}, **_DONE}}}}


def _form_data() -> Json:
    fields = [
        {"name": name, "in": "formData", "required": name in ORDER["required"], **schema}
        for name, schema in ORDER["properties"].items()
    ]
    post = {"parameters": fields, "consumes": [FORM, "multipart/form-data"], **_DONE}
    return {"swagger": "2.0", "paths": {"/orders": {"post": post}}}


_DONE = {"responses": {"204": {"description": "done"}}}


def _sent(kind: str, fields: list[tuple[str, str]]) -> Exchange:
    if kind == FORM:
        body = urlencode(fields).encode()
    else:
        parts = [
            f'--xx\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}' for name, text in fields
        ]
        body = "\r\n".join([*parts, "--xx--\r\n"]).encode()
    return replace(exchange(path="/orders", headers={"content-type": kind}), sent=body)


@pytest.mark.parametrize("make", [_forms, _form_data])
@pytest.mark.parametrize("kind", [FORM, PARTS])
def test_a_form_is_held_against_its_fields(make: Callable[[], Json], kind: str, tmp_path: Path) -> None:
    (tmp_path / "vendor.json").write_bytes(orjson.dumps(make()))
    described = operations(tmp_path)
    good = [
        ("customer", "12"),
        ("count", "3"),
        ("paid", "true"),
        ("lines[0][price]", "1.5"),
        ("tags[]", "new"),
    ]
    assert told(described, _sent(kind, [*good, ("tags[]", "old"), ("metadata[a]", "1")])) == []
    wrong = [("count", "many"), ("lines[0][price]", "free"), ("tags[]", "red"), ("colour", "1")]
    found = [place for place, _, _ in told(described, _sent(kind, wrong))]
    fields = ("colour", "count", "customer", "lines[].price", "tags[]")
    assert found == [f"request {field}" for field in fields]


@pytest.mark.parametrize(
    ("documented", "kind", "body", "place"),
    [
        ("application/json", "application/json; charset=utf-8", b'{"a": 1}', ""),
        ("application/json;charset=UTF-8", "application/json", b'{"a": "x"}', "answer 400 a"),
        ("application/vnd.api+json", "application/vnd.api+json", b'{"a": "x"}', "answer 400 a"),
        ("application/*", "application/problem+json", b'{"a": "x"}', "answer 400 a"),
        ("*/*", "application/problem+json", b'{"a": 1}', ""),
        ("application/problem+json", "text/html", b"<p>", "answer 400 content-type"),
        ("application/json", "application/json", b"<p>", "answer 400 body"),
        ("text/csv", "text/csv", b"a,b", ""),
    ],
)
def test_a_body_is_judged_by_the_kind_it_says_it_is(
    tmp_path: Path, documented: str, kind: str, body: bytes, place: str
) -> None:
    schema = {"type": "object", "properties": {"a": {"type": "integer"}}}
    answers = {"400": {"content": {documented: {"schema": schema}}}}
    document = {"openapi": "3.0.0", "paths": {"/orders": {"get": {"responses": answers}}}}
    (tmp_path / "vendor.json").write_bytes(orjson.dumps(document))
    one = replace(exchange("GET", "/orders", status=400), received=body, answered=kind)
    assert [where for where, _, _ in told(operations(tmp_path), one)] == ([place] if place else [])


def test_a_document_that_tells_of_no_error_forbids_none(tmp_path: Path) -> None:
    """As Zendesk writes: successes only."""
    document = {"openapi": "3.0.0", "paths": {"/contacts": {"get": {"responses": {"200": {}}}}}}
    (tmp_path / "vendor.json").write_bytes(orjson.dumps(document))
    described = operations(tmp_path)
    assert told(described, exchange("GET", "/contacts", status=422, received={"error": "x"})) == []
    assert [place for place, _, _ in told(described, exchange("GET", "/contacts", status=201))] == [
        "answer 201"
    ]


def test_several_documents_of_a_vendor_count_as_one(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_bytes(orjson.dumps(openapi()))
    (tmp_path / "two.yaml").write_text(
        "openapi: 3.1.0\npaths:\n  /countries:\n    get:\n      responses:\n        200:\n"
        "          content:\n            application/json:\n"
        "              schema: {type: [string, 'null'], enum: [no, 2020-01-01, null]}\n"
    )
    described = operations(tmp_path)
    assert meant(described, "GET", "/v3/contacts") and meant(described, "GET", "/countries")
    for answer in ("no", "2020-01-01"):
        assert told(described, exchange("GET", "/countries", status=200, received=answer)) == []


def test_every_vendors_yaml_is_read_as_json_has_it(tmp_path: Path) -> None:
    """A bare ``=``, times and octal numbers, names that look like numbers, a tag, what JSON Schema lacks."""
    (tmp_path / "search").mkdir()
    (tmp_path / "search" / "vendor.yaml").write_text(
        "\N{ZERO WIDTH NO-BREAK SPACE}openapi: 3.1.0\n"
        "x-made: !made {by: =}\n"
        "paths:\n  /search:\n    get:\n      parameters:\n"
        "        - {name: op, in: query, schema: {type: string, enum: [=, <, no, 010, 12:30:00, 1_000]}}\n"
        "        - {name: at, in: query, schema: {$ref: '#/components/parameters/at/schema'}}\n"
        "      responses:\n        200:\n          content:\n            application/json:\n"
        "              schema: {type: object, required: true, properties: {1: {type: any},"
        " null: {exclusiveMinimum: true}, on: {type: integer, minimum: 1e3},"
        " off: {$ref: '#/components/responses/Not%20found/schema'}}}\n"
        "components:\n  parameters:\n    at: {name: at, in: query, schema: {type: integer}}\n"
        "  responses:\n    Not found: {schema: {type: object, properties: {more: {$ref: "
        "'#/components/responses/Not%20found/schema'}}}}\n"
    )
    (tmp_path / "index.json").write_text('["search/vendor.yaml"]')
    described = operations(tmp_path)
    for text in ("=", "no", "010", "12:30:00", "1_000"):
        answer: Any = {"1": None, "null": 0, "on": 1000, "off": {"more": {"more": {}}}}
        asked = exchange("GET", "/search", (("op", text), ("at", "1")), None, 200, answer)
        assert told(described, asked) == []
    wrong = exchange("GET", "/search", (("op", "yes"), ("at", "x")), None, 200, {"on": 1, "off": {"more": 1}})
    places = [place for place, _, _ in told(described, wrong)]
    assert places == ["answer 200 off.more", "answer 200 on", "request query at", "request query op"]


NOWHERE = "#/components/schemas/nowhere"


def test_what_a_document_has_of_another_type_than_it_should_says_nothing(tmp_path: Path) -> None:
    """As generators write what is empty: a list for no fields, null for no content."""
    loose: Any = {"type": None, "properties": [], "required": None, "enum": None, "allOf": None, "items": []}
    body = {
        "content": {
            "application/json": {"schema": {**loose, "oneOf": [loose, {"$ref": NOWHERE}, True, None]}},
            "text/csv": None,
        }
    }
    get: Any = {
        "parameters": [
            None,
            {"name": "limit", "in": "query", "schema": None, "content": None},
            {"in": "query"},
        ],
        "requestBody": None,
        "responses": {"200": body, "204": None, "400": {"content": []}},
        "security": None,
        "servers": None,
    }
    paths: Any = {"/contacts": {"get": get, "post": None, "parameters": None}, "/none": None, "/x": []}
    document: Any = {
        "openapi": "3.0.0",
        "paths": paths,
        "components": {"schemas": None},
        "servers": [None, {}],
    }
    (tmp_path / "vendor.json").write_bytes(orjson.dumps(document))
    asked = exchange("GET", "/contacts", (("limit", "1"),), None, 200, {"any": [1]})
    assert told(operations(tmp_path), asked) == []


@pytest.mark.parametrize("text", ["openapi: [", "{", "? [a]\n: b"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "vendor.yaml").write_text(text)
    with pytest.raises(ValueError, match=r"vendor\.yaml: "):
        operations(tmp_path)


def test_a_document_in_pieces_says_what_to_do(tmp_path: Path) -> None:
    document = {**swagger(), "definitions": {"contact": {"$ref": "other.yaml#/contact"}}}
    (tmp_path / "vendor.json").write_bytes(orjson.dumps(document, option=orjson.OPT_NON_STR_KEYS))
    with pytest.raises(ValueError, match="bundle it into one"):
        operations(tmp_path)


def test_what_is_known_is_let_stand_until_it_no_longer_occurs() -> None:
    found = Deviation("vendor", "GET /v3/contacts", "answer 200 [].colour", "a field", "no such field")
    entry = Known("vendor", "GET /v3/contacts", "answer 200 [].colour", "newer than the document")
    assert unknown([found, found], []) == [found]
    assert unknown([found], [entry]) == []
    assert unknown([found], [replace(entry, place="answer 200")]) == []
    assert unknown([found], [replace(entry, place="answer 2")]) == [found]
    assert stale([found], [entry], {"vendor"}) == []
    assert stale([], [entry], {"vendor"}) == [entry]
    assert stale([], [entry], {"another"}) == []


def test_every_known_deviation_has_a_reason(tmp_path: Path) -> None:
    assert all(len(entry.reason) > 20 for entry in known())
    file = tmp_path / "known.yml"
    file.write_text("- {system: brevo, place: answer 429, operations: [GET /v3/contacts]}\n")
    with pytest.raises(ValueError, match=r"known\.yml, entry 1: give .*reason"):
        known(file)
