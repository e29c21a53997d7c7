"""From landed records to admitted customers: mapped, judged one by one and as a batch, and observed."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from connectors.keys import ALLOWED as KEYS_ALLOWED
from connectors.keys import nameless
from connectors.registry import connector_class
from hub.flow.errors import BatchStopped, CountsDoNotAddUp
from hub.flow.hub import Hub
from hub.flow.pull.adopt import begun, creations, tie
from hub.golden.claims import Reading, Rules
from hub.golden.record import Shown, SourceRecord, read_again
from hub.identity.features import EVIDENCE
from hub.mapping.lens import Unreadable
from hub.mapping.read import CustomerReading, read_customers
from hub.mapping.spec import FACTS, ObjectMapping, SystemMapping
from hub.model.instant import shift
from hub.model.keys import KINDS, RecordKey
from hub.store import identity as identities
from hub.store import outbox, quarantine, raw, records, watermarks
from hub.store.change import Change
from hub.store.engine import Connection
from hub.store.runs import Counts
from quality.batch import judge_batch
from quality.drift import paths, unmapped
from quality.records import RecordJudge, shown
from quality.report import render
from quality.rules import BatchRules

BATCH = 5_000
"""Records judged and admitted together; bounds the memory of a first load."""


@dataclass(slots=True)
class Judged:
    """What became of one landed record."""

    raw: raw.Raw
    admitted: list[CustomerReading] = field(default_factory=list)
    held: list[quarantine.Held] = field(default_factory=list)


def admit(hub: Hub, system: str, run_id: str) -> Counts:
    """Admit everything landed and not yet admitted; counts customers by outcome.

    Raises BatchStopped where a batch rule says no; then none of that batch is admitted.
    """
    mapping = hub.mapping(system)
    with hub.store.begin() as connection:
        if watermarks.renewed(connection, system, hub.mappings.prints[mapping.system]):
            raw.retry_all(connection, system)
    counts: Counts = Counter(admitted=0, quarantined=0)
    for obj in mapping.objects.values():
        while batch := _pending(hub, mapping, obj):
            counts += _admit_batch(hub, mapping, obj, batch, run_id)
    return counts


def _pending(hub: Hub, mapping: SystemMapping, obj: ObjectMapping) -> list[raw.Raw]:
    with hub.store.read() as connection:
        return raw.pending(connection, mapping.system, obj.name, BATCH)


def _admit_batch(
    hub: Hub, mapping: SystemMapping, obj: ObjectMapping, batch: list[raw.Raw], run_id: str
) -> Counts:
    judged = _judge(hub, mapping, obj, batch)
    _judge_whole(hub, mapping, obj, judged)
    counts = _count(judged)
    # Nobody else touches this system's cells meanwhile, so only writing needs the writer's turn.
    raw_keys = [one.key for one in batch]
    with hub.store.read() as connection:
        held = records.by_raw(connection, mapping.system, obj.name, raw_keys)
        made = creations(connection, mapping.system, obj, [one for one in batch if one.key not in held])
    observed = {
        each.raw.key: list(_observed(mapping, obj, each, held.get(each.raw.key, []), made.get(each.raw.key)))
        for each in judged
    }
    seen_now = [one for seen in observed.values() for one in seen]
    otherwise = _otherwise(seen_now, held)
    with hub.store.begin() as connection:
        quarantine.release(connection, mapping.system, obj.name, raw_keys)
        quarantine.hold(connection, [one for each in judged for one in each.held], run_id)
        records.save(connection, seen_now, otherwise)
        for raw_key, change in made.items():
            if seen := observed[raw_key]:
                _tie(connection, hub, seen[0].key, change)
        for decision in _merges(mapping, obj, batch, hub):
            identities.judge(connection, decision)
        raw.settle(connection, batch)
    return counts


def _otherwise(seen: Sequence[SourceRecord], held: Mapping[str, Sequence[SourceRecord]]) -> set[RecordKey]:
    """The records whose evidence is not what it was; new ones are among them."""
    before = {one.key: one.evidence(EVIDENCE) for some in held.values() for one in some}
    return {one.key for one in seen if one.evidence(EVIDENCE) != before.get(one.key)}


def _tie(connection: Connection, hub: Hub, key: RecordKey, change: Change) -> None:
    if decision := tie(connection, key, change, hub.now()):
        identities.judge(connection, decision)
    outbox.created(connection, {change.id: key.key.split("#")[0]})


def _judge(hub: Hub, mapping: SystemMapping, obj: ObjectMapping, batch: Sequence[raw.Raw]) -> list[Judged]:
    judges = {kind: RecordJudge({"$ref": f"#/$defs/{kind}", **hub.mappings.schema}) for kind in KINDS}
    related = _related(hub, mapping, obj, [one.key for one in batch])
    judged = []
    for one in batch:
        outcome = Judged(one)
        judged.append(outcome)
        if nameless(one.key) and obj.facets and not one.deleted:
            outcome.held.append(_held(mapping, obj, one, "id", "key", KEYS_ALLOWED))
            continue
        own = {name: found.get(one.key, []) for name, found in related.items()}
        readings = (
            [] if one.deleted else read_customers(mapping, obj.name, one.key, one.data, own, one.read_at[:10])
        )
        for reading in readings:
            if why := reasons(mapping, obj, reading, judges[reading.key.kind]):
                outcome.held.append(quarantine.Held(reading.key, obj.name, one.key, why, one.read_at))
            else:
                outcome.admitted.append(reading)
        if not readings and not one.deleted and obj.strangers == "quarantine":
            outcome.held.append(_stranger(mapping, obj, one))
    return judged


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
    hub: Hub, mapping: SystemMapping, obj: ObjectMapping, keys: Sequence[str]
) -> dict[str, dict[str, list[dict[str, object]]]]:
    """Object → raw key → the records of it that belong there."""
    names = {join.object for facet in obj.facets for join in facet.joins}
    with hub.store.read() as connection:
        return {name: raw.related(connection, mapping.system, name, keys) for name in names}


def reasons(
    mapping: SystemMapping, obj: ObjectMapping, reading: CustomerReading, judge: RecordJudge
) -> list[dict[str, str]]:
    """Why a customer is not admitted; [] for one that is."""
    strict = [one for one in reading.unreadable if not _is_lenient(mapping, obj, reading, one)]
    found = [
        {
            "path": ".".join(one.where),
            "rule": f"codec {one.error.codec}",
            "allowed": one.error.allowed,
            "value": shown(one.error.value),
        }
        for one in strict
    ]
    said = [
        {"path": one.path, "rule": one.rule, "allowed": one.allowed, "value": one.value}
        for one in judge.reasons(reading.document())
    ]
    return found + said


def _is_lenient(
    mapping: SystemMapping, obj: ObjectMapping, reading: CustomerReading, one: Unreadable
) -> bool:
    lens = mapping.lens(obj.name, reading.key.kind, reading.key.key, one.field)
    return lens is not None and lens.lenient


def _judge_whole(hub: Hub, mapping: SystemMapping, obj: ObjectMapping, judged: Sequence[Judged]) -> None:
    rows = [_row(reading) for one in judged for reading in one.admitted]
    if not obj.batch or not rows:
        return
    known = _known_keys(hub, mapping, obj, rows)
    verdict = judge_batch(
        rows, BatchRules.of(obj.batch), name=f"{mapping.system} {obj.name}", references=known
    )
    counts = {
        "records": len(judged),
        "admitted": len(rows),
        "quarantined": sum(len(one.held) for one in judged),
        "fields without a mapping": len(drift(obj, [one.raw for one in judged])),
    }
    hub.reports.mkdir(parents=True, exist_ok=True)
    report = hub.reports / f"{mapping.system}-{obj.name}.html"
    report.write_text(render(verdict, f"{mapping.title}: {obj.name}", counts), "utf-8")
    if not verdict.passed:
        broken = "; ".join(
            f"{one.rule} {one.field}: {one.observed}, expected {one.expected}".replace(" :", ":")
            for one in verdict.results
            if not one.passed and one.severity == "stop"
        )
        raise BatchStopped(
            f"{mapping.system}, {obj.name}: {broken}. Nothing of this batch was admitted; see {report}, "
            "correct the system or the rule in its mapping, and run the pull again"
        )


def _row(reading: CustomerReading) -> dict[str, object]:
    links = {name: key.key for name, key in reading.links.items()}
    return {"key": str(reading.key), **reading.document(), **links}


def _known_keys(
    hub: Hub, mapping: SystemMapping, obj: ObjectMapping, rows: Sequence[Mapping[str, object]]
) -> dict[str, set[str]]:
    """Field → the keys it may hold: of those the batch mentions, the ones that exist."""
    wanted: dict[str, str] = obj.batch.get("references", {})
    with hub.store.read() as connection:
        return {
            name: raw.living_among(
                connection, mapping.system, other, {str(row[name]) for row in rows if row.get(name)}
            )
            for name, other in wanted.items()
        }


def drift(obj: ObjectMapping, batch: Sequence[raw.Raw]) -> set[str]:
    """Source paths of a batch that the mapping neither reads nor ignores by name."""
    seen = {where for one in batch[:500] for where in paths(one.data)}
    return unmapped(seen, obj.known_paths(), obj.ignore)


def _count(judged: Sequence[Judged]) -> Counts:
    counts: Counts = Counter()
    for one in judged:
        counts["admitted"] += len(one.admitted)
        counts["quarantined"] += len(one.held)
        counts["deleted"] += one.raw.deleted
        counts["not a customer"] += not (one.raw.deleted or one.admitted or one.held)
        counts["records"] += 1
        counts["several"] += max(0, len(one.admitted) + len(one.held) - 1)
    whole = counts["admitted"] + counts["quarantined"] + counts["deleted"] + counts["not a customer"]
    if whole != counts["records"] + counts["several"]:
        raise CountsDoNotAddUp(f"admission: {dict(counts)}")
    return counts


def observed(before: SourceRecord, one: CustomerReading, when: Reading, lag: timedelta) -> SourceRecord:
    """A source record after it was read, once more or for the first time; ``lag``: of its system."""
    rules = Rules(lag, opinions=one.opinions, defaults=one.defaults)
    seen = read_again(before, Shown(one.values, one.slots, one.shown), when, rules)
    bad = frozenset(it.field for it in one.unreadable)
    # A fact goes with the facet it was told of: what the record now is may tell none.
    cells = {name: it for name, it in seen.cells.items() if name not in FACTS or name in {*one.values, *bad}}
    return replace(seen, cells=cells, links=one.links, unreadable=bad)


def _observed(
    mapping: SystemMapping,
    obj: ObjectMapping,
    judged: Judged,
    held: Sequence[SourceRecord],
    made: Change | None,
) -> Iterator[SourceRecord]:
    """The source records after this reading; those the record no longer holds are deleted."""
    before = {one.key: one for one in held}
    one = judged.raw
    lag = connector_class(mapping.connector).sheet.visibility_lag
    when = Reading(one.read_at, shift(one.since, -lag), one.stamp)
    born = obj.made.at(one.data) if obj.made and not made else None
    for reading in judged.admitted:
        known = before.pop(reading.key, None) or begun(reading, one, made, lag)
        start = known if known.made else replace(known, made=born)
        yield observed(start, reading, when, lag)
    waiting = {each.key for each in judged.held}
    for gone in before.values():
        if gone.key not in waiting and not gone.deleted:
            yield replace(gone, deleted=True)


def _merges(
    mapping: SystemMapping, obj: ObjectMapping, batch: Sequence[raw.Raw], hub: Hub
) -> Iterator[identities.Judgement]:
    """A merge made in the system says that both are one customer."""
    kinds = {facet.kind for facet in obj.facets if not facet.suffix}
    for one in batch:
        if one.merged_into:
            for kind in sorted(kinds):
                loser = RecordKey(mapping.system, kind, one.key)
                winner = RecordKey(mapping.system, kind, one.merged_into)
                why = f"merged in {mapping.title}"
                yield identities.Judgement(loser, winner, True, mapping.system, why, hub.now())
