"""From the claims of a customer's records to its golden record, each field with where it came from."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from hub.codecs.opinions.names import JoinedNames
from hub.codecs.reach import completed, is_whole
from hub.golden.choosing import survive
from hub.golden.claims import Claim
from hub.golden.consent import ADDRESSES, CHANNELS
from hub.golden.record import NO_TERMS, SourceRecord, Terms
from hub.golden.testimony import Case, Testimony, Verdict
from hub.golden.vote import Candidate
from hub.mapping.load import Mappings
from hub.mapping.spec import FACTS, GoldenField
from hub.model.keys import Kind, RecordKey
from hub.model.opinion import Known
from hub.model.value import Value
from hub.store.answers import Answer
from hub.store.golden import Golden, Pins
from hub.store.refusals import Addresses

Said = Mapping[str, Sequence[Testimony]]
Answers = Mapping[RecordKey, Sequence[Answer]]
NO_ANSWERS: Answers = {}
NO_REFUSALS: Addresses = {}


def compose(
    mappings: Mappings,
    golden_id: str,
    held: Sequence[SourceRecord],
    pins: Pins,
    answers: Answers = NO_ANSWERS,
    refused: Addresses = NO_REFUSALS,
    *,
    confirmed: bool = False,
) -> Golden:
    """The golden record of these source records; a function of the set of them.

    ``refused``: what was said elsewhere about an address. ``confirmed``: a person said that they are one
    customer.
    """
    kind: Kind = held[0].key.kind
    document: dict[str, Value] = {}
    provenance: dict[str, Any] = {}
    said = _said(mappings, held, answers)
    if phones := list(_whole(said.pop("phones", ()), _countries(said))):
        said["phones"] = phones
    _add_refusals(said, refused)
    known, may_be_two = _known(mappings, kind, said), False
    for name, spec in mappings.customer.fields[kind].items():  # what tells customers apart comes first
        if (mine := pins.get((golden_id, name), ())) or name in said:
            doubtful = spec.identifies and not confirmed
            case = Case(spec.rule, spec.opinion, known, doubtful, may_be_two)
            verdict = survive(case, said.get(name, ()), mine)
            may_be_two |= doubtful and bool(verdict.candidates)
            if verdict.value is not None:
                document[name] = verdict.value
            provenance[name] = _origin(verdict)
            if name in ADDRESSES and not mine and (own := _own(case, held, said[name], verdict)) is not None:
                provenance[name]["own"] = own
    provenance["consent_events"] = sorted(_consents(held), key=lambda one: (one["at"], one["evidence"]))
    provenance["links"] = _links(held)
    systems = sorted({one.key.system for one in held if not one.deleted})
    return Golden(golden_id, kind, document, provenance, tuple(systems))


def _add_refusals(said: dict[str, list[Testimony]], refused: Addresses) -> None:
    """What was refused about an address holds for whoever has it now."""
    for name, addresses in ADDRESSES.items() if refused else ():
        told = (one.claim.value for one in said.get(addresses, ()))
        mine = sorted({str(one) for one in told if one is not None})
        for one in (it for address in mine for it in refused.get((name, address), ())):
            said.setdefault(name, []).append(Testimony(one.record, Claim("no", one.at, "edit")))


def _own(
    case: Case, held: Sequence[SourceRecord], said: Sequence[Testimony], verdict: Verdict
) -> dict[str, str] | None:
    """What this customer's own records say, where what was said elsewhere about an address stands."""
    keys = {one.key for one in held}
    if verdict.winner is None or verdict.winner in keys:
        return None
    own = survive(case, [one for one in said if one.record in keys], ())
    return {"from": str(own.winner), "at": own.at} if own.winner and own.at and own.value is not None else {}


def _countries(said: Said) -> frozenset[str]:
    """Where the customer lives, as far as any record tells."""
    homes = (one.claim.value for one in said.get("address", ()))
    return frozenset(str(one["country"]) for one in homes if isinstance(one, dict) and "country" in one)


def _whole(phones: Sequence[Testimony], countries: frozenset[str]) -> Iterator[Testimony]:
    """Telephone numbers as lines in the world; a national one of an unknown country says nothing.

    Nor does it take away what it was typed over: that is still the number others know.
    """
    idle = {(one.record, one.claim.at) for one in phones if _is_idle(one.claim.value, countries)}
    for one in phones:
        value, gone = one.claim.value, one.claim.removed
        if value is None and (one.record, one.claim.at) in idle:
            yield from (_said_before(one, it, countries) for it in gone)
            continue
        if not gone and isinstance(value, str) and is_whole(value):
            yield one
            continue
        number = None if value is None else completed(str(value), countries)
        if value is None or number is not None:
            away = tuple(completed(str(it), countries) or str(it) for it in gone)
            yield one._replace(claim=one.claim._replace(value=number, removed=away))


def _is_idle(value: Value | None, countries: frozenset[str]) -> bool:
    return value is not None and completed(str(value), countries) is None


def _said_before(one: Testimony, value: Value, countries: frozenset[str]) -> Testimony:
    number = completed(str(value), countries)
    return one._replace(claim=Claim(number, one.claim.since or one.claim.at, "first"))


def _known(mappings: Mappings, kind: Kind, said: Said) -> Known:
    """What speaks between two spellings: the names many have, and the customer's own mailboxes."""
    names = mappings.customer.known.get(kind, Known())
    mailboxes = (str(one.claim.value) for one in said.get("emails", ()) if one.claim.value is not None)
    return names._replace(mailboxes=frozenset(one.split("@")[0] for one in mailboxes))


def _said(mappings: Mappings, held: Sequence[SourceRecord], answers: Answers) -> dict[str, list[Testimony]]:
    """Field → what these records say about it, and what a person answered where nothing decided."""
    found: dict[str, list[Testimony]] = {}
    living = {(one.object, one.raw_key) for one in held if not one.deleted}
    for one in held:
        renamed = one.retired is not None and (one.object, one.raw_key) in living
        for name, testimony in one.testimonies(partial(_terms, mappings, one)):
            if not (renamed and name in FACTS):  # the same fact is told by what the record is called now
                found.setdefault(name, []).append(testimony)
        for answer in answers.get(one.key, ()):
            spec = mappings.customer.fields[one.key.kind].get(answer.field)
            if spec:
                said = Testimony(one.key, _answered(spec, answer), answered=True)
                found.setdefault(answer.field, []).append(said)
    return found


def _answered(spec: GoldenField, answer: Answer) -> Claim:
    """An answer is an edit, dated when it was given."""
    typed = dict.fromkeys(sorted(spec.opinion.answered(answer.value)), answer.at)
    return Claim(answer.value, answer.at, "edit", typed=typed or None)


def _terms(mappings: Mappings, record: SourceRecord, name: str) -> Terms:
    mapping = mappings.systems.get(record.key.system)
    lens = mapping and mapping.lens(record.object, record.key.kind, record.key.key, name)
    if not lens:
        return NO_TERMS
    return lens.holds, lens.opinion if isinstance(lens.opinion, JoinedNames) else None


def _origin(verdict: Verdict) -> dict[str, Any]:
    origin: dict[str, Any] = {"rule": verdict.rule}
    if verdict.winner:
        origin |= {"from": str(verdict.winner), "at": verdict.at}
    if verdict.typed:
        origin["typed"] = verdict.typed
    if verdict.typed_of:
        origin["typed_of"] = dict(verdict.typed_of)
    if verdict.standing:
        origin["standing"] = dict(verdict.standing)
    if verdict.candidates:
        origin["candidates"] = {
            unit: [_candidate(one) for one in some] for unit, some in verdict.candidates.items()
        }
    if verdict.filled:
        origin["filled"] = {part: str(record) for part, record in verdict.filled.items()}
    if verdict.losers:
        origin["others"] = [_testimony(one) for one in verdict.losers]
    if verdict.overruled:
        origin["overruled"] = [_testimony(one) for one in verdict.overruled]
    return origin


def _candidate(one: Candidate) -> dict[str, Any]:
    told = {"value": one.value, "from": [str(record) for record in one.records]}
    return {**told, "typed": True} if one.typed else told


def _testimony(one: Testimony) -> dict[str, Any]:
    return {"from": str(one.record), "value": one.claim.value, "at": one.claim.at, "how": one.claim.how}


def _consents(held: Sequence[SourceRecord]) -> Iterator[dict[str, str]]:
    """What was said about being contacted: dated, with the address and the record that shows it."""
    for one in held:
        for name, (channel, addresses) in CHANNELS.items():
            for claim in one.claims(name):
                decision = "no" if claim.value is not None else "yes"
                event = {"channel": channel, "decision": decision, "at": claim.at, "evidence": str(one.key)}
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
