"""A vendor's documents: which operations there are, and which of them a request means."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fidelity.contracts.bodies import FORM, JSON, PARTS, Content, kind_of
from fidelity.contracts.files import documents
from fidelity.contracts.nodes import Json, inner, listed, resolved
from fidelity.contracts.schemas import Schemas, Side

_PARAMETER = re.compile(r"\{([^{}]+)\}")
_BODIES = ("body", "formData")
"""Where Swagger 2 has what is no parameter but the body."""
_NAMED = ("in", "name")
METHODS = ("get", "put", "post", "delete", "patch")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One documented parameter of the path, the query or the headers."""

    name: str
    where: str
    required: bool
    schema: Json = field(repr=False)


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one documented path."""

    method: str
    path: str
    """With the base path in front; parameters in braces."""
    parameters: Sequence[Parameter] = field(repr=False)
    body: Content | None = field(repr=False)
    """The body by its kind of content; None where none is taken."""
    body_required: bool
    answers: Mapping[str, Content | None] = field(repr=False)
    """Status (``200``, ``4XX``, ``default``) → its body by the kind of content, None for none."""
    credentials: Sequence[frozenset[str]] = field(repr=False)
    """The headers that let a request in: any of these sets."""
    schemas: Mapping[Side, Schemas] = field(repr=False)

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    def fits(self, path: str) -> dict[str, str] | None:
        """The values of the path's parameters, or None where this is not the path."""
        names, pattern = _read(self.path)
        found = pattern.fullmatch(path)
        return dict(zip(names, found.groups(), strict=True)) if found else None


def operations(folder: Path) -> list[Operation]:
    """Everything a vendor's documents describe; the most literal path first."""
    found: list[Operation] = []
    for file, document in documents(folder):
        try:
            found += _operations(document)
        except ValueError as error:
            raise ValueError(f"{file}: {error}") from error
    return sorted(found, key=lambda one: one.path.count("{"))


def meant(known: Sequence[Operation], method: str, path: str) -> Operation | None:
    """The operation a request is for."""
    return next((one for one in known if one.method == method and one.fits(path) is not None), None)


@cache
def _read(path: str) -> tuple[list[str], re.Pattern[str]]:
    """The parameters of a documented path, and what fits it."""
    names = _PARAMETER.findall(path)
    literals = [re.escape(part) for part in _PARAMETER.split(path)[::2]]
    # In /{id}{format} the two are parted by a dot.
    gaps = ["([^/]+)" if after or n == len(names) - 1 else "([^/.]+)" for n, after in enumerate(literals[1:])]
    pattern = literals[0] + "".join(gap + after for gap, after in zip(gaps, literals[1:], strict=True))
    return names, re.compile(pattern)


def _operations(document: Json) -> Iterator[Operation]:
    schemas: Mapping[Side, Schemas] = {
        "request": Schemas(document, "request"),
        "answer": Schemas(document, "answer"),
    }
    for path, item in document["paths"].items():
        shared = resolved(document, item)
        for method in METHODS if isinstance(shared, Mapping) else ():
            if isinstance(shared.get(method), Mapping):
                one = shared[method]
                for base in _bases(document, shared, one):
                    yield _operation(document, schemas, method, base + path, shared, one)


def _bases(document: Json, item: Json, operation: Json) -> list[str]:
    """What stands before the paths: Swagger's base path, or the path of each server."""
    if "swagger" in document:
        return [str(document.get("basePath", "")).rstrip("/")]
    levels = (listed(one, "servers") for one in (operation, item, document))
    servers = next(filter(None, levels), list[Any]())
    urls = [str(one.get("url") or "") for one in servers if isinstance(one, Mapping)]
    return sorted({urlsplit(url).path.rstrip("/") for url in urls or [""]})


def _operation(
    document: Json, schemas: Mapping[Side, Schemas], method: str, path: str, item: Json, one: Json
) -> Operation:
    told = [resolved(document, each) for each in (*listed(item, "parameters"), *listed(one, "parameters"))]
    given = [each for each in told if all(isinstance(each.get(it), str) for it in _NAMED)]
    named = {(one["in"], one["name"]): _parameter(one) for one in given if one["in"] not in _BODIES}
    body, required = _body(document, given, one)
    replies = inner(one, "responses").items()
    answers = {str(status): _answer(document, one, resolved(document, it)) for status, it in replies}
    return Operation(
        method.upper(),
        path,
        tuple(named.values()),
        body,
        required,
        answers,
        _credentials(document, one),
        schemas,
    )


def _parameter(given: Json) -> Parameter:
    required = bool(given.get("required"))
    kinds = [inner(described, "schema") for described in inner(given, "content").values()]
    schema = inner(given, "schema") or next(iter(kinds), {}) or given
    return Parameter(given["name"], given["in"], required, _plain(schema) if schema is given else schema)


def _plain(given: Json) -> Json:
    """A Swagger 2 parameter holds its schema's keywords itself; its ``required`` is about the parameter."""
    return {key: value for key, value in given.items() if key not in ("required", "in", "name")}


def _body(document: Json, parameters: Sequence[Json], one: Json) -> tuple[Content | None, bool]:
    kinds = [kind_of(str(kind)) for kind in listed(one, "consumes") or listed(document, "consumes")]
    fields = [each for each in parameters if each["in"] == "formData"]
    required = any(each.get("required") for each in parameters if each["in"] in _BODIES)
    for each in parameters:
        if each["in"] == "body":
            return _each(kinds or [JSON], inner(each, "schema")), required
    if fields:
        return _each([kind for kind in kinds if kind in (FORM, PARTS)] or [FORM], _form(fields)), required
    asked = resolved(document, inner(one, "requestBody"))
    return _content(asked), isinstance(asked, Mapping) and bool(asked.get("required"))


def _form(fields: Sequence[Json]) -> Json:
    needed = [each["name"] for each in fields if each.get("required")]
    return {
        "type": "object",
        "properties": {each["name"]: _plain(each) for each in fields},
        "required": needed,
    }


def _answer(document: Json, one: Json, given: Json) -> Content | None:
    if "swagger" not in document:
        return _content(given)
    kinds = [kind_of(str(kind)) for kind in listed(one, "produces") or listed(document, "produces") or [JSON]]
    return _each(kinds, inner(given, "schema")) if isinstance(given, Mapping) and "schema" in given else None


def _each(kinds: Sequence[str], schema: Json) -> Content:
    return dict.fromkeys(kinds, schema)


def _content(given: Json) -> Content | None:
    """Every kind of content with its schema; None where there is none."""
    told = inner(given, "content").items()
    return {kind_of(kind): inner(described, "schema") for kind, described in told} or None


def _credentials(document: Json, one: Json) -> list[frozenset[str]]:
    schemes = inner(document, "securityDefinitions") or inner(
        inner(document, "components"), "securitySchemes"
    )
    asked = listed(one if "security" in one else document, "security")
    ways = [each for each in asked if isinstance(each, Mapping)]
    return [frozenset(filter(None, (_header(inner(schemes, name)) for name in each))) for each in ways]


def _header(scheme: Json) -> str:
    """The header a security scheme uses, in lower case; nothing for one that uses none."""
    if scheme.get("type") == "apiKey":
        return str(scheme.get("name")).lower() if scheme.get("in") == "header" else ""
    return "authorization"
