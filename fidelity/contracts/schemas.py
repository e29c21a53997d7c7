"""Vendors' schemas (Swagger 2.0, OpenAPI 3.0 and 3.1) as one dialect of JSON Schema that can be checked.

Three liberties, each on the strict side or where vendors' documents are known to be loose:

* An object whose fields a document names may have no others, unless the document says so.
* ``oneOf`` is read as ``anyOf``: open branches overlap, and a value that fits two is no mistake of ours.
* A field that is ``readOnly`` is not required of a request, one that is ``writeOnly`` not of an answer.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Literal

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from fidelity.contracts.nodes import Json, at, inner, listed, local, references, resolved, steps_of

Side = Literal["request", "answer"]

HOMES = ("definitions", "components/schemas")
"""Where documents keep the schemas that others refer to."""
_URI = "urn:document"
_NUMBERS = (
    *("multipleOf", "minimum", "maximum", "minLength", "maxLength"),
    *("minItems", "maxItems", "minProperties", "maxProperties"),
)
_PLAIN: Mapping[str, type | tuple[type, ...]] = {
    **dict.fromkeys(_NUMBERS, (int, float)),
    **{"enum": list, "const": object, "format": str, "uniqueItems": bool},
}
"""Keywords that are taken as they are, where they have the type they should have: documents are loose."""
_TYPES = frozenset(("null", "boolean", "integer", "number", "string", "array", "object"))
_HIDDEN: Mapping[Side, str] = {"request": "readOnly", "answer": "writeOnly"}

FORMATS = FormatChecker(formats=())


@FORMATS.checks("date-time", raises=ValueError)
def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


@FORMATS.checks("date", raises=ValueError)
def _is_date(value: object) -> bool:
    return not isinstance(value, str) or bool(date.fromisoformat(value))


@FORMATS.checks("email")
def _is_address(value: object) -> bool:
    return not isinstance(value, str) or "@" in value


class Schemas:
    """The schemas of one document, read for one side of an exchange."""

    def __init__(self, document: Json, side: Side) -> None:
        self._document, self._hidden = document, _HIDDEN[side]
        strays = sorted({ref for ref in map(local, references(document)) if not self._at_home(ref)})
        self._strays = {ref: number for number, ref in enumerate(strays)}
        homes: dict[str, Any] = {}
        for home in HOMES:
            *way, last = home.split("/")
            kept = inner(at(document, way), last)
            homes[home] = {name: self._part(schema) for name, schema in kept.items()}
        whole: dict[str, Any] = {"definitions": homes[HOMES[0]], "components": {"schemas": homes[HOMES[1]]}}
        whole["strays"] = [self._part(resolved(document, {"$ref": ref})) for ref in strays]
        resource = Resource.from_contents(whole, default_specification=DRAFT202012)
        self._registry: Registry[Any] = Registry().with_resource(_URI, resource)

    def errors(self, schema: Json, value: Any) -> Iterator[ValidationError]:
        """What is wrong with a value, by the document's schema."""
        rules = Draft202012Validator(self._value(schema), registry=self._registry, format_checker=FORMATS)
        yield from rules.iter_errors(value)

    def types(self, schema: Json) -> set[str]:
        """The JSON types a schema speaks of, through its references and parts."""
        found: set[str] = set()
        for part in self._parts(schema):
            found |= set(_types(part))
            found |= {"object"} if part.get("properties") else set()
        return found

    def field(self, schema: Json, name: str) -> Json:
        """The schema of one field of an object, or of a list's items where ``name`` is empty."""
        for part in self._parts(schema):
            named = inner(part, "properties").get(name, part.get("additionalProperties"))
            found = named if name else part.get("items")
            if isinstance(found, Mapping):
                return found
        return {}

    def _value(self, schema: Any) -> Any:
        """A schema where a value stands: what it may hold beyond the named fields is decided here."""
        names = self._names(schema)
        made = self._part(schema)
        return {"allOf": [made], "propertyNames": {"enum": sorted(names)}} if names else made

    def _part(self, schema: Any) -> Any:
        """A schema as a part of another."""
        if not isinstance(schema, Mapping):
            return schema if isinstance(schema, bool) else {}
        if isinstance(schema.get("$ref"), str):
            return self._nullable(schema, self._referred(schema))
        made: dict[str, Any] = {
            key: value for key, value in schema.items() if key in _PLAIN and isinstance(value, _PLAIN[key])
        }
        if types := _types(schema):
            made["type"] = types
        made |= self._bounds(schema) | self._inside(schema)
        for key in ("allOf", "anyOf", "oneOf"):
            if parts := listed(schema, key):
                joined = "allOf" if key == "allOf" else "anyOf"
                made.setdefault("allOf", []).append({joined: [self._part(one) for one in parts]})
        return self._nullable(schema, made)

    def _referred(self, schema: Json) -> Any:
        """The reference into the schemas as they are checked; those outside their homes stand apart there."""
        ref = local(schema["$ref"])
        return {"$ref": f"{_URI}#/strays/{self._strays[ref]}" if ref in self._strays else _URI + ref}

    def _at_home(self, ref: str) -> bool:
        return (
            ref.removeprefix("#/").rpartition("/")[0] in HOMES
            and at(self._document, steps_of(ref)) is not None
        )

    def _inside(self, schema: Json) -> dict[str, Any]:
        made: dict[str, Any] = {}
        fields = inner(schema, "properties")
        if fields:
            made["properties"] = {name: self._value(one) for name, one in fields.items()}
        needed = [name for name in listed(schema, "required") if isinstance(name, str)]
        if needed := [name for name in needed if not self._is_hidden(fields, name)]:
            made["required"] = needed
        if isinstance(schema.get("additionalProperties"), Mapping):
            made["additionalProperties"] = self._value(schema["additionalProperties"])
        if "items" in schema:
            made["items"] = self._value(schema["items"])
        return made

    def _is_hidden(self, fields: Json, name: str) -> bool:
        return any(part.get(self._hidden) for part in self._parts(fields.get(name, {})))

    @staticmethod
    def _bounds(schema: Json) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
            given = schema.get(key)
            limit = schema.get(bound) if given is True else given
            if isinstance(limit, int | float) and not isinstance(limit, bool):
                made[key] = limit
        if "pattern" in schema and _compiles(schema["pattern"]):
            made["pattern"] = schema["pattern"]
        return made

    @staticmethod
    def _nullable(schema: Json, made: Any) -> Any:
        empty = schema.get("nullable") or schema.get("x-nullable")
        return {"anyOf": [{"type": "null"}, made]} if empty else made

    def _names(self, schema: Any) -> set[str]:
        """Every field an object may have; none where it may have any."""
        found: set[str] = set()
        for part in self._parts(schema):
            if part.get("additionalProperties") or part.get("patternProperties"):
                return set()
            found |= set(inner(part, "properties"))
        return found

    def _parts(self, schema: Any, seen: frozenset[str] = frozenset()) -> Iterator[Json]:
        """A schema and everything it is put together from."""
        if not isinstance(schema, Mapping):
            return
        ref = schema.get("$ref")
        if isinstance(ref, str):
            if ref not in seen:
                yield from self._parts(resolved(self._document, schema), seen | {ref})
            return
        yield schema
        for key in ("allOf", "anyOf", "oneOf"):
            for one in listed(schema, key):
                yield from self._parts(one, seen)


def _types(schema: Json) -> list[str]:
    """The types a schema names; ``file``, ``any`` and the like are none."""
    named = schema.get("type")
    some = [named] if isinstance(named, str) else named if isinstance(named, list) else []
    return [one for one in some if one in _TYPES]


def _compiles(pattern: Any) -> bool:
    try:
        re.compile(pattern)
    except (re.error, TypeError):
        return False
    return True
