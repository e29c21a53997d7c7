"""``klantbeeld train``: weights learnt from the store and from people's decisions, in files to read first."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hub.flow.hub import Hub
from hub.identity.training import Decision, Frequent, trained
from hub.identity.weights import MATCH, Weights
from hub.matching.train_file import written
from hub.model.keys import KINDS, Kind
from hub.store import descriptions, identity, private, records
from hub.store.engine import Connection

OURS = "klantbeeld"
"""Who ties a record the hub made to whom it was made for: nobody's judgement of evidence."""


@dataclass(frozen=True, slots=True)
class Change:
    """One number that is another now."""

    where: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learnt for one kind of customer, and where it is written."""

    kind: Kind
    file: str
    records: int
    pairs: int
    decisions: int
    changes: tuple[Change, ...]
    """The chances of a match and the bits learnt of decisions that changed, those that changed most first."""
    frequent: tuple[Frequent, ...]
    """Values that many share; declared ``generic`` in customer.yml, they identify nobody."""


def train(hub: Hub, out: Path) -> list[Lesson]:
    """Learn weights for each kind, and write them to ``out``/<kind>.yml; nothing that runs is changed."""
    private.folder(out)
    lessons = []
    for kind in KINDS:
        before = hub.matching()[kind]
        with hub.store.read() as connection:
            stored = descriptions.of_kind(connection, kind)
            found = trained(stored, sorted(_decisions(connection, kind)), before)
        file = out / f"{kind}.yml"
        with private.whole(file) as draft:
            draft.write_text(written(found, before, hub.now()[:10]), "utf-8")
        changes = tuple(_changes(before, found.weights))
        learnt_from = (found.records, found.pairs, found.decisions)
        lessons.append(Lesson(kind, str(file), *learnt_from, changes, found.frequent))
    return lessons


def _decisions(connection: Connection, kind: Kind) -> Iterator[Decision]:
    """What people said of pairs, in this hub or by a merge in a system."""
    said = [one for one in identity.judgements(connection) if one.who != OURS and one.low.kind == kind]
    rows = records.ids(connection, {key for one in said for key in (one.low, one.high)})
    for one in said:
        if one.low in rows and one.high in rows:
            yield rows[one.low], rows[one.high], one.same


def _changes(before: Weights, after: Weights) -> list[Change]:
    found = [Change("bias", before.bias, after.bias)]
    for name, some in after.chances.items():
        for finding, chances in some.items():
            was, now = before.chances[name][finding][MATCH] or 0.0, chances[MATCH] or 0.0
            found.append(Change(f"{name}.{finding}", round(was, 4), round(now, 4)))
            bits = (one.learnt_bits(name, finding) for one in (before, after))
            found.append(Change(f"learnt {name}.{finding}", *bits))
    moved = [one for one in found if one.before != one.after]
    return sorted(moved, key=lambda one: -abs(one.after - one.before))
