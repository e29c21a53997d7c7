"""What activating changed mapping files would do, found by doing it where it leaves no trace."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hub.flow.activate import activated, changed_files, proposed, to_activate
from hub.flow.bulk import bulk
from hub.flow.errors import BatchStopped
from hub.flow.hub import Hub
from hub.flow.mappings import Waiting
from hub.flow.publish.plan import plan
from hub.flow.pull.admit import admit
from hub.flow.recognise.reconcile import reconcile
from hub.flow.recognise.ruled import changed
from hub.flow.steady import SteadyClock
from hub.store import golden as goldens
from hub.store import identity, outbox, runs
from hub.store.change import Change
from hub.store.engine import Connection, Store
from hub.store.rehearsal import rehearsal

RUN = "preview"
UNSENT = ("draft", "held", "ready")
MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Edited:
    """One field of one customer, before and after."""

    golden_id: str
    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Written:
    """One field of one record that would be written."""

    system: str
    object: str
    raw_key: str | None
    """None: a record to be created."""
    golden_id: str
    field: str
    before: Any
    after: Any

    @property
    def empties(self) -> bool:
        """Whether nothing would be left there."""
        return not any(self.after) if isinstance(self.after, list) else self.after is None


@dataclass(slots=True)
class Preview:
    """What would be another after these files were activated, and by the shared rules as they are."""

    files: tuple[str, ...]
    rules: tuple[str, ...] = ()
    """Shared rules that changed; they are in force with the next reconciliation."""
    merged: list[tuple[str, str]] = field(default_factory=list)
    """Golden id that would go, and the one that would answer for it."""
    split: list[str] = field(default_factory=list)
    """Golden ids of customers from whom somebody would be split off."""
    changed: Counter[str] = field(default_factory=Counter)
    """Field → customers of whom it would say something else."""
    edited: list[Edited] = field(default_factory=list)
    """The first of those."""
    writes: dict[str, dict[str, dict[str, int]]] = field(default_factory=dict)
    """System → field → ``written``, and of those ``emptied``."""
    created: Counter[str] = field(default_factory=Counter)
    """System → records that would be created."""
    written: list[Written] = field(default_factory=list)
    """The first of what would be written."""
    stopped: list[str] = field(default_factory=list)
    """What a rule of the batch says of the records as the new file reads them."""


def to_preview(hub: Hub, system: str | None) -> list[Waiting]:
    """As :func:`hub.flow.activate.to_activate`; none where it is shared rules alone that changed."""
    with hub.store.read() as connection:
        rules = changed(connection, hub) if system is None else []
    return [] if rules and not changed_files(hub) else to_activate(hub, system)


def preview(hub: Hub, files: Sequence[Waiting], limit: int = 20) -> Preview:
    """What activating these files would do. Talks to no system; nothing of it is kept."""
    with ExitStack() as turns:
        for work in _work(hub, files):
            turns.enter_context(hub.store.alone(work))
        with rehearsal(hub.store) as copy, TemporaryDirectory() as reports, bulk():
            if copy.shared:  # a copy of its own: the others may go on
                turns.close()
            return _rehearsed(replace(_steady(hub, copy), reports=Path(reports)), files, limit)


def _work(hub: Hub, files: Sequence[Waiting]) -> list[str]:
    """The turns a sync takes."""
    return [f"system {one}" for one in sorted({*hub.mappings.systems, *(it.system for it in files)})] + [
        "reconcile"
    ]


def _steady(hub: Hub, copy: Store) -> Hub:
    with copy.read() as connection:
        return replace(hub, store=copy, now=SteadyClock(hub.now, runs.latest(connection)))


def _rehearsed(hub: Hub, files: Sequence[Waiting], limit: int) -> Preview:
    with hub.store.read() as connection:
        rules = changed(connection, hub)
    found = Preview(tuple(one.system for one in files), tuple(rules))
    _settle(hub, decides=not rules)
    with hub.store.read() as connection:
        event = identity.latest_event(connection)
    after = proposed(hub, files)
    for one in files:
        with _noted(found):
            activated(after, one.system, RUN, RUN, RUN)
    reconcile(after, RUN)
    for name in sorted(after.mappings.systems):
        plan(after, name, RUN)
    with after.store.read() as connection:
        _tell_customers(connection, found, event, limit)
        _tell_writes(found, outbox.of_run(connection, RUN, UNSENT), limit)
    return found


def _settle(hub: Hub, *, decides: bool) -> None:
    """What waits already is no consequence of the files; where rules changed, all is decided by those."""
    nothing = Preview(())
    for name in sorted(hub.mappings.systems):
        with _noted(nothing):
            admit(hub, name, "settled")
    if decides:
        reconcile(hub, "settled")
    for name in sorted(hub.mappings.systems):
        plan(hub, name, "settled")


@contextmanager
def _noted(found: Preview) -> Iterator[None]:
    try:
        yield
    except BatchStopped as error:
        found.stopped.append(str(error))


def _tell_customers(connection: Connection, found: Preview, event: int, limit: int) -> None:
    for one in identity.feed(connection, event, MOST):
        if one.what == "merged":
            found.merged.append((one.golden_id, one.other or ""))
        elif one.what == "split":
            found.split.append(one.other or "")
    edited = _edited(connection)
    for it in edited:
        found.changed[it.field] += 1
        if len(found.edited) < limit:
            found.edited.append(it)


def _edited(connection: Connection) -> Iterator[Edited]:
    for one in goldens.editions(connection, RUN):
        for name in sorted(one.before.keys() | one.after.keys()) if one.before else ():
            if one.before.get(name) != one.after.get(name):
                yield Edited(one.golden_id, name, one.before.get(name), one.after.get(name))


def _tell_writes(found: Preview, changes: Sequence[Change], limit: int) -> None:
    found.created = Counter(one.system for one in changes if one.action == "create")
    every = [it for one in changes for it in lines(one)]
    for it in every:
        fields = found.writes.setdefault(it.system, {})
        counts = fields.setdefault(it.field, {"written": 0, "emptied": 0})
        counts["written"] += 1
        counts["emptied"] += it.empties
    found.written = list(islice(sorted(every, key=emptied_first), limit))


def lines(one: Change) -> Iterator[Written]:
    """What a change writes, field by field."""
    fields: Mapping[str, Mapping[str, Any]] = one.fields
    for name, both in fields.items():
        yield Written(one.system, one.object, one.raw_key, one.golden_id, name, both["before"], both["after"])


def emptied_first(one: Written) -> tuple[bool, str, str, str, str]:
    """The order in which writes are told."""
    return not one.empties, one.system, one.golden_id, one.raw_key or "", one.field
