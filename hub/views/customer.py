"""One customer as people read it: every field with its origin, its rivals, and what the hub wrote."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hub.flow.hub import Hub
from hub.golden.record import SourceRecord
from hub.golden.testimony import Pin
from hub.model.instant import Instant
from hub.model.keys import Kind, RecordKey
from hub.model.value import Value
from hub.store import golden as goldens
from hub.store import identity, reads, records
from hub.store.engine import Connection
from hub.store.golden import Candidates, Golden, Pins
from hub.store.reads import Entry
from hub.views.explain import why_not
from hub.views.naming import Telling, name_of
from hub.views.refused import Refused, refused_of
from hub.views.sentences import Sentences

LEDGER = 200
"""Ledger lines shown of one customer."""


@dataclass(frozen=True, slots=True)
class Rival:
    """A claim that did not become the golden value."""

    source: str
    value: Value | None
    """None: somebody emptied the field."""
    at: Instant
    how: str
    why: str


@dataclass(frozen=True, slots=True)
class FieldView:
    """One golden field and where it comes from."""

    name: str
    value: Value | None
    rule: str
    source: str | None
    since: Instant | None
    filled: Mapping[str, str]
    """Part → record, for parts the winner's system has no room for."""
    others: tuple[Rival, ...]
    overruled: tuple[Rival, ...]
    """Later edits that lost all the same; their authors are told why."""
    pinned_until: Instant | None = None
    standing: Mapping[str, str] = field(default_factory=dict)
    """Part (empty for all of it) → why it stands; one that is not there stands unopposed."""
    candidates: Candidates = field(default_factory=dict)
    """Part → values between which nothing decides."""


@dataclass(frozen=True, slots=True)
class RecordView:
    """One source record of the customer."""

    key: str
    title: str
    department: str
    department_name: str
    deleted: bool
    held: dict[str, str]
    """Field → why what stands there now is neither believed nor written."""


@dataclass(frozen=True, slots=True)
class LinkView:
    """Another customer this one belongs to."""

    link: str
    golden_id: str | None
    """None where the other record is not (yet) admitted."""
    name: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Customer:
    """The card of one customer."""

    golden_id: str
    kind: Kind
    name: str
    version: int
    changed_at: Instant
    systems: tuple[str, ...]
    fields: tuple[FieldView, ...]
    records: tuple[RecordView, ...]
    links: tuple[LinkView, ...]
    consent_events: tuple[Mapping[str, str], ...]
    refused: tuple[Refused, ...] = ()
    """What systems do not take of it, the latest first."""
    ledger: tuple[Entry, ...] | None = None
    """Newest first; None when it was not asked for."""


def card(
    hub: Hub, connection: Connection, golden: Golden, words: Sentences, *, ledger: bool = False
) -> Customer:
    """The card of a golden record, in the language of ``words``."""
    tell = Telling(hub.mappings, words)
    held = records.of_golden(connection, [golden.golden_id]).get(golden.golden_id, {})
    pins = goldens.pins(connection, [golden.golden_id], hub.now())
    return Customer(
        golden.golden_id,
        golden.kind,
        name_of(golden),
        golden.version,
        golden.changed_at,
        golden.systems,
        _fields(golden, pins, tell),
        tuple(_record(tell, one) for one in sorted(held.values(), key=lambda one: one.key)),
        _links(connection, golden.provenance.get("links", {})),
        tuple(golden.provenance.get("consent_events", ())),
        refused_of(hub, connection, golden.golden_id, held, words),
        _ledger(connection, held) if ledger else None,
    )


def _fields(golden: Golden, pins: Pins, tell: Telling) -> tuple[FieldView, ...]:
    return tuple(
        _field(tell, golden, name, golden.provenance[name], pins.get((golden.golden_id, name), ()))
        for name in tell.mappings.customer.fields[golden.kind]
        if name in golden.provenance
    )


def _field(
    tell: Telling, golden: Golden, name: str, origin: Mapping[str, Any], pins: Sequence[Pin]
) -> FieldView:
    spec = tell.mappings.customer.fields[golden.kind][name]
    rule = spec.rule
    standing = pins[-1] if pins and origin["rule"] == "pin" else None
    stands = origin.get("standing", {})

    def rivals(said: Sequence[Mapping[str, Any]]) -> tuple[Rival, ...]:
        return tuple(
            Rival(
                one["from"],
                one["value"],
                one["at"],
                one["how"],
                why_not(rule, one, golden.document.get(name), stands, spec.opinion, tell, standing),
            )
            for one in said
        )

    overruled = origin.get("overruled", [])
    return FieldView(
        name,
        golden.document.get(name),
        origin["rule"],
        origin.get("from") or (f"pin of {standing.who}" if standing else None),
        origin.get("at") or (standing.at if standing else None),
        origin.get("filled", {}),
        rivals([one for one in origin.get("others", []) if one not in overruled]),
        rivals(overruled),
        standing.until if standing else None,
        stands,
        origin.get("candidates", {}),
    )


def _record(tell: Telling, one: SourceRecord) -> RecordView:
    mapping = tell.mappings.systems.get(one.key.system)
    department = mapping.department if mapping else ""
    return RecordView(
        str(one.key),
        tell.system(one.key.system),
        department,
        tell.department(department),
        one.deleted,
        {name: held.why for name, held in sorted(one.held.items())},
    )


def _links(connection: Connection, links: Mapping[str, Sequence[str]]) -> tuple[LinkView, ...]:
    """Links by the golden customer they lead to: two systems naming one employer are one link."""
    targets = {RecordKey.parse(text) for found in links.values() for text in found}
    rows = records.ids(connection, targets)
    ids = identity.golden_of(connection, rows.values())
    known = goldens.by_ids(connection, set(ids.values()))
    grouped: dict[tuple[str, str | None], list[str]] = {}
    for link, found in links.items():
        for text in found:
            golden_id = ids.get(rows.get(RecordKey.parse(text), -1))
            grouped.setdefault((link, golden_id), []).append(text)
    return tuple(
        LinkView(link, golden_id, _name(known.get(golden_id or "")), tuple(sources))
        for (link, golden_id), sources in grouped.items()
    )


def _name(golden: Golden | None) -> str:
    return name_of(golden) if golden else "(not known here)"


def _ledger(connection: Connection, held: Mapping[int, SourceRecord]) -> tuple[Entry, ...]:
    places: dict[tuple[str, str], dict[int, str]] = {}
    for row, one in held.items():
        places.setdefault((one.key.system, one.object), {})[row] = one.raw_key
    found = [
        entry
        for (system, obj), mine in places.items()
        for entry in reads.entries(connection, system, obj, set(mine.values()), mine, LEDGER)
    ]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True)[:LEDGER])
