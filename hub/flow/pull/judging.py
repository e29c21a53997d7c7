"""What is wrong with a reading, and how much of it waits: a field of somebody known, or a whole newcomer."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from connectors.keys import ALLOWED as KEYS_ALLOWED
from connectors.keys import nameless
from hub.flow.hub import Hub
from hub.golden.claims import Why
from hub.golden.record import SourceRecord
from hub.mapping.lens import Unreadable
from hub.mapping.read import Beside, CustomerReading, read_customers
from hub.mapping.spec import ObjectMapping, SystemMapping
from hub.model.keys import KINDS, RecordKey
from hub.store import quarantine, raw
from hub.store.engine import Connection
from quality.records import RecordJudge, shown

Reason = dict[str, str]
"""``path``, ``rule``, ``allowed`` and ``value`` of what is wrong: for who corrects it, and for no log."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """One customer admitted: what of the reading is believed, and which fields wait."""

    reading: CustomerReading
    waits: Mapping[str, Why] = field(default_factory=dict)
    """Field → why what stands there is left out of ``reading``."""
    reasons: Mapping[str, Sequence[Reason]] = field(default_factory=dict)
    """Field → what is wrong with it, where somebody must put it right."""


@dataclass(slots=True)
class Judged:
    """What became of one landed record."""

    raw: raw.Raw
    admitted: list[Admitted] = field(default_factory=list)
    held: list[quarantine.Held] = field(default_factory=list)
    refused: list[CustomerReading] = field(default_factory=list, repr=False)
    """The readings of customers who are held whole."""


def judge(
    hub: Hub,
    mapping: SystemMapping,
    obj: ObjectMapping,
    batch: Sequence[raw.Raw],
    known: Collection[RecordKey],
) -> list[Judged]:
    """Read and judge a batch. Of customers ``known`` from before a field waits, of others all they say."""
    judges = {kind: RecordJudge({"$ref": f"#/$defs/{kind}", **hub.mappings.schema}) for kind in KINDS}
    with hub.store.read() as connection:
        related = _related(connection, mapping, obj, [one.key for one in batch])
    judged = []
    for one in batch:
        outcome = Judged(one)
        judged.append(outcome)
        if one.deleted:
            continue
        if nameless(one.key) and obj.facets:
            outcome.held.append(_held(mapping, obj, one, "id", "key", KEYS_ALLOWED))
            continue
        own = {name: found.get(one.key, []) for name, found in related.items()}
        readings = read_customers(
            mapping, obj.name, one.key, one.data, own, one.read_at[:10], Beside(one.unshown, one.typed)
        )
        for reading in readings:
            _sort(outcome, mapping, obj, reading, judges[reading.key.kind], known)
        if not readings and obj.strangers == "quarantine":
            outcome.held.append(_stranger(mapping, obj, one))
    return judged


def _sort(
    outcome: Judged,
    mapping: SystemMapping,
    obj: ObjectMapping,
    reading: CustomerReading,
    judge: RecordJudge,
    known: Collection[RecordKey],
) -> None:
    found = _wrong(reading, judge)
    if reading.key in known:  # the hub itself put it out of the way, and puts back what belongs there
        found = {
            name: some for name, some in found.items() if not _is_parked(mapping, obj, outcome, reading, name)
        }
    noted = {name for name in found if _is_noted(mapping, obj, reading, name, found[name])}
    strict = {name: some for name, some in found.items() if name not in noted}
    if strict and ("" in strict or reading.key not in known):
        why = [reason for some in strict.values() for reason in some]
        one = outcome.raw
        outcome.held.append(quarantine.Held(reading.key, obj.name, one.key, why, one.read_at))
        outcome.refused.append(reading)
    else:
        noted_waits: dict[str, Why] = dict.fromkeys(sorted(noted), "unreadable")
        waits: dict[str, Why] = {**noted_waits, **dict.fromkeys(strict, "quarantined")}
        outcome.admitted.append(Admitted(without(reading, waits), waits, strict))


def undated(one: Admitted, record: SourceRecord, names: Collection[str]) -> Admitted:
    """The reading without the times of those fields that read as the record does: nobody typed them."""
    reading = one.reading
    typed = {
        name: at
        for name, at in reading.typed.items()
        if not (name in names and _reads_as_before(record, reading, name))
    }
    return replace(one, reading=replace(reading, typed=typed))


def _reads_as_before(record: SourceRecord, reading: CustomerReading, name: str) -> bool:
    if roll := record.rolls.get(name):
        return reading.slots.get(name) == roll.base
    cell = record.cells.get(name)
    return cell is not None and reading.values.get(name) == cell.base


def without(reading: CustomerReading, names: Collection[str]) -> CustomerReading:
    """The reading as if it did not show these fields."""
    if not names:
        return reading
    return replace(
        reading,
        values={name: one for name, one in reading.values.items() if name not in names},
        slots={name: one for name, one in reading.slots.items() if name not in names},
        links={name: one for name, one in reading.links.items() if name not in names},
    )


def reasons(
    mapping: SystemMapping, obj: ObjectMapping, reading: CustomerReading, judge: RecordJudge
) -> list[Reason]:
    """Why a newcomer is not admitted; [] for one that is."""
    found = _wrong(reading, judge)
    return [
        reason
        for name, some in found.items()
        if not _is_noted(mapping, obj, reading, name, some)
        for reason in some
    ]


def _wrong(reading: CustomerReading, judge: RecordJudge) -> dict[str, list[Reason]]:
    """Field → what is wrong with it; ``""``: with the customer as a whole."""
    found: dict[str, list[Reason]] = {}
    for one in reading.unreadable:
        found.setdefault(one.field, []).append(_unreadable(one))
    for told in judge.reasons(reading.document()):
        name = told.path.partition("/")[0]
        reason = {"path": told.path, "rule": told.rule, "allowed": told.allowed, "value": told.value}
        if not (told.rule == "required" and name in found):
            found.setdefault(name, []).append(reason)
    return found


def _unreadable(one: Unreadable) -> Reason:
    return {
        "path": ".".join(one.where),
        "rule": f"codec {one.error.codec}",
        "allowed": one.error.allowed,
        "value": shown(one.error.value),
    }


def _is_noted(
    mapping: SystemMapping,
    obj: ObjectMapping,
    reading: CustomerReading,
    name: str,
    why: Sequence[Reason],
) -> bool:
    """Whether the mapping says that what cannot be read here is noted and left alone."""
    if any(one["rule"] == "required" for one in why):
        return False
    lens = mapping.lens(obj.name, reading.key.kind, reading.key.key, name)
    return lens is not None and lens.lenient


def _is_parked(
    mapping: SystemMapping, obj: ObjectMapping, outcome: Judged, reading: CustomerReading, name: str
) -> bool:
    lens = mapping.lens(obj.name, reading.key.kind, reading.key.key, name)
    return lens is not None and lens.is_parked(outcome.raw.data)


def _stranger(mapping: SystemMapping, obj: ObjectMapping, one: raw.Raw) -> quarantine.Held:
    """A record of unclear kind: neither a person nor an organisation until somebody says which."""
    kinds = ", ".join(sorted({facet.kind for facet in obj.facets}))
    return _held(mapping, obj, one, "", "kind", f"a record that shows it is one of {kinds}")


def _held(
    mapping: SystemMapping, obj: ObjectMapping, one: raw.Raw, path: str, rule: str, allowed: str
) -> quarantine.Held:
    """A record held back as a whole, before anything of it was read."""
    value = shown(one.data.get(path)) if path in one.data else ""
    reason = {"path": path, "rule": rule, "allowed": allowed, "value": value}
    key = RecordKey(mapping.system, obj.facets[0].kind, one.key)
    return quarantine.Held(key, obj.name, one.key, [reason], one.read_at)


def _related(
    connection: Connection, mapping: SystemMapping, obj: ObjectMapping, keys: Sequence[str]
) -> dict[str, dict[str, list[dict[str, object]]]]:
    """Object → raw key → the records of it that belong there."""
    names = {join.object for facet in obj.facets for join in facet.joins}
    return {name: raw.related(connection, mapping.system, name, keys) for name in names}
