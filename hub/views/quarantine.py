"""What is held back: whose it is, where it stands in the department's system, and a sentence on each rule."""

import ast
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from connectors.page import page_of
from connectors.registry import connector_class
from hub.flow.hub import Hub
from hub.mapping.read import CustomerReading, read_customers
from hub.mapping.spec import SystemMapping
from hub.model.instant import Instant
from hub.store import quarantine, raw, reads
from hub.store.quarantine import Held
from hub.views.naming import name_in
from hub.views.sentences import Lang, Sentences, sentences


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that is wrong."""

    path: str
    """Where: in the shared schema, or for what cannot be read in the record itself."""
    place: str
    """The vendor's own name of the field, several with a comma between; as the mapping file has it."""
    rule: str
    allowed: str
    value: str
    """What stands there; a person's."""
    sentence: str
    """What is wrong, what would be right and what to do, in the reader's language."""


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """One customer, or one field of somebody known, that waits."""

    record: str
    system: str
    title: str
    object: str
    field: str | None
    """None: the customer as a whole waits."""
    name: str
    """What the record says the customer is called, as far as it can be read."""
    since: Instant
    link: str | None
    """The record's page in the vendor's own application, where the connector knows it."""
    reasons: tuple[Reason, ...]
    emptied: bool
    """It waits because too many records lost this field at once."""


@dataclass(frozen=True, slots=True)
class Quarantine:
    """What some systems' quarantine holds."""

    held: tuple[HeldRecord, ...]
    total: int
    """There may be more than are listed."""


def held_back(hub: Hub, systems: Collection[str], limit: int = 100, lang: Lang = "en") -> Quarantine:
    """What is held back and why, longest first."""
    words = sentences(lang)
    with hub.store.read() as connection:
        total = sum(quarantine.count(connection, name) for name in systems)
        held = reads.quarantined(connection, systems, limit)
        shown: dict[tuple[str, str, str], Mapping[str, Any]] = {}
        for system in {one.key.system for one in held}:
            mine = {(one.object, one.raw_key) for one in held if one.key.system == system}
            shown |= {(system, *where): data for where, data in raw.shown(connection, system, mine).items()}
    told = (
        _record(hub, one, shown.get((one.key.system, one.object, one.raw_key), {}), words) for one in held
    )
    return Quarantine(tuple(told), total)


def _record(hub: Hub, one: Held, data: Mapping[str, Any], words: Sentences) -> HeldRecord:
    mapping = hub.mapping(one.key.system)
    return HeldRecord(
        str(one.key),
        mapping.system,
        mapping.title,
        one.object,
        one.field or None,
        name_in(_read(mapping, one, data)),
        one.first_at,
        _link(hub, mapping, one),
        tuple(_reason(mapping, one, why, words) for why in one.reasons),
        one.is_emptied,
    )


def _read(mapping: SystemMapping, one: Held, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """What can be read of the customer."""
    if one.object not in mapping.objects:
        return {}
    found: Iterator[CustomerReading] = iter(read_customers(mapping, one.object, one.raw_key, data, {}))
    return next((it.document() for it in found if it.key == one.key), {})


def _link(hub: Hub, mapping: SystemMapping, one: Held) -> str | None:
    sheet = connector_class(mapping.connector).sheet.objects.get(one.object)
    given = hub.connections.get(mapping.system)
    return page_of(sheet, given, one.raw_key) if sheet and given else None


def _reason(mapping: SystemMapping, one: Held, why: Mapping[str, str], words: Sentences) -> Reason:
    place = _place(mapping, one, why)
    kind = why["rule"].partition(" ")[0]
    key = f"rule.{kind}" if f"rule.{kind}" in words.table else "rule.other"
    sentence = words(
        key,
        place=place or words("rule.record"),
        value=_unquoted(why["value"]),
        allowed=words.retold("allowed", why["allowed"]),
        system=mapping.title,
        key=mapping.system,
        field=one.field,
    )
    return Reason(why["path"], place, why["rule"], why["allowed"], why["value"], sentence)


def _place(mapping: SystemMapping, one: Held, why: Mapping[str, str]) -> str:
    """The vendor's own field: a codec's reason names it; a rule of the shared schema names the shared one."""
    name, *parts = why["path"].split("/")
    lens = None
    if one.object in mapping.objects:
        lens = mapping.lens(one.object, one.key.kind, one.key.key, name)
    if lens is None:
        return why["path"]
    some = [it for it in lens.parts if not parts or not it.names or parts[0] in it.names] or lens.parts
    return ", ".join(dict.fromkeys(".".join(it.path) for it in some))


def _unquoted(value: str) -> str:
    """A value as it was typed: it is stored in quotes, with whatever is beyond ASCII spelt out."""
    try:
        found = ast.literal_eval(value) if value[:1] in ("'", '"') else value
    except (SyntaxError, ValueError):
        return value.strip("'\"")
    return str(found)
