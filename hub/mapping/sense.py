"""What is well written and still cannot work: names that do not meet, rules without what they need."""

from collections.abc import Collection, Iterator
from itertools import combinations

from connectors.contract import Capabilities, ObjectSheet
from hub.mapping.cron import ALLOWED as CRON
from hub.mapping.cron import is_cron
from hub.mapping.lens import MAILBOX, Lens
from hub.mapping.spec import CustomerRules, Facet, Link, ObjectMapping, SystemMapping, When
from hub.model.keys import KINDS
from quality.rules import BatchRules
from quality.suggest import did_you_mean

LINKS = ("works_for",)
"""The links between customers that the hub knows."""
_OWNED = ("only", "first_of", "total", "consent")


def unknown(place: str, what: str, name: str, known: Collection[str]) -> str:
    """The message for a name that nothing has."""
    hint = did_you_mean(name, known) or f" Allowed: {', '.join(sorted(known)) or 'nothing'}."
    return f"{place}: unknown {what} '{name}'.{hint}"


def doubts_of_rules(rules: CustomerRules, systems: Collection[str]) -> Iterator[str]:
    """What is wrong in ``customer.yml``; ``systems`` are those that have a mapping file."""
    for kind in KINDS:
        for name, field in rules.fields[kind].items():
            place = f"mappings/customer.yml, kinds.{kind}.fields.{name}"
            if field.rule.name in _OWNED and not field.rule.systems:
                yield f"{place}: rule '{field.rule.name}' needs 'systems'; name them, best first."
            if field.rule.name == "strictest" and not field.rule.order:
                yield f"{place}: rule 'strictest' needs 'order'; list the values, strictest first."
            for system in field.rule.systems:
                if system not in systems:
                    yield unknown(f"{place}.systems", "system", system, systems)
            for part in field.needs - field.parts:
                yield unknown(f"{place}.needs", "part", part, field.parts)


def doubts(
    mapping: SystemMapping,
    rules: CustomerRules,
    sheet: Capabilities,
    systems: Collection[str],
    place: str,
) -> Iterator[str]:
    """What is wrong in one system's file, with place and remedy; ``sheet`` says what its connector can do."""
    if not is_cron(mapping.schedule):
        yield f"{place}, schedule: '{mapping.schedule}' is no cron line. Allowed: {CRON}."
    for name, obj in mapping.objects.items():
        where = f"{place}, objects.{name}"
        if name not in sheet.objects:
            yield unknown(where, "object", name, sheet.objects)
            continue
        yield from _batch(obj, rules, where)
        yield from _clashes(obj, where)
        for number, facet in enumerate(obj.facets):
            at = f"{where}.facets[{number}]"
            yield from _facet(mapping, obj, facet, at)
            yield from _creation(facet, rules, systems, at)
            yield from _abilities(facet, sheet.objects[name], at)
            for lens in facet.lenses.values():
                yield from _lens(
                    lens, rules.fields[facet.kind][lens.field].parts, f"{at}.fields.{lens.field}"
                )


def _facet(mapping: SystemMapping, obj: ObjectMapping, facet: Facet, place: str) -> Iterator[str]:
    if bool(facet.each) != ("{id}" in facet.suffix):
        yield f"{place}: 'each' and a suffix with {{id}} belong together; give both or neither."
    for join in facet.joins:
        other = mapping.objects.get(join.object)
        if other is not None and other.belongs_to != obj.name:
            yield (
                f"{place}.fields.{join.field}.join: '{join.object}' does not belong to '{obj.name}'; "
                f"give it belongs_to: {{object: {obj.name}, by: …}}."
            )
    for lens in facet.lenses.values():
        if lens.mailbox_fills and "emails" not in facet.lenses:
            yield f"{place}.fields.{lens.field}.vendor_fills: '{MAILBOX}' needs a field 'emails' beside it."
    suffixes = {one.suffix for one in obj.facets}
    for name, link in facet.links.items():
        if name not in LINKS:
            yield unknown(f"{place}.links", "link", name, LINKS)
        yield from _link(link, suffixes, f"{place}.links.{name}")


def _link(link: Link, suffixes: Collection[str], place: str) -> Iterator[str]:
    if (link.facet is None) == (link.lookup is None) or (link.lookup is None) != (link.source is None):
        yield f"{place}: says not where it leads; give 'lookup' with 'from', or 'facet' alone."
    elif link.facet is not None and link.facet not in suffixes:
        yield unknown(f"{place}.facet", "suffix", link.facet, suffixes)


def _creation(facet: Facet, rules: CustomerRules, systems: Collection[str], place: str) -> Iterator[str]:
    create, fields = facet.create_when, rules.fields[facet.kind]
    if create is None:
        return
    for part, names in (("has", create.has), ("where", tuple(create.where)), ("without", create.without)):
        for name in names:
            if name not in fields:
                yield unknown(f"{place}.create_when.{part}", "field", name, fields)
    for system in create.present_in:
        if system not in systems:
            yield unknown(f"{place}.create_when.present_in", "system", system, systems)


def _abilities(facet: Facet, sheet: ObjectSheet, place: str) -> Iterator[str]:
    if facet.create_when is not None and not sheet.creatable:
        yield f"{place}.create_when: the connector cannot create these; take it out."
    for name, path in facet.find_by.items():
        if path not in sheet.findable:
            yield unknown(f"{place}.find_by.{name}", "path to find by", path, sheet.findable)
    for lens in facet.writable if not sheet.writable else ():
        yield f"{place}.fields.{lens.field}.write: the connector cannot write these. Allowed: never."


def _lens(lens: Lens, parts: Collection[str], place: str) -> Iterator[str]:
    if (lens.clear or lens.nothing is not None) and lens.write_rule == "never":
        yield f"{place}.clear: nothing is ever written here; give 'write' too, or take 'clear' out."
    if lens.shape == "scalar" and len(lens.parts) > 1:
        yield f"{place}: holds one value, found {len(lens.parts)} places; keep one of them."
    for part in lens.parts if lens.shape == "composite" else ():
        if not part.names:
            which = ".".join(part.path)
            yield f"{place}: says not which part {which} is; give 'as'. Allowed: {_list(parts)}."
        for name in part.names:
            if name not in parts:
                yield unknown(f"{place}.as", "part", name, parts)


def _clashes(obj: ObjectMapping, place: str) -> Iterator[str]:
    """Two facets that may give one key to two customers of the same record."""
    for (one, left), (other, right) in combinations(enumerate(obj.facets), 2):
        same = (left.kind, left.suffix) == (right.kind, right.suffix)
        if same and not (_excludes(left.when, right.when) or _excludes(right.when, left.when)):
            yield (
                f"{place}.facets[{other}]: kind '{right.kind}' and suffix '{right.suffix}' are those of "
                f"facets[{one}]; give it another suffix, or a 'when' that excludes the other."
            )


def _excludes(left: When, right: When) -> bool:
    """Whether what the one wants filled, or one of some words, is empty or another word for the other."""
    filled = {*left.filled, *left.among}
    apart = (where for where in left.among.keys() & right.among.keys())
    return bool(filled & {*right.empty}) or any(
        not set(left.among[where]) & set(right.among[where]) for where in apart
    )


def _batch(obj: ObjectMapping, rules: CustomerRules, place: str) -> Iterator[str]:
    fields = {name for facet in obj.facets for name in rules.fields[facet.kind]}
    known = {"key", *fields, *(name for facet in obj.facets for name in facet.links)}
    for rule in ("not_null", "unique", "value_sets", "references"):
        for name in obj.batch.get(rule, ()):
            if name.split(".")[0] not in known:
                yield unknown(f"{place}.batch.{rule}", "field", name, known)
    try:
        BatchRules.of(obj.batch)
    except ValueError as error:
        yield f"{place}.batch: {error}"


def _list(names: Collection[str]) -> str:
    return ", ".join(sorted(names))
