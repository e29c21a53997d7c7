"""A vendor's documents: which operations there are, and which of them a request means."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from fidelity.contracts.schemas import Json, Schemas, Side, resolved

_PARAMETER = re.compile(r"\{([^{}]+)\}")
METHODS = ("get", "put", "post", "delete", "patch")


class _Loader(yaml.CSafeLoader):
    """YAML as JSON has it: dates stay text, and only true and false are booleans (``no`` is Norway)."""


_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in rules
        if not tag.endswith(":timestamp") and (not tag.endswith(":bool") or first in "tTfF")
    ]
    for first, rules in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


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
    body: Json | None = field(repr=False)
    """The schema of a JSON body; None where none is taken."""
    body_required: bool
    answers: Mapping[str, Json | None] = field(repr=False)
    """Status (``200``, ``4XX``, ``default``) → the schema of its JSON body, None for none."""
    credentials: Sequence[frozenset[str]] = field(repr=False)
    """The headers that let a request in: any of these sets."""
    schemas: Mapping[Side, Schemas] = field(repr=False)

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    def fits(self, path: str) -> dict[str, str] | None:
        """The values of the path's parameters, or None where this is not the path."""
        names = _PARAMETER.findall(self.path)
        literals = [re.escape(part) for part in _PARAMETER.split(self.path)[::2]]
        # In /{id}{format} the two are parted by a dot.
        gaps = [
            "([^/]+)" if after or n == len(names) - 1 else "([^/.]+)" for n, after in enumerate(literals[1:])
        ]
        pattern = literals[0] + "".join(gap + after for gap, after in zip(gaps, literals[1:], strict=True))
        found = re.fullmatch(pattern, path)
        return dict(zip(names, found.groups(), strict=True)) if found else None


def operations(folder: Path) -> list[Operation]:
    """Everything a vendor's documents describe; the most literal path first."""
    files = sorted(one for one in folder.glob("*") if one.suffix in (".yaml", ".yml", ".json"))
    found = [operation for file in files for operation in _operations(_read(file))]
    return sorted(found, key=lambda one: one.path.count("{"))


def meant(known: Sequence[Operation], method: str, path: str) -> Operation | None:
    """The operation a request is for."""
    return next((one for one in known if one.method == method and one.fits(path) is not None), None)


def _read(file: Path) -> Json:
    document: Json = yaml.load(file.read_text("utf-8"), _Loader)  # noqa: S506 - a SafeLoader, see above
    return document


def _operations(document: Json) -> Iterator[Operation]:
    schemas: Mapping[Side, Schemas] = {
        "request": Schemas(document, "request"),
        "answer": Schemas(document, "answer"),
    }
    for path, item in (document.get("paths") or {}).items():
        shared = resolved(document, item)
        for method in METHODS:
            if method in shared:
                one = shared[method]
                for base in _bases(document, shared, one):
                    yield _operation(document, schemas, method, base + path, shared, one)


def _bases(document: Json, item: Json, operation: Json) -> list[str]:
    """What stands before the paths: Swagger's base path, or the path of each server."""
    if "swagger" in document:
        return [str(document.get("basePath", "")).rstrip("/")]
    servers = operation.get("servers") or item.get("servers") or document.get("servers") or [{"url": ""}]
    return sorted({urlsplit(str(server["url"])).path.rstrip("/") for server in servers})


def _operation(
    document: Json, schemas: Mapping[Side, Schemas], method: str, path: str, item: Json, one: Json
) -> Operation:
    given = [resolved(document, each) for each in [*item.get("parameters", ()), *one.get("parameters", ())]]
    named = {(each["in"], each["name"]): _parameter(each) for each in given if each["in"] != "body"}
    body, required = _body(document, given, one)
    answers = {str(s): _answer(document, resolved(document, a)) for s, a in one.get("responses", {}).items()}
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
    content: Json = next(iter(given.get("content", {}).values()), {})
    schema = given.get("schema") or content.get("schema") or given
    return Parameter(given["name"], given["in"], required, _plain(schema) if schema is given else schema)


def _plain(given: Json) -> Json:
    """A Swagger 2 parameter holds its schema's keywords itself; its ``required`` is about the parameter."""
    return {key: value for key, value in given.items() if key not in ("required", "in", "name")}


def _body(document: Json, parameters: Sequence[Json], one: Json) -> tuple[Json | None, bool]:
    for each in parameters:
        if each["in"] == "body":
            return each.get("schema", {}), bool(each.get("required"))
    asked = resolved(document, one.get("requestBody") or {})
    return _json(asked.get("content") or {}), bool(asked.get("required"))


def _answer(document: Json, given: Json) -> Json | None:
    return given.get("schema") if "swagger" in document else _json(given.get("content") or {})


def _json(content: Json) -> Json | None:
    """The schema of the JSON among the kinds of content; any kind, where the document says ``*/*``."""
    for kind, described in content.items():
        if "json" in kind or kind == "*/*":
            return dict(described.get("schema") or {})
    return None


def _credentials(document: Json, one: Json) -> list[frozenset[str]]:
    schemes = document.get("securityDefinitions") or (document.get("components") or {}).get(
        "securitySchemes", {}
    )
    asked = one.get("security", document.get("security")) or []
    return [frozenset(filter(None, (_header(schemes.get(name, {})) for name in each))) for each in asked]


def _header(scheme: Json) -> str:
    """The header a security scheme uses, in lower case; nothing for one that uses none."""
    if scheme.get("type") == "apiKey":
        return str(scheme["name"]).lower() if scheme.get("in") == "header" else ""
    return "authorization"
