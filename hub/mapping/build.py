"""From checked documents to specs; what a schema cannot see is checked here, with the same care."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from hub.codecs import CodecError, UnknownCodec, codec
from hub.mapping.lens import MAILBOX, Lens, Limits, Part, Shape
from hub.mapping.paths import Path, path
from hub.mapping.sense import unknown
from hub.mapping.spec import (
    FACTS,
    IDENTIFYING,
    CreateWhen,
    CustomerRules,
    Facet,
    GoldenField,
    Join,
    Link,
    Made,
    ObjectMapping,
    SystemMapping,
    When,
)
from hub.model.keys import KINDS, Kind
from hub.model.radius import Guard
from hub.model.rule import Rule
from hub.model.value import Value

Document = Mapping[str, Any]


def build_customer(document: Document, schema: Document, mistakes: list[str]) -> CustomerRules:
    """``customer.yml`` as rules; fields it names must be in the shared schema, and the other way round."""
    fields: dict[Kind, dict[str, GoldenField]] = {}
    matching: dict[Kind, Document] = {}
    for kind in KINDS:
        section = document.get("kinds", {}).get(kind, {})
        known = schema["$defs"][kind]["properties"]
        matching[kind] = section.get("matching", {})
        fields[kind] = {}
        for name, line in section.get("fields", {}).items():
            if name not in known:
                mistakes.append(unknown(f"mappings/customer.yml, kinds.{kind}.fields", "field", name, known))
                continue
            fields[kind][name] = _golden_field(name, line, _resolved(known[name], schema))
        mistakes += [
            f"mappings/customer.yml, kinds.{kind}.fields: no rule for '{name}', which the schema has; add one"
            for name in known
            if name not in fields[kind]
        ]
    return CustomerRules(fields, matching, departments=document.get("departments", {}))


def _resolved(spec: Document, schema: Document) -> Document:
    found: Document = schema["$defs"].get(spec["$ref"].rsplit("/", 1)[1], {}) if "$ref" in spec else spec
    return found


_SHAPES: dict[str, Shape] = {"array": "list", "object": "composite"}


def _golden_field(name: str, line: Document, spec: Document) -> GoldenField:
    shape = _SHAPES.get(str(spec.get("type")), "scalar")
    rule = Rule(line["rule"], tuple(line.get("systems", ())), tuple(line.get("order", ())))
    placeholders = frozenset(word.strip().casefold() for word in line.get("placeholders", ()))
    needs = frozenset(line.get("needs", ()))
    parts = frozenset(spec.get("properties", ())) if shape == "composite" else frozenset[str]()
    return GoldenField(
        name, shape, rule, line["owner"], placeholders, needs, parts, identifies=name in IDENTIFYING
    )


def build_system(
    document: Document, customer: CustomerRules, place: str, mistakes: list[str]
) -> SystemMapping:
    """One system's mapping; codec names, fields and objects it speaks of must exist."""
    objects = {
        name: _object(name, spec or {}, customer, f"{place}, objects.{name}", mistakes)
        for name, spec in document["objects"].items()
    }
    mistakes += [
        unknown(f"{place}, objects.{name}.{where}", "object", named, objects)
        for name, spec in objects.items()
        for where, named in _named_objects(spec)
        if named not in objects
    ]
    return SystemMapping(
        document["system"],
        document["connector"],
        document["title"],
        document["department"],
        document["schedule"],
        objects,
        _guard(document.get("guard", {})),
        document.get("formerly", ""),
    )


def _named_objects(spec: ObjectMapping) -> Iterator[tuple[str, str]]:
    """Place and name of every other object this one speaks of."""
    if spec.belongs_to:
        yield "belongs_to", spec.belongs_to
    for number, facet in enumerate(spec.facets):
        for join in facet.joins:
            yield f"facets[{number}].fields.{join.field}.join", join.object
        for name, link in facet.links.items():
            if link.lookup:
                yield f"facets[{number}].links.{name}", link.lookup


def _guard(spec: Document) -> Guard:
    counts = {name: int(text) for name, text in spec.items() if name != "max_share"}
    share = {"max_share": float(spec["max_share"])} if "max_share" in spec else {}
    return Guard(**counts, **share)  # type: ignore[arg-type]


def _object(
    name: str, spec: Document, customer: CustomerRules, place: str, mistakes: list[str]
) -> ObjectMapping:
    belongs = spec.get("belongs_to", {})
    return ObjectMapping(
        name,
        tuple(
            _facet(one, customer, f"{place}.facets[{number}]", mistakes)
            for number, one in enumerate(spec.get("facets", ()))
        ),
        belongs.get("object"),
        path(belongs["by"]) if belongs else None,
        frozenset(spec.get("ignore", ())),
        spec.get("otherwise", "ignore"),
        spec.get("batch", {}),
        _made(spec["made"]) if "made" in spec else None,
        spec.get("formerly", ""),
    )


def _made(spec: Document) -> Made:
    unless = {path(where): tuple(words) for where, words in spec.get("unless", {}).items()}
    return Made(path(spec["from"]), unless)


def _facet(spec: Document, customer: CustomerRules, place: str, mistakes: list[str]) -> Facet:
    kind: Kind = spec["kind"]
    known = customer.fields[kind]
    lenses: dict[str, Lens] = {}
    joins: list[Join] = []
    for name, line in spec["fields"].items():
        where = f"{place}.fields.{name}"
        if name not in known:
            mistakes.append(unknown(where, "field", name, known))
        elif "join" in line:
            joins.append(_join(name, line["join"]))
        else:
            lenses[name] = _lens(known[name], line, where, mistakes)
    create = spec.get("create_when")
    mistakes += [
        unknown(f"{place}.find_by", "field", name, lenses)
        for name in spec.get("find_by", {})
        if name not in lenses
    ]
    return Facet(
        kind,
        lenses,
        tuple(joins),
        spec.get("suffix", ""),
        path(spec["each"]) if "each" in spec else None,
        _when(spec.get("when", {})),
        {name: _link(link) for name, link in spec.get("links", {}).items()},
        path(spec["golden_id"]) if "golden_id" in spec else None,
        spec.get("find_by", {}),
        _create(create) if create is not None else None,
    )


def _when(spec: Document) -> When:
    return When(
        _paths(spec.get("filled", ())),
        _paths(spec.get("any_filled", ())),
        _paths(spec.get("empty", ())),
        {path(where): tuple(allowed) for where, allowed in spec.get("is", {}).items()},
    )


def _create(spec: Document) -> CreateWhen:
    return CreateWhen(
        tuple(spec.get("has", ())),
        {name: tuple(values) for name, values in spec.get("where", {}).items()},
        tuple(spec.get("present_in", ())),
        tuple(spec.get("without", ())),
    )


def _link(spec: Document) -> Link:
    return Link(spec.get("lookup"), path(spec["from"]) if "from" in spec else None, spec.get("facet"))


def _join(field: str, spec: Document) -> Join:
    where = {path(name): tuple(values) for name, values in spec.get("where", {}).items()}
    amounts = [spec["sum"]] if isinstance(spec.get("sum"), str) else spec.get("sum", ())
    currency, past = (path(spec[name]) if name in spec else None for name in ("currency", "past"))
    return Join(field, spec["object"], where, _paths(amounts), currency, past)


def _lens(golden: GoldenField, line: Document, place: str, mistakes: list[str]) -> Lens:
    specs = line.get("parts") or _of_places(line)
    if not specs:
        mistakes.append(f"{place}: says nowhere what to read; add 'from', 'parts' or 'join'")
    if "formerly" in line and len(_several(line["formerly"])) != len(_several(line.get("from", ()))):
        mistakes.append(
            f"{place}.formerly: name as many paths as 'from' has, in its order; parts name their own"
        )
    parts = tuple(part for one in specs if (part := _part(one, place, mistakes)))
    fills = set(line.get("vendor_fills", ()))
    return Lens(
        golden.name,
        golden.shape,
        parts,
        line.get("write", "never"),
        line.get("clear") == "yes",
        line.get("unreadable") == "note",
        golden.placeholders,
        golden.needs,
        line.get("park"),
        frozenset(fills - {MAILBOX}) or None,
        _nothing(golden, line, parts, place, mistakes),
        MAILBOX in fills,
    )


def _nothing(
    golden: GoldenField, line: Document, parts: Sequence[Part], place: str, mistakes: list[str]
) -> Value | None:
    """What stands for nothing in a place that cannot be emptied, as it reads there."""
    if line.get("clear") != "0" or not parts:
        return None
    if golden.name not in FACTS:
        mistakes.append(
            f"{place}.clear: '0' stands for nothing in a fact only. Allowed there: {', '.join(FACTS)}."
        )
        return None
    try:
        return parts[0].codec.read("0")
    except CodecError as error:
        mistakes.append(f"{place}.clear: {error}")
        return None


def _of_places(line: Document) -> list[Document]:
    """A line for each place of a field that has them side by side."""
    before = _several(line.get("formerly", ()))
    return [
        {**line, "from": one, "formerly": before[at] if at < len(before) else None}
        for at, one in enumerate(_several(line.get("from", ())))
    ]


def _several(told: Any) -> list[str]:
    return [told] if isinstance(told, str) else list(told)


def _part(spec: Document, place: str, mistakes: list[str]) -> Part | None:
    try:
        named = codec(spec.get("codec", "text"))
    except UnknownCodec as error:
        mistakes.append(f"{place}.codec: {error}")
        return None
    case: Literal["upper", "lower"] | None = spec.get("case")
    limits = Limits(int(spec["max_length"]) if "max_length" in spec else None, case)
    before = path(spec["formerly"]) if spec.get("formerly") else None
    return Part(path(spec["from"]), named, spec.get("as", ""), limits, spec.get("default"), before)


def _paths(texts: Any) -> tuple[Path, ...]:
    return tuple(path(one) for one in texts)
