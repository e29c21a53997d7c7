"""From the claims of a customer's records to its golden record, each field with where it came from."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from hub.golden.record import SourceRecord
from hub.golden.survivorship import Pin, Testimony, Verdict, survive
from hub.mapping.load import Mappings
from hub.model.keys import Kind
from hub.model.value import Value
from hub.store.golden import Golden

CONSENT_CHANNELS = {"email_consent": ("email", "emails"), "sms_consent": ("sms", "phones")}
"""Consent field → its channel, and the list field its address stands in."""


def compose(
    mappings: Mappings, golden_id: str, held: Sequence[SourceRecord], pins: Mapping[tuple[str, str], Pin]
) -> Golden:
    """The golden record of these source records; a function of the set of them."""
    kind: Kind = held[0].key.kind
    document: dict[str, Value] = {}
    provenance: dict[str, Any] = {}
    said = _said(mappings, held)
    for name, spec in mappings.customer.fields[kind].items():
        if (pin := pins.get((golden_id, name))) or name in said:
            verdict = survive(spec.rule, said.get(name, ()), pin)
            if verdict.value is not None:
                document[name] = verdict.value
            provenance[name] = _origin(verdict)
    provenance["consent_events"] = sorted(_consents(held), key=lambda one: (one["at"], one["evidence"]))
    provenance["links"] = _links(held)
    systems = sorted({one.key.system for one in held if not one.deleted})
    return Golden(golden_id, kind, document, provenance, tuple(systems))


def _said(mappings: Mappings, held: Sequence[SourceRecord]) -> dict[str, list[Testimony]]:
    """Field → what these records say about it."""
    found: dict[str, list[Testimony]] = {}
    for one in held:
        for name, testimony in one.testimonies(partial(_holds, mappings, one)):
            found.setdefault(name, []).append(testimony)
    return found


def _holds(mappings: Mappings, record: SourceRecord, name: str) -> frozenset[str] | None:
    mapping = mappings.systems.get(record.key.system)
    lens = mapping and mapping.lens(record.object, record.key.kind, record.key.key, name)
    return lens.holds if lens else None


def _origin(verdict: Verdict) -> dict[str, Any]:
    origin: dict[str, Any] = {"rule": verdict.rule}
    if verdict.winner:
        origin |= {"from": str(verdict.winner), "at": verdict.at}
    if verdict.filled:
        origin["filled"] = {part: str(record) for part, record in verdict.filled.items()}
    if verdict.losers:
        origin["others"] = [_testimony(one) for one in verdict.losers]
    if verdict.overruled:
        origin["overruled"] = [_testimony(one) for one in verdict.overruled]
    return origin


def _testimony(one: Testimony) -> dict[str, Any]:
    return {"from": str(one.record), "value": one.claim.value, "at": one.claim.at, "how": one.claim.how}


def _consents(held: Sequence[SourceRecord]) -> Iterator[dict[str, str]]:
    """What was said about being contacted: dated, with the address and the record that shows it."""
    for one in held:
        for name, (channel, addresses) in CONSENT_CHANNELS.items():
            cell = one.cells.get(name)
            if cell is None or cell.claim is None:
                continue
            decision = "no" if cell.claim.value is not None else "yes"
            event = {"channel": channel, "decision": decision, "at": cell.claim.at, "evidence": str(one.key)}
            known = one.elements(addresses)
            yield {**event, "address": known[0]} if known else event


def _links(held: Sequence[SourceRecord]) -> dict[str, list[str]]:
    """Link → the source records it leads to; their golden ids are looked up when read."""
    found: dict[str, set[str]] = {}
    for one in held:
        for name, target in one.links.items():
            if not one.deleted:
                found.setdefault(name, set()).add(str(target))
    return {name: sorted(targets) for name, targets in sorted(found.items())}
