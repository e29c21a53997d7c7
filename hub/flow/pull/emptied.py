"""Many values of a field emptied in one pull: abolished, or badly imported, until a person says no."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from hub.flow.pull.judging import Admitted, Judged, Reason, undated, without
from hub.golden import recast
from hub.golden.record import SourceRecord
from hub.mapping.lens import NOTHING_STANDS
from hub.mapping.paths import Path
from hub.mapping.spec import ObjectMapping, SystemMapping
from hub.model.keys import RecordKey
from hub.model.value import Slots
from hub.store import records
from hub.store.engine import Connection
from hub.store.quarantine import EMPTIED

SHARE = 0.1
"""More of a field's values than this, emptied at once, are in doubt."""
FEW = 5
"""So many at least: of three firms one without a VAT number is a third."""

Place = Path
"""Where it stands in the vendor's record, whoever of its customers it is read of."""


@dataclass(slots=True)
class Tally:
    """What one pull emptied in the records of one object."""

    believed: Counter[Place] = field(default_factory=Counter)
    doubtful: dict[Place, str] = field(default_factory=dict)
    """Place → how many of how many were emptied, in words."""


def doubt(
    connection: Connection,
    mapping: SystemMapping,
    obj: ObjectMapping,
    judged: Sequence[Judged],
    known: Mapping[RecordKey, SourceRecord],
    accepted: Collection[tuple[RecordKey, str]],
    tally: Tally,
) -> None:
    """Let fields wait that too many lost at once, but where somebody ``accepted`` it."""
    found = {
        (one.reading.key, name): places
        for each in judged
        for one in each.admitted
        if one.reading.key in known
        for name, places in _emptied(mapping, obj, known[one.reading.key], one)
        if (one.reading.key, name) not in accepted
    }
    before = {which for which in found if _waited(known[which[0]], which[1])}
    _count(connection, mapping, obj, {which: found[which] for which in found if which not in before}, tally)
    for each in judged:
        waits = (_waiting(mapping, obj, one, found, before, tally) for one in each.admitted)
        each.admitted = [_put_back(one, known.get(one.reading.key)) for one in waits]


def _put_back(one: Admitted, record: SourceRecord | None) -> Admitted:
    """What was emptied, waited for a word on that and stands there again was put back, not typed anew."""
    waited = [name for name in record.held if _waited(record, name)] if record else []
    return undated(one, record, waited) if record and waited else one


def _emptied(
    mapping: SystemMapping, obj: ObjectMapping, record: SourceRecord, one: Admitted
) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Field → the places of it in which nothing stands any more, and the hub has emptied nothing itself."""
    for name, now in one.reading.shown.items():
        before = record.shown.get(name)
        if before is None or before == now or name in one.waits or record.in_flight(name):
            continue
        pairs = enumerate(zip(before.split(), now.split(), strict=False))
        gone = [at for at, (was, is_) in pairs if is_ in NOTHING_STANDS and was not in NOTHING_STANDS]
        shown = [at for at in gone if _place(mapping, obj, record.key, name, at) not in record.unshown]
        if shown:
            yield name, tuple(shown)


def beside(record: SourceRecord, slots: Mapping[str, Slots]) -> SourceRecord:
    """The record in which what is typed into a place whose emptying waits replaces nothing.

    Whoever typed it saw nothing there; whether what stood there is to go nobody has said yet.
    """
    rolls = {
        name: recast.emptied_places(record.rolls[name], places)
        for name, now in slots.items()
        if name in record.rolls and _waited(record, name) and (places := _typed_into(record, name, now))
    }
    return replace(record, rolls={**record.rolls, **rolls}) if rolls else record


def _typed_into(record: SourceRecord, name: str, now: Slots) -> list[int]:
    each = zip(record.held[name].print.split(), record.rolls[name].base, now, strict=False)
    return [
        at for at, (stood, was, is_) in enumerate(each) if stood in NOTHING_STANDS and is_ not in (None, was)
    ]


def _waited(record: SourceRecord, name: str) -> bool:
    return name in record.held and record.held[name].why == "emptied"


def _count(
    connection: Connection,
    mapping: SystemMapping,
    obj: ObjectMapping,
    found: Mapping[tuple[RecordKey, str], Sequence[int]],
    tally: Tally,
) -> None:
    counts: Counter[Place] = Counter(
        _place(mapping, obj, key, name, at) for (key, name), some in found.items() for at in some
    )
    over = {place for place, number in counts.items() if tally.believed[place] + number > FEW}
    filled = _filled(connection, mapping, obj, over) if over else Counter[Place]()
    for place, number in counts.items():
        gone, all_ = tally.believed[place] + number, filled[place] + tally.believed[place]
        if place in over and gone > SHARE * all_:
            tally.doubtful.setdefault(place, f"{gone} of {all_}")
        else:
            tally.believed[place] += number


def _filled(
    connection: Connection, mapping: SystemMapping, obj: ObjectMapping, wanted: Collection[Place]
) -> Counter[Place]:
    """In how many living records something stands at these places. Reads all of them: this is rare."""
    found: Counter[Place] = Counter()
    for key, prints in records.prints(connection, mapping.system, obj.name):
        for name, stands in prints.items():
            for at, one in enumerate(stands.split()):
                if one not in NOTHING_STANDS and (where := _place(mapping, obj, key, name, at)) in wanted:
                    found[where] += 1
    return found


def _place(mapping: SystemMapping, obj: ObjectMapping, key: RecordKey, name: str, at: int) -> Place:
    """Where in the vendor's record a place of a field is; a firm and a person may share it."""
    facet = mapping.facet(obj.name, key.key, key.kind)
    lens = facet.lenses.get(name) if facet else None
    if facet is None or lens is None or at >= len(lens.parts):
        return (name, str(at))
    return (*(facet.each or ()), *lens.parts[at].path)


def _waiting(
    mapping: SystemMapping,
    obj: ObjectMapping,
    one: Admitted,
    found: Mapping[tuple[RecordKey, str], Sequence[int]],
    before: Collection[tuple[RecordKey, str]],
    tally: Tally,
) -> Admitted:
    key = one.reading.key
    reasons: dict[str, list[Reason]] = {}
    for name in one.reading.shown:
        places = found.get((key, name), ())
        told = [
            at
            for at in places
            if (key, name) in before or _place(mapping, obj, key, name, at) in tally.doubtful
        ]
        if told:
            reasons[name] = [_reason(mapping, obj, key, name, at, tally) for at in told]
    if not reasons:
        return one
    return replace(
        one,
        reading=without(one.reading, reasons),
        waits={**one.waits, **dict.fromkeys(reasons, "emptied")},
        reasons={**one.reasons, **reasons},
    )


def _reason(
    mapping: SystemMapping, obj: ObjectMapping, key: RecordKey, name: str, at: int, tally: Tally
) -> Reason:
    where = _place(mapping, obj, key, name, at)
    many = tally.doubtful.get(where, "more than a tenth")
    allowed = f"at most a tenth of a field's values emptied in one pull; {many} were"
    return {"path": ".".join(where), "rule": EMPTIED, "allowed": allowed, "value": ""}
