"""Where an exchange deviates from the vendor's document. Types of values are told, values never."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import orjson
from jsonschema.exceptions import ValidationError

from fidelity.contracts.bodies import JSON, Content, is_judged, kind_of, schema_for, typed, value
from fidelity.contracts.documents import Operation, Parameter, meant
from fidelity.contracts.nodes import Json
from fidelity.contracts.schemas import Schemas
from fidelity.contracts.tape import Exchange

_TYPES = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}

_WORD = re.compile(r"[a-z_]*(\.json)?|v\d|\d{4}-\d{2}")


@dataclass(frozen=True, slots=True, order=True)
class Deviation:
    """One thing a document does not allow."""

    system: str
    operation: str
    place: str
    """``request query sort``, ``answer 200 contacts[].email``: no index, no value."""
    given: str
    """The JSON type that was there; ``nothing`` where nothing was."""
    allowed: str


def judge(exchange: Exchange, known: Sequence[Operation]) -> Iterator[Deviation]:
    """All deviations of one exchange."""
    operation = meant(known, exchange.method, exchange.path)
    if operation is None:
        where = f"{exchange.method} {_anonymous(exchange.path)}"
        yield Deviation(exchange.system, where, "request", "this path", "a path of a document")
        return
    for place, given, allowed in _judged(operation, exchange):
        yield Deviation(exchange.system, operation.name, place, given, allowed)


Found = Iterator[tuple[str, str, str]]


def _judged(operation: Operation, exchange: Exchange) -> Found:
    yield from _path(operation, exchange)
    yield from _query(operation, exchange)
    yield from _headers(operation, exchange)
    yield from _request(operation, exchange)
    yield from _answer(operation, exchange)


def _path(operation: Operation, exchange: Exchange) -> Found:
    values = operation.fits(exchange.path) or {}
    for one in operation.parameters:
        if one.where == "path" and one.name in values:
            yield from _value(operation, one, [unquote(values[one.name])])


def _query(operation: Operation, exchange: Exchange) -> Found:
    documented = {one.name: one for one in operation.parameters if one.where == "query"}
    given: dict[str, list[str]] = {}
    for name, text in exchange.query:
        given.setdefault(name, []).append(text)
    for name, texts in given.items():
        one = documented.get(name) or documented.get(f"{name}[]")
        whole, _, inner = name.partition("[")
        if one is not None:
            yield from _value(operation, one, texts)
        elif inner and whole in documented:
            yield from _value(operation, _inner(operation, documented[whole], inner.rstrip("]")), texts)
        else:
            yield f"request query {name}", "string", f"one of {_some(documented)}"
    for name, one in documented.items():
        if one.required and not any(each == name or each.startswith(f"{name}[") for each in given):
            yield f"request query {name}", "nothing", "is required"


def _inner(operation: Operation, one: Parameter, name: str) -> Parameter:
    schema = operation.schemas["request"].field(one.schema, name)
    return Parameter(f"{one.name}[{name}]", one.where, False, schema)


def _value(operation: Operation, one: Parameter, texts: Sequence[str]) -> Found:
    schemas = operation.schemas["request"]
    for _, given, allowed in _errors(schemas, one.schema, typed(schemas, one.schema, texts)):
        yield f"request {one.where} {one.name}", given, allowed


def _headers(operation: Operation, exchange: Exchange) -> Found:
    for one in operation.parameters:
        if one.where == "header" and one.required and one.name.lower() not in exchange.headers:
            yield f"request header {one.name}", "nothing", "is required"
    if operation.credentials and not any(each <= exchange.headers.keys() for each in operation.credentials):
        ways = " or ".join("+".join(sorted(each)) for each in operation.credentials)
        yield "request credential", "nothing", f"the header {ways}"


def _request(operation: Operation, exchange: Exchange) -> Found:
    if not exchange.sent:
        if operation.body is not None and operation.body_required:
            yield "request body", "nothing", "is required"
    elif operation.body is None:
        yield "request body", _what(exchange.sent), "no body"
    else:
        said = exchange.headers.get("content-type") or JSON
        yield from _body(operation.schemas["request"], "request", operation.body, said, exchange.sent)


def _answer(operation: Operation, exchange: Exchange) -> Found:
    place, key = f"answer {exchange.status}", _documented(operation, str(exchange.status))
    if key is None:
        if exchange.status >= 400 and not any(one[0] not in "123" for one in operation.answers):
            return  # the document tells of no error at all
        yield place, "this status", f"one of {_some(operation.answers)}"
        return
    content = operation.answers[key]
    if content is None:
        if exchange.received:
            yield f"{place} body", _what(exchange.received), "no body"
    elif not exchange.received:
        yield f"{place} body", "nothing", "a body"
    else:
        said = exchange.answered or JSON
        yield from _body(operation.schemas["answer"], place, content, said, exchange.received)


def _documented(operation: Operation, status: str) -> str | None:
    """Where a status is described. ``default`` is for errors, where the document lists the successes."""
    listed = [status, f"{status[0]}XX"]
    if status[0] != "2" or not any(one[0] == "2" for one in operation.answers):
        listed.append("default")
    return next((one for one in listed if one in operation.answers), None)


def _body(schemas: Schemas, place: str, content: Content, said: str, raw: bytes) -> Found:
    kind = kind_of(said)
    schema = schema_for(content, kind)
    if schema is None:
        yield f"{place} content-type", kind, f"one of {_some(content)}"
    elif is_judged(kind):
        try:
            held = value(schemas, schema, said, raw)
        except ValueError:
            yield f"{place} body", "something else", f"what {kind} is"
            return
        for path, given, allowed in _errors(schemas, schema, held):
            yield f"{place} {path or 'body'}", given, allowed


def _what(raw: bytes) -> str:
    try:
        return _type(orjson.loads(raw))
    except ValueError:
        return "something else"


def _errors(schemas: Schemas, schema: Json, value: Any) -> Found:
    errors = (one for error in schemas.errors(schema, value) for one in _nearest(error))
    yield from dict.fromkeys(told for error in errors for told in _told(error))


def _nearest(error: ValidationError) -> Iterator[ValidationError]:
    """Where a value fits none of several schemas: what keeps it from the one it comes nearest to."""
    branches: dict[Any, list[ValidationError]] = {}
    for one in error.context or ():
        branches.setdefault(one.relative_schema_path[0], []).append(one)
    if not branches:
        yield error
        return
    for one in min(branches.values(), key=lambda some: (_other_type(some), len(some))):
        yield from _nearest(one)


def _other_type(some: Sequence[ValidationError]) -> bool:
    return any(one.validator == "type" and not one.relative_path for one in some)


def _told(error: ValidationError) -> Found:
    path = _dotted(error.absolute_path)
    if "propertyNames" in error.absolute_schema_path:
        yield _dotted([*error.absolute_path, str(error.instance)]), "a field", "no such field"
    elif error.validator == "required":
        needed: Any = error.validator_value
        present: Any = error.instance
        for name in (one for one in needed if one not in present):
            yield _dotted([*error.absolute_path, name]), "nothing", "is required"
    else:
        yield path, _type(error.instance), f"{error.validator} {_some(error.validator_value)}"


def _dotted(path: Iterable[str | int]) -> str:
    steps = ("[]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")


def _type(value: Any) -> str:
    return "null" if value is None else _TYPES.get(type(value), "something else")


def _some(allowed: Any, at_most: int = 8) -> str:
    """What a document allows, shortened."""
    if isinstance(allowed, str) or not isinstance(allowed, Iterable):
        return str(allowed)
    every = [str(one) for one in allowed if not isinstance(one, Mapping)]
    return ", ".join(every[:at_most]) + (" ..." if len(every) > at_most else "")


def _anonymous(path: str) -> str:
    """A path without what may be somebody's id, name or address."""
    return "/".join(part if _WORD.fullmatch(part) else "{}" for part in path.split("/"))
