"""What one system must be told of its customers: golden projected, against what the system shows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hub.flow.hub import Hub
from hub.flow.publish.compare import FieldWish, facet_of, wishes
from hub.golden.record import SourceRecord
from hub.mapping.paths import Path, put
from hub.mapping.spec import Facet, SystemMapping
from hub.model.instant import Instant
from hub.model.keys import RecordKey
from hub.model.unique import new_id
from hub.store import golden as goldens
from hub.store import outbox, raw, records
from hub.store.change import Change
from hub.store.engine import Connection
from hub.store.golden import Golden

WAITED = "in place of one that waits for a person's decision"
"""What is said of a change until its plan has been judged: a crash must not lose it."""
Shown = Mapping[tuple[str, str], Mapping[str, Any]]
"""(Object, raw key) → the raw record the system showed last."""


@dataclass(slots=True)
class Draft:
    """What is planned for one customer in one system."""

    golden_id: str
    older: Sequence[Change] = ()
    """Changes from before that may still be sent."""
    changes: list[Change] = field(default_factory=list)
    clears: int = 0
    creates: int = 0
    kept: set[str] = field(default_factory=set)
    """Held changes that would be proposed in just the same way again: they stay where they are."""
    in_flight: bool = False
    """Whether what was sent of them may not show yet: they are looked at again."""

    @property
    def outdated(self) -> list[str]:
        """The older changes that give way to this draft."""
        open_ones = (one for one in self.older if one.state in ("draft", "held", "ready"))
        return [one.id for one in open_ones if one.id not in self.kept]

    def asked(self, raw_key: str | None) -> frozenset[str]:
        """The fields of a record about which a person was asked before, and has not decided yet."""
        again = [one for one in self.older if one.message == WAITED]
        return frozenset(
            name for one in (*self.waiting, *again) if one.raw_key == raw_key for name in one.fields
        )

    @property
    def waiting(self) -> list[Change]:
        """What a person is asked about, and nobody has said of elsewhere either."""
        return [one for one in self.older if one.state == "held" and one.message != outbox.SETTLED]


@dataclass(frozen=True, slots=True)
class View:
    """One system and all it takes to plan for some customers, at one moment."""

    hub: Hub
    mapping: SystemMapping
    settled: Mapping[str, Instant]
    shown: Shown


def drafts(
    connection: Connection, hub: Hub, mapping: SystemMapping, golden_ids: Sequence[str]
) -> Iterator[Draft]:
    """One draft for each of these customers, also where there is nothing to write. Writes nothing."""
    known = goldens.by_ids(connection, golden_ids)
    held = records.of_golden(connection, golden_ids, mapping.system)
    older = outbox.open_for(connection, mapping.system, golden_ids)
    creating = outbox.being_created(connection, mapping.system, golden_ids)
    settled = {name: hub.settled_in(connection, mapping.system, name) for name in mapping.objects}
    view = View(hub, mapping, settled, raw.shown(connection, mapping.system, _raw_keys(held)))
    for golden_id in golden_ids:
        draft = Draft(golden_id, older.get(golden_id, ()))
        draft.in_flight = any(one.state in ("sending", "unsure") for one in draft.older)
        if golden_id in known and not draft.in_flight:
            _draw_up(view, draft, known[golden_id], held.get(golden_id, {}), golden_id in creating)
        yield draft


def _raw_keys(held: Mapping[str, Mapping[int, SourceRecord]]) -> set[tuple[str, str]]:
    return {(one.object, one.raw_key) for some in held.values() for one in some.values()}


def _draw_up(
    view: View, draft: Draft, golden: Golden, here: Mapping[int, SourceRecord], creating: bool
) -> None:
    for row, record in sorted(here.items()):
        _update(view, draft, golden, row, record)
    if not here and not creating:
        _create(view, draft, golden)


def _update(view: View, draft: Draft, golden: Golden, row: int, record: SourceRecord) -> None:
    shown = view.shown.get((record.object, record.raw_key))
    facet = facet_of(view.mapping, record, shown) if shown is not None and not record.deleted else None
    if facet is None:
        return
    when = view.settled[record.object]
    found = list(wishes(view.hub, view.mapping, facet, record, golden, when))
    draft.in_flight |= any(one.wish.exempt == "in_flight" for one in found)
    writes = _unasked(draft, record.raw_key, [one for one in found if one.wish.write])
    if writes:
        draft.clears += sum(one.clears for one in writes)
        whom = {"record_id": row, "raw_key": record.raw_key, "action": "update", "own": {}}
        draft.changes.append(_change(view, draft, record.object, writes, whom))


def _create(view: View, draft: Draft, golden: Golden) -> None:
    target = view.mapping.creatable(golden.kind)
    if target is None:
        return
    obj, facet = target
    if facet.create_when is None or not facet.create_when.allows(golden.document, frozenset(golden.systems)):
        return
    nobody = SourceRecord(RecordKey(view.mapping.system, golden.kind, "new"), obj, "new")
    found = wishes(view.hub, view.mapping, facet, nobody, golden, view.settled[obj])
    wanted = [one for one in found if one.wish.write and not one.clears]
    writes = _unasked(draft, None, wanted)
    if wanted and not writes:
        return
    draft.creates += 1
    whom = {"record_id": None, "raw_key": None, "action": "create", "own": _mark(facet, golden)}
    draft.changes.append(_change(view, draft, obj, writes, whom))


def _unasked(draft: Draft, raw_key: str | None, writes: list[FieldWish]) -> list[FieldWish]:
    """What is not held already in just this form: who read it there decides on what he read."""
    wanted = {one.field: (one.before, one.after) for one in writes}
    for old in draft.waiting:
        same = {name: (both["before"], both["after"]) for name, both in old.fields.items()}
        if old.raw_key == raw_key and same.items() <= wanted.items():
            draft.kept.add(old.id)
            wanted = {name: both for name, both in wanted.items() if name not in same}
    return [one for one in writes if one.field in wanted]


def _mark(facet: Facet, golden: Golden) -> dict[str, Any]:
    """The golden id where a created record keeps it: a lost answer is then found again."""
    return _nested({facet.golden_id: golden.golden_id}) if facet.golden_id else {}


def _change(
    view: View, draft: Draft, obj: str, writes: Sequence[FieldWish], whom: Mapping[str, Any]
) -> Change:
    fields = {
        one.field: {
            "before": one.before,
            "after": one.after,
            "data": _nested(one.written or {}),
            "effect": one.effect,
        }
        for one in writes
    }
    asked = draft.asked(whom["raw_key"])
    for name in asked & fields.keys():
        fields[name]["asked"] = True
    return Change(
        id=new_id(),
        system=view.mapping.system,
        object=obj,
        golden_id=draft.golden_id,
        fields=fields,
        state="draft",
        message=WAITED if asked & fields.keys() else "",
        **whom,
    )


def _nested(written: Mapping[Path, object]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for where, value in written.items():
        put(data, where, value)
    return data
